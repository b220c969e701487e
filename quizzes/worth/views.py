"""值不值: one form, and what it comes to on the same page. Nothing that is typed is kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

import checklist.library
import guide.library
from checklist.exposures import Exposure
from core.http.addresses import HtmxRequest
from core.http.caching import private
from quizzes.worth.calculation import FIELDS, Account, Came, WorthFault, helpers_until, missing_after, read_number

#: What may have been given for a reward, of the exposures that the checklist knows.
GIVEN = ("phone-number", "address-order", "nickname-avatar", "id-photo", "relatives-pulled")
SOURCE = "shine-changning"
#: The longest input that is shown again.
LONGEST = 30


@dataclass(frozen=True)
class Sent:
    """What was typed, the numbers in it, and what is wrong by field. A field with a fault has no number."""

    typed: dict[str, str]
    numbers: dict[str, Fraction]
    came: Came | None
    errors: dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@private
def worth_it(request: HtmxRequest) -> HttpResponse:
    """GET shows the form; POST shows it again as it was filled in, with what it comes to."""
    sent = _read(request.POST) if request.method == "POST" else Sent({}, {}, None, {})
    chosen = [id for id in request.POST.getlist("given") if id in GIVEN]
    exposures = _exposures()
    context: dict[str, object] = {
        "fields": {name: _field(name, sent) for name in FIELDS},
        "came": sent.came,
        "came_choices": _came_words(),
        "errors": sent.errors,
        "given": [(exposure, exposure.id in chosen) for exposure in exposures],
        "steps": _example(),
        "source": guide.library.current().sources.get(SOURCE),
    }
    if request.method == "POST" and not sent.errors:
        context["answer"] = _answer(sent, [exposure for exposure in exposures if exposure.id in chosen])
    return render(request, "quizzes/_worth.html" if _is_swap(request) else "quizzes/worth.html", context)


def _is_swap(request: HtmxRequest) -> bool:
    return request.method == "POST" and bool(request.htmx)


def _exposures() -> list[Exposure]:
    known = checklist.library.current().exposures
    return [known[id] for id in GIVEN if id in known]


def _read(form: QueryDict) -> Sent:
    typed = {name: form.get(name, "")[:LONGEST] for name in FIELDS}
    came = next((came for came in Came if came == form.get("came")), None)
    numbers: dict[str, Fraction] = {}
    errors: dict[str, str] = {}
    for name, field in FIELDS.items():
        number = read_number(typed[name], field)
        if not isinstance(number, WorthFault):
            numbers[name] = number
        elif name != "tries" or came is Came.SOME:
            errors[name] = _words_for(number, name)
    if came is None:
        errors["came"] = "这里点一个。记不清，就点最像的。"
    elif came is Came.SOME and not typed["tries"].strip():
        errors["tries"] = _words_for(WorthFault.EMPTY, "tries")
    if "rounds" in numbers and "minutes" in numbers and numbers["rounds"] * numbers["minutes"] > 7 * 24 * 60:
        errors["minutes"] = "回数乘分钟，比一周还长。一周是168小时，看看哪个多打了0。"
    return Sent(typed, numbers, came, errors)


def _words_for(fault: WorthFault, name: str) -> str:
    field = FIELDS[name]
    return {
        WorthFault.EMPTY: "这里要填一个数。不知道，就估一个。",
        WorthFault.UNREADABLE: "这个数没看懂。只写数字就行，比如 20。",
        WorthFault.NOT_WHOLE: "这里要整数，比如 3。",
        WorthFault.TOO_SMALL: f"这里最小填 {field.least}。",
        WorthFault.TOO_LARGE: f"这里最多填 {field.most}。看看是不是多打了一个0。",
    }[fault]


def _field(name: str, sent: Sent) -> dict[str, object]:
    return {"name": name, "typed": sent.typed.get(name, ""), "error": sent.errors.get(name), "unit": FIELDS[name].unit}


def _came_words() -> list[tuple[Came, str]]:
    return [
        (Came.NEVER, "一份也没到手"),
        (Came.SOME, "有时到手，好几份里有一份"),
        (Came.ALWAYS, "每份都到手"),
    ]


def _answer(sent: Sent, given: list[Exposure]) -> dict[str, object]:
    """What the template shows: the figures as words, and the arithmetic line by line."""
    numbers = sent.numbers
    account = Account(
        came=sent.came or Came.NEVER,
        tries=numbers.get("tries", Fraction(1)),
        **{name: numbers[name] for name in ("rounds", "minutes", "weeks", "people", "reward", "paid")},
    )
    until = timezone.localdate() + dt.timedelta(days=int(numbers["days"]))
    return {
        "account": account,
        "hours": duration(account.minutes_in_all),
        "a_week": duration(account.minutes_a_week),
        "people": plain(account.people_in_all),
        "on_average": plain(account.on_average),
        "loss": account.left < 0,
        "an_hour": None if account.an_hour is None else plain(abs(account.an_hour)),
        "lines": _lines(account),
        "given": given,
        "until": until,
        "more": int(numbers["more"]),
        "shown": {name: plain(number) for name, number in numbers.items()},
    }


def _lines(account: Account) -> list[tuple[str, str]]:
    """The arithmetic: what is worked out, and how."""
    figures = {name: plain(value) for name, value in vars(account).items() if isinstance(value, Fraction)}
    minutes, average = plain(account.minutes_in_all), plain(account.on_average)
    time = f"{figures['rounds']}回 × {figures['minutes']}分钟 × {figures['weeks']}周 = {minutes}分钟"
    if account.minutes_in_all >= 60:
        time += f"，就是{duration(account.minutes_in_all)}"
    lines = [("时间", time)]
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
    """A number as one writes it: no more than two places, and 约 where something was rounded away."""
    rounded = round(number, 2)
    words = f"{float(rounded):.2f}".rstrip("0").rstrip(".")
    sign, digits = ("−", words[1:]) if words.startswith("-") else ("", words)
    return ("" if rounded == number else "约") + sign + digits


def duration(minutes: Fraction) -> str:
    """Minutes as hours and minutes: 1小时40分钟."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{plain(minutes)}分钟"
    return f"{hours}小时" + (f"{rest}分钟" if rest else "")


def _example() -> list[dict[str, object]]:
    """Rows of the picture: after so many helpers, how much is shown as done, and how much is missing."""
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
