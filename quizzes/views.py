"""Views of the quizzes: the first page, one question per screen, and the result."""

from types import ModuleType
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

import checklist.library
from core.http.addresses import HtmxRequest, absolute_url, path_of, redirect_to
from core.http.caching import private, public
from core.http.cookies import delete_cookie, read_cookies, set_cookie
from quizzes import answer_codes, library
from quizzes.engine.answers import QUIZ_COOKIE, is_counted, mark_counted, read_answers, read_begun, write_answers
from quizzes.engine.attempt import Attempt, clean, replay
from quizzes.engine.quiz import AnyQuiz, Option, Question, Quiz
from quizzes.risk import views as risk_views
from quizzes.risk.quiz import RiskQuiz
from quizzes.signs import views as signs_views
from quizzes.statistics.counting import counted_in
from quizzes.statistics.views import breaker, may_be_counted


def _views_of(quiz: Quiz) -> ModuleType:
    """Return the module with `method`, `result` and `result_id` for quizzes of this scheme."""
    return risk_views if isinstance(quiz, RiskQuiz) else signs_views


def _quiz_or_404(id: str) -> Quiz:
    quizzes = library.current().quizzes
    if id not in quizzes:
        raise Http404
    return quizzes[id]


def read_attempt(request: HttpRequest, quiz: AnyQuiz) -> Attempt[AnyQuiz]:
    """Return the attempt at a quiz that this browser's cookie holds, empty if there is none."""
    cookie = read_cookies(request).get(QUIZ_COOKIE + quiz.id, "")
    return replay(quiz, read_answers(cookie, answer_codes.current()[quiz.id]), read_begun(cookie))


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
    response: HttpResponse = _views_of(chosen).method(request, chosen)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def question(request: HtmxRequest, quiz: str, question: str) -> HttpResponse:
    """Show a question (GET), or answer it with `option` (POST).

    An answered question shows its feedback. An answer that does not matter leads on
    at once to the first open question, which says its feedback in one line (`?kept=<question>`).
    """
    chosen = _quiz_or_404(quiz)
    attempt = read_attempt(request, chosen)
    asked = chosen.questions.get(question)
    if asked is None and not attempt.answers:
        raise Http404
    if asked is None or not attempt.can_show(asked):
        return _go_on(request, attempt, moved=True)
    if request.method == "POST":
        return _answer(request, attempt, asked)
    kept, moved = "kept" in request.GET, "moved" in request.GET
    answered = chosen.questions.get(request.GET.get("kept", ""))
    is_first = asked.id == next(iter(chosen.questions))
    arrived = {
        "cookies_blocked": kept and not read_cookies(request),
        "moved": moved,
        "said": _calm_options(attempt, answered) if answered else [],
        "answered": answered,
        "begun": is_first and bool(attempt.answers) and not (kept or moved),
        "next_address": _address(attempt, attempt.next),
        "next_position": attempt.position(attempt.next) if attempt.next else None,
    }
    return render(request, "quizzes/question.html", _context(attempt, asked) | arrived)


def _answer(request: HtmxRequest, attempt: Attempt[Quiz], asked: Question) -> HttpResponse:
    quiz = attempt.quiz
    sent = tuple(request.POST.getlist("option"))
    options = clean(asked, sent)
    if not options:
        error = "这一题要点一个选项。" if not sent else "刚才点的选项不在这一题里。请再点一次。"
        page = "quizzes/_question.html" if request.htmx else "quizzes/question.html"
        return render(request, page, _context(attempt, asked) | {"error": error})
    begun = attempt.begun if attempt.answers else timezone.localdate()
    answered = replay(quiz, attempt.answers | {asked.id: options}, begun)
    if calm := _calm_options(answered, asked):
        response = _go_on_at_once(request, answered, asked, calm)
    elif request.htmx:
        response = render(request, "quizzes/_question.html", _context(answered, asked))
    else:
        response = HttpResponseRedirect(_address(answered, asked, "?kept"))
    cookie = write_answers(answered.answers, answer_codes.current()[quiz.id], begun if quiz.dated else None)
    counted = is_counted(read_cookies(request).get(QUIZ_COOKIE + quiz.id, ""))
    # Once an attempt: the mark stays when the reader changes an answer, and goes with 从头再答.
    if answered.finished and not attempt.finished and not counted and may_be_counted(request):
        result = answered.ended or _views_of(quiz).result_id(answered)
        breaker.add(counted_in(answered, result, timezone.localdate()))
        counted = True
    set_cookie(response, QUIZ_COOKIE + quiz.id, mark_counted(cookie) if counted else cookie)
    return response


def _go_on_at_once(
    request: HtmxRequest, attempt: Attempt[Quiz], answered: Question, said: list[Option]
) -> HttpResponse:
    """Lead to the first open question, which says the feedback in one line, or to the result."""
    address = _address(attempt, attempt.next, f"?kept={answered.id}")
    if not request.htmx:
        return HttpResponseRedirect(address)
    if attempt.next is None:
        return HttpResponseClientRedirect(address)
    context = _context(attempt, attempt.next) | {"said": said, "answered": answered, "titled": True}
    return push_url(render(request, "quizzes/_question.html", context), address)


def _calm_options(attempt: Attempt[Quiz], answered: Question) -> list[Option]:
    """Return the options chosen in this question, none if one of them matters."""
    chosen = [answered.options[id] for id in attempt.answers.get(answered.id, ())]
    return [] if any(attempt.quiz.matters(option) for option in chosen) else chosen


def _context(attempt: Attempt[Quiz], asked: Question) -> dict[str, object]:
    chosen = [asked.options[id] for id in attempt.answers.get(asked.id, ())]
    return {
        "quiz": attempt.quiz,
        "question": asked,
        "chosen": chosen,
        "asked_about": attempt.quiz.asked_about(asked, attempt.answers),
        "urgent": _emergency(chosen),
        "position": attempt.position(asked),
        "total": attempt.total,
        "left": attempt.total - attempt.position(asked),
        "before": attempt.before(asked),
        "after_address": _address(attempt, attempt.after(asked), "?kept") if chosen else None,
        "is_last": attempt.after(asked) is None,
        "result": _address(attempt, None) if attempt.finished else None,
    }


def _emergency(chosen: list[Option]) -> tuple[str, str | None] | None:
    """Return the first emergency case of the options and its form: no form if they name several."""
    named = [(option.policy.urgent, option.policy.urgent_form) for option in chosen if option.policy.urgent]
    for id in checklist.library.current().cases:
        if forms := {form for case, form in named if case == id}:
            return id, forms.pop() if len(forms) == 1 else None
    return None


def _address(attempt: Attempt[Quiz], shown: Question | None, kept: str = "") -> str:
    """Return the address of a question or of the result. `?kept` lets the page check that the cookie came back."""
    if shown is None:
        return path_of("quizzes:result", attempt.quiz.id)
    return path_of("quizzes:question", attempt.quiz.id, shown.id) + kept


def _go_on(request: HtmxRequest, attempt: Attempt[Quiz], *, moved: bool = False) -> HttpResponse:
    """Redirect to the next question or to the result. `moved` says that the reader asked for another page.

    A reader who answers a later question without any cookie has them switched off.
    """
    lost = request.method == "POST" and not read_cookies(request)
    why = "?kept" if "kept" in request.GET or lost else "?moved" if moved and attempt.answers else ""
    return redirect_to(request, _address(attempt, attempt.next, why))


@require_safe
@private
def result(request: HtmxRequest, quiz: str) -> HttpResponse:
    attempt = read_attempt(request, _quiz_or_404(quiz))
    if not attempt.finished:
        return _go_on(request, attempt)
    if attempt.ended:
        together = attempt.quiz.words.outcomes[attempt.ended]
        landing = absolute_url(path_of("quizzes:quiz", attempt.quiz.id))
        context = {"quiz": attempt.quiz, "outcome": together, "landing": landing}
        return render(request, "quizzes/together.html", context)
    response: HttpResponse = _views_of(attempt.quiz).result(request, attempt)
    return response


@require_safe
@private
def card(request: HtmxRequest, quiz: str) -> HttpResponse:
    """Show a result on one screen, to keep as a screenshot. Only quizzes with points have one."""
    attempt = read_attempt(request, _quiz_or_404(quiz))
    if not isinstance(attempt.quiz, RiskQuiz):
        raise Http404
    if not attempt.finished or attempt.ended:
        return _go_on(request, attempt)
    return risk_views.card(request, cast(Attempt[RiskQuiz], attempt))


@require_POST
@private
def again(request: HttpRequest, quiz: str) -> HttpResponse:
    """Delete the answers and start again. The result of a finished attempt at a quiz with points is kept."""
    chosen = _quiz_or_404(quiz)
    response = redirect("quizzes:question", chosen.id, next(iter(chosen.questions)))
    attempt = read_attempt(request, chosen)
    if isinstance(chosen, RiskQuiz) and attempt.finished and not attempt.ended:
        risk_views.keep_previous(request, cast(Attempt[RiskQuiz], attempt), response)
    delete_cookie(response, QUIZ_COOKIE + chosen.id)
    return response
