"""Load the letters: every slot has a field, every field a slot, every step and channel exists."""

from collections.abc import Iterator
from pathlib import Path

from checklist.letters.letter import SLOT, FieldKind, Letter, LetterIntro, LetterIntroWords, LetterWords, inputs
from core.content.loader import Loader


def load_letters(folder: Path, tree: Loader) -> tuple[LetterIntro | None, dict[str, Letter]]:
    """Return the page before the letters (letters.toml), and the letters of `letters/` in their order."""
    letters: dict[str, Letter] = {}
    intro: LetterIntro | None = None
    for path in sorted((folder / "letters").glob("*.toml")):
        loader = tree.at(path)
        with loader.collect():
            loader.check_id()
            letters[path.stem] = _letter(loader.read(LetterWords), loader)
    loader = tree.at(folder / "letters.toml")
    with loader.collect():
        intro = _intro(loader.read(LetterIntroWords), loader)
    return intro, dict(sorted(letters.items(), key=lambda item: item[1].words.order))


def _intro(words: LetterIntroWords, loader: Loader) -> LetterIntro:
    return LetterIntro(
        title=words.title,
        answer=words.answer,
        rules_html=_html(words.rules, "rules", loader),
        first_html=_html(words.first, "first", loader),
        evidence_html=_html(words.evidence, "evidence", loader),
        sources=loader.cited(words.sources),
    )


def _letter(words: LetterWords, loader: Loader) -> Letter:
    channels = loader.lexicon.channels
    loader.check_known(words.steps, loader.known["step"], "steps", "step")
    loader.check_known(words.channels, channels, "channels", "channel")
    for where, what, allowed in _of_fields(words):
        loader.fault(where, what, allowed)
    return Letter(
        id=loader.path.stem,
        words=words,
        how_html=_html(words.how, "how", loader),
        channels=tuple(channels[id] for id in words.channels if id in channels),
        sources=loader.cited(words.sources),
    )


def _html(texts: tuple[str, ...], where: str, loader: Loader) -> tuple[str, ...]:
    return tuple(loader.html(text, f"{where}.{number}") for number, text in enumerate(texts))


def _of_fields(letter: LetterWords) -> Iterator[tuple[str, str, str]]:
    """Yield what does not fit between the fields of a letter and its text: place, fault, what is allowed."""
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
