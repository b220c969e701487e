"""Every content file, as the editors' desk reads it: numbers vouched for, plain words, nothing grown old."""

import datetime as dt

import guide.library
import quizzes.library
from guide.editorial.freshness import ages, words
from tests.collecting import for_each
from tests.content.words import FILES, texts

#: Beside what the desk refuses everywhere: too like a promise to stand even as part of a word.
FORBIDDEN = ["上当", "贪便宜", "轻信", "安全了", "就安全", "您"]
#: What readers type, except for what is said to them.
TYPED = "guide/content/zh-hans/intents.toml"


def test_reads_every_kind_of_content() -> None:
    assert len(FILES) > 20
    assert {file.partition("/")[0] for file in FILES} == {"guide", "checklist", "quizzes"}


def test_says_nothing_that_nobody_vouches_for_and_nothing_hard_to_read() -> None:
    assert [str(fault) for fault in words(guide.library.current(), quizzes.library.content_roots())] == []


def test_bears_no_date_that_has_not_come() -> None:
    library = guide.library.current()
    newest = max(
        *(page.front.checked for page in library.pages.values()),
        *(procedure.checked for procedure in library.procedures.values()),
    )
    assert newest <= dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    assert ages(library, newest).faults == []


def test_covers_every_topic_of_the_inventory() -> None:
    library = guide.library.current()
    covered = {topic for page in library.pages.values() for topic in page.front.topics}
    assert library.topics
    assert library.topics.keys() - covered == set()


def test_uses_every_term_somewhere() -> None:
    told = [text for file in FILES for _, text in texts(file)]
    assert [id for id in guide.library.current().terms if not any(f"{{term:{id}}}" in text for text in told)] == []


@for_each(FILES)
def test_never_blames_and_never_promises(file: str) -> None:
    said = texts(file)
    if file == TYPED:
        said = [(where, text) for where, text in said if where.endswith(".say")]
        assert said
    assert [(where, word) for where, text in said for word in FORBIDDEN if word in text] == []
