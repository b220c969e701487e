"""The audit sees what is wrong: each fault planted on a small page, served locally, and the same page without it."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.journeys.conftest import BROWSERS
from tests.site.visits import Visit
from tools.audit import axe, html, linters, weights
from tools.audit.documents import Document
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
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if not found:
        pytest.skip("no Chromium")
    return found


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
    "label in a fold": ("<details><summary>打开</summary><input name=who></details>", "light"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "look"), AXE.values(), ids=AXE)
def test_it_finds_what_axe_knows(chromium: str, request: pytest.FixtureRequest, body: str, look: str) -> None:
    rule = request.node.callspec.id.partition(" ")[0]
    found = axe.violations(chromium, "http://127.0.0.1:9", [page(), page(body, look=look)])
    assert {each.rule.partition(":")[0] for each in found} == {rule}
    assert found[0].page == f"planted ({look})"
    assert "<" in found[0].element


def test_it_looks_at_what_was_fetched_where_a_service_worker_answers_otherwise(
    served: str, tmp_path: Path, chromium: str
) -> None:
    answer = f"new Response({page().html!r}, {{ headers: {{ 'Content-Type': 'text/html' }} }})"
    (tmp_path / "sw.js").write_text(
        "self.oninstall = () => self.skipWaiting(); self.onactivate = () => self.clients.claim();"
        f"self.onfetch = (event) => event.request.mode === 'navigate' && event.respondWith({answer});",
        encoding="utf-8",
    )
    registers = page("<p>好的</p><script>navigator.serviceWorker.register('/sw.js')</script>")
    found = axe.violations(chromium, served, [page(GREY), *[registers] * 8])
    assert [each.rule.partition(":")[0] for each in found] == ["color-contrast"]


# HTML


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p id="one">一</p><p id="one">二</p>', "Duplicate ID"),
        ("<p><div>错</div></p>", "“p”"),
        ("<section><p>没有标题</p></section>", "Section lacks heading"),
        ('<p hx-post="/" onmouse="x">别的</p>', "onmouse"),
    ],
    ids=["duplicate id", "wrong nesting", "a warning", "an attribute that is not htmx's"],
)
def test_it_finds_what_the_checker_knows(body: str, said: str) -> None:
    found = html.faults([page(), page(body)])
    assert found
    assert any(said in each.rule for each in found)
    assert all("hx-post" not in each.rule for each in found)


def test_it_finds_nothing_on_a_page_that_is_right(chromium: str) -> None:
    assert not html.faults([page()])
    assert not axe.violations(chromium, "http://127.0.0.1:9", [page(look=look) for look in ("light", "dark")])


# Weights


def test_it_finds_a_page_over_its_budget(served: str, tmp_path: Path) -> None:
    for name, body in {"light": "好" * 100, "heavy": "<b>" + os.urandom(18 * 1024).hex() + "</b>"}.items():
        folder = tmp_path / "checklist" / "emergency" / name
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(page(body).html, encoding="utf-8")
    visits = [Visit(f"/checklist/emergency/{name}/") for name in ("light", "heavy")]
    pages = [(visit, Document(str(visit), visit.address, "light", page().html)) for visit in visits]
    [row] = weights.bytes_check(served, pages)
    assert [(each.page, each.rule) for each in row.findings] == [("/checklist/emergency/heavy/", "budget of 17 KB")]


def test_it_counts_what_a_page_loads(served: str, tmp_path: Path) -> None:
    style = '<link rel="stylesheet" href="/style.css">'
    (tmp_path / "style.css").write_bytes(os.urandom(18 * 1024))
    (tmp_path / "index.html").write_text(page(head=style).html, encoding="utf-8")
    home = Document("/", "/", "light", page(head=style).html)
    first, stylesheet = weights.bytes_check(served, [(Visit("/"), home)])
    assert not first.findings
    assert first.figure.startswith("16.")
    assert [each.rule for each in stylesheet.findings] == ["budget of 9 KB"]


def test_it_finds_requests_too_many_and_what_moves(served: str, tmp_path: Path, chromium: str) -> None:
    late = "setTimeout(() => { document.querySelector('h1').style.marginTop = '200px'; }, 200);"
    (tmp_path / "0.js").write_text(f"requestAnimationFrame(() => {late[:-1]});")
    for number in range(1, 4):
        (tmp_path / f"{number}.js").write_text("")
    scripts = "".join(f'<script src="/{number}.js" defer></script>' for number in range(4))
    (tmp_path / "still.html").write_text(page().html, encoding="utf-8")
    (tmp_path / "moves.html").write_text(page(head=scripts).html, encoding="utf-8")
    requests, shift = weights.first_views(chromium, served, [Visit("/still.html"), Visit("/moves.html")])
    assert [each.page for each in requests.findings] == ["/moves.html"]
    assert [each.page for each in shift.findings] == ["/moves.html"]


# Old browsers


def test_it_finds_what_old_browsers_do_not_know(tmp_path: Path) -> None:
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


def test_it_tells_page_rule_and_element() -> None:
    check = Check("axe, dark", "2 pages", "1 violations", "0", [Finding("/a/", "label: none", "<input>")])
    assert faults([check]).splitlines() == ["axe, dark:", "  /a/", "    label: none", "    <input>"]
    assert table([check]).splitlines()[-1] == "| axe, dark | 2 pages | 1 violations | 0 |"
    assert not faults([Check("axe", "2 pages", "0 violations", "0")])
