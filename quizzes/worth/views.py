"""值不值: one form, and its result on the same page. Nothing that is typed is kept."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

import checklist.library
import guide.library
from checklist.exposures import Exposure
from core.http.addresses import HtmxRequest
from core.http.caching import private
from quizzes.worth.calculation import FIELDS, Account, Came, helpers_until, missing_after
from quizzes.worth.forms import WorthForm

#: The exposures of the checklist that a reader may have given for a reward.
GIVEN = ("phone-number", "address-order", "nickname-avatar", "id-photo", "relatives-pulled")
SOURCE = "shine-changning"


@require_http_methods(["GET", "HEAD", "POST"])
@private
def worth_it(request: HtmxRequest) -> HttpResponse:
    """Show the form (GET), or the form as it was filled in, with its result (POST)."""
    posted = request.method == "POST"
    form = WorthForm(request.POST if posted else None)
    known = checklist.library.current().exposures
    given = {known[id]: id in request.POST.getlist("given") for id in GIVEN if id in known}
    context: dict[str, object] = {
        "form": form,
        "given": given.items(),
        "steps": _example(),
        "source": guide.library.current().sources.get(SOURCE),
    }
    if form.is_valid():
        context["answer"] = _answer(form.cleaned_data, [exposure for exposure, chosen in given.items() if chosen])
    return render(request, "quizzes/_worth.html" if posted and request.htmx else "quizzes/worth.html", context)


def _answer(data: dict[str, Any], given: list[Exposure]) -> dict[str, object]:
    """Return what the template shows: the figures in words, and the arithmetic line by line."""
    numbers = {name: data[name] for name in FIELDS if name in data}
    account = Account(
        came=data["came"],
        tries=numbers.get("tries", Fraction(1)),
        **{name: numbers[name] for name in ("rounds", "minutes", "weeks", "people", "reward", "paid")},
    )
    until = timezone.localdate() + dt.timedelta(days=int(numbers["days"]))
    return {
        "account": account,
        "a_week": duration(account.minutes_a_week),
        "once": _spent("忙一份好处", account, 1),
        "obtained": _obtained(account),
        "gave_papers": any(exposure.id == "id-photo" for exposure in given),
        "on_average": plain(account.on_average),
        "loss": account.left < 0,
        "bars": _bars(account),
        "an_hour": None if account.an_hour is None else plain(abs(account.an_hour)),
        "lines": _lines(account),
        "given": given,
        "until": until,
        "more": int(numbers["more"]),
        "shown": {name: plain(number) for name, number in numbers.items()},
    }


def _spent(what: str, account: Account, times: Fraction | int) -> str:
    """Return what so many tries take: the time, and the people, if any were asked."""
    people = account.people_in_all * times
    return f"{what}，要花{duration(account.minutes_in_all * times)}" + (f"，问{plain(people)}人" if people else "")


def _obtained(account: Account) -> str:
    """Return what one reward that really came took, or "" where that is one try or none ever came."""
    if account.came is not Came.SOME or account.tries == 1:
        return ""
    paid = f"，付{plain(account.paid * account.tries)}元" if account.paid else ""
    return _spent(f"{plain(account.tries)}份里成一份，真拿到一份", account, account.tries) + paid


def _bars(account: Account) -> list[tuple[str, str, int]]:
    """Return what was promised and what really came, without what was paid: the words, yuan, and per cent.

    Where more was paid than came, the words say how the loss comes about.
    """
    came = max(account.left, Fraction(0))
    most = max(account.reward, came) or Fraction(1)
    second = ("真到手的", plain(came))
    if account.left < 0:
        second = (f"平均到手{plain(account.on_average)}元，去掉付的{plain(account.paid)}元，倒贴", plain(-account.left))
    bars = ((("说好的", plain(account.reward)), account.reward), (second, came))
    return [(*told, round(100 * yuan / most)) for told, yuan in bars]


def _lines(account: Account) -> list[tuple[str, str]]:
    """Return the arithmetic: what is calculated, and how."""
    figures = {name: plain(value) for name, value in vars(account).items() if isinstance(value, Fraction)}
    minutes, average = plain(account.minutes_in_all), plain(account.on_average)
    time = f"{figures['rounds']}回 × {figures['minutes']}分钟 × {figures['weeks']}周 = {minutes}分钟"
    if account.minutes_in_all >= 60:
        time += f"，就是{duration(account.minutes_in_all)}"
    lines = [("时间", time)]
    if account.people:
        asked = f"一周{figures['people']}人 × {figures['weeks']}周 = {plain(account.people_in_all)}人"
        lines.append(("问的人", asked))
    lines.append(("一份好处", _came_line(account.came, figures, average)))
    if account.paid:
        lines.append(("去掉付的钱", f"{average} − {figures['paid']} = {plain(account.left)}元"))
    if account.an_hour is None:
        lines.append(("一小时", "没花时间，这一行不用算。"))
    else:
        of = f"{plain(account.left)} ÷ {minutes} × 60 = "
        lines.append(("一小时", of + f"{plain(account.an_hour)}元"))
    return lines


def _came_line(came: Came, figures: Mapping[str, str], average: str) -> str:
    reward, tries = figures["reward"], figures.get("tries", "")
    if came is Came.NEVER:
        return f"说好{reward}元，一份也没到手，算0元"
    if came is Came.SOME:
        return f"说好{reward}元，{tries}份里到手一份：{reward} ÷ {tries} = {average}元"
    return f"说好{reward}元，每份都到手，就是{reward}元"


def plain(number: Fraction) -> str:
    """Return a number with two places at most, after 约 if it was rounded."""
    rounded = round(number, 2)
    words = f"{float(rounded):.2f}".rstrip("0").rstrip(".")
    sign, digits = ("−", words[1:]) if words.startswith("-") else ("", words)
    return ("" if rounded == number else "约") + sign + digits


def duration(minutes: Fraction) -> str:
    """Return minutes as hours and minutes: 1小时40分钟."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{plain(minutes)}分钟"
    return f"{hours}小时" + (f"{rest}分钟" if rest else "")


def _example() -> list[dict[str, object]]:
    """Return the rows of the picture: after how many helpers how much is done."""
    rows = []
    before = 0
    for places in range(4):
        helpers = helpers_until(Fraction(1, 10 ** (places + 1)))
        # Rounded down: a bar that is not full never says that it is.
        done = 100 * (1 - missing_after(helpers))
        scale = 10 ** max(places - 1, 0)
        shown = Fraction(done * scale // 1, scale)
        rows.append({"helpers": helpers, "more": helpers - before, "done": plain(shown), "width": f"{float(done):.2f}"})
        before = helpers
    return rows
