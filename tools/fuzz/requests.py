"""Asks the site for what `damage` makes, looks at each answer, and at what another reader sees meanwhile."""

import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

import guide.library
from guide.feedback import disputed_paths
from guide.feedback.models import Report
from quizzes.models import Tally
from tools.fuzz import own_site
from tools.fuzz.damage import request
from tools.fuzz.journeys import CANARY, Staff, views
from tools.fuzz.sent import Sent
from tools.fuzz.site import Answer, Figures, Site, faults, site

#: What the long run must come to.
HITS, JOURNEYS, ROUTED = 200, 0.5, 0.6
#: After so many requests the other reader looks at one page; after so many, readers' reports put a path in doubt or
#: clear it, and the stored pages are made anew.
LOOK, DOUBT = 25, 250
#: The other reader: a plan and a quiz under way, in 大字版.
OTHERS = (
    ("look", b"large"),
    ("exposures", b"or.code-given.phone-number"),
    ("s.wx-leave", b"d1xx"),
    ("q.habits", b"on.1xx_situation.in-group"),
    ("lines", b"ask-for-code"),
)
THEIRS = [
    "/checklist/plan/",
    "/checklist/exposures/",
    "/quizzes/habits/situation/",
    "/erase/",
    "/",
    "/search/",
]


def _theirs(address: str) -> Sent:
    query = (("q", "退群".encode()),) if address == "/search/" else ()
    return Sent(path=address.encode(), query=query, cookies=OTHERS)


@dataclass
class Other:
    """Another reader, who does nothing and must see no change."""

    asked: Site
    page: Callable[[str], Sent] = _theirs
    before: dict[tuple[object, ...], bytes] = field(default_factory=dict)
    turn: int = 0

    def looks(self) -> str:
        """The address of a page that is not what it was; empty where all is well. A page a call, in turn."""
        self.turn += 1
        address = THEIRS[self.turn % len(THEIRS)]
        # What they see may change with the day, and with the paths in doubt.
        when = (address, timezone.localdate(), bool(disputed_paths.current()))
        body = self.asked.answer(self.page(address)).body
        at_midnight = timezone.localdate() != when[1]
        return "" if at_midnight or self.before.setdefault(when, body) == body else address


@dataclass
class Finding:
    """A request that came to something that must not be."""

    number: int
    what: list[str]
    sent: Sent


def sign_in() -> Staff:
    """An editor, signed in, with a few reports to look at. The database must be a throw-away one."""
    editor = User.objects.create_superuser("editor", "", "a throw-away secret")
    words = {"release": "0", "content_version": "0"}
    made = [Report.objects.create(page="risks", rating="useful", **words) for _ in range(3)]
    client = Client()
    client.force_login(editor)
    client.get("/admin/login/")
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    return Staff(cookies, tuple(report.pk for report in made))


def run(
    seed: int, numbers: Iterable[int], staff: Staff, say: Callable[[str], None] = print
) -> tuple[Figures, list[Finding]]:
    """Asks the requests of these numbers; the figures, and what was found."""
    figures, findings = Figures(), list[Finding]()
    in_doubt = next(iter(guide.library.current().procedures))
    with site() as asked:
        other = Other(asked)
        for doubted in ({in_doubt: 3}, {}):
            disputed_paths.put(doubted)
            for _ in THEIRS:
                other.looks()
        for number in numbers:
            if number % DOUBT == 0:
                disputed_paths.put({} if disputed_paths.current() else {in_doubt: 3})
            sent, kind = request(seed, number, staff)
            what = ask(asked, sent, figures, kind)
            if number % LOOK == 0 and (changed := other.looks()):
                what.append(f"another reader sees {changed} otherwise than before")
            if what:
                findings.append(Finding(number, what, sent))
                say(f"Request {number} of seed {seed}: {'; '.join(what)}\n{sent}")
    disputed_paths.put({})
    if CANARY in repr(list(Tally.objects.values_list())):
        findings.append(Finding(-1, ["a reader's words in a tally"], Sent()))
    return figures, findings


def in_parts(seed: int, count: int, jobs: int) -> tuple[Figures, list[Finding]]:
    """All numbers up to `count`, in so many processes at once."""
    figures, findings = Figures(), list[Finding]()
    parts = [range(count * job // jobs, count * (job + 1) // jobs) for job in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for done, found in pool.map(own_site.part, [seed] * jobs, parts):
            figures.take(done)
            findings += found
    return figures, findings


def ask(asked: Site, sent: Sent, figures: Figures, kind: str) -> list[str]:
    """What is wrong with the answer to one request, which the figures count."""
    try:
        answer: Answer = asked.answer(sent)
    except Exception as error:
        return [f"an exception that reached the server: {error!r}\n{traceback.format_exc()}"]
    figures.add(kind, answer)
    found = faults(answer)
    if kind == "journey" and answer.status >= 400 and not sent.path.startswith(b"/admin/"):
        found.append(f"a journey with nothing wrong got {answer.status}")
    return found


def show(figures: Figures, seed: int) -> None:
    """Prints what the run was made of."""
    total = figures.total
    shares = {
        f"requests, seed {seed}": str(total),
        "journeys with one field wrong": f"{figures.one_wrong / total:.1%}",
        "journeys as they are": f"{figures.kinds['journey'] / total:.1%}",
        "out of order": f"{figures.kinds['out of order'] / total:.1%}",
        "past routing, stored pages not counted": f"{figures.routed / total:.1%}",
        "answered from memory": f"{figures.from_memory / total:.1%}",
    }
    print("| run | |\n|---|---|")
    print("\n".join(f"| {name} | {value} |" for name, value in shares.items()))
    fields = sorted((kind, count) for kind, count in figures.kinds.items() if kind not in ("journey", "out of order"))
    print("\n| the field that was wrong | requests |\n|---|---|")
    print("\n".join(f"| {kind} | {count} |" for kind, count in fields))
    print("\n| status | requests |\n|---|---|")
    print("\n".join(f"| {status} | {count} |" for status, count in sorted(figures.statuses.items())))
    print("\n| view | called | with |\n|---|---|---|")
    for view in views():
        calls = figures.calls.get(view, Counter())
        with_what = ", ".join(f"{status}: {count}" for status, count in sorted(calls.items()))
        print(f"| `{view}` | {sum(calls.values())} | {with_what} |")


def lacks(figures: Figures) -> list[str]:
    """What a run lacks of what the long one must come to."""
    lacking = [view for view in views() if sum(figures.calls.get(view, {}).values()) < HITS]
    faults = [f"{view} was called less than {HITS} times" for view in lacking]
    if figures.one_wrong / figures.total < JOURNEYS:
        faults.append(f"less than {JOURNEYS:.0%} of the requests are journeys with one field wrong")
    if figures.routed / figures.total < ROUTED:
        faults.append(f"less than {ROUTED:.0%} of the requests came past routing")
    return faults


def again(seed: int, number: int) -> int:
    """Asks one request once more, and prints it with its answer; exit code 1 where that is not as it must be."""
    staff = sign_in()
    figures, findings = run(seed, [number], staff)
    sent, kind = request(seed, number, staff)
    came_to = f"{', '.join(map(str, figures.statuses))} {', '.join(figures.calls)}"
    print(f"Request {number} of seed {seed}, {kind}: {came_to}")
    print("As above." if findings else sent)
    return 1 if findings else 0


def main(seed: int, count: int, jobs: int, long: bool) -> int:
    """Exit code 1 where anything was found, or a long run is not what it must be."""
    started = time.monotonic()
    figures, findings = in_parts(seed, count, jobs) if jobs > 1 else run(seed, range(count), sign_in())
    show(figures, seed)
    missing = lacks(figures) if long else []
    print(f"\n{len(findings)} findings, {time.monotonic() - started:.0f} s")
    for line in missing:
        print(line, file=sys.stderr)
    if findings:
        print(f"Again: python -m tools.fuzz requests --seed {seed} --only <number>", file=sys.stderr)
    return 1 if findings or missing else 0
