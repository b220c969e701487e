"""Landing, one question a screen, and the result."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import checklist.library
from core.http.addresses import HtmxRequest, absolute_url, path_of, redirect_to
from core.http.caching import private, public
from core.http.cookies import delete_cookie, read_cookies, set_cookie
from quizzes import answer_codes, library
from quizzes.engine.answers import QUIZ_COOKIE, is_counted, mark_counted, read_answers, read_begun, write_answers
from quizzes.engine.attempt import Attempt, clean, replay
from quizzes.engine.quiz import Question, Quiz
from quizzes.risk import views as risk_views
from quizzes.signs import views as signs_views
from quizzes.statistics import views as tally_views


@dataclass(frozen=True)
class Scheme:
    """What the pages of a quiz ask its scheme for.

    `comes_to` is the id of what an attempt comes to, by its answers alone: the
    tallies count it. A `card`, and `keep_last` for an attempt that is started
    over, are not every scheme's. With `dated` the result asks on which day the
    attempt began.
    """

    method: Callable[[HttpRequest, Any], HttpResponse]
    result: Callable[[HttpRequest, Attempt[Any]], HttpResponse]
    comes_to: Callable[[Attempt[Any]], str]
    card: Callable[[HttpRequest, Attempt[Any]], HttpResponse] | None = None
    keep_last: Callable[[HttpRequest, Attempt[Any], HttpResponse], None] | None = None
    dated: bool = False


SCHEMES = {
    "risk": Scheme(
        risk_views.method,
        risk_views.result,
        risk_views.band_of,
        card=risk_views.card,
        keep_last=risk_views.keep_last,
        dated=True,
    ),
    "signs": Scheme(signs_views.method, signs_views.result, signs_views.verdict_of),
}


def _scheme(quiz: Quiz) -> Scheme:
    return SCHEMES[quiz.policy.scheme]


def _quiz_or_404(id: str) -> Quiz:
    quizzes = library.current().quizzes
    if id not in quizzes:
        raise Http404
    return quizzes[id]


def _attempt(request: HttpRequest, quiz: Quiz) -> Attempt[Quiz]:
    cookie = read_cookies(request).get(QUIZ_COOKIE + quiz.id, "")
    return replay(quiz, read_answers(cookie, answer_codes.current()[quiz.id]))


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "quizzes/index.html", {"listed": library.current().listed})


@require_safe
@public
def landing(request: HttpRequest, quiz: str) -> HttpResponse:
    chosen = _quiz_or_404(quiz)
    return render(request, "quizzes/quiz.html", {"quiz": chosen, "first": next(iter(chosen.questions.values()))})


@require_safe
@public
def method(request: HttpRequest, quiz: str) -> HttpResponse:
    chosen = _quiz_or_404(quiz)
    return _scheme(chosen).method(request, chosen)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def question(request: HtmxRequest, quiz: str, question: str) -> HttpResponse:
    """GET shows a question, and its feedback once it is answered; POST answers it with `option`."""
    chosen = _quiz_or_404(quiz)
    attempt = _attempt(request, chosen)
    asked = chosen.questions.get(question)
    if asked is None and not attempt.answers:
        raise Http404
    if asked is None or not attempt.can_show(asked):
        return _go_on(request, attempt, moved=True)
    if request.method == "POST":
        return _answer(request, attempt, asked)
    blocked = "kept" in request.GET and not read_cookies(request)
    arrived = {"cookies_blocked": blocked, "moved": "moved" in request.GET}
    return render(request, "quizzes/question.html", _context(attempt, asked) | arrived)


def _answer(request: HtmxRequest, attempt: Attempt[Quiz], asked: Question) -> HttpResponse:
    quiz = attempt.quiz
    sent = tuple(request.POST.getlist("option"))
    options = clean(asked, sent)
    if not options:
        error = "这一题要点一个选项。" if not sent else "刚才点的选项不在这一题里。请再点一次。"
        page = "quizzes/_question.html" if request.htmx else "quizzes/question.html"
        return render(request, page, _context(attempt, asked) | {"error": error})
    answered = replay(quiz, attempt.answers | {asked.id: options})
    if request.htmx:
        response = render(request, "quizzes/_question.html", _context(answered, asked))
    else:
        response = HttpResponseRedirect(_address(answered, asked, "?kept"))
    before = read_cookies(request).get(QUIZ_COOKIE + quiz.id, "")
    begun = read_begun(before) if attempt.answers else timezone.localdate()
    codes = answer_codes.current()[quiz.id]
    cookie = write_answers(answered.answers, codes, begun if _scheme(quiz).dated else None)
    # An answer changed after the result belongs to an attempt that was counted, and stays so.
    set_cookie(response, QUIZ_COOKIE + quiz.id, mark_counted(cookie) if is_counted(before) else cookie)
    return response


def _context(attempt: Attempt[Quiz], asked: Question) -> dict[str, object]:
    chosen = [asked.options[id] for id in attempt.answers.get(asked.id, ())]
    urgent = {option.policy.urgent for option in chosen}
    return {
        "quiz": attempt.quiz,
        "question": asked,
        "chosen": chosen,
        # Several at once: the first in the order of the emergency door.
        "urgent": next((case for id, case in checklist.library.current().cases.items() if id in urgent), None),
        "position": attempt.position(asked),
        "total": attempt.total,
        "left": attempt.total - attempt.position(asked),
        "before": attempt.before(asked),
        "after_address": _address(attempt, attempt.after(asked), "?kept") if chosen else None,
        "is_last": attempt.after(asked) is None,
    }


def _address(attempt: Attempt[Quiz], shown: Question | None, kept: str = "") -> str:
    """A question's address, or the result's. With `?kept`, the question can tell whether the cookie came back."""
    if shown is None:
        return path_of("quizzes:result", attempt.quiz.id)
    return path_of("quizzes:question", attempt.quiz.id, shown.id) + kept


def _go_on(request: HtmxRequest, attempt: Attempt[Quiz], *, moved: bool = False) -> HttpResponse:
    """Sends the reader to the question that they can answer, or to the result; `moved` from where they wanted to be."""
    why = "?kept" if "kept" in request.GET else "?moved" if moved and attempt.answers else ""
    return redirect_to(request, _address(attempt, attempt.next, why))


@require_safe
@private
def result(request: HtmxRequest, quiz: str) -> HttpResponse:
    attempt = _attempt(request, _quiz_or_404(quiz))
    if not attempt.finished:
        return _go_on(request, attempt)
    scheme = _scheme(attempt.quiz)
    if attempt.ended:
        together = attempt.quiz.words.outcomes[attempt.ended]
        landing = absolute_url(path_of("quizzes:quiz", attempt.quiz.id))
        context = {"quiz": attempt.quiz, "outcome": together, "landing": landing}
        response = render(request, "quizzes/together.html", context)
    else:
        response = scheme.result(request, attempt)
    tally_views.count_once(request, response, attempt, lambda: attempt.ended or scheme.comes_to(attempt))
    return response


@require_safe
@private
def card(request: HtmxRequest, quiz: str) -> HttpResponse:
    """One screen of a result, to keep as a screenshot."""
    attempt = _attempt(request, _quiz_or_404(quiz))
    scheme = _scheme(attempt.quiz)
    if scheme.card is None:
        raise Http404
    if not attempt.finished or attempt.ended:
        return _go_on(request, attempt)
    return scheme.card(request, attempt)


@require_POST
@private
def again(request: HttpRequest, quiz: str) -> HttpResponse:
    """Forgets this quiz's answers and starts it anew; of a finished attempt, what it came to may be kept."""
    chosen = _quiz_or_404(quiz)
    response = redirect("quizzes:question", chosen.id, next(iter(chosen.questions)))
    attempt = _attempt(request, chosen)
    scheme = _scheme(chosen)
    if scheme.keep_last and attempt.finished and not attempt.ended:
        scheme.keep_last(request, attempt, response)
    delete_cookie(response, QUIZ_COOKIE + chosen.id)
    return response
