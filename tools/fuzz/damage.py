"""What makes a request a bad one: one field of a good one changed, or everything out of order."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from tools.fuzz.journeys import CANARY, FORMS, Staff, sent_to, views
from tools.fuzz.odd import HEADERS, LENGTHS, METHODS, ODD, PATHS
from tools.fuzz.sent import ENCODINGS, Pairs, Sent


def wrecked(value: bytes, chance: random.Random) -> bytes:
    """`value`, and it is not what it was."""
    place = chance.randrange(len(value) + 1)
    odd = chance.choice(ODD)
    ways: list[Callable[[], bytes]] = [
        lambda: odd,
        lambda: odd,
        lambda: value[:place] + odd + value[place:],
        lambda: value[:place],
        lambda: value[place:],
        lambda: value * chance.choice((2, 2, 50)),
        lambda: value.swapcase(),
        lambda: value[::-1],
        lambda: bytes([*value[:place], chance.randrange(256), *value[place + 1 :]]),
    ]
    return chance.choice(ways)()


def changed(pairs: Pairs, place: int, value: bytes) -> Pairs:
    return (*pairs[:place], (pairs[place][0], value), *pairs[place + 1 :])


def one_field_wrong(sent: Sent, chance: random.Random) -> tuple[Sent, str]:
    """`sent` with one field changed, and which one."""
    ways: list[tuple[str, Callable[[], Sent]]] = [
        ("method", lambda: replace(sent, method=chance.choice(METHODS))),
        ("path", lambda: _path(sent, chance)),
        ("a header", lambda: _header(sent, chance)),
        ("a field more", lambda: replace(sent, query=(*sent.query, (_name(chance), chance.choice(ODD))))),
    ]
    if sent.query:
        place = chance.randrange(len(sent.query))
        ways += [
            ("query", lambda: replace(sent, query=changed(sent.query, place, wrecked(sent.query[place][1], chance))))
        ] * 4
    if sent.cookies:
        at = chance.randrange(len(sent.cookies))
        ways += [
            ("cookie", lambda: replace(sent, cookies=changed(sent.cookies, at, wrecked(sent.cookies[at][1], chance))))
        ] * 4
    if sent.form is not None:
        ways += [("form", lambda: _form(sent, chance))] * 6
        ways.append(("encoding", lambda: replace(sent, encoding=chance.choice(ENCODINGS))))
        ways.append(("length", lambda: replace(sent, length=chance.choice(LENGTHS))))
    # A cut at the end, or a method that it has anyway, is nothing wrong.
    while True:
        where, way = chance.choice(ways)
        made = way()
        if made != sent:
            return made, where


def _path(sent: Sent, chance: random.Random) -> Sent:
    parts = sent.path.split(b"/")
    place = chance.randrange(len(parts))
    return replace(sent, path=b"/".join([*parts[:place], wrecked(parts[place], chance), *parts[place + 1 :]]))


def _header(sent: Sent, chance: random.Random) -> Sent:
    name = chance.choice(list(HEADERS))
    kept = tuple(pair for pair in sent.headers if pair[0] != name)
    value = chance.choice(HEADERS[name]) if chance.random() < 0.8 else wrecked(sent.header(name), chance)
    return replace(sent, headers=(*kept, (name, value)))


def _form(sent: Sent, chance: random.Random) -> Sent:
    """A value changed, a field gone, repeated, added, or more of them than a form may have."""
    form = sent.form or ()
    way = chance.random()
    if not form or way < 0.1:
        return replace(sent, form=(*form, (_name(chance), chance.choice(ODD))))
    place = chance.randrange(len(form))
    if way < 0.75:
        return replace(sent, form=changed(form, place, wrecked(form[place][1], chance)))
    if way < 0.85:
        return replace(sent, form=form[:place] + form[place + 1 :])
    return replace(sent, form=form + (form[place],) * chance.choice((1, 1, 5, 250)))


def _name(chance: random.Random) -> str:
    """A field's name that some form of ours has, or none has."""
    ours = ["q", "next", "state", "on", "given", "option", "sentence", "homepage", "kept", "quiz", "tally"]
    return chance.choice([*ours, "csrfmiddlewaretoken", "", "x" * 300, "%00", "%ff", "a[b]", "_method", "from"])


def out_of_order(chance: random.Random, staff: Staff) -> Sent:
    """A request with everything wrong that one can think of, mostly to an address that there is."""
    sent = sent_to(chance.choice(list(views())), chance, staff)
    if chance.random() < 0.25:
        sent = replace(sent, path=chance.choice(PATHS)) if chance.random() < 0.6 else _path(sent, chance)
    if chance.random() < 0.5:
        sent = replace(sent, method=chance.choice(["GET", "POST", *METHODS]))
    if (sent.method == "POST" and sent.form is None) or chance.random() < 0.2:
        form = tuple((_name(chance), chance.choice(ODD)) for _ in range(chance.randrange(4)))
        sent = replace(sent, form=form, encoding=chance.choice(ENCODINGS))
    for _ in range(chance.randrange(4)):
        sent = _header(sent, chance)
    if sent.cookies or chance.random() < 0.5:
        names = [name for name, _ in sent.cookies if name not in staff.cookies]
        names += ["look", "exposures", "has", "lines", "tally", "q.habits", "q.practice", "p.habits", "s.wx-leave"]
        odd = tuple((chance.choice(names), wrecked(chance.choice(ODD), chance)) for _ in range(chance.randrange(4)))
        sent = replace(sent, cookies=(*sent.cookies, *odd))
    if chance.random() < 0.3:
        sent = replace(sent, query=(*sent.query, (_name(chance), wrecked(CANARY.encode(), chance))))
    if chance.random() < 0.05:
        sent = replace(sent, length=chance.choice(LENGTHS))
    return sent


@cache
def weighted_views() -> list[str]:
    """Every view; those that take a form, or show what a reader holds, more often."""
    return [view for view in views() for _ in range(3 if view in FORMS and not view.startswith("admin") else 1)]


def request(seed: int, number: int, staff: Staff) -> tuple[Sent, str]:
    """Request `number` of a run, and what it is: the same each time for the same seed.

    Half are journeys with one field wrong, a tenth are journeys as they are, the rest is out of order.
    """
    chance = random.Random(f"{seed} {number}")  # noqa: S311 (no secret)
    if number % 10 < 6:
        sent = sent_to(chance.choice(weighted_views()), chance, staff)
        return (sent, "journey") if number % 10 == 5 else one_field_wrong(sent, chance)
    return out_of_order(chance, staff), "out of order"
