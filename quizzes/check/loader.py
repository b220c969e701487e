"""Read the signs of the check from their files, strictly."""

from collections.abc import Collection, Mapping
from pathlib import Path

from core.content.files import Faults, listed, read_toml
from core.content.loader import LANGUAGE, Loader, check_known, read_table
from core.content.markup import Lexicon, render
from quizzes.check.patterns import COMPUTED, Element, PatternError, Vocabulary
from quizzes.check.signs import (
    COUNTERS,
    NEGATIONS,
    NEUTRAL,
    CheckPolicy,
    Combination,
    PageWords,
    Patterns,
    Sign,
    SignLibrary,
    SignPatterns,
    Verdict,
)

FOLDER = "check"
POLICY, WORDS, WARNINGS, CRIES, SIGNS = "policy.toml", "words.toml", "warnings.toml", "cries", "signs"


def load(
    root: Path, lexicon: Lexicon, known: Mapping[str, Collection[str]], same: Mapping[str, Collection[str]]
) -> SignLibrary:
    """Return the signs under `root`. Raises ContentErrors with every fault.

    `known` are the ids that a link may name, `same` those of the group check and the practice.
    """
    faults = Faults()
    folder = root / "policy" / FOLDER
    path, words_path = folder / POLICY, folder / WORDS
    page_path = root / "content" / LANGUAGE / f"{FOLDER}.toml"
    policy = read_table(path, CheckPolicy, faults)
    page = read_table(page_path, PageWords, faults)
    lists: dict[str, tuple[str, ...]] = {}
    with faults.collect():
        lists = _lists(words_path)
    found_by, cries = _found_by(folder / SIGNS, faults), _found_by(folder / CRIES, faults)
    warnings = read_table(folder / WARNINGS, SignPatterns, faults)
    faults.raise_if_any()
    assert policy is not None
    assert page is not None
    assert warnings is not None
    _check_policy(policy, path, known, same, page, faults)
    _check_signs(policy, path, found_by, page, page_path, faults)
    check_known(cries, known["case"], path.parent / CRIES, "file", "case", faults)
    vocabulary = Vocabulary({name: words for name, words in lists.items() if name not in (COUNTERS, NEUTRAL)})
    neutral, counters = (_parsed(lists[name], vocabulary, words_path, name, faults) for name in (NEUTRAL, COUNTERS))
    words = Loader(page_path, lexicon, known, faults)
    signs = {
        id: Sign(
            id=id,
            policy=entry,
            title=page.signs[id].title,
            why_html=words.html(page.signs[id].why, f"signs.{id}.why"),
            sources=words.cited(page.signs[id].sources, f"signs.{id}.sources"),
            **vars(_patterns(found_by[id], vocabulary, folder / SIGNS / f"{id}.toml", faults)),
        )
        for id, entry in policy.signs.items()
        if id in found_by and id in page.signs
    }
    method = render(page.method, lexicon)
    words.check_marks(method, "method")
    words.check_links(method.links, "method")
    library = SignLibrary(
        policy=policy,
        page=page,
        signs=signs,
        vocabulary=vocabulary,
        neutral=neutral,
        counters=counters,
        warnings=_patterns(warnings, vocabulary, folder / WARNINGS, faults),
        cries={id: _patterns(one, vocabulary, folder / CRIES / f"{id}.toml", faults) for id, one in cries.items()},
        actions_html={id: words.html(text, f"actions.{id}") for id, text in page.actions.items()},
        verdicts_html={id: words.html(one.first, f"verdicts.{id}") for id, one in page.verdicts.items()},
        limits_html=tuple(words.html(text, f"limits.{number}") for number, text in enumerate(page.limits)),
        method_html=method.html,
        sources=tuple(lexicon.sources[id] for id in method.citations),
    )
    faults.raise_if_any()
    return library


def _found_by(folder: Path, faults: Faults) -> dict[str, SignPatterns]:
    """Return what the signs are found by, by id."""
    found_by: dict[str, SignPatterns] = {}
    for file in sorted(folder.glob("*.toml")):
        with faults.collect():
            loader = Loader(file)
            loader.check_id()
            found_by[file.stem] = loader.read(SignPatterns)
    return found_by


def _check_signs(
    policy: CheckPolicy, path: Path, found_by: Collection[str], page: PageWords, page_path: Path, faults: Faults
) -> None:
    """Every sign that a message can show has a file of patterns and words, and there are no others."""
    wanted = [id for id, sign in policy.signs.items() if sign.words]
    for id in wanted:
        if id not in found_by:
            faults.add(path, f"signs.{id}", "no patterns for it", f"a file {FOLDER}/{SIGNS}/{id}.toml")
        if id not in page.signs:
            faults.add(page_path, "signs", f"no words for {id!r}")
    for id in policy.examples:
        if id not in page.examples:
            faults.add(page_path, "examples", f"no words for {id!r}")
    check_known(page.examples, policy.examples, page_path, "examples", "example", faults)
    check_known(page.signs, wanted, page_path, "signs", "sign", faults)
    for id in sorted(set(found_by) - set(wanted)):
        faults.add(
            path.parent / SIGNS / f"{id}.toml", "file", f"no policy for the sign {id!r}", f"[signs.{id}] in {POLICY}"
        )


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
    for name in sorted({NEGATIONS, NEUTRAL, COUNTERS} - lists.keys()):
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
        Loader(path, known=known, faults=faults).check_links([sign.link], f"signs.{id}.more")
        check_known([sign.case] if sign.case else [], policy.cases, path, f"signs.{id}.case", "case", faults)
        check_known(sign.actions, page.actions, path, f"signs.{id}.actions", "action", faults)
    for verdict in Verdict:
        if verdict not in page.verdicts:
            faults.add(path, "verdicts", f"no words for {verdict}")
        else:
            check_known(page.verdicts[verdict].actions, page.actions, path, f"verdicts.{verdict}", "action", faults)


def _patterns(patterns: SignPatterns, vocabulary: Vocabulary, path: Path, faults: Faults) -> Patterns:
    """Return the patterns of a file ready for use."""
    combinations = []
    for number, rule in enumerate(patterns.together):
        where = f"together.{number}"
        check_known(rule.unless, vocabulary.lists, path, f"{where}.unless", "list", faults)
        groups = [_parsed(group.split("|"), vocabulary, path, f"{where}.all", faults) for group in rule.all]
        begins = tuple(frozenset(pattern[0].name for pattern in group) for group in groups)
        least = rule.least or len(groups)
        if least > len(groups):
            faults.add(path, f"{where}.least", f"{least} of {len(groups)}", "no more than there are in all")
        combinations.append(Combination(tuple(groups), begins, least, rule.within or 0, rule.unless, rule.level))
    check_known(patterns.unless, vocabulary.lists, path, "unless", "list", faults)
    return Patterns(
        phrases=_parsed(patterns.phrases, vocabulary, path, "phrases", faults),
        hints=_parsed(patterns.hints, vocabulary, path, "hints", faults),
        combinations=tuple(combinations),
        unless=patterns.unless,
        negated=patterns.negated,
        match=patterns.match,
        differ=patterns.differ,
    )


def _parsed(
    texts: Collection[str], vocabulary: Vocabulary, path: Path, where: str, faults: Faults
) -> tuple[tuple[Element, ...], ...]:
    patterns = []
    for text in texts:
        try:
            patterns.append(vocabulary.parse(text.strip()))
        except PatternError as error:
            faults.add(path, f"{where} {text!r}", str(error), error.allowed)
    return tuple(patterns)
