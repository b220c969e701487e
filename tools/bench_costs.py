"""Measure the most expensive legal request of each kind in CPU milliseconds: python -m tools.bench_costs.

Kinds are views, asked for in every state of a reader that the tests know and with the largest input that a form takes.
Exit code 1 where one exceeds the limit; only a password check may, and only one runs at a time.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tools.fuzz.sent import Pairs, Sent
from tools.scratch import set_up

if TYPE_CHECKING:
    from tools.fuzz.site import Site

#: Milliseconds; requests of which the cheapest counts; kinds below this many milliseconds are not printed.
MOST, TRIES, PRINTED = 50.0, 5, 2.0
SIGN_IN = "POST admin:login"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-costs-") as name:
        set_up(Path(name))
        from tools.fuzz.site import site

        with site() as asked:
            costs: dict[str, tuple[float, str]] = {}
            for kind, sent, what in chain(visits(), largest()):
                spent = cost(asked, sent)
                if spent > costs.get(kind, (0.0, ""))[0]:
                    costs[kind] = spent, what
    print("| kind | CPU, ms | most expensive |\n|---|---|---|")
    for kind, (spent, what) in sorted(costs.items(), key=lambda item: -item[1][0]):
        if spent >= PRINTED:
            print(f"| {kind} | {spent:.2f} | {what} |")
    return int(any(spent > MOST for kind, (spent, _) in costs.items() if kind != SIGN_IN))


def cost(asked: "Site", sent: Sent) -> float:
    """Return the milliseconds of CPU of the cheapest of some tries: noise only adds. No page is stored."""
    from core.http.page_cache import drop_stored_pages

    spent = []
    for _ in range(TRIES):
        drop_stored_pages()
        answer = asked.answer(sent)
        assert answer.status != 500, sent
        spent.append(answer.cpu * 1000)
    return min(spent)


def post(path: str, cookies: Pairs = (), **form: str) -> Sent:
    same_origin = (("Sec-Fetch-Site", b"same-origin"),)
    pairs = tuple((name, value.encode()) for name, value in form.items())
    return Sent("POST", path.encode(), form=pairs, cookies=cookies, headers=same_origin)


def visits() -> Iterator[tuple[str, Sent, str]]:
    """Yield every page of the site and state of a reader, with its kind and name."""
    from tests.site.visits import EVERY
    from tools.fuzz.known import sent_for

    for visit in EVERY:
        sent = sent_for(visit)
        yield kind_of(sent), sent, str(visit)


def kind_of(sent: Sent) -> str:
    """Return the method and the name of the view."""
    from django.urls import Resolver404, resolve

    try:
        return f"{sent.method} {resolve(sent.path.decode()).view_name}"
    except Resolver404:
        return f"{sent.method} of no page"


def largest() -> Iterator[tuple[str, Sent, str]]:
    """Yield the largest input of each form, in the character that costs most where it is not known which does."""
    from quizzes.cookie_names import known_cookie_names
    from tests.pages import PAGE
    from tests.site.visits import MINE
    from tools.fuzz.known import sent_for

    cookies = tuple((name, b"d1xx") for name in known_cookie_names())
    hostile = "1 ", "a@", "http://a.", "加微信", "三", "¥a", "验证码，", '\\"'
    asked = [(post("/check/", text=(unit * 4000)[:4000]), f"4000 characters {unit!r}") for unit in hostile]
    asked += [(post(f"{PAGE}report/", rating="wrong", sentence=(unit * 200)[:200]), unit) for unit in hostile]
    asked += [(Sent(path=b"/search/", query=(("q", (unit * 200)[:60].encode()),)), unit) for unit in hostile]
    printed = [visit for visit in MINE if visit.address == "/checklist/plan/print/"]
    asked += [(sent_for(replace(visit, address=f"{visit.address}?code")), f"{visit} with a code") for visit in printed]
    asked.append((post("/erase/", cookies), "every cookie"))
    many = tuple((f"s.x{number}", b"d1xx") for number in range(2000))
    asked.append((post("/erase/cookies/", many), "2000 cookies"))
    asked.append((post("/checklist/exposures/", given="x" * 65_000), "64 kB"))
    token = "a" * 32
    form = {"username": "nobody", "password": "wrong", "csrfmiddlewaretoken": token}
    asked.append((post("/admin/login/", (("csrftoken", token.encode()),), **form), "the hash of a password"))
    for sent, what in asked:
        yield kind_of(sent), sent, what


if __name__ == "__main__":
    sys.exit(main())
