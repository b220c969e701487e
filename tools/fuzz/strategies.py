"""Hypothesis strategies for requests that are wrong in one place or everywhere, and requests of full size."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tools.fuzz.known import Known
from tools.fuzz.sent import BROWSER, CANARY, ENCODINGS, Pairs, Sent

# fmt: off
#: What stands where something else belongs, in the terms of forms, cookies, dates, addresses, markup and Unicode.
ODD = [
    b"", b" ", b"0", b"-1", b"1e309", b"nan", b"9" * 5000, b".", b"..", b"-", b"_", b"._._.", b"__proto__", b"%00",
    b"2026-02-30", b"0001-01-01", b"99999-12-31", b"9999-12-31", b"20261301", b"dzzz", b"y1xx.y1xx", b"on.1xx",
    b"\x00", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\r\nSet-Cookie: a=b", b"\x1b[2J", b"{{7*7}}", b"%s%n",
    b"<script>alert(1)</script>", b"\"'><img src=x>", b"../../../../etc/passwd", b"//evil.example/", b"http://[",
    b"/\\evil.example", b"https://evil.example/", b"/\t/evil.example/", b"x" * 31, b"x" * 201, b"x" * 5000,
    *map(str.encode, ("²", "٣", "９", "½", "\u202e退群", "İ", "ﷺ", "零", "😀" * 20, "退" * 201)),
]
HEADERS = {
    "If-None-Match": [b"*", b"W/" * 99, b'"a","b'], "If-Modified-Since": [b"yesterday", b"Sat, 99 Foo 9999 99:99 GMT"],
    "Accept-Encoding": [b"br", b"gzip", b"identity;q=0", b"gzip;q=x"], "Accept-Language": [b"*;q=0", b"a-" * 200],
    "Range": [b"bytes=0-", b"bytes=9-1", b"bytes=0-1,4-5"], "Host": [b"evil.example", b"", b"127.0.0.1:x", b"["],
    "Origin": [b"null", b"https://evil.example", b"http://["], "Sec-Fetch-Site": [b"cross-site", b"none", b"SAME"],
    "Content-Type": [b"application/x-www-form-urlencoded; charset=x", b"multipart/form-data; boundary=", b"a/b;;="],
    "X-Forwarded-Host": [b"evil.example"], "X-Forwarded-Proto": [b"https", b"x"], "X-Request-ID": [b"0" * 32],
    "HX-Request": [b"true", b"\xff"], "HX-Current-URL": [b"http://["], "HX-Trigger": [b"%ff", b"{"],
    "Cookie": [b";;;", b"=", b'q.habits="a;b"', b"\xff=\xff", b"look=large; look=dark"], "Sec-GPC": [b"1"],
}
METHODS = ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "X" * 300]
LENGTHS = ["0", "7", "-1", "abc", "65536", "65537", "9" * 5000, "\xb2", "1e3", " 5"]
PATHS = [
    b"", b"//", b"/../../etc/passwd", b"//evil.example/", b"/\\evil.example/", b"/guide/\x00/", b"/\xff\xfe/", b"*",
    b"/" + b"a" * 9000, b"/checklist/plan", b"/static/../settings.py", b"/static/\x00.000000000000.css", b"/%/",
    b"/static/" + b"x" * 400 + b".000000000000.css", b"/static/..\\..\\secret.0123456789ab.py", b"/admin/r/x/y/",
    b"/admin/r/99999999999999999999/1/", b"/admin/auth/user/99999999999999999999/change/",
]
#: What a request may be wrong in: mostly in forms and cookies, which most of our code reads.
PLACES = ["path", "query", "header", "method", "encoding", "length", "everything", "nothing"]
PLACES += ["form"] * 3 + ["cookie"] * 2
#: What values of full size are made of.
UNITS = [b"a", b"9", b"\n", b"<&", b"1.", b"_", b"; ", b"\xff", b"138123456 ", *map(str.encode, ("零", "一万", "退 "))]
# fmt: on
MOST_BODY, MOST_COOKIE, MANY_COOKIES = 64 * 1024, 8 * 1024, 500

odd = st.sampled_from(ODD) | st.binary(max_size=40) | st.text(max_size=20).map(str.encode)


@st.composite
def damaged(draw: st.DrawFn, value: bytes) -> bytes:
    """Return `value` cut, repeated, with something in it, or replaced."""
    place, other = draw(st.integers(0, len(value))), draw(odd)
    ways = [other, value[:place] + other + value[place:], value[:place], value[place:], value * 2, value[::-1]]
    return draw(st.sampled_from(ways))


@st.composite
def paths(draw: st.DrawFn, known: Known, wrong: bool) -> bytes:
    """Return the address of any view; if wrong, with an id of another kind, a damaged one, or no address of ours."""
    if wrong and draw(st.booleans()):
        return draw(st.sampled_from(PATHS))
    every = sorted(id for ids in known.ids.values() for id in ids)

    def fill(parameter: re.Match[str]) -> str:
        right = draw(st.sampled_from(sorted(known.ids.get(parameter[1], every))))
        return (
            draw(st.sampled_from(every) | damaged(right.encode()).map(lambda data: data.decode("latin-1")))
            if wrong
            else right
        )

    pattern = draw(st.sampled_from(sorted(known.patterns.values())))
    return ("/" + re.sub(r"\(?\??P?<(?:\w+:)?(\w+)>[^/<)]*\)?", fill, pattern).strip("^$")).encode("utf-8", "replace")


@st.composite
def change(draw: st.DrawFn, pairs: Pairs) -> Pairs:
    """Return `pairs` with one value damaged, or one pair more."""
    if not pairs or draw(st.integers(0, 9)) == 0:
        return (*pairs, (draw(st.sampled_from(["next", "state", "", "x" * 300, "%ff"])), draw(odd)))
    at = draw(st.integers(0, len(pairs) - 1))
    return (*pairs[:at], (pairs[at][0], draw(damaged(pairs[at][1]))), *pairs[at + 1 :])


@st.composite
def requests(draw: st.DrawFn, known: Known) -> Sent:
    """Return a real request, a form filled in, or any address: wrong in one place, everywhere or nowhere."""
    place = draw(st.sampled_from(PLACES))
    sent = draw(st.sampled_from(known.real))

    def wrong(name: str) -> bool:
        return place == name or (place == "everything" and draw(st.booleans()))

    if draw(st.booleans()):
        path, fields = draw(st.sampled_from([form for forms in known.forms.values() for form in forms.items()]))
        filled = [(name, draw(st.sampled_from(values)).encode()) for name, values in fields.items()]
        kept = [pair for pair in filled if draw(st.integers(0, 3))]
        sent = replace(sent, method="POST", path=path.encode(), query=(), form=tuple(kept))
    elif wrong("path") or draw(st.integers(0, 3)) == 0:
        sent = replace(sent, path=draw(paths(known, wrong("path"))))
    if sent.path.startswith(b"/admin/") and draw(st.integers(0, 4)):
        sent = replace(sent, cookies=(*sent.cookies, *known.staff))
    if wrong("form"):
        sent = replace(sent, method="POST", form=draw(change(sent.form or ())) * draw(st.sampled_from([1, 1, 2, 250])))
    if wrong("cookie"):
        name = draw(st.sampled_from(sorted(known.cookies)))
        more = (name, draw(st.sampled_from(sorted(known.cookies[name]))))
        sent = replace(sent, cookies=draw(change((*sent.cookies, more))))
    if wrong("query"):
        sent = replace(sent, query=draw(change((*sent.query, ("q", "退群".encode()), ("next", b"/")))))
    if wrong("header"):
        name = draw(st.sampled_from(sorted(HEADERS)))
        sent = replace(sent, headers=(*sent.headers, (name, draw(st.sampled_from(HEADERS[name]) | odd))))
    if wrong("method"):
        sent = replace(sent, method=draw(st.sampled_from(METHODS)))
    if wrong("encoding"):
        sent = replace(sent, encoding=draw(st.sampled_from(ENCODINGS)))
    if wrong("length"):
        sent = replace(sent, length=draw(st.sampled_from(LENGTHS)))
    return replace(sent, query=(*sent.query, ("from", CANARY.encode())))


def full_size(known: Known, seed: int) -> Iterator[Sent]:
    """Yield bodies of 64 kB in each field, cookies of 8 kB, 500 cookies and long queries, in an order of the seed."""
    chance, made = random.Random(seed), list[Sent]()  # noqa: S311 (no secret)
    for forms in known.forms.values():
        address, form = chance.choice(sorted(forms.items()))
        # Of the rows of a table in a form, the last stands for all.
        for name, unit in product({re.sub(r"\d", "", name): name for name in form}.values(), UNITS):
            others = tuple((each, values[0].encode()) for each, values in form.items() if each != name)
            room = MOST_BODY - len(Sent(form=(*others, (name, b""))).body()[1])
            value = unit * (room // len(quote_from_bytes(unit)))
            made.append(Sent("POST", address.encode(), (), (*others, (name, value)), known.staff, BROWSER))
    pages = sorted({sent.path for sent in known.real if sent.cookies and b"resume" not in sent.path})
    for path, name in product(pages, {re.sub(r"^([sp]\.).*", r"\1", name): name for name in known.cookies}.values()):
        unit = chance.choice([*UNITS, *(value + char for value in known.cookies[name] for char in (b".", b"_", b""))])
        made.append(Sent(path=path, cookies=((name, unit * (MOST_COOKIE // len(unit))),), headers=BROWSER))
    names = [f"s.{id}" for id in (*sorted(known.ids["step"]), *map(str, range(MANY_COOKIES)))][:MANY_COOKIES]
    for path, value in product(pages, (b"d1xx", b"x" * 9)):
        made.append(Sent(path=path, cookies=tuple((name, value) for name in names), headers=BROWSER))
    made += [
        Sent(path=b"/search/", query=(("q", unit * (MOST_COOKIE // len(unit))),), headers=BROWSER) for unit in UNITS
    ]
    yield from chance.sample(made, len(made))
