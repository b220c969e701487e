"""Forms of feedback. Their error messages say how to correct a field."""

from typing import Any

from django import forms
from django.conf import settings

from core.redaction import one_line
from guide.feedback.models import MAX_SENTENCE, MAX_VERSION, Rating

#: The errors of a form without a valid rating.
UNRATED = ("required", "invalid_choice")


class OneLineField(forms.CharField):
    """Optional words, read as one line."""

    def __init__(self, max_length: int, too_long: str) -> None:
        super().__init__(required=False, max_length=max_length, error_messages={"max_length": too_long})

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class PageForm(forms.Form):
    """A rating of a page and a sentence."""

    rating = forms.ChoiceField(
        choices=Rating.choices, error_messages=dict.fromkeys(UNRATED, "还差一下：点“有用”“没用”或“这里不对”。")
    )
    sentence = OneLineField(MAX_SENTENCE, "写得太长了，最多200个字。删短一些，再点一次。")

    def clean_sentence(self) -> str:
        """Return the sentence, "" where nobody is named who would answer for it: there is no box then."""
        return self.cleaned_data["sentence"] if settings.OPERATOR else ""

    def context(self) -> dict[str, object]:
        """Return what was typed and, if the form is not valid, the first error and the field that is wrong."""
        typed = {name: self.data.get(name, "") for name in self.fields if name != "rating"}
        if self.is_valid():
            return typed
        wrong, errors = next(iter(self.errors.items()))
        return {**typed, "error": errors[0], "wrong": wrong}


class ProcedureForm(PageForm):
    """A report that a procedure is different: its rating is always `wrong`."""

    rating = forms.ChoiceField(
        choices=[(Rating.WRONG, Rating.WRONG.label)], error_messages=dict.fromkeys(UNRATED, "还差一下：点“告诉编辑”。")
    )
    app_version = OneLineField(MAX_VERSION, "版本写得太长了，最多30个字，写成 8.0.50 这样就行。")
    field_order = ["rating", "app_version", "sentence"]
