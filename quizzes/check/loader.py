"""Read the signs of the check from their files, strictly."""

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from core.content.files import Faults, build, listed, read_toml
from core.content.loader import LANGUAGE, check_id, check_known, check_links, line_html, read_line, read_table
from core.content.markup import Lexicon, render
from guide.sources import cited
from quizzes.check.patterns import COMPUTED, Element, PatternError, Vocabulary
from quizzes.check.signs import (
    COUNTERS,
    NEGATIONS,
    WARNINGS,
    CheckPolicy,
    Combination,
    PageWords,
    Sign,
    SignLibrary,
    SignPolicy,
    SignWords,
    Verdict,
)

FOLDER = "check"
POLICY = "check/signs"
#: Files of the folder that are no sign.
WORDS, PAGE = "words", "page"


def load(
    root: Path, lexicon: Lexicon, known: Mapping[str, Collection[str]], same: Mapping[str, Collection[str]]
) -> SignLibrary:
    """Return the signs under `root`. Raises ContentErrors with every fault.

    `known` are the ids that a link may name, `same` those of the group check and the practice.
    """
    faults = Faults()
    path = root / "policy" / f"{POLICY}.toml"
    folder = root / "content" / LANGUAGE / FOLDER
    words_path, page_path = folder / f"{WORDS}.toml", folder / f"{PAGE}.toml"
    policy = read_table(path, CheckPolicy, faults)
    page = read_table(page_path, PageWords, faults)
    lists: dict[str, tuple[str, ...]] = {}
    with faults.collect():
        lists = _lists(words_path)
    told = _told(folder, faults)
    faults.raise_if_any()
    assert policy is not None
    assert page is not None
    _check_policy(policy, path, known, same, page, faults)
    _check_files(policy, path, told, folder, faults)
    vocabulary = Vocabulary({name: words for name, words in lists.items() if name != COUNTERS})
    counters = _patterns(lists[COUNTERS], vocabulary, words_path, COUNTERS, faults)
    signs = {
        id: _sign(id, entry, told[id], vocabulary, folder / f"{id}.toml", lexicon, known, faults)
        for id, entry in policy.signs.items()
        if id in told
    }
    line = partial(line_html, lexicon=lexicon, known=known, path=page_path, faults=faults)
    method = render(page.method, lexicon)
    for what, allowed in method.faults:
        faults.add(page_path, "method", what, allowed)
    check_links(method.links, known, page_path, "method", faults)
    library = SignLibrary(
        policy=policy,
        page=page,
        signs=signs,
        vocabulary=vocabulary,
        counters=counters,
        actions_html={id: line(text, where=f"actions.{id}") for id, text in page.actions.items()},
        verdicts_html={id: line(one.first, where=f"verdicts.{id}") for id, one in page.verdicts.items()},
        limits_html=tuple(line(text, where=f"limits.{number}") for number, text in enumerate(page.limits)),
        method_html=method.html,
        sources=tuple(lexicon.sources[id] for id in method.citations),
    )
    faults.raise_if_any()
    return library


def _told(folder: Path, faults: Faults) -> dict[str, SignWords]:
    """Return the words of the signs by id."""
    told: dict[str, SignWords] = {}
    for file in sorted(folder.glob("*.toml")):
        if file.stem not in (WORDS, PAGE):
            with faults.collect():
                check_id(file)
                told[file.stem] = build(SignWords, read_toml(file), file)
    return told


def _check_files(policy: CheckPolicy, path: Path, told: Collection[str], folder: Path, faults: Faults) -> None:
    """Every sign with words has a file, and every file a sign."""
    for missing in [id for id, sign in policy.signs.items() if sign.words and id not in told]:
        faults.add(path, f"signs.{missing}", "no words for it", f"a file {FOLDER}/{missing}.toml")
    for id in sorted(set(told) - policy.signs.keys()):
        faults.add(folder / f"{id}.toml", "file", f"no policy for the sign {id!r}", f"[signs.{id}] in {path.name}")


def _lists(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the lists of words by name. Raises ContentErrors where one is no list of words."""
    faults = Faults()
    lists: dict[str, tuple[str, ...]] = {}
    for name, words in read_toml(path).items():
        if name in COMPUTED:
            faults.add(path, name, "the name is the engine's", f"any but {listed(COMPUTED)}")
        elif (
            not isinstance(words, list)
            or not words
            or not all(isinstance(word, str) and word.strip() for word in words)
        ):
            faults.add(path, name, f"not a list of words, saw {words!r}"[:120], '["word", "word"]')
        else:
            lists[name] = tuple(words)
            for word in sorted({word for word in words if words.count(word) > 1}):
                faults.add(path, name, f"{word!r} stands twice")
    for name in sorted({NEGATIONS, WARNINGS, COUNTERS} - lists.keys()):
        faults.add(path, name, "missing", "a list of words")
    faults.raise_if_any()
    return lists


def _check_policy(
    policy: CheckPolicy,
    path: Path,
    known: Mapping[str, Collection[str]],
    same: Mapping[str, Collection[str]],
    page: PageWords,
    faults: Faults,
) -> None:
    """Every id that is named exists, and every sign of the group check and tactic of the practice has its own."""
    named = {name for sign in policy.signs.values() for name in sign.same}
    wanted = {f"{kind}:{id}" for kind, ids in same.items() for id in ids}
    check_known(sorted(named), wanted, path, "signs.same", "sign", faults)
    for missing in sorted(wanted - named):
        faults.add(path, "signs", f"no sign is the same as {missing!r}")
    check_known(policy.cases, known["case"], path, "cases", "case", faults)
    check_known(policy.cases, page.cases, path, "cases", "case of the page", faults)
    for id, sign in policy.signs.items():
        check_links([sign.link], known, path, f"signs.{id}.more", faults)
        check_known([sign.case] if sign.case else [], policy.cases, path, f"signs.{id}.case", "case", faults)
        check_known(sign.actions, page.actions, path, f"signs.{id}.actions", "action", faults)
    for verdict in Verdict:
        if verdict not in page.verdicts:
            faults.add(path, "verdicts", f"no words for {verdict}")
        else:
            check_known(page.verdicts[verdict].actions, page.actions, path, f"verdicts.{verdict}", "action", faults)


def _sign(
    id: str,
    policy: SignPolicy,
    words: SignWords,
    vocabulary: Vocabulary,
    path: Path,
    lexicon: Lexicon,
    known: Mapping[str, Collection[str]],
    faults: Faults,
) -> Sign:
    why = read_line(words.why, lexicon, known, path, "why", faults)
    if why.citations:
        faults.add(path, "why", "cites a source", "the key sources")
    combinations = []
    for number, rule in enumerate(words.together):
        where = f"together.{number}"
        check_known(rule.unless, vocabulary.lists, path, f"{where}.unless", "list", faults)
        groups = [_patterns(group.split("|"), vocabulary, path, f"{where}.all", faults) for group in rule.all]
        begins = tuple(frozenset(pattern[0].name for pattern in group) for group in groups)
        combinations.append(Combination(tuple(groups), begins, rule.within or 0, rule.unless, rule.level))
    check_known(words.unless, vocabulary.lists, path, "unless", "list", faults)
    return Sign(
        id=id,
        policy=policy,
        title=words.title,
        why_html=why.html,
        sources=cited(words.sources, lexicon.sources, path, "sources", faults),
        phrases=_patterns(words.phrases, vocabulary, path, "phrases", faults),
        hints=_patterns(words.hints, vocabulary, path, "hints", faults),
        combinations=tuple(combinations),
        unless=words.unless,
        negated=words.negated,
        match=words.match,
        differ=words.differ,
    )


def _patterns(
    texts: Collection[str], vocabulary: Vocabulary, path: Path, where: str, faults: Faults
) -> tuple[tuple[Element, ...], ...]:
    patterns = []
    for text in texts:
        try:
            patterns.append(vocabulary.parse(text.strip()))
        except PatternError as error:
            faults.add(path, f"{where} {text!r}", str(error), error.allowed)
    return tuple(patterns)
