"""The list of letters, and each letter with its form. No input is stored."""

from dataclasses import dataclass

from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from checklist import library
from checklist.letters.forms import ONE_LINE, LetterForm
from checklist.letters.letter import (
    AMOUNT,
    BETWEEN,
    BLANK,
    EARLIEST,
    STRIKES,
    Column,
    FieldKind,
    Letter,
    as_text,
    fill,
    inputs,
)
from core.http.caching import private, public


@require_safe
@public
def letters(request: HttpRequest) -> HttpResponse:
    checklist = library.current()
    return render(
        request, "checklist/letters.html", {"intro": checklist.letter_intro, "letters": checklist.letters.values()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private
def letter(request: HttpRequest, letter: str) -> HttpResponse:
    """Show the letter with its blanks (GET), or with the words of the form (POST).

    There is no redirect after POST, because it would need a place to keep the words.
    """
    known = library.current().letters
    if letter not in known:
        raise Http404
    shown, today = known[letter], timezone.localdate()
    form = LetterForm(shown.words, request.POST, today)
    paragraphs = fill(shown.words, form.entered)
    context = {
        "letter": shown,
        "groups": _groups(shown, form),
        "wrong": form.errors,
        "paragraphs": paragraphs,
        "long": {name for name, column in inputs(shown.words) if column.most > ONE_LINE},
        "text": as_text(paragraphs),
        "today": today,
        "earliest": EARLIEST,
        "rules": {"blank": BLANK, "between": BETWEEN, "strikes": STRIKES, "amount": AMOUNT},
    }
    return render(request, "checklist/letter.html", context)


@dataclass(frozen=True)
class FieldGroup:
    """A field alone, or the rows of a field of lines: `rows` with whether each stands open."""

    column: Column
    rows: list[tuple[bool, list[BoundField]]]


def _groups(letter: Letter, form: LetterForm) -> list[FieldGroup]:
    groups = []
    for name, one in letter.words.fields.items():
        if one.kind is not FieldKind.LINES:
            groups.append(FieldGroup(one, [(True, [form[name]])]))
            continue
        rows = [[form[f"{name}-{row}-{id}"] for id in one.columns] for row in range(1, one.rows + 1)]
        last = max((number for number, row in enumerate(rows) if any(field.value() for field in row)), default=0)
        groups.append(FieldGroup(one, [(number <= last, row) for number, row in enumerate(rows)]))
    return groups
