"""Reads the letters: every slot has a field, every field a slot, every step and channel is there."""

from collections.abc import Collection, Iterator
from pathlib import Path

from checklist.letters.letter import SLOT, FieldKind, Letter, LetterIntro, LetterIntroWords, LetterWords, inputs
from core.content.files import Faults, build, read_toml
from core.content.loader import check_id, check_known, line_html
from core.content.markup import Lexicon
from guide.sources import cited


def load_letters(
    folder: Path, lexicon: Lexicon, known: dict[str, Collection[str]], faults: Faults
) -> tuple[LetterIntro | None, dict[str, Letter]]:
    """The letters of `letters/` below `folder` in their order, and the desk of letters.toml.

    `known` are the ids by kind that a text may link to. Faults are added to `faults`.
    """
    letters: dict[str, Letter] = {}
    desk: LetterIntro | None = None
    for path in sorted((folder / "letters").glob("*.toml")):
        with faults.collect():
            check_id(path)
            letters[path.stem] = _letter(build(LetterWords, read_toml(path), path), path, lexicon, known, faults)
    with faults.collect():
        path = folder / "letters.toml"
        desk = _desk(build(LetterIntroWords, read_toml(path), path), path, lexicon, known, faults)
    return desk, dict(sorted(letters.items(), key=lambda item: item[1].words.order))


def _desk(
    words: LetterIntroWords, path: Path, lexicon: Lexicon, known: dict[str, Collection[str]], faults: Faults
) -> LetterIntro:
    return LetterIntro(
        title=words.title,
        answer=words.answer,
        rules_html=_html(words.rules, "rules", path, lexicon, known, faults),
        first_html=_html(words.first, "first", path, lexicon, known, faults),
        evidence_html=_html(words.evidence, "evidence", path, lexicon, known, faults),
        sources=cited(words.sources, lexicon.sources, path, "sources", faults),
    )


def _letter(
    words: LetterWords, path: Path, lexicon: Lexicon, known: dict[str, Collection[str]], faults: Faults
) -> Letter:
    check_known(words.steps, known["step"], path, "steps", "step", faults)
    check_known(words.channels, lexicon.channels, path, "channels", "channel", faults)
    for where, what, allowed in _of_fields(words):
        faults.add(path, where, what, allowed)
    return Letter(
        id=path.stem,
        words=words,
        how_html=_html(words.how, "how", path, lexicon, known, faults),
        channels=tuple(lexicon.channels[id] for id in words.channels if id in lexicon.channels),
        sources=cited(words.sources, lexicon.sources, path, "sources", faults),
    )


def _html(
    texts: tuple[str, ...],
    where: str,
    path: Path,
    lexicon: Lexicon,
    known: dict[str, Collection[str]],
    faults: Faults,
) -> tuple[str, ...]:
    return tuple(
        line_html(text, lexicon, known, path, f"{where}.{number}", faults) for number, text in enumerate(texts)
    )


def _of_fields(letter: LetterWords) -> Iterator[tuple[str, str, str]]:
    """What does not fit between the fields of a letter and its text: where, what, what is allowed."""
    names = [name for name, _ in inputs(letter)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "fields", f"two fields are called {name!r}", "a name each"
    lines = {name for name, one in letter.fields.items() if one.kind is FieldKind.LINES}
    used: set[str] = set()
    for number, passage in enumerate(letter.text):
        where, slots = f"text.{number}", set(SLOT.findall(passage.words))
        used |= slots
        for slot in sorted(slots - letter.fields.keys()):
            yield where, f"unknown field {slot!r}", ", ".join(letter.fields)
        if slots & lines and (not SLOT.fullmatch(passage.words) or passage.only):
            yield where, "a field of lines stands among words, or has conditions", "the slot alone"
        if "{" in SLOT.sub("", passage.words):
            yield where, f"a brace that opens no slot, saw {passage.words!r}", "{field}"
        for condition in passage.only:
            yield from _condition(letter, where, condition)
            used.add(condition.partition("=")[0])
    for name in letter.fields:
        if name not in used:
            yield f"fields.{name}", "no passage uses it", "a slot or a condition in text"
    for name in sorted(lines):
        yield from _columns(letter, name)


def _condition(letter: LetterWords, where: str, condition: str) -> Iterator[tuple[str, str, str]]:
    name, _, option = condition.partition("=")
    if name not in letter.fields or letter.fields[name].kind is FieldKind.LINES:
        yield f"{where}.only", f"unknown field {name!r}", ", ".join(letter.fields)
    elif option and option not in letter.fields[name].options:
        yield f"{where}.only", f"unknown option {condition!r}", ", ".join(letter.fields[name].options) or "no option"


def _columns(letter: LetterWords, name: str) -> Iterator[tuple[str, str, str]]:
    lines = letter.fields[name]
    used: set[str] = set()
    for number, passage in enumerate(lines.row):
        seen = {*SLOT.findall(passage.words), *passage.only}
        used |= seen
        for slot in sorted(seen - lines.columns.keys()):
            yield f"fields.{name}.row.{number}", f"unknown column {slot!r}", ", ".join(lines.columns)
    for id in lines.columns:
        if id not in used:
            yield f"fields.{name}.columns.{id}", "the row does not use it", "a slot in row"
