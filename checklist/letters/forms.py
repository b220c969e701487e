"""The form of a letter, with the fields that the letter's file defines. No input is stored."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from checklist.letters.letter import AMOUNT, BETWEEN, EARLIEST, Column, Entered, FieldKind, LetterWords, inputs
from core.redaction import one_line, struck

#: What a line may end with, though the letter goes on after it with punctuation of its own.
ENDS = "。．.，,；;、 "
#: The longest answer that fits a line.
ONE_LINE = 40


class LetterBoundField(forms.BoundField):
    field: "LetterInput"

    @property
    def column(self) -> Column:
        return self.field.column

    @property
    def is_struck(self) -> bool:
        """Return whether a long number or a mail address was struck out."""
        return self.column.kind is FieldKind.LINE and self.value() != one_line(self.data or "")


class LetterInput(forms.Field):
    """Base class of the fields. Each returns the words that stand in the letter; empty input is valid.

    The error messages are in the template, because the page shows them without the server, too.
    """

    bound_field_class = LetterBoundField

    def __init__(self, column: Column, today: dt.date) -> None:
        super().__init__(required=False)
        self.column, self.today = column, today

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what the field shows again: what was typed, except for long numbers in words."""
        line = one_line(data or "")
        return struck(line) if self.column.kind is FieldKind.LINE and len(line) <= self.column.most else line

    def to_python(self, value: str | None) -> str:
        line = one_line(value or "")
        if len(line) > self.column.most:  # before any pattern sees it
            raise ValidationError("too long")
        return self.words(line) if line else ""

    def words(self, line: str) -> str:
        """Return the words without punctuation at their end, because the letter has its own after them."""
        return struck(line.rstrip(ENDS))


class AmountInput(LetterInput):
    def words(self, line: str) -> str:
        if not re.fullmatch(AMOUNT, line):
            raise ValidationError("not an amount")
        return line.rstrip("元块 ")


class DateInput(LetterInput):
    def words(self, line: str) -> str:
        try:
            day = dt.date.fromisoformat(line)
        except ValueError:
            raise ValidationError("not a date") from None
        if not EARLIEST <= day <= self.today:
            raise ValidationError("too early or too late")
        return f"{day.year}年{day.month}月{day.day}日"


class OptionsInput(LetterInput):
    """Options by id. A single choice takes the first. Unknown ones are left out."""

    widget = forms.SelectMultiple

    def bound_data(self, data: Any, initial: Any) -> list[str]:
        known = [id for id in self.column.options if id in (data or ())]
        return known[:1] if self.column.kind is FieldKind.CHOICE else known

    def to_python(self, value: Any) -> str:
        return BETWEEN.join(self.column.options[id] for id in self.bound_data(value, None))


FIELDS: dict[FieldKind, Callable[[Column, dt.date], LetterInput]] = {
    FieldKind.CHOICE: OptionsInput,
    FieldKind.CHOICES: OptionsInput,
    FieldKind.DATE: DateInput,
    FieldKind.AMOUNT: AmountInput,
    FieldKind.LINE: LetterInput,
}


class LetterForm(forms.Form):
    """The blanks of a letter. Always bound: a letter can be read before anything is filled in."""

    def __init__(self, letter: LetterWords, data: "MultiValueDict[str, str]", today: dt.date) -> None:
        super().__init__(data)
        self.fields |= {name: FIELDS[column.kind](column, today) for name, column in inputs(letter)}

    @property
    def entered(self) -> Entered:
        """Return the words for the letter by field, and the options chosen."""
        self.is_valid()  # cleans the input, once
        chosen = {
            f"{name}={id}"
            for name, field in self.fields.items()
            if isinstance(field, OptionsInput)
            for id in self[name].value()
        }
        return Entered({name: words for name, words in self.cleaned_data.items() if words}, frozenset(chosen))
