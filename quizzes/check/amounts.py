"""Find the numbers, amounts of money and promised gains of a text."""

import re
from collections.abc import Iterator

_DIGITS = re.compile(r"[0-9][0-9,.]*")
_NUMERALS = re.compile(r"[一二两三四五六七八九十百千万几半]+")
_UNITS = ("元", "块", "万", "千", "百", "w", "k", "米", "毛", "rmb", "r", "分钱", "亿")
#: What counts something else than money.
_OTHER_UNITS = (
    *"点分号月日年栋楼岁斤时天人次斗度级层路室班位名周寸米克升码床座排届期集章页条件个只头本台辆:/-",
    "小时", "分钟", "公里", "kg", "cm", "mb", "gb", "am", "pm",
)  # fmt: skip
#: What makes a number a share: 3%, 3个点, 3成. Not 3成功, 3成员.
_SHARE = re.compile("%|个点|成(?![功为交员本立])")
#: Between two amounts, the second of which is larger: 垫300返360.
_RETURNS = ("返", "退", "得", "变", "拿回", "还您", "还你", "给您", "给你", "到手", "回款", "回", "结")

#: Words before an amount that is still missing: 差0.01, 剩了0.5.
_MISSING = ("差", "剩", "缺", "差了", "剩了", "差个", "剩下", "卡在", "卡")

Span = tuple[int, int]


def numbers(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the numbers, amounts of money and percentages of a text."""
    for found in _DIGITS.finditer(text):
        start, end = found.span()
        value = found[0].rstrip(",.")
        end = start + len(value)
        yield "number", (start, end)
        if value.startswith("0.") and text[max(0, start - 2) : start].endswith(_MISSING):
            continue  # So much is missing from a reward: nobody pays it.
        unit = next((unit for unit in _UNITS if text.startswith(unit, end)), "")
        signed = start and text[start - 1] in "¥￥$"
        if unit or signed:
            yield "amount", (start - bool(signed), end + len(unit))
        if share := _SHARE.match(text, end):
            yield "percent", (start, share.end())
        digits = sum(char.isdigit() for char in value)
        if digits >= 12:
            yield "digits", (start, end)
        clock = start > 1 and text[start - 1] == ":" and text[start - 2].isdigit()
        if unit or signed or (digits <= 6 and not clock and not text.startswith(_OTHER_UNITS, end)):
            yield "money", (start, end + len(unit))
    for found in _NUMERALS.finditer(text):
        start, end = found.span()
        unit = next((unit for unit in ("元", "块钱", "块", "多块", "来块") if text.startswith(unit, end)), "")
        if unit or (found[0][-1] in "百千万" and len(found[0]) > 1):
            yield "amount", (start, end + len(unit))
            yield "money", (start, end + len(unit))
        elif share := _SHARE.match(text, end):
            yield "percent", (start, share.end())
        elif (
            len(found[0]) > 1
            and any(char in "十百千万" for char in found[0])
            and not text.startswith(_OTHER_UNITS, end)
        ):
            yield "money", (start, end)


def gains(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the places at which more money is promised back than is paid: 垫300返360, 投500，两小时返650, 交50提700."""
    numbers = [
        (found.span(), float(found[0].rstrip(",.").replace(",", "").split(".")[0])) for found in _DIGITS.finditer(text)
    ]
    for number, ((start, end), paid) in enumerate(numbers):
        for (later, last), back in numbers[number + 1 : number + 3]:
            between = text[end:later]
            back_to_you = back <= 4 * paid and any(word in between for word in _RETURNS)
            if len(between) <= 16 and 0 < paid < back and (back_to_you or "提" in between):
                yield "gain", (start, last)
