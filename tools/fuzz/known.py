"""Collect what the site takes: patterns and ids of its addresses, fields of its forms, cookies, real requests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from guide.feedback.models import Report
from tests.site.visits import EVERY, Visit
from tools.fuzz.sent import BROWSER, Pairs, Sent
from tools.fuzz.site import Site

FORM = re.compile(r'<form[^>]+method="post".*?</form>', re.DOTALL)


@dataclass
class Known:
    """What requests are made of. Forms are listed by view: an address, and the values of each field."""

    patterns: dict[str, str]
    ids: dict[str, set[str]] = field(default_factory=dict)
    forms: dict[str, dict[str, dict[str, list[str]]]] = field(default_factory=dict)
    cookies: dict[str, set[bytes]] = field(default_factory=dict)
    real: list[Sent] = field(default_factory=list)
    staff: Pairs = ()


def views(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and pattern of every view, the admin's too; the pattern twice if it has no name."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else route, route
        else:
            yield from views(pattern, route, f"{pattern.namespace}:" if pattern.namespace else space)


def learn(site: Site) -> Known:
    """Ask for every page and state that the tests know, and for the admin as an editor. Each must be in order."""
    known = Known(dict(views(get_resolver())))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create_superuser("editor"))
    client.get("/admin/password_change/")  # sets the cookie of the token
    known.staff = tuple((name, cookie.value.encode()) for name, cookie in client.cookies.items())
    report = Report.objects.create(page="risks", rating="useful", release="0", content_version="0")
    admin = ["/admin/", "/admin/guide/report/", f"/admin/guide/report/{report.pk}/change/", "/admin/quizzes/tally/"]
    known.real = [sent_for(visit) for visit in EVERY if not visit.headers]
    known.real += [Sent(path=path.encode(), cookies=known.staff, headers=BROWSER) for path in admin]
    for sent in known.real:
        note(known, sent.path.decode())
        for name, value in sent.cookies:
            known.cookies.setdefault(name, set()).add(value)
        for html in FORM.findall(site.check(sent).body.decode(errors="replace")):
            path, fields = read_form(html)
            path = path or sent.path.decode()
            known.forms.setdefault(note(known, path), {}).setdefault(path, {}).update(fields)
    return known


def sent_for(visit: Visit) -> Sent:
    def pairs(items: Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Pairs:
        return tuple((name, value.encode()) for name, value in items)

    path, _, query = visit.address.partition("?")
    form = None if visit.data is None else pairs(visit.data)
    method = "GET" if form is None else "POST"
    query_pairs = pairs(iter(parse_qsl(query, keep_blank_values=True)))
    return Sent(method, path.encode(), query_pairs, form, pairs(visit.cookies), (*BROWSER, *pairs(visit.headers)))


def note(known: Known, path: str) -> str:
    """Return the name of the view at a path, and remember the values of its parameters."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    for name, value in match.kwargs.items():
        known.ids.setdefault(name, set()).add(str(value))
    return match.view_name if match.url_name else match.route


def read_form(html: str) -> tuple[str, dict[str, list[str]]]:
    """Return the address of a form, and the values that each field offers."""
    form, fields = BeautifulSoup(html, "html.parser").select("form")[0], dict[str, list[str]]()
    for one in form.select("input[name], select[name], textarea[name], button[name]"):
        offered = [str(option.get("value", "")) for option in one.select("option")] or [str(one.get("value", ""))]
        fields[str(one["name"])] = fields.get(str(one["name"]), []) + offered
    return str(form.get("action", "")).partition("#")[0], fields
