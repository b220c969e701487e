"""Letters: which one is for what, and a form whose words are kept nowhere."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from checklist import library
from checklist.letters.letter import (
    AMOUNT,
    BETWEEN,
    BLANK,
    EARLIEST,
    STRIKES,
    Column,
    Entered,
    FieldKind,
    Letter,
    as_text,
    enter,
    fill,
)
from core.http.caching import private, public


@require_safe
@public
def letters(request: HttpRequest) -> HttpResponse:
    checklist = library.current()
    return render(request, "checklist/letters.html", {"desk": checklist.desk, "letters": checklist.letters.values()})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def letter(request: HttpRequest, letter: str) -> HttpResponse:
    """GET shows the letter with its blanks; POST, with what the form says in them.

    No redirect after POST: it would need a place to keep the words in.
    """
    known = library.current().letters
    if letter not in known:
        raise Http404
    shown, today = known[letter], timezone.localdate()
    entered = enter(shown.words, dict(request.POST.lists()), today)
    paragraphs = fill(shown.words, entered)
    context = {
        "letter": shown,
        "groups": _groups(shown, entered),
        "wrong": entered.wrong,
        "paragraphs": paragraphs,
        "text": as_text(paragraphs),
        "today": today,
        "earliest": EARLIEST,
        "rules": {"blank": BLANK, "between": BETWEEN, "strikes": STRIKES, "amount": AMOUNT},
    }
    return render(request, "checklist/letter.html", context)


@dataclass(frozen=True)
class Shown:
    """A field as its form shows it."""

    name: str
    column: Column
    typed: str
    options: list[tuple[str, str, bool]]
    wrong: bool
    struck: bool
    filled: bool


@dataclass(frozen=True)
class FieldGroup:
    """A field alone, or the rows of a field of lines: `rows` with whether each stands open."""

    column: Column
    rows: list[tuple[bool, list[Shown]]]


def _groups(letter: Letter, entered: Entered) -> list[FieldGroup]:
    groups = []
    for name, one in letter.words.fields.items():
        if one.kind is not FieldKind.LINES:
            groups.append(FieldGroup(one, [(True, [_shown(name, one, entered)])]))
            continue
        rows = [
            [_shown(f"{name}-{row}-{id}", column, entered) for id, column in one.columns.items()]
            for row in range(1, one.rows + 1)
        ]
        last = max((number for number, row in enumerate(rows) if any(one.filled for one in row)), default=0)
        groups.append(FieldGroup(one, [(number <= last, row) for number, row in enumerate(rows)]))
    return groups


def _shown(name: str, column: Column, entered: Entered) -> Shown:
    options = [(id, words, f"{name}={id}" in entered.chosen) for id, words in column.options.items()]
    typed, wrong = entered.typed.get(name, ""), name in entered.wrong
    filled = bool(typed) or any(chosen for _, _, chosen in options)
    return Shown(name, column, typed, options, wrong, name in entered.struck, filled)
