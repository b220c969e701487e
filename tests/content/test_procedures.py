"""The real procedures: each says what it ends, how to see it worked, and how to go back, in its own words."""

import re

import checklist.library
import guide.library
from guide.procedures import Procedure
from tests.collecting import for_each
from tests.content.words import PROJECT, hans, sentences

PROCEDURES = list(guide.library.current().procedures)
OWN_WORDS = ["stops", "done_when", "breaks", "undo", "missing"]


def told(procedure: Procedure) -> list[str]:
    """What a procedure says in sentences: all but the other names of its menus."""
    legs = [text for leg in procedure.legs for text in (leg.start, leg.then, *leg.labels)]
    own = [procedure.before, *(getattr(procedure, name) for name in OWN_WORDS)]
    return [text for text in [*legs, *procedure.actions, *own, procedure.title, procedure.in_person] if text]


@for_each(OWN_WORDS)
def test_says_it_in_its_own_words(name: str) -> None:
    by_text: dict[str, list[str]] = {}
    for id, procedure in guide.library.current().procedures.items():
        by_text.setdefault(getattr(procedure, name), []).append(id)
    assert "" not in by_text
    assert [ids for ids in by_text.values() if len(ids) > 1] == []


@for_each(PROCEDURES)
def test_speaks_in_very_short_sentences(id: str) -> None:
    procedure = guide.library.current().procedures[id]
    assert [sentence for text in told(procedure) for sentence in sentences(text) if hans(sentence) > 25] == []


@for_each(PROCEDURES)
def test_has_a_short_title(id: str) -> None:
    assert hans(guide.library.current().procedures[id].title) <= 12


@for_each(PROCEDURES)
def test_leaves_no_mark_unread(id: str) -> None:
    procedure = guide.library.current().procedures[id]
    assert [
        text
        for text in [*told(procedure), *procedure.also, *procedure.search]
        if re.search(r"\{[a-z]+:|\[@|\]\(", text)
    ] == []


def test_says_why_in_sentences_that_stand_alone() -> None:
    """No label goes before them that they would have to continue, such as 它拦住的是."""
    templates = [path.read_text(encoding="utf-8") for path in (PROJECT / "templates").rglob("*.html")]
    assert not [text for text in templates if "拦住的是" in text]
    reasons = [procedure.stops for procedure in guide.library.current().procedures.values()]
    assert [reason for reason in reasons if not reason.endswith("。") or hans(reason) < 12] == []


def test_gives_a_step_the_minutes_of_what_is_done_in_it() -> None:
    """One procedure: its own. Several: at least the longest, and no more than all of them; the shop is extra."""
    for step in checklist.library.current().steps.values():
        parts = [one.minutes for one in step.procedures if one.app.id != "in-person"]
        if len(parts) == 1 and len(step.procedures) == 1:
            assert step.minutes == parts[0], step.id
        elif parts:
            assert max(parts) <= step.minutes <= sum(one.minutes for one in step.procedures), step.id
