"""Read the signs of the check from their files, strictly."""

from collections.abc import Collection, Mapping
from pathlib import Path

from core.content.converter import Lexicon
from core.content.files import listed
from core.content.loader import LANGUAGE, Loader
from core.content.markup import render
from quizzes.check.patterns import COMPUTED, Element, PatternError, Vocabulary
from quizzes.check.signs import (
    COUNTERS,
    NEGATIONS,
    NEUTRAL,
    CheckPolicy,
    Combination,
    MessageSign,
    PageWords,
    Patterns,
    SignLibrary,
    SignPatterns,
    Verdict,
)

FOLDER = "check"
POLICY, WORDS, WARNINGS = "policy.toml", "words.toml", "warnings.toml"
CRIES, KINDS, SIGNS = "cries", "kinds", "signs"


def load(
    root: Path, lexicon: Lexicon, known: Mapping[str, Collection[str]], same: Mapping[str, Collection[str]]
) -> SignLibrary:
    """Return the signs under `root`. Raise ContentErrors with every fault.

    `known` are the ids that a link may name, `same` those of the group check and the practice.
    """
    folder = root / "policy" / FOLDER
    loader = Loader(folder / POLICY, lexicon, known)
    words_loader = loader.at(root / "content" / LANGUAGE / f"{FOLDER}.toml")
    lists_loader, warnings_loader = loader.at(folder / WORDS), loader.at(folder / WARNINGS)
    policy, page = loader.try_read(CheckPolicy), words_loader.try_read(PageWords)
    lists = _lists(lists_loader)
    found_by, cries, kinds = (_found_by(folder / name, loader) for name in (SIGNS, CRIES, KINDS))
    warnings = warnings_loader.try_read(SignPatterns)
    loader.raise_if_any()
    assert policy is not None
    assert page is not None
    assert warnings is not None
    _check_policy(policy, page, same, loader)
    _check_signs(policy, found_by, page, loader, words_loader)
    loader.at(folder / CRIES).check_known(cries, known["case"], "file", "case")
    words_loader.check_words(page.kinds, kinds, "kinds", "kind")
    for id, words in page.kinds.items():
        words_loader.check_known(words.actions, page.actions, f"kinds.{id}.actions", "action")
    vocabulary = Vocabulary({name: words for name, words in lists.items() if name not in (COUNTERS, NEUTRAL)})
    neutral, counters = (_parsed(lists[name], vocabulary, lists_loader, name) for name in (NEUTRAL, COUNTERS))
    signs = {
        id: MessageSign(
            id=id,
            policy=entry,
            title=page.signs[id].title,
            call=page.signs[id].call,
            why_html=words_loader.html(page.signs[id].why, f"signs.{id}.why"),
            sources=words_loader.cited(page.signs[id].sources, f"signs.{id}.sources"),
            **vars(_patterns(found_by[id], vocabulary, loader.at(folder / SIGNS / f"{id}.toml"))),
        )
        for id, entry in policy.signs.items()
        if id in found_by and id in page.signs
    }
    method = render(page.method, lexicon)
    words_loader.check_marks(method, "method")
    words_loader.check_links(method.links, "method")
    library = SignLibrary(
        policy=policy,
        page=page,
        signs=signs,
        vocabulary=vocabulary,
        neutral=neutral,
        counters=counters,
        warnings=_patterns(warnings, vocabulary, warnings_loader),
        kinds={id: _patterns(one, vocabulary, loader.at(folder / KINDS / f"{id}.toml")) for id, one in kinds.items()},
        cries={id: _patterns(one, vocabulary, loader.at(folder / CRIES / f"{id}.toml")) for id, one in cries.items()},
        actions_html={id: words_loader.html(text, f"actions.{id}") for id, text in page.actions.items()},
        verdicts_html={id: words_loader.html(one.first, f"verdicts.{id}") for id, one in page.verdicts.items()},
        kinds_html={id: words_loader.html(one.first, f"kinds.{id}") for id, one in page.kinds.items()},
        limits_html=tuple(words_loader.html(text, f"limits.{number}") for number, text in enumerate(page.limits)),
        method_html=method.html,
        sources=tuple(lexicon.sources[id] for id in method.citations),
    )
    loader.raise_if_any()
    return library


def _found_by(folder: Path, tree: Loader) -> dict[str, SignPatterns]:
    """Return what the signs are found by, by id."""
    found_by: dict[str, SignPatterns] = {}
    for file in sorted(folder.glob("*.toml")):
        with tree.collect():
            loader = tree.at(file)
            loader.check_id()
            found_by[file.stem] = loader.read(SignPatterns)
    return found_by


def _check_signs(
    policy: CheckPolicy, found_by: Collection[str], page: PageWords, loader: Loader, words_loader: Loader
) -> None:
    """Check that every sign that a message can show has a file of patterns and words, and that there are no others."""
    wanted = [id for id, sign in policy.signs.items() if sign.words]
    for id in wanted:
        if id not in found_by:
            loader.fault(f"signs.{id}", "no patterns for it", f"a file {FOLDER}/{SIGNS}/{id}.toml")
    words_loader.check_words(page.examples, policy.examples, "examples", "example")
    words_loader.check_words(page.signs, wanted, "signs", "sign")
    for id, words in page.signs.items():
        if id in policy.signs and bool(words.call) is not policy.signs[id].calls:
            words_loader.fault(f"signs.{id}.call", "does not fit the policy", "words for a sign that calls, none else")
    for id in sorted(set(found_by) - set(wanted)):
        file = loader.at(loader.path.parent / SIGNS / f"{id}.toml")
        file.fault("file", f"no policy for the sign {id!r}", f"[signs.{id}] in {POLICY}")


def _lists(loader: Loader) -> dict[str, tuple[str, ...]]:
    """Return the lists of words by name, and collect a fault for each that is no list of words."""
    lists: dict[str, tuple[str, ...]] = {}
    with loader.collect():
        for name, words in loader.toml().items():
            if name in COMPUTED:
                loader.fault(name, "the name is the engine's", f"any but {listed(COMPUTED)}")
            elif not _is_list_of_words(words):
                loader.fault(name, f"not a list of words, saw {words!r}"[:120], '["word", "word"]')
            else:
                lists[name] = tuple(words)
                for word in sorted({word for word in words if words.count(word) > 1}):
                    loader.fault(name, f"{word!r} stands twice")
        for name in sorted({NEGATIONS, NEUTRAL, COUNTERS} - lists.keys()):
            loader.fault(name, "missing", "a list of words")
    return lists


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) and word.strip() for word in value)


def _check_policy(policy: CheckPolicy, page: PageWords, same: Mapping[str, Collection[str]], loader: Loader) -> None:
    """Check that every id named exists, and that signs of the group check and tactics of the practice are here."""
    named = {name for sign in policy.signs.values() for name in sign.same}
    wanted = {f"{kind}:{id}" for kind, ids in same.items() for id in ids}
    loader.check_known(sorted(named), wanted, "signs.same", "sign")
    for missing in sorted(wanted - named):
        loader.fault("signs", f"no sign is the same as {missing!r}")
    loader.check_known(policy.cases, loader.known["case"], "cases", "case")
    loader.check_known(policy.cases, page.cases, "cases", "case of the page")
    for id, sign in policy.signs.items():
        loader.check_links([sign.link], f"signs.{id}.more")
        loader.check_known([sign.case], policy.cases, f"signs.{id}.case", "case")
        loader.check_known([sign.also_case], policy.cases, f"signs.{id}.also_case", "case")
        loader.check_known(sign.actions, page.actions, f"signs.{id}.actions", "action")
        loader.check_known(sign.without, page.actions, f"signs.{id}.without", "action")
        loader.check_known(sign.covers, policy.signs, f"signs.{id}.covers", "sign")
    for verdict in Verdict:
        if verdict not in page.verdicts:
            loader.fault("verdicts", f"no words for {verdict}")
        else:
            loader.check_known(page.verdicts[verdict].actions, page.actions, f"verdicts.{verdict}", "action")


def _patterns(patterns: SignPatterns, vocabulary: Vocabulary, loader: Loader) -> Patterns:
    """Return the patterns of a file ready for use."""
    combinations = []
    for number, rule in enumerate(patterns.together):
        where = f"together.{number}"
        loader.check_known(rule.unless, vocabulary.lists, f"{where}.unless", "list")
        groups = [_parsed(group.split("|"), vocabulary, loader, f"{where}.all") for group in rule.all]
        begins = tuple(frozenset(pattern[0].name for pattern in group) for group in groups)
        least = rule.least or len(groups)
        if least > len(groups):
            loader.fault(f"{where}.least", f"{least} of {len(groups)}", "no more than there are in all")
        combinations.append(Combination(tuple(groups), begins, least, rule.within or 0, rule.unless, rule.level))
    loader.check_known(patterns.unless, vocabulary.lists, "unless", "list")
    return Patterns(
        phrases=_parsed(patterns.phrases, vocabulary, loader, "phrases"),
        hints=_parsed(patterns.hints, vocabulary, loader, "hints"),
        combinations=tuple(combinations),
        unless=patterns.unless,
        negated=patterns.negated,
        match=patterns.match,
        differ=patterns.differ,
    )


def _parsed(
    texts: Collection[str], vocabulary: Vocabulary, loader: Loader, where: str
) -> tuple[tuple[Element, ...], ...]:
    """Return the patterns in these texts, and collect a fault for each that is written wrongly."""
    patterns = []
    for text in texts:
        try:
            patterns.append(vocabulary.parse(text.strip()))
        except PatternError as error:
            loader.fault(f"{where} {text!r}", str(error), error.allowed)
    return tuple(patterns)
