"""The checklist's files: linked to each other and to the guide, and every fault named."""

from pathlib import Path

import pytest

from checklist.library import load
from core.content.files import ContentErrors
from tests.tiny import Tree, checklist_library, copy, guide_library


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copy(tmp_path)


def test_links_steps_to_their_procedures() -> None:
    step = checklist_library().steps["change-lock"]
    assert step.procedures == (guide_library().procedures["change-lock"],)
    assert step.title == "Change the lock"
    assert step.address == "/checklist/steps/change-lock/"


def test_joins_policy_and_words_of_an_exposure() -> None:
    exposure = checklist_library().exposures["key-lent"]
    assert exposure.critical
    assert exposure.because == "you lent the key"
    assert not checklist_library().exposures["name-told"].critical


def test_knows_what_settles_an_exposure() -> None:
    assert [step.id for step in checklist_library().settling(["map-copied"])] == ["call-watch", "burn-copy"]


def test_renders_the_marks_of_the_emergency_pages() -> None:
    urgent = checklist_library().urgent
    [call] = urgent.list_for(["map-copied"]).actions
    assert 'href="/checklist/emergency/fire/"' in call.detail
    assert 'href="tel:000-1"' in call.fallback
    assert call.say == ("Here: the map was copied. Come.",)
    assert 'href="tel:000-1"' in urgent.list_for(["key-lent"]).notes[0]
    assert 'href="/checklist/emergency/fire/"' in urgent.entry.elsewhere[0]


FAULTS = [
    ("policy/steps.toml", "[walk-again]\n", "[walk-again\n", ["TOML", "line "]),
    ("policy/steps.toml", 'stage = "payment"', 'stages = "payment"', ["burn-copy.stages", "stage", "leaves_page"]),
    ("policy/steps.toml", 'stage = "payment"\n', "", ["burn-copy.stage", "field required"]),
    (
        "policy/steps.toml",
        'parts = ["count-copies"]',
        'parts = ["keep-diary"]',
        ["burn-copy.aliases", "'keep-diary' is still in use"],
    ),
    (
        "policy/steps.toml",
        'parts = ["count-copies"]',
        'parts = ["stop-lending"]',
        ["burn-copy.aliases", "'stop-lending' is an alias of 'call-watch'"],
    ),
    (
        "policy/exposures.toml",
        "[key-lent]\n",
        '[key-lent]\naliases = ["old-key", "old-key"]\n',
        ["key-lent.aliases", "'old-key' is an alias of 'key-lent'"],
    ),
    ("policy/steps.toml", 'stage = "payment"', 'stage = "halt"', ["burn-copy.stage", "'halt'", "'payment'"]),
    ("policy/steps.toml", 'stage = "payment"', 'stage = "urgent"', ["burn-copy", "is an urgent action"]),
    ("policy/steps.toml", "[walk-again]", "[sit-down]", ["sit-down", "is an urgent action"]),
    (
        "policy/steps.toml",
        'replaced_by = ["sit-down"]',
        'replaced_by = ["lie-down"]',
        ["shut-bell.replaced_by", "unknown action 'lie-down'", "sit-down"],
    ),
    (
        "policy/steps.toml",
        'replaced_by = ["sit-down"]',
        'follows = ["lie-down"]',
        ["shut-bell.follows", "unknown action 'lie-down'", "sit-down"],
    ),
    (
        "policy/steps.toml",
        'when = ["bell-open"]',
        'when = ["bell-open", "bell-lost"]',
        ["shut-bell.when", "unknown exposure 'bell-lost'", "bell-open, key-lent, map-copied, name-told"],
    ),
    (
        "policy/steps.toml",
        'after = ["keep-diary"]',
        'after = ["keep-dairy"]',
        ["ask-forget.after", "unknown step 'keep-dairy'", "keep-diary"],
    ),
    (
        "policy/steps.toml",
        'procedures = ["shut-bell"]',
        'procedures = ["shut-gate"]',
        ["shut-bell.procedures", "unknown procedure 'shut-gate'", "shut-bell"],
    ),
    (
        "policy/steps.toml",
        'after = ["ask-neighbour"]',
        'after = ["walk-again"]',
        ["change-lock.after", "'walk-again'", "later stage", "earlier stage"],
    ),
    ("policy/steps.toml", 'settles = ["name-told"]', 'settles = ["bell-open"]', ["ask-forget", "under its when"]),
    ("policy/steps.toml", 'settles = ["bell-open"]\n', "", ["can't settle the exposure 'bell-open'", "in a step"]),
    ("policy/steps.toml", 'when = ["map-copied", "bell-open"]', "when = []", ["walk-again.when", "nobody earns it"]),
    ("steps.toml", 'title = "Burn the copies"\n', "", ["burn-copy.title", "a title, or one procedure"]),
    ("steps.toml", "step:call-watch", "step:call-wotch", ["burn-copy.first", "unknown step 'call-wotch'"]),
    ("policy/kit.toml", 'kind = "app"', 'kind = "wagon"', ["cart.kind", "'wagon'", "'phone'"]),
    ("kit.toml", "[cart]", "[wagon]", ["no words for the kit item 'cart'"]),
    ("kit.toml", "[cart]", "[wagon]", ["unknown kit item 'wagon'", "cart, lantern"]),
    ("steps.toml", "[say-goodbye]", "[say-hello]", ["unknown step 'say-hello'", "say-goodbye"]),
    ("policy/exposures.toml", 'group = "mild"', 'group = "milder"', ["bell-open.group", "'milder'", "'mild'"]),
    (
        "policy/exposures.toml",
        'under = "key-lent"',
        'under = "name-told"',
        ["map-copied.under", "'name-told'", "exposure of its group", "key-lent"],
    ),
    (
        "policy/cases.toml",
        'given = ["key-lent"]',
        'given = ["key-lost"]',
        ["thief.given", "unknown exposure 'key-lost'"],
    ),
    ("policy/exposures.toml", "[bell-open]", "[bell_open]", ["bell_open", "^[a-z0-9]"]),
    ("exposures.toml", "[bell-open]", "[bell-shut]", ["no words for the exposure 'bell-open'"]),
    ("policy/exposures.toml", "[key-lent]", "bell-ring = 1\n\n[key-lent]", ["bell-ring", "saw 1"]),
    ("exposures.toml", "[bell-open]", "[bell-shut]", ["unknown exposure 'bell-shut'", "bell-open"]),
    (
        "exposures.toml",
        'title = "The bell is open"',
        'title = "The bell is open and everybody hears it"',
        ["bell-open.title", "at most 20", "'The bell is open and everybody hears it'"],
    ),
    ("urgent.toml", "{channel:watch}", "{channel:wotch}", ["call-watch.fallback", "unknown channel 'wotch'", "watch"]),
    ("urgent.toml", "One by one.", "{term:wich}", ["count-keys.detail", "unknown term 'wich'", "latch, wick"]),
    ("urgent.toml", "case:fire", "cave:fire", ["call-watch.detail", "cave:fire", "page, step, case, quiz"]),
    ("urgent.toml", "case:fire", "case:fiar", ["call-watch.detail", "unknown case 'fiar'", "fire, thief"]),
    ("urgent.toml", "step:ask-neighbour", "step:fiar", ["count-keys.fallback", "unknown step 'fiar'", "shut-bell"]),
    ("urgent.toml", "case:fire", "page:fiar", ["call-watch.detail", "unknown page 'fiar'", "walk-the-yard"]),
    ("urgent.toml", "almanac", "almanack", ["call-watch.sources", "unknown source 'almanack'", "almanac, gazette"]),
    ("cases.toml", "almanac", "almanack", ["fire.sources", "unknown source 'almanack'", "almanac, gazette"]),
    ("cases.toml", '["watch"]', '["wotch"]', ["entry.channels", "unknown channel 'wotch'", "watch"]),
    ("cases.toml", "forms.at-night", "forms.by-day", ["thief.forms", "unknown form 'by-day'", "at-night"]),
    ("cases.toml", "key-lent =", "key-lost =", ["ticks", "unknown exposure 'key-lost'", "key-lent"]),
    ("cases.toml", "[entry]", "[extra]\n\n[entry]", ["extra", "cases", "entry"]),
    ("cases.toml", "[entry]", "[entry", ["TOML", "line 1"]),
    ("policy/facts.toml", "lent = true", "lent = 7", ["key-lent.lent", "saw 7"]),
    ("policy/urgent.toml", 'police = ["watch"]', 'police = ["wotch"]', ["channels.police", "unknown channel 'wotch'"]),
    ("policy/urgent.toml", "lender = []\n", "", ["channels", "how to reach the lender", "lender = []"]),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), FAULTS, ids=[f"{f[0]}:{f[2][:30]}" for f in FAULTS])
def test_names_the_fault(tree: Tree, name: str, old: str, new: str, words: list[str]) -> None:
    name = f"checklist/{name}"
    tree.change(name, old, new)
    errors = [error for error in tree.errors() if error.path == tree.path(name)]
    assert errors, "no fault found in this file"
    assert any(all(word in str(error) for word in words) for error in errors), "\n".join(map(str, errors))


def test_says_each_fault_once(tree: Tree) -> None:
    tree.change("checklist/cases.toml", "[entry]", "[entry")
    path = tree.path("checklist/cases.toml")
    assert len([error for error in tree.errors() if error.path == path]) == 1


@pytest.mark.parametrize(("link", "kind"), [("step:walk-a-gain", "step"), ("case:fiar", "case")])
def test_names_the_page_whose_link_leads_nowhere(tree: Tree, link: str, kind: str) -> None:
    tree.change("guide/pages/yard/walk-the-yard.md", "Look at", f"[Go]({link}) and look at")
    [error] = tree.errors()
    assert error.path.name == "walk-the-yard.md"
    assert f"unknown {kind} '{link.split(':')[1]}'" in error.what
    assert error.allowed


def test_finds_the_faults_of_all_its_files_at_once(tree: Tree) -> None:
    tree.change("checklist/policy/steps.toml", 'stage = "payment"', 'stage = "halt"')
    tree.change("checklist/exposures.toml", 'because = "you lent the key"\n', "")
    tree.change("checklist/cases.toml", 'title = "Fire"', 'title = ""')
    with pytest.raises(ContentErrors) as caught:
        load(tree.root / "checklist", tree.load_guide())
    files = {f"{error.path.parent.name}/{error.path.name}" for error in caught.value.errors}
    assert files >= {"policy/steps.toml", "zh-hans/exposures.toml", "zh-hans/cases.toml"}
    assert len(str(caught.value).splitlines()) == len(caught.value.errors)


@pytest.mark.parametrize(
    "name", ["policy/steps.toml", "policy/exposures.toml", "exposures.toml", "cases.toml", "policy/facts.toml"]
)
def test_names_a_file_that_is_missing(tree: Tree, name: str) -> None:
    tree.path(f"checklist/{name}").unlink()
    errors = [error for error in tree.errors() if error.path == tree.path(f"checklist/{name}")]
    assert any("can't be read" in error.what for error in errors)
