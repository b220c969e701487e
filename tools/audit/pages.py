"""Which pages are looked at: all that tests/site visits, and our own fault; and the eight kinds that are timed."""

from functools import cache

from tests.pages import PAGE
from tests.serving import ROOT, Server
from tests.site.visits import ERRORS, EVERY, MINE, PUBLIC, SEARCHES, Visit
from tools.audit.documents import Document, gather, once_each

#: The kinds of page that Lighthouse and the first views look at, by what a visit is called.
KINDS = (
    "/",
    PAGE,
    "/quizzes/habits/",
    "/quizzes/habits/situation unanswered",
    "/quizzes/habits/result 0",
    "/checklist/plan/ one of each tick",
    "/checklist/emergency/code-given/",
    "/checklist/",
)


def kinds() -> list[Visit]:
    """The visits of KINDS; a KeyError names one that is gone."""
    named = {str(visit): visit for visit in EVERY}
    return [named[name] for name in KINDS]


def indexable() -> set[str]:
    return {visit.address for visit in PUBLIC}


@cache
def asked(server: Server, look: str = "light") -> list[tuple[Visit, Document]]:
    """Every page of the site and state of a reader, with what the server sent for it."""
    # A browser that has a look keeps cookies, so /look/ leads it on.
    visits = [visit for visit in (*PUBLIC, *MINE, *SEARCHES) if visit.address != "/look/"]
    return list(zip(visits, gather(server.url, visits, [look]), strict=True))


@cache
def _of_errors(server: Server, look: str) -> list[Document]:
    found = gather(server.url, [*ERRORS, Visit("/checklist/also/", status=405, name="405")], [look])
    if look == "light":  # each of these is one file, which knows no look
        for name in ("429", "500", "503"):
            html = (ROOT / "templates" / f"{name}.html").read_text(encoding="utf-8")
            found.append(Document(name, f"/{name}/", look, html))
    return found


def documents(server: Server, looks: list[str]) -> list[Document]:
    """Every page in these looks, and the pages for what went wrong; those that are alike once."""
    found = [document for look in looks for _, document in asked(server, look)]
    found += [document for look in looks for document in _of_errors(server, look)]
    return list(once_each(found))
