"""The form of 值不值. Its error messages say how to correct a field; what was typed stays in it."""

from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from quizzes.worth.calculation import FIELDS, HOURS_A_WEEK, LONGEST, Came, WorthFault, WorthField, read_number

#: The label of each field, in the order of the form; `came` is a choice, the others are numbers.
LABELS = {
    "rounds": "一周为助力点开几回",
    "minutes": "一回大约几分钟",
    "weeks": "为一份好处，前后忙几周",
    "people": "一周问几个人",
    "paid": "自己付过多少钱",
    "reward": "说好给你的那一份，平时你肯花多少钱买",
    "came": "真的到手过吗",
    "tries": "点了“有时到手”，填这里：几份里到手一份",
    "days": "最多再做几天",
    "more": "最多再问几个人",
}


class NumberField(forms.Field):
    """A number as people write it. An empty field means the default, if there is one."""

    def __init__(self, number: WorthField, label: str) -> None:
        super().__init__(required=False, initial="", label=label)
        self.number = number

    def to_python(self, value: str | None) -> Fraction:
        read = read_number(value or "", self.number)
        if isinstance(read, WorthFault):
            raise ValidationError(self.message(read))
        return read

    def message(self, fault: WorthFault) -> str:
        return {
            WorthFault.EMPTY: "这里要填一个数。不知道，就估一个。",
            WorthFault.UNREADABLE: "这个数没看懂。只写数字就行，比如 20。",
            WorthFault.NOT_WHOLE: "这里要整数，比如 3。",
            WorthFault.TOO_SMALL: f"这里最小填 {self.number.least}。",
            WorthFault.TOO_LARGE: f"这里最多填 {self.number.most}。看看是不是多打了一个0。",
        }[fault]

    def bound_data(self, data: Any, initial: Any) -> str:
        return (data or "")[:LONGEST]


class WorthForm(forms.Form):
    """The numbers of `FIELDS`, and `came`: how often the reward really came."""

    came = forms.TypedChoiceField(
        choices=[
            (Came.NEVER, "一份也没到手"),
            (Came.SOME, "有时到手，好几份里有一份"),
            (Came.ALWAYS, "每份都到手"),
        ],
        coerce=Came,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "这里点一个。记不清，就点最像的。"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields |= {name: NumberField(number, LABELS[name]) for name, number in FIELDS.items()}
        self.fields["came"].label = LABELS["came"]
        self.order_fields(list(LABELS))

    @property
    def faults(self) -> list[forms.BoundField]:
        """Return the fields that are wrong, in the order of the form."""
        return [field for field in self if field.errors]

    def clean(self) -> None:
        """Ask for `tries` only if rewards came sometimes, and check that the time fits into a week."""
        data, tries = self.cleaned_data, self.fields["tries"]
        if data.get("came") is not Came.SOME:
            self.errors.pop("tries", None)
        elif not self["tries"].value().strip():
            assert isinstance(tries, NumberField)
            self.add_error("tries", tries.message(WorthFault.EMPTY))
        if "rounds" in data and "minutes" in data and data["rounds"] * data["minutes"] > HOURS_A_WEEK * 60:
            self.add_error("minutes", "回数乘分钟，比一周还长。一周是168小时，看看哪个多打了0。")
