"""The scenes' files: policy and words joined, cues found in the messages, and every fault named."""

import pytest

from quizzes.marks import Piece
from quizzes.practice.scenes import Cue, Practice, Role, SceneKind
from tests.tiny import FIXTURES, Tree

POLICY, WORDS, AMBER, CEDAR = "policy/scenes.toml", "practice.toml", "scenes/amber.toml", "scenes/cedar.toml"


@pytest.fixture(scope="module")
def practice() -> Practice:
    return Tree(FIXTURES).load_quizzes().practice


def test_joins_policy_and_words_in_the_order_of_the_policy(practice: Practice) -> None:
    assert list(practice.scenes)[:3] == ["amber", "birch", "cedar"]
    cedar = practice.scenes["cedar"]
    assert (cedar.number, cedar.kind, cedar.title) == (3, SceneKind.LINK, "By the cedar")
    assert cedar.tactic == practice.words.tactics["draught"]
    assert [source.id for source in cedar.sources] == ["gazette"]
    assert [source.id for source in practice.sources] == ["almanac"]


def test_calls_a_scene_without_a_tactic_harmless(practice: Practice) -> None:
    assert [id for id, scene in practice.scenes.items() if not scene.suspicious] == ["amber", "dusk", "grove", "ivory"]


def test_numbers_the_cues_as_they_are_read(practice: Practice) -> None:
    amber = practice.scenes["amber"]
    assert amber.messages[0].text == (
        Piece("Lend me "),
        Piece("the amber key", 1),
        Piece(", "),
        Piece("now", 2),
        Piece(", please."),
    )
    assert [(cue.number, cue.mark) for cue in amber.cues] == [(1, "the amber key"), (2, "now")]


def test_finds_cues_in_a_link_and_goes_on_counting_in_the_next_message(practice: Practice) -> None:
    free, mine, drawn = practice.scenes["cedar"].messages
    assert free.card_title == (Piece("Free oil "), Piece("for all", 1))
    assert free.card_host == (Piece("oil."), Piece("lantern.example", 2))
    assert (mine.role, mine.text) == (Role.YOU, (Piece("Which oil?"),))
    assert (drawn.code, drawn.text[0]) == (True, Piece("This one", 3))


def test_explains_a_word_once_a_scene_where_it_is_read_first(practice: Practice) -> None:
    amber = practice.scenes["amber"]
    assert amber.cues[1] == Cue(
        2, "now", 'No hurry in it, <span class="term"><dfn>wick</dfn>（the string that burns）</span> or not.'
    )
    assert amber.explanation_html == "Trim the wick."


def test_leads_to_a_page_or_a_step(practice: Practice) -> None:
    assert practice.scenes["cedar"].next_address == "/guide/walk-the-yard/"
    assert practice.scenes["amber"].next_address == "/checklist/steps/change-lock/"


FAULTS = [
    (POLICY, "[scenes]", "[scenes", ["TOML"]),
    (POLICY, 'kind = "call"', 'kind = "cry"', ["scenes.ember.kind", "'cry'", "'call'"]),
    (POLICY, "number = 5", "number = 4", ["one scene's for ever", "4 is defined twice"]),
    (POLICY, "number = 5", "number = 100", ["scenes.ember.number", "less than or equal to 99"]),
    (POLICY, 'kind = "private", tactic = "fog"', 'kind = "private"', ["a quarter to a half", "harmless"]),
    (
        POLICY,
        'kind = "call", tactic = "fog"',
        'kind = "call", tactic = "fug"',
        ["unknown tactic 'fug'", "draught, fog"],
    ),
    (POLICY, '"fog", "draught"]', '"fog", "draught", "frost"]', ["tactics", "no scene shows 'frost'"]),
    (POLICY, "amber = {", "again = {", ["scenes.again", "a reserved word"]),
    (POLICY, "amber = {", "umber = {", ["umber.toml", "can't be read"]),
    (POLICY, "amber = {", "umber = {", ["amber.toml", "no policy for the scene 'amber'"]),
    (WORDS, "[tactics.fog]", "[tactics.smog]", ["tactics", "no words for the tactic 'fog'"]),
    (WORDS, "[tactics.fog]", "[tactics.smog]", ["tactics", "unknown tactic 'smog'"]),
    (WORDS, "[@almanac]", "[@calendar]", ["method", "unknown source 'calendar'"]),
    (WORDS, "minutes = 3", "", ["minutes", "field required"]),
    (AMBER, 'title = "By the amber"', 'title = "By the great amber"', ["title", "14 characters"]),
    (AMBER, 'mark = "now"', 'mark = "never"', ["messages.0.cues", "the mark 'never' stands 0 times", "exactly once"]),
    (AMBER, "key, now,", "key, now, now,", ["messages.0.cues", "the mark 'now' stands 2 times"]),
    (AMBER, 'mark = "now"', 'mark = "amber key, now"', ["begins inside another"]),
    (AMBER, 'role = "neighbour"', 'role = "thief"', ["messages.0.role", "'thief'"]),
    (AMBER, "step:change-lock", "step:change-lamp", ["to", "unknown step 'change-lamp'"]),
    (AMBER, "{term:wick} or", "{term:wack} or", ["cue 'now'", "unknown term 'wack'"]),
    (AMBER, "No hurry", "No[@almanac] hurry", ["cue 'now'", "cites a source", "the key sources"]),
    (CEDAR, '"gazette"', '"gossip"', ["sources", "unknown source 'gossip'"]),
    (CEDAR, 'host = "oil', 'hosts = "oil', ["messages.0.card.hosts", "host"]),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), FAULTS)
def test_names_the_fault_the_file_and_what_is_allowed(
    tree: Tree, name: str, old: str, new: str, words: list[str]
) -> None:
    tree.check_fault(f"quizzes/{name}", old, new, words)


def test_asks_for_a_cue(tree: Tree) -> None:
    text = tree.path("quizzes/" + AMBER).read_text(encoding="utf-8")
    tree.path("quizzes/" + AMBER).write_text(text.partition("[[messages.cues]]")[0], encoding="utf-8")
    assert any("no cue" in str(error) for error in tree.errors())


def test_names_all_faults_at_once(tree: Tree) -> None:
    tree.change("quizzes/" + AMBER, 'mark = "now"', 'mark = "never"')
    tree.change("quizzes/" + CEDAR, '"gazette"', '"gossip"')
    assert len(tree.errors()) == 2


def test_keeps_its_name_from_a_quiz(tree: Tree) -> None:
    tree.add("quizzes/policy/practice.toml", "version = 1")
    assert any("the name is the practice's" in str(error) for error in tree.errors())


def test_may_be_linked_to_from_a_page(tree: Tree) -> None:
    tree.add("guide/pages/yard/walk-the-yard.md", "\n[practise](quiz:practice)\n")
    assert tree.errors() == []
