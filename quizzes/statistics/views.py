"""Counting without knowing whom: an attempt at its result, and the reader's word that they stay out."""

import logging
from collections.abc import Callable
from multiprocessing.util import Finalize

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from core.http.addresses import path_of
from core.http.caching import private
from core.http.cookies import delete_cookie, read_cookies, set_cookie
from core.scheduler import every
from quizzes import library
from quizzes.engine.answers import QUIZ_COOKIE, is_counted, mark_counted
from quizzes.engine.attempt import Attempt
from quizzes.engine.quiz import Quiz
from quizzes.models import Tally
from quizzes.statistics.counting import counted_in, may_count, tallies

log = logging.getLogger(__name__)

#: The cookie of who stays out. Only `no` is ever kept; nobody needs one to be counted.
TALLY_COOKIE = "tally"
#: Seconds between two flushes, and how long the last one may wait for one that hangs.
EVERY, PATIENCE = 60, 2


def count_once(
    request: HttpRequest, response: HttpResponseBase, attempt: Attempt[Quiz], came_to: Callable[[], str]
) -> None:
    """Counts a finished attempt and what it `came_to`, unless it was counted or may not be; its cookie remembers."""
    name = QUIZ_COOKIE + attempt.quiz.id
    cookie = read_cookies(request).get(name, "")
    if request.method != "GET" or is_counted(cookie) or not _may_count(request):
        return
    tallies.count(counted_in(attempt, came_to(), timezone.localdate()))
    set_cookie(response, name, mark_counted(cookie))


def _may_count(request: HttpRequest) -> bool:
    return may_count(read_cookies(request).get(TALLY_COOKIE, ""), _signals(request))


def _signals(request: HttpRequest) -> tuple[str, ...]:
    """What the browser says of itself: Global Privacy Control, and the older Do Not Track."""
    return request.headers.get("Sec-GPC", ""), request.headers.get("DNT", "")


@require_http_methods(["GET", "HEAD", "POST"])
@private
def counting(request: HttpRequest) -> HttpResponse:
    """GET says whether this reader is counted; POST sets it by `tally=no|yes`. `quiz` is the one to go on to."""
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
        "by_browser": "1" in _signals(request),
        # Said no, and the cookie did not come back.
        "cookies_blocked": request.GET.get("kept") == "no" and not read_cookies(request),
        "error": "这一下没看懂。点下面的按钮，再选一次。" if request.method == "POST" else "",
    }
    return render(request, "quizzes/counting.html", context)


def flush() -> None:
    """Writes down what was counted. Raises what the database raises."""
    tallies.flush(Tally.objects.add, timezone.localdate(), PATIENCE)


def flush_at_exit() -> None:
    """Asks that the last minute is written down when this process ends, if the database lets it."""
    # Not atexit: a worker that was forked ends without it. This runs in either case.
    Finalize(None, _flush_last, exitpriority=0)


def _flush_last() -> None:
    try:
        flush()
    except Exception as error:
        log.warning("tallies: the last %d were lost: %s", sum(tallies.waiting.values()), type(error).__qualname__)


task = every(EVERY, flush, "tallies")
