"""The quizzes' files: policy and words joined, linked to the lower apps, and every fault named."""

import pytest

from core.content.files import ContentErrors
from quizzes.library import load
from tests.tiny import Tree, lantern


def test_joins_policy_and_words() -> None:
    quiz = lantern()
    lent = quiz.questions["key"].options["lent"]
    assert quiz.title == "Lantern count"
    assert lent.label == "Lent"
    assert quiz.policy.questions["key"].options["lent"].exposures == ("key-lent",)
    assert lent.policy.urgent == "thief"


def test_renders_the_marks_of_a_feedback() -> None:
    key = lantern().questions["key"]
    assert (
        key.options["lent"].feedback_html
        == 'Dial <a aria-label="000-1，0 0 0 1" class="tel" href="tel:000-1">000-1</a>.'
    )
    assert 'href="/guide/walk-the-yard/"' in key.options["unsure"].feedback_html


POLICY, WORDS = "policy/lantern.toml", "lantern.toml"
FAULTS = [
    (POLICY, "[dimensions]", "[dimensions", ["TOML", "line 6"]),
    (POLICY, "version = 1", "version = 1\nvariant = 2", ["variant", "saw 2", "version"]),
    (POLICY, "version = 1\n", "", ["version", "field required"]),
    (POLICY, 'scheme = "risk"', 'scheme = "riks"', ["scheme", "unknown scheme 'riks'", "risk"]),
    (POLICY, 'scheme = "risk"\n', "", ["scheme", "unknown scheme None", "risk"]),
    (POLICY, ', remedy = "change-lock"', "", ["questions.key.options.unsure", "needs a remedy"]),
    (POLICY, 'urgent = "thief"', 'urgency = "thief"', ["questions.key.options.lent.urgency", "'thief'", "urgent"]),
    (POLICY, "street = 40", "street = 41", ["add up to 100"]),
    (POLICY, "heed = 30", "heed = 75", ["begin at 0 and rise"]),
    (POLICY, "more = 85", "more = 65", ["floors.more is at least"]),
    (POLICY, "points = 20", "points = 101", ["exposures.key-lent.points", "less than or equal to 100", "101"]),
    (POLICY, 'channels = ["watch"]', 'channels = ["wach"]', ["channels", "unknown channel 'wach'", "watch"]),
    (
        POLICY,
        'severity = ["rare", ',
        'severity = ["rarely", ',
        ["visits.severity", "unknown option 'rarely'"],
    ),
    (WORDS, "[bands.", '[dimension_notes]\nhose = "Wet."\n\n[bands.', ["dimension_notes", "'hose'", "house"]),
    (POLICY, 'kind = "multi"', 'kind = "many"', ["questions.shared.kind", "'many'", "'multi'"]),
    (
        POLICY,
        'bell-open = { dimension = "street"',
        'bell-open = { dimension = "path"',
        ["exposures.bell-open", "unknown dimension 'path'", "house, street"],
    ),
    (
        POLICY,
        "name-told = {",
        "nam-told = {",
        ["exposures", "unknown exposure 'nam-told'", "bell-open, key-lent, map-copied, name-told"],
    ),
    (
        POLICY,
        'open = { exposures = ["bell-open"] }',
        'open = { exposures = ["bell-lost"] }',
        ["questions.bell.options.open", "unknown exposure 'bell-lost'", "bell-open"],
    ),
    (
        POLICY,
        "points = { house = 8 }",
        "points = { hut = 8 }",
        ["questions.key.options.unsure.points", "unknown dimension 'hut'", "house, street"],
    ),
    (
        POLICY,
        'remedy = "shut-bell"',
        'remedy = "shut-gate"',
        ["questions.bell.options.broken", "unknown step 'shut-gate'", "shut-bell"],
    ),
    (
        POLICY,
        'urgent = "thief"',
        'urgent = "flood"',
        ["questions.key.options.lent", "unknown case 'flood'", "fire, thief"],
    ),
    (
        POLICY,
        'ends = "together"',
        'ends = "apart"',
        ["questions.place.options.helper", "unknown outcome 'apart'", "together"],
    ),
    (
        POLICY,
        'handles = "key"',
        'handles = "bell"',
        ["questions.key-since.options.settled", "unknown earlier question 'bell'", "key, place"],
    ),
    (
        POLICY,
        'ask_if = { key = ["lent"] }',
        'ask_if = { bell = ["open"] }',
        ["questions.key-since.ask_if", "unknown earlier question 'bell'", "key, place"],
    ),
    (
        POLICY,
        'ask_if = { key = ["lent"] }',
        'ask_if = { key = ["lost"] }',
        ["questions.key-since.ask_if.key", "unknown option 'lost'", "lent, never"],
    ),
    (POLICY, "[questions.place.options]", "[questions.Place.options]", ["questions.Place", "^[a-z0-9]"]),
    (WORDS, "minutes = 2", "minutes = 2\nhours = 1", ["hours", "saw 1", "minutes"]),
    (WORDS, "minutes = 2\n", "", ["minutes", "field required"]),
    (WORDS, "minutes = 2", "minutes = 90", ["minutes", "less than or equal to 30", "90"]),
    (WORDS, "[dimensions]", "[dimensions", ["TOML", "line 9"]),
    (
        WORDS,
        '[questions.bell]\ntitle = "About bell?"\n\n[questions.bell.options]',
        '[questions.bel]\ntitle = "About bell?"\n\n[questions.bel.options]',
        ["questions", "no words for the id 'bell'"],
    ),
    (WORDS, "[bands.heed]", "[bands.head]", ["bands", "unknown id 'head'", "calm, heed, now"]),
    (WORDS, "daily = {", "dayly = {", ["questions.visits.options", "no words for the id 'daily'"]),
    (WORDS, "daily = {", "dayly = {", ["questions.visits.options", "unknown id 'dayly'", "daily, rare"]),
    (WORDS, "{channel:watch}", "{channel:wotch}", ["key.options.lent.feedback", "unknown channel 'wotch'", "watch"]),
    (
        WORDS,
        "page:walk-the-yard",
        "javascript:alert",
        ["key.options.unsure.feedback", "javascript:alert", "page, step"],
    ),
    (WORDS, "page:walk-the-yard", "page:walk-a-yard", ["unsure", "unknown page 'walk-a-yard'", "walk-the-yard"]),
    (WORDS, "page:walk-the-yard", "step:walk-a-yard", ["unsure", "unknown step 'walk-a-yard'", "walk-again"]),
    (WORDS, "page:walk-the-yard", "case:walk-a-yard", ["unsure", "unknown case 'walk-a-yard'", "fire, thief"]),
    (WORDS, "page:walk-the-yard", "quiz:walk-a-yard", ["unsure", "unknown quiz 'walk-a-yard'", "lantern"]),
]
SIGNS, TOLD = "policy/gate.toml", "gate.toml"
FAULTS += [
    (SIGNS, "[[rules]]", "[dimensions]\nhouse = 100\n\n[[rules]]", ["dimensions", "allowed", "verdicts"]),
    (SIGNS, "now = 1", "now = 0", ["rules.0.now", "greater than or equal to 1"]),
    (SIGNS, "now = 1\n", "", ["the rule of 'shut' counts nothing"]),
    (SIGNS, 'verdict = "shut"\nnow', 'verdict = "open"\nnow', ["no rule may lead to 'open'", "shut, watch"]),
    (SIGNS, 'verdict = "shut"\nnow', 'verdict = "watch"\nnow', ["worst first"]),
    (SIGNS, 'weight = "now"', 'weight = "heavy"', ["signs.wolf.weight", "'heavy'", "'strong'"]),
    (SIGNS, "case:thief", "case:flood", ["signs.wolf.more", "unknown case 'flood'", "thief"]),
    (SIGNS, "case:thief", "case:thief/plain", ["signs.wolf.more", "case:thief/plain"]),
    (SIGNS, "case:thief", "quiz:practice", ["signs.wolf.more", "unknown quiz 'practice'", "gate, lantern"]),
    (SIGNS, "case:thief", "quiz:worth-it", ["signs.wolf.more", "unknown quiz 'worth-it'", "gate, lantern"]),
    (SIGNS, "case:thief", "https://example.org", ["signs.wolf.more", "example.org"]),
    (SIGNS, "clean = {}", "clean = {}\nhowl = {}", ["'howl' is offered by one option, and by 2 here"]),
    (SIGNS, "track = {}\n", "", ["'track' is offered by one option, and by 0 here"]),
    (SIGNS, "none = { exclusive = true }", "none = {}", ["questions.seen.options.none is no sign"]),
    (SIGNS, 'leaving = "cellar"', 'leaving = "celler"', ["ties.stranger.leaving", "unknown leaving 'celler'", "porch"]),
    (SIGNS, 'leaving = "cellar"', 'page = "lend-a-key"', ["ties.stranger", "page", "leaving"]),
    (TOLD, "[signs.wolf]", "[signs.fox]", ["signs", "no words for the id 'wolf'"]),
    (TOLD, "[verdicts.watch]", "[verdicts.wait]", ["verdicts", "unknown id 'wait'", "open, shut, watch"]),
    (TOLD, 'ties = ["friend"]', 'ties = ["foe"]', ["verdicts.shut.ways.0.ties", "unknown tie 'foe'", "friend"]),
    (TOLD, "{channel:watch}", "{channel:wotch}", ["verdicts.shut.first", "unknown channel 'wotch'", "watch"]),
    (TOLD, "page:walk-the-yard", "page:walk-a-yard", ["verdicts.shut.items.1", "unknown page 'walk-a-yard'"]),
    (TOLD, "Wolves bite.", "[Bite](quiz:bite)", ["signs.wolf.line", "unknown quiz 'bite'", "gate, lantern"]),
    (TOLD, "quiz:lantern", "quiz:lamp", ["given", "unknown quiz 'lamp'"]),
    (TOLD, 'seen = "Seen"\n', "", ["seen", "field required"]),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), FAULTS, ids=[f"{f[0]}:{f[2][:30]}" for f in FAULTS])
def test_names_the_fault(tree: Tree, name: str, old: str, new: str, words: list[str]) -> None:
    name = f"quizzes/{name}"
    tree.check_fault(name, old, new, [f"{tree.path(name)}: ", *words])


@pytest.mark.parametrize("reserved", ["result", "method", "again"])
def test_refuses_a_reserved_word_for_a_question(tree: Tree, reserved: str) -> None:
    tree.change(f"quizzes/{POLICY}", "[questions.visits", f"[questions.{reserved}")
    tree.change(f"quizzes/{POLICY}", "[questions.visits", f"[questions.{reserved}")
    tree.change(f"quizzes/{WORDS}", "[questions.visits", f"[questions.{reserved}")
    tree.change(f"quizzes/{WORDS}", "[questions.visits", f"[questions.{reserved}")
    [error] = [error for error in tree.errors() if error.path == tree.path(f"quizzes/{POLICY}")]
    assert error.where == f"questions.{reserved}"
    assert "reserved" in error.what
    assert all(word in error.allowed for word in ("again", "method", "result"))


def test_a_sign_leads_to_no_former_step(tree: Tree) -> None:
    steps = "checklist/policy/steps.toml"
    tree.change(steps, 'procedures = ["walk-again"]', 'procedures = ["walk-again"]\naliases = ["walk-twice"]')
    tree.check_fault(f"quizzes/{SIGNS}", "step:walk-again", "step:walk-twice", ["signs.track.more", "'walk-twice'"])


def test_names_the_page_whose_link_leads_to_no_quiz(tree: Tree) -> None:
    tree.change("guide/pages/yard/lend-a-key.md", "quiz:lantern", "quiz:lanterns")
    [error] = tree.errors()
    assert error.path.name == "lend-a-key.md"
    assert "unknown quiz 'lanterns'" in error.what
    assert error.allowed == "gate, lantern, practice, worth-it"


def test_only_one_quiz_may_raise_exposures(tree: Tree) -> None:
    for name in (POLICY, WORDS):
        copied = tree.path(f"quizzes/{name.replace('lantern', 'torch')}")
        copied.write_text(tree.path(f"quizzes/{name}").read_text(encoding="utf-8"), encoding="utf-8")
    [error] = tree.errors()
    assert (error.path.name, error.where, error.what) == ("torch.toml", "scheme", "a second quiz with points")


def test_finds_the_faults_of_policy_and_words_at_once(tree: Tree) -> None:
    tree.change(f"quizzes/{POLICY}", "version = 1", "version = 0")
    tree.change(f"quizzes/{WORDS}", "minutes = 2", "minutes = 0")
    with pytest.raises(ContentErrors) as caught:
        tree.load_quizzes()
    assert {error.path for error in caught.value.errors} >= {
        tree.path(f"quizzes/{POLICY}"),
        tree.path(f"quizzes/{WORDS}"),
    }


def test_finds_the_faults_of_links_and_feedback_at_once(tree: Tree) -> None:
    tree.change(f"quizzes/{POLICY}", 'remedy = "shut-bell"', 'remedy = "shut-gate"')
    tree.change(f"quizzes/{WORDS}", "{channel:watch}", "{channel:wotch}")
    assert {error.path.parent.name for error in tree.errors()} >= {"policy", "zh-hans"}


def test_finds_the_faults_of_two_quizzes_at_once(tree: Tree) -> None:
    for folder in ("policy", "content/zh-hans"):
        text = (tree.root / "quizzes" / folder / "lantern.toml").read_text(encoding="utf-8")
        (tree.root / "quizzes" / folder / "second.toml").write_text(text, encoding="utf-8")
    tree.change("quizzes/policy/lantern.toml", "version = 1", "version = 0")
    tree.change("quizzes/policy/second.toml", "version = 1", "version = -1")
    assert [error.path.name for error in tree.errors()][:2] == ["lantern.toml", "second.toml"]


@pytest.mark.parametrize("name", [POLICY, WORDS])
def test_names_the_words_that_are_missing(tree: Tree, name: str) -> None:
    tree.path(f"quizzes/{WORDS}").unlink()
    if name == WORDS:
        assert any("can't be read" in error.what for error in tree.errors())
    else:
        tree.path(f"quizzes/{POLICY}").unlink()
        tree.change("guide/pages/yard/lend-a-key.md", "quiz:lantern", "page:walk-the-yard")
        tree.change("quizzes/gate.toml", "quiz:lantern", "page:walk-the-yard")
        below = tree.load_guide()
        assert load(tree.root / "quizzes", below, tree.load_checklist()).quizzes.keys() == {"gate"}


def test_refuses_a_file_name_that_is_no_id(tree: Tree) -> None:
    for name in (POLICY, WORDS):
        tree.path(f"quizzes/{name}").rename(tree.path(f"quizzes/{name}").with_name("Lantern Count.toml"))
    errors = [error for error in tree.errors() if error.path.name == "Lantern Count.toml"]
    assert any("Lantern Count" in error.what and "a-z" in f"{error.what} {error.allowed}" for error in errors)
