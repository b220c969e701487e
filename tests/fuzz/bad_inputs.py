"""The table of bad inputs, bad_inputs.md: what was sent, and the sentence that the reader gets. Generated."""

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone

from checklist.resume.link import make_link
from checklist.state import wire_ids
from checklist.state.cookies import read_state
from tools.fuzz.sent import BROWSER, Pairs, Sent
from tools.fuzz.site import Answer, Site, site

TABLE = Path(__file__).with_suffix(".md")
#: Where a page says what is wrong, the most telling first.
SAYS = ("[role=alert]:not(#alert)", "#error-message", "#results > p", "main h1, main h1 ~ p")


def get(path: str, **more: object) -> Sent:
    return replace(Sent(path=path.encode(), headers=BROWSER), **more)  # type: ignore[arg-type]


def post(path: str, *form: tuple[str, str], **more: object) -> Sent:
    fields = tuple((name, value.encode()) for name, value in form)
    return replace(Sent("POST", path.encode(), form=fields, headers=BROWSER), **more)  # type: ignore[arg-type]


def said_by(*changed: tuple[str, bytes]) -> Pairs:
    names = {name for name, _ in changed}
    return (*(pair for pair in BROWSER if pair[0] not in names), *changed)


def plan(**cookies: str) -> Pairs:
    return tuple((name.replace("__", "."), value.encode()) for name, value in cookies.items())


QUESTION, STEP, WORTH = "/quizzes/habits/situation/", "/checklist/steps/wx-leave/", "/quizzes/worth-it/"
ON_PAGE, ON_PATH = "/guide/risks/report/", "/guide/procedures/wx-leave/report/"
LETTER = "/checklist/letters/platform/"

ZLIB = b"application/x-www-form-urlencoded; charset=zlib"
ODD_PART = "rating\"; filename*=zlib''x; x=\""
MANY = tuple((f"s.x{number}", b"d1xx") for number in range(300))
TOKEN = "a" * 32
SIGN_IN = (("username", "nobody"), ("password", "wrong"), ("csrfmiddlewaretoken", TOKEN))
#: What is sent more than once before the answer that counts.
TIMES = {"an eleventh word on one path in a day": 11, "a fifth wrong password in an hour": 5}

INPUTS: list[tuple[str, Sent]] = [
    ("an address that there is not", get("/guide/nowhere/")),
    ("an address of 9,000 letters", get("/guide/" + "a" * 9000 + "/")),
    ("an address that is no UTF-8, with a NUL", replace(get("/"), path=b"/guide/\xff\x00/")),
    ("`../` in an address", get("/static/../config/settings.py")),
    ("a method that a page does not know", get("/search/", method="DELETE")),
    ("an action opened like a page", get("/checklist/also/")),
    ("a Host of somebody else", get("/erase/", headers=said_by(("Host", b"evil.example")))),
    ("a form from another site", post("/erase/", headers=said_by(("Sec-Fetch-Site", b"cross-site")))),
    ("a form that says nothing of where it comes from", post("/erase/", headers=())),
    ("a body over 64 KB", post("/look/", ("next", "x" * 70_000))),
    ("more than 200 fields", post("/checklist/exposures/", *[("given", "x")] * 250)),
    ("a length that is no number", post("/look/", ("size", "large"), length="1e3")),
    ("half of a form (multipart cut off)", post(ON_PAGE, ("rating", "useful"), encoding="cut multipart")),
    ("a form as JSON", post(QUESTION, ("option", "in-group"), encoding="json")),
    ("a form in UTF-16", post(QUESTION, ("option", "in-group"), encoding="utf-16")),
    ("a form in a charset of Python's own (zlib)", post(QUESTION, headers=said_by(("Content-Type", ZLIB)))),
    ("a page asked for with such a charset", get("/checklist/plan/", headers=said_by(("Content-Type", ZLIB)))),
    ("a form with such a charset in a part", post(ON_PAGE, (ODD_PART, "1"), encoding="multipart")),
    ("a Cookie header of 9 kB", get("/", cookies=(("a", b"x" * 9000),))),
    ("its button", post("/erase/cookies/", cookies=MANY * 3)),
    ("erasing with 300 cookies of names that are not known", post("/erase/", cookies=MANY)),
    ("60 kB in a field of a letter", post("/checklist/letters/consumer/", ("story", "a" * 60_000))),
    ("a question without an answer", post(QUESTION)),
    ("an option that the question has not", post(QUESTION, ("option", "nothing-we-know"))),
    ("a question that is not this reader's turn", get("/quizzes/habits/data/")),
    ("a result before the quiz is done", get("/quizzes/habits/result/")),
    ("a cookie of a quiz that is nonsense", get(QUESTION, cookies=plan(q__habits="...__..'\"<>"))),
    ("a plan's cookie that is nonsense", get("/checklist/plan/", cookies=plan(exposures="\x7f%00;{}"))),
    ("a plan's cookie of ids that are not known", get("/checklist/plan/", cookies=plan(exposures="or.no-such-thing"))),
    ("a step's state that there is not", post(STEP, ("state", "exploded"))),
    ("a step put off to no day", post(STEP, ("state", "day"))),
    ("a step put off to 30 February", post(STEP, ("state", "day"), ("on", "2026-02-30"))),
    ("a step put off to the year 9999", post(STEP, ("state", "day"), ("on", "9999-12-31"))),
    ("a resume link cut off", get("/checklist/resume/gAAAAABrAmjAeEeXEMdfCCN7/")),
    ("a resume link made up", get("/checklist/resume/" + "A" * 120 + "/")),
    ("a resume link dated two days ahead", get("/checklist/resume/AHEAD/")),
    ("a search of one sign", get("/search/", query=(("q", b"x"),))),
    ("a search of 5,000 signs", get("/search/", query=(("q", "退".encode() * 5000),))),
    ("a search in bytes that are no UTF-8", get("/search/", query=(("q", b"\xff\xfe\xc0\xaf"),))),
    ("a script in the search", get("/search/", query=(("q", b"<script>alert(1)</script>"),))),
    ("a word on a page without a rating", post(ON_PAGE, ("sentence", "好"))),
    ("a word on a page of 201 signs", post(ON_PAGE, ("rating", "wrong"), ("sentence", "错" * 201))),
    ("the field that only programs fill in", post(ON_PAGE, ("rating", "wrong"), ("homepage", "http://x"))),
    ("an app's version of 31 signs", post(ON_PATH, ("rating", "wrong"), ("app_version", "8" * 31))),
    ("an eleventh word on one path in a day", post(ON_PATH, ("rating", "wrong"))),
    ("a letter with a date and an amount that are none", post(LETTER, ("when", "昨天"), ("amount", "很多"))),
    ("值不值 with nothing in it", post(WORTH)),
    ("值不值 with words for numbers", post(WORTH, ("minutes", "很久"), ("rounds", "-1"), ("reward", "1e309"))),
    ("an answer to a scene that there is not", post("/quizzes/practice/next-scene-of-none/", ("answer", "fine"))),
    ("being counted: maybe", post("/quizzes/count/", ("tally", "maybe"))),
    ("a look that there is not, and back to another site", post("/look/", ("size", "9"), ("next", "//evil.example/"))),
    ("the admin without signing in", get("/admin/guide/report/")),
    ("a fifth wrong password in an hour", post("/admin/login/", *SIGN_IN, cookies=plan(csrftoken=TOKEN))),
]  # fmt: skip


def table(asked: Site) -> str:
    rows = ["| sent | status | what the reader gets |", "|---|---|---|"]
    for name, sent in INPUTS:
        sent = replace(sent, path=sent.path.replace(b"AHEAD", _link_ahead().encode()))
        for _ in range(TIMES.get(name, 1) - 1):
            asked.answer(sent)
        answer = asked.answer(sent)
        rows.append(f"| {name} | {answer.status} | {_said(answer)} |")
    return "\n".join(rows) + "\n"


def _link_ahead() -> str:
    """Return a resume link of our own that is dated two days ahead."""
    ahead = timezone.now() + dt.timedelta(days=2)
    return make_link(
        read_state({"exposures": "or.code-given"}, wire_ids.current()), wire_ids.current(), settings.SECRET_KEY, ahead
    )


def _said(answer: Answer) -> str:
    """The address that an answer leads to, or what its page says."""
    if answer.header("Location"):
        return f"→ `{answer.header('Location')}`"
    page = BeautifulSoup(answer.body, "html.parser")
    for mark in SAYS:
        if found := page.select(mark)[:2]:
            return " · ".join(" ".join(one.get_text(" ", strip=True).split()) for one in found)
    return answer.header("Content-Type")


def main(write: bool) -> int:
    with site() as asked:
        made = table(asked)
    if write:
        TABLE.write_text(made, encoding="utf-8")
    else:
        sys.stdout.write(made)
    return 0
