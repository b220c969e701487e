"""Read all content and print what is wrong with it, or a count of what there is.

.venv/bin/python -m tools.content
"""

import datetime as dt
import sys
from collections.abc import Sized

import checklist.library
import checklist.state.wire_ids
import guide.editorial.freshness
import guide.library
import quizzes.answer_codes
import quizzes.library
from core.content.files import ContentError, ContentErrors


def main() -> int:
    """Exit code 1 where a content file has a fault, or the editors' desk finds one."""
    try:
        pages, steps = guide.library.current(), checklist.library.current()
        asked = quizzes.library.current()
        checklist.state.wire_ids.current()
        quizzes.answer_codes.current()
    except (ContentError, ContentErrors) as error:
        print(error, file=sys.stderr)
        return 1
    desk = guide.editorial.freshness.words(pages, quizzes.library.content_roots())
    ages = guide.editorial.freshness.ages(pages, dt.datetime.now(dt.UTC).date())
    for warning in ages.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    for fault in (*desk, *ages.faults):
        print(fault, file=sys.stderr)
    if desk or ages.faults:
        return 1
    counts: dict[str, Sized] = {
        "pages": pages.pages,
        "procedures": pages.procedures,
        "sources": pages.sources,
        "channels": pages.channels,
        "terms": pages.terms,
        "exposures": steps.exposures,
        "steps": steps.steps,
        "cases": steps.cases,
        "ties": steps.leaving,
        "quizzes": asked.quizzes,
    }
    print(", ".join(f"{len(things)} {name}" for name, things in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
