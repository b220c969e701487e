"""Read numbers that are written in Chinese: 三十, 一百二十, 两千零五, 二〇, 一万二."""

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}


def read_numeral(text: str) -> int | None:
    """Return the number of a numeral below one hundred million, or None if the text is none."""
    high, ten_thousand, low = text.rpartition("万")
    if not ten_thousand:
        return _below_ten_thousand(text)
    thousands = _below_ten_thousand(high)
    if len(low) == 1 and low in DIGITS:
        rest: int | None = DIGITS[low] * 1000  # 一万二 is 12000
    else:
        rest = _below_ten_thousand(low) if low else 0
    return None if thousands is None or rest is None else thousands * 10_000 + rest


def _below_ten_thousand(text: str) -> int | None:
    if not text or not all(character in DIGITS or character in UNITS for character in text):
        return None
    if len(text) > 1 and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))  # 二〇, read out digit by digit
    total, digit, last, bare = 0, None, 10_000, False
    for character in text:
        if character in DIGITS:
            if digit not in (None, 0):
                return None
            digit, bare = DIGITS[character], last == 10_000
            continue
        unit = UNITS[character]
        if unit >= last or (digit is None and not (unit == 10 and last in (10_000, 100))) or digit == 0:
            return None
        total, digit, last = total + (1 if digit is None else digit) * unit, None, unit
    if digit and not bare and last in (100, 1000) and text[-2] not in ("零", "〇"):
        return total + digit * last // 10  # 一百二 is 120
    return total + (digit or 0)
