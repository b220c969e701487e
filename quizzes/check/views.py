"""看一句话: paste a message, and read what is suspicious in it. Nothing of it is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

import checklist.library
import guide.library
from core.content.rendered import Link
from core.http.caching import public
from quizzes.check import library
from quizzes.check.engine import MessageJudgement
from quizzes.check.links import Feature, WebLink
from quizzes.check.normalise import clean
from quizzes.check.signs import MessageSign, SignLibrary, Verdict

#: Characters that are read at once.
MOST = 4000
#: Actions and emergency cases that are shown.
MOST_ACTIONS = 3
#: The action on paying in advance: nothing to say of a message without money.
ADVANCE = "no-advance"
#: The look of a verdict.
COLOURS = {Verdict.RED: "brick", Verdict.AMBER: "sun", Verdict.NONE: "", Verdict.SHORT: ""}
NUMERALS = "零一两三四五六七八九十"


@require_http_methods(["GET", "HEAD", "POST"])
@public
def check(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST judges what was pasted, and answers with it.

    No redirect after POST: it would need a place to keep the words in.
    """
    engine = library.current()
    if request.method != "POST":
        return render(request, "quizzes/check.html", {"check": engine.library, "messages": [""]})
    messages = [text for text in map(clean, request.POST.getlist("text")) if text.strip()]
    length = sum(map(len, messages))
    refused = engine.library.page.refused
    if not messages:
        return _again(request, [""], refused["empty"])
    if length > MOST:
        return _again(request, messages, refused["too-long"].format(count=length))
    judgement = engine.judge(messages)
    return render(request, "quizzes/check_verdict.html", _context(engine.library, judgement, messages))


@require_safe
@public
def method(request: HttpRequest) -> HttpResponse:
    return render(request, "quizzes/check_method.html", {"check": library.current().library})


def _again(request: HttpRequest, messages: list[str], error: str) -> HttpResponse:
    context = {"check": library.current().library, "messages": messages, "error": error}
    return render(request, "quizzes/check.html", context)


def _context(signs: SignLibrary, judgement: MessageJudgement, messages: list[str]) -> dict[str, object]:
    words = signs.page.verdicts[judgement.verdict]
    urgent = checklist.library.current().urgent
    cases, pages, count = urgent.cases, guide.library.current().pages, len(judgement.found)
    return {
        "check": signs,
        "judgement": judgement,
        "verdict": words,
        "cry": cases.get(judgement.cry),
        "channels": urgent.entry.channels,
        "call": next((sign.call for sign in _gravest_first(signs, judgement) if sign.policy.calls), ""),
        "first": _first(signs, judgement),
        "colour": COLOURS[judgement.verdict],
        "sources": list(dict.fromkeys(source for found in judgement.found for source in found.sign.sources)),
        "reasons": [(found, pages[found.sign.policy.more]) for found in judgement.found],
        "count": NUMERALS[count] if count < len(NUMERALS) else count,
        "links": [(link, _sentences(signs, link)) for link in judgement.links],
        "more_links": signs.page.refused["more-links"].format(count=judgement.more_links),
        "actions": [signs.actions_html[id] for id in _actions(signs, judgement)],
        "cases": [(Link("case", id).address, signs.page.cases[id]) for id in _cases(signs, judgement)],
        "messages": messages,
    }


def _first(signs: SignLibrary, judgement: MessageJudgement) -> str:
    """Return the sentence under the verdict: that of the kind of text, if there is one, or the verdict's own."""
    refused = signs.page.refused
    if kind := _kind(signs, judgement):
        return signs.kinds_html[kind]
    if judgement.verdict is Verdict.SHORT or (judgement.verdict is Verdict.NONE and judgement.nature == "foreign"):
        return refused.get(judgement.nature, "") or signs.verdicts_html[judgement.verdict]
    return signs.verdicts_html[judgement.verdict]


def _kind(signs: SignLibrary, judgement: MessageJudgement) -> str:
    """Return the kind of messages without signs, or "" if the page has no words for it."""
    return judgement.nature if judgement.verdict is Verdict.NONE and judgement.nature in signs.kinds else ""


def _sentences(signs: SignLibrary, link: WebLink) -> list[str]:
    """Return what is said about a link."""
    features = list(link.features)
    # "Unknown" adds nothing to a link whose name was described already.
    if (
        not {Feature.KNOWN, Feature.UNKNOWN, Feature.SHORT, Feature.IP, Feature.LOCAL} & set(features)
        and not link.false
    ):
        features.insert(0, Feature.UNKNOWN)
    values = {"owner": link.owner, "imitated": link.imitated, "decoded": link.decoded}
    return [signs.page.features[feature].format(**values) for feature in features]


def _actions(signs: SignLibrary, judgement: MessageJudgement) -> list[str]:
    """Return what to do, the gravest sign's first, then what the verdict adds."""
    found = _gravest_first(signs, judgement)
    without = {id for sign in found for id in sign.policy.without}
    wanted = list(dict.fromkeys(id for sign in found for id in sign.policy.actions if id not in without))
    kind = _kind(signs, judgement)
    words = signs.page.kinds[kind] if kind else signs.page.verdicts[judgement.verdict]
    if not judgement.money:
        without.add(ADVANCE)
    own = [id for id in words.actions if id not in wanted and id not in without]
    return [*wanted[: MOST_ACTIONS - min(1, len(own))], *own][:MOST_ACTIONS]


def _gravest_first(signs: SignLibrary, judgement: MessageJudgement) -> list[MessageSign]:
    """Return the signs that were found, in the order of the policy."""
    return [sign for id, sign in signs.signs.items() if id in judgement.signs]


def _cases(signs: SignLibrary, judgement: MessageJudgement) -> list[str]:
    """Return the emergency cases of the signs, in the order of the policy."""
    of_signs = {id for found in judgement.found for id in (found.sign.policy.case, found.sign.policy.also_case)}
    return [id for id in signs.policy.cases if id in of_signs]
