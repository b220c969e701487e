"""The audit sees what is wrong: each fault planted on a small page, served locally, and the same page without it."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.journeys.conftest import find_chromium
from tests.site.visits import Visit
from tools.audit import axe, html, linters, weights
from tools.audit.documents import Document, covering
from tools.audit.findings import MODULES, Check, Finding, faults, table

PAGE = (
    '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>一页</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
    "<body><main><h1>一页</h1>{body}</main></body></html>"
)
NOT_HERE = "npm's packages are missing: tools/audit/setup.sh fetches them"


@pytest.fixture(autouse=True, scope="session")
def modules() -> None:
    """Without them there is nothing to try; with CI=true that is a failure."""
    if not (MODULES / ".package-lock.json").exists() or not shutil.which("java"):
        (pytest.fail if os.environ.get("CI", "").lower() in ("1", "true") else pytest.skip)(NOT_HERE)


@pytest.fixture(scope="session")
def chromium() -> str:
    return find_chromium() or pytest.skip("no Chromium")


def page(body: str = "<p>好的</p>", head: str = "", look: str = "light") -> Document:
    return Document("planted", "/planted/", look, PAGE.format(body=body, head=head))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a server of what stands in tmp_path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


# axe


GREY = '<p style="color: #aaa; background: #fff">看不清</p>'
AXE = {
    "label": ("<input name=who>", "light"),
    "color-contrast": (GREY, "light"),
    "color-contrast in the dark": (GREY, "dark"),
    "button-name": ("<button></button>", "light"),
    "heading-order": ("<h4>跳级</h4>", "light"),
    "target-size": ('<p><button style="width: 9px; height: 9px">1</button><button style="width: 9px; height: 9px">2'
                    "</button></p>", "light"),
    "label in a fold": ("<details><summary>打开</summary><p><input name=who></details>", "light"),
}  # fmt: skip


def test_finds_what_axe_knows(chromium: str) -> None:
    planted = [replace(page(body, look=look), name=name) for name, (body, look) in AXE.items()]
    found, _ = axe.violations(chromium, "http://127.0.0.1:9", planted)
    rules = {(each.page.partition(" (")[0], each.rule.partition(":")[0]) for each in found}
    assert rules == {(name, name.partition(" ")[0]) for name in AXE}
    assert all("<" in each.element for each in found)


def test_looks_at_what_was_fetched_where_a_service_worker_answers_otherwise(
    served: str, tmp_path: Path, chromium: str
) -> None:
    answer = f"new Response({page().html!r}, {{ headers: {{ 'Content-Type': 'text/html' }} }})"
    (tmp_path / "sw.js").write_text(
        "self.oninstall = () => self.skipWaiting(); self.onactivate = () => self.clients.claim();"
        f"self.onfetch = (event) => event.request.mode === 'navigate' && event.respondWith({answer});",
        encoding="utf-8",
    )
    registers = page("<p>好的</p><script>navigator.serviceWorker.register('/sw.js')</script>")
    found, _ = axe.violations(chromium, served, [page(GREY), *[registers] * 8])
    assert [each.rule.partition(":")[0] for each in found] == ["color-contrast"]


# Layout


READABLE = "<style>body { margin: 0; font: 18px/1.5 sans-serif; } p { max-width: 40em; }</style>"
MISFITS = {
    "wider than the window": ('<p style="width: 330px">宽</p>', 1),
    "type of 17 px": ('<p style="font-size: 17px">小</p>', 3),
    "lines too tight": ('<p style="line-height: 1.1">挤</p>', 3),
    "47 px high, not 48": ('<button style="height: 47px; font: inherit">低</button>', 1),
    "lines too long": ('<p style="max-width: none">长</p>', 1),
}


def test_finds_what_does_not_fit(chromium: str) -> None:
    planted = [replace(page(body, READABLE), name=fault) for fault, (body, _) in MISFITS.items()]
    _, found = axe.violations(chromium, "http://127.0.0.1:9", planted)
    seen = Counter((each.page.partition(" (")[0], each.element.partition(":")[0]) for each in found)
    assert seen == {(fault, fault): widths for fault, (_, widths) in MISFITS.items()}


def test_finds_what_text_zoom_breaks(chromium: str) -> None:
    bar = '<nav class="bar"><p style="height: 3em">条</p></nav>'
    head = READABLE + "<style>:root { font-size: 20px; } body { font-size: 1rem; }</style>"
    low, high = page(bar, head, "大字版"), page(bar.replace("3em", "6rem"), head, "大字版")
    _, found = axe.violations(chromium, "http://127.0.0.1:9", [low, high])
    assert [each.element.partition(":")[0] for each in found] == ["the bar covers the page"]


def test_covers_every_combination_of_elements_and_classes() -> None:
    one, both, other = page("<p class=a>一</p>"), page("<p class=a>二</p><p class=b>三</p>"), page("<ul><li>四</ul>")
    assert set(covering([one, both, other])) == {both, other}


# HTML


HTML = {
    "Duplicate ID": '<p id="one">一</p><p id="one">二</p>',
    "“p”": "<p><div>错</div></p>",
    "Section lacks heading": "<section><p>没有标题</p></section>",
    "onmouse": '<p hx-post="/" onmouse="x">别的</p>',
}


def test_finds_what_the_checker_knows() -> None:
    found = html.faults([page(), *(replace(page(body), name=said) for said, body in HTML.items())])
    for said in HTML:
        assert any(said in each.rule for each in found if each.page.startswith(said)), said
    assert {each.page.partition(" (")[0] for each in found} == set(HTML)
    assert not any("hx-post" in each.rule for each in found)


def test_finds_nothing_on_a_page_that_is_right(chromium: str) -> None:
    assert not html.faults([page()])
    pages = [page(look=look, head=READABLE) for look in ("light", "dark")]
    assert axe.violations(chromium, "http://127.0.0.1:9", pages) == ([], [])


# Weights


def test_finds_requests_too_many_and_what_moves(served: str, tmp_path: Path, chromium: str) -> None:
    late = "setTimeout(() => { document.querySelector('h1').style.marginTop = '200px'; }, 200);"
    (tmp_path / "0.js").write_text(f"requestAnimationFrame(() => {late[:-1]});")
    for number in range(1, 4):
        (tmp_path / f"{number}.js").write_text("")
    scripts = "".join(f'<script src="/{number}.js" defer></script>' for number in range(4))
    (tmp_path / "still.html").write_text(page().html, encoding="utf-8")
    (tmp_path / "moves.html").write_text(page(head=scripts).html, encoding="utf-8")
    visits = [Visit("/still.html"), Visit("/moves.html")]
    with ThreadPoolExecutor(1) as pool:  # the journeys may have left an event loop in this thread
        requests, shift = pool.submit(weights.first_views, chromium, served, visits).result()
    assert [each.page for each in requests.findings] == ["/moves.html"]
    assert [each.page for each in shift.findings] == ["/moves.html"]


# Old browsers


def test_finds_what_old_browsers_do_not_know(tmp_path: Path) -> None:
    css, js = tmp_path / "css", tmp_path / "js"
    css.mkdir()
    js.mkdir()
    (css / "site.css").write_text(
        "a:not(.b, .c) { color: red }\np:has(a) { color: red }\np { & a { color: red } }\n@layer one;\n"
    )
    (js / "site.js").write_text("document.title = [1].at(0) ?? structuredClone('');\nlet x = 1_000; x ||= 2;\n")
    (js / "api.js").write_text("new BroadcastChannel('x').close();\nstructuredClone({});\n")
    styles, scripts = linters.checks(tmp_path)
    assert {int(each.page.rpartition(":")[2]) for each in styles.findings} == {1, 2, 3, 4}
    assert {Path(each.page.rpartition(":")[0]).name for each in scripts.findings} == {"site.js", "api.js"}


# What is told


def test_tells_page_rule_and_element() -> None:
    check = Check("axe, dark", "2 pages", "1 violations", "0", [Finding("/a/", "label: none", "<input>")])
    assert faults([check]).splitlines() == ["axe, dark:", "  /a/", "    label: none", "    <input>"]
    assert table([check]).splitlines()[-1] == "| axe, dark | 2 pages | 1 violations | 0 |"
    assert not faults([Check("axe", "2 pages", "0 violations", "0")])
