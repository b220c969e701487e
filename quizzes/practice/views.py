"""Views of the practice: the first page, one scene per screen, how sure the reader was, and the result."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http.addresses import HtmxRequest, path_of, redirect_to
from core.http.caching import private, public
from core.http.cookies import read_cookies, set_cookie
from quizzes import library
from quizzes.practice.rounds import COOKIE, Answer, Round, Sureness, next_round, read_round, write_round
from quizzes.practice.scenes import Scene


def _round(request: HttpRequest) -> Round:
    scenes = tuple(library.current().practice.scenes.values())
    return read_round(read_cookies(request).get(COOKIE, ""), scenes)


@require_safe
@public
def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "quizzes/practice.html", {"practice": library.current().practice})


@require_safe
@public
def method(request: HttpRequest) -> HttpResponse:
    practice = library.current().practice
    context = {
        "practice": practice,
        "suspicious": sum(scene.suspicious for scene in practice.scenes.values()),
        "harmless": sum(not scene.suspicious for scene in practice.scenes.values()),
    }
    return render(request, "quizzes/practice_method.html", context)


@require_safe
@private
def next_scene(request: HtmxRequest) -> HttpResponse:
    """Redirect to the next scene, or to the page after the last one."""
    return redirect(_address(_round(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def scene(request: HtmxRequest, scene: str) -> HttpResponse:
    """Show a scene, with its cues if it is answered (GET), or answer it (POST). The first `answer` counts."""
    scenes = library.current().practice.scenes
    if scene not in scenes:
        raise Http404
    shown = scenes[scene]
    round = _round(request)
    if not round.can_show(shown):
        return _go_on(request, round)
    if request.method == "POST":
        return _answer(request, round, shown)
    blocked = "kept" in request.GET and not read_cookies(request)
    asked_elsewhere = "elsewhere" in request.GET and shown.id not in round.answers and not blocked
    extra = {"cookies_blocked": blocked, "asked_elsewhere": asked_elsewhere}
    return render(request, "quizzes/scene.html", _context(round, shown) | extra)


def _answer(request: HtmxRequest, round: Round, shown: Scene) -> HttpResponse:
    """Record an answer and lead back to its scene, or ask again. A scene that was answered stays as it is."""
    sent = request.POST.get("answer", "")
    valid = sent in list(Answer)
    if not valid and shown.id not in round.answers:
        error = "点“可疑”或“没问题”，再往下看。" if not sent else "刚才点的不在这两个里。请再点一次。"
        page = "quizzes/_scene.html" if request.htmx else "quizzes/scene.html"
        return render(request, page, _context(round, shown) | {"error": error})
    answered = round.answered(shown, Answer(sent)) if valid else round
    if request.htmx:
        response = render(request, "quizzes/_scene.html", _context(answered, shown))
    else:
        response = redirect(path_of("quizzes:scene", shown.id) + "?kept")
    set_cookie(response, COOKIE, write_round(answered))
    return response


def _context(round: Round, shown: Scene) -> dict[str, object]:
    answer = round.answers.get(shown.id)
    after = round.after(shown)
    return {
        "scene": shown,
        "answer": answer,
        "answers": list(Answer),
        "was_right": answer is not None and round.was_right(shown),
        "position": round.position(shown),
        "total": len(round.scenes),
        "before": round.before(shown),
        "after_address": (path_of("quizzes:scene", after.id) if after else path_of("quizzes:sure")) + "?kept",
        "is_last": after is None,
    }


def _address(round: Round) -> str:
    """Return the address of the next page: a scene, the question how sure the reader was, or the result."""
    if round.next:
        return path_of("quizzes:scene", round.next.id)
    return path_of("quizzes:practice-result") if round.sureness else path_of("quizzes:sure")


def _go_on(request: HtmxRequest, round: Round) -> HttpResponse:
    """Redirect to the next page, which says that the reader asked for another one."""
    return redirect_to(request, _address(round) + ("?kept" if "kept" in request.GET else "?elsewhere"))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def sure(request: HtmxRequest) -> HttpResponse:
    """Ask once, after the last scene, how sure the reader was (`sure`)."""
    round = _round(request)
    if round.next:
        return _go_on(request, round)
    if round.sureness:
        return redirect_to(request, path_of("quizzes:practice-result"))
    context = {"choices": list(Sureness), "last": round.scenes[-1]}
    if request.method != "POST":
        return render(request, "quizzes/sure.html", context)
    sent = request.POST.get("sure", "")
    if sent not in list(Sureness):
        return render(request, "quizzes/sure.html", context | {"error": "三个里点一个，就能看结果。"})
    response = redirect("quizzes:practice-result")
    set_cookie(response, COOKIE, write_round(round.how_sure(Sureness(sent))))
    return response


@require_safe
@private
def result(request: HtmxRequest) -> HttpResponse:
    round = _round(request)
    if not round.sureness:
        return _go_on(request, round)
    outcome = round.outcome
    context = {
        "practice": library.current().practice,
        "round": round,
        "outcome": outcome,
        "tactics": [(scene, scene in outcome.caught) for scene in round.scenes if scene.suspicious],
        "first": outcome.missed[0].tactic if outcome.missed else None,
        "wrong": [scene for scene in round.scenes if not round.was_right(scene)],
        "right": sum(round.was_right(scene) for scene in round.scenes),
    }
    return render(request, "quizzes/practice_result.html", context)


@require_POST
@private
def again(request: HttpRequest) -> HttpResponse:
    """Start another round, with scenes that the reader has not seen yet."""
    scenes = tuple(library.current().practice.scenes.values())
    round = next_round(_round(request), scenes)
    response = redirect(_address(round))
    set_cookie(response, COOKIE, write_round(round))
    return response
