"""Spell telephone numbers digit by digit for screen readers."""


def one_by_one(number: str) -> str:
    """Return a telephone number as a screen reader says it digit by digit: 1 1 0, not one hundred and ten."""
    return " ".join(filter(str.isdigit, number))


def spoken(seen: str, number: str) -> str:
    """Return the accessible name of a link that dials `number`: its visible text, then the digits."""
    return f"{seen}，{one_by_one(number)}"
