"""Count a finished attempt, and let the reader opt out of being counted."""

import logging
import threading
import time
from collections.abc import Collection

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from core.http.addresses import path_of
from core.http.caching import private
from core.http.cookies import delete_cookie, read_cookies, set_cookie
from quizzes import library
from quizzes.models import Tally
from quizzes.statistics.counting import Counted

log = logging.getLogger(__name__)

#: The cookie of a reader who opts out. Its only value is `no`; to be counted takes no cookie.
TALLY_COOKIE = "tally"
#: Seconds without a further attempt after the database failed, and seconds that a request waits for another one's.
PAUSE, PATIENCE = 300, 0.1


class Breaker:
    """Add counts to the database, at most one request at a time, and none for `pause` seconds after an error.

    So no more than one request in that time waits for a database that does not answer.
    Counts that can't be written are dropped.
    """

    def __init__(self, pause: float = PAUSE) -> None:
        self.pause = pause
        self._lock = threading.Lock()
        self._paused_until = 0.0

    def add(self, counted: Collection[Counted]) -> None:
        if not self._lock.acquire(timeout=PATIENCE):
            return
        try:
            if time.monotonic() >= self._paused_until:
                Tally.objects.add(counted)
        except Error as error:
            self._paused_until = time.monotonic() + self.pause
            # The type only: the message may quote a row.
            log.warning("statistics: %s, no attempt is counted for %d s", type(error).__qualname__, self.pause)
        finally:
            self._lock.release()


breaker = Breaker()


def may_be_counted(request: HttpRequest) -> bool:
    """Return whether this reader may be counted: neither the reader nor the browser opted out."""
    return read_cookies(request).get(TALLY_COOKIE) != "no" and not _browser_opts_out(request)


def _browser_opts_out(request: HttpRequest) -> bool:
    """Return whether the browser sends Global Privacy Control or the older Do Not Track."""
    return "1" in (request.headers.get("Sec-GPC"), request.headers.get("DNT"))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def counting(request: HttpRequest) -> HttpResponse:
    """Show whether this reader is counted (GET), or change it by `tally=no|yes` (POST). It links back to `quiz`."""
    sent = request.POST if request.method == "POST" else request.GET
    quiz = library.current().quizzes.get(sent.get("quiz", ""))
    wanted = request.POST.get("tally", "")
    if wanted in ("no", "yes"):
        query = {"quiz": quiz.id} if quiz else {}
        response = redirect(f"{path_of('quizzes:counting')}?{urlencode(query | {'kept': wanted})}")
        if wanted == "no":
            set_cookie(response, TALLY_COOKIE, "no")
        else:
            delete_cookie(response, TALLY_COOKIE)
        return response
    out = read_cookies(request).get(TALLY_COOKIE) == "no"
    context = {
        "quiz": quiz,
        "first": next(iter(quiz.questions)) if quiz else None,
        "out": out,
        "by_browser": _browser_opts_out(request),
        # The reader opted out, and the cookie did not come back.
        "cookies_blocked": request.GET.get("kept") == "no" and not read_cookies(request),
        "error": "这一下没看懂。点下面的按钮，再选一次。" if request.method == "POST" else "",
    }
    return render(request, "quizzes/counting.html", context)
