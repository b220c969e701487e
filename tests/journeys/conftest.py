"""A real server, a real Chromium, and a page that complains of what no reader should meet."""

import json
import os
import re
import shutil
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, expect

from tests.serving import Server

PHONE = {"width": 390, "height": 844}
#: The first is Chromium without its own windows: the same engine at about half the CPU of a journey.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
NO_BROWSER = "NO CHROMIUM: THE JOURNEYS WERE NOT MADE. INSTALL CHROMIUM, OR NAME ONE IN THE VARIABLE CHROMIUM."

#: What a browser without a network says of itself; the last one of the service worker.
NO_NETWORK = (r"ERR_INTERNET_DISCONNECTED", r"htmx:sendError|htmx:afterRequest", r"fetching the script")
#: How long a journey waits for anything: longer than a busy machine needs.
PATIENCE = 90_000

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """With --full, make every journey once more without JavaScript; else only those that ask for it."""
    if "javascript" in metafunc.fixturenames:
        marks = list(metafunc.definition.iter_markers("javascript"))
        wanted = marks[0].args if marks else (True, False) if metafunc.config.option.full else (True,)
        ids = ["js" if on else "no-js" for on in wanted]
        metafunc.parametrize("javascript", wanted, ids=ids, indirect=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_BROWSER in str(report.longrepr) for report in skipped):
        terminalreporter.section("NO CHROMIUM", sep="!", red=True)
        terminalreporter.line(NO_BROWSER, red=True)


# The server


@pytest.fixture(scope="session")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all journeys of this process. What it printed is read at the end."""
    running = Server(tmp_path_factory.mktemp("var"), OPERATOR="Li Na")  # with a box for feedback
    running.prepare()
    running.start()
    yield running
    running.end()
    trouble = running.trouble()
    assert not trouble, f"the server printed an error:\n{trouble}"


# The browser, by the fixtures of pytest-playwright


def find_chromium(names: Sequence[str] = BROWSERS) -> str | None:
    """Return the path of the Chromium that the variable CHROMIUM names, or else of the first that is installed."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else names)), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium. Without one the journeys are skipped, loudly; with CI=true they fail."""
    return _found(BROWSERS)


@pytest.fixture(scope="session")
def whole_chromium() -> str:
    """The path of a Chromium that reads the preferences of its profile: the headless shell does not."""
    return _found(BROWSERS[1:])


def _found(names: Sequence[str]) -> str:
    if found := find_chromium(names):
        return found
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(NO_BROWSER, pytrace=False)
    if "PYTEST_XDIST_WORKER" in os.environ:
        # The summary is written by a process that never loads this file; a warning gets there.
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(NO_BROWSER, stacklevel=1)
    pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object], chromium: str) -> dict[str, object]:
    """Launch Debian's Chromium: the download of Playwright is never used."""
    return {**browser_type_launch_args, "executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object], server: Server) -> dict[str, object]:
    """Make each context a phone in China."""
    ours = {"viewport": PHONE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": server.url}
    return {**browser_context_args, **ours}


@pytest.fixture
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


class Watch:
    """What went wrong in a context: errors on the console and in scripts, answers from 500 up, other hosts.

    A violation of the Content-Security-Policy is an error on the console, with
    and without JavaScript.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.seen: list[str] = []
        self.expected: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"page error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def expects(self, *patterns: str) -> None:
        """Says which complaints belong to this journey: regular expressions."""
        self.expected.extend(patterns)

    @property
    def complaints(self) -> list[str]:
        return [line for line in self.seen if not any(re.search(pattern, line) for pattern in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.host:
            self.seen.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"status {response.status}: {response.url}")


Opener = Callable[..., BrowserContext]


@pytest.fixture
def watches() -> Generator[list[Watch]]:
    """Every watch that this test keeps; the test fails on a complaint of any."""
    kept: list[Watch] = []
    yield kept
    complaints = [line for watch in kept for line in watch.complaints]
    assert not complaints, "the page complained:\n" + "\n".join(complaints)


@pytest.fixture
def opens(
    request: pytest.FixtureRequest,
    browser: Browser,
    browser_context_args: dict[str, object],
    server: Server,
    watches: list[Watch],
) -> Iterator[Opener]:
    """Open a watched context: a reader's browser, with nothing in it unless a `storage_state` is given.

    The service worker loads the emergency pages into each new context: only marked tests have it.
    """
    contexts: list[BrowserContext] = []
    worker = "allow" if request.node.get_closest_marker("service_worker") else "block"

    def opened(**options: object) -> BrowserContext:
        defaults = {**browser_context_args, "service_workers": worker}
        context = browser.new_context(**(defaults | options))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watches.append(Watch(context, server.url))
        return context

    yield opened
    for context in contexts:
        context.unroute_all(behavior="ignoreErrors")  # a stylesheet may still be on its way through one
        context.close()


@pytest.fixture
def context(opens: Opener, javascript: bool) -> BrowserContext:
    return opens(java_script_enabled=javascript)


@pytest.fixture
def watch(context: BrowserContext, watches: list[Watch]) -> Watch:
    """The watch of `context`, for the journeys in which an error is the point."""
    return watches[0]


@pytest.fixture
def page_without_cookies(
    playwright: Playwright,
    whole_chromium: str,
    server: Server,
    watches: list[Watch],
    javascript: bool,
    tmp_path: Path,
) -> Iterator[Page]:
    """A browser whose owner switched cookies off in its settings."""
    preferences = tmp_path / "profile" / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=whole_chromium,
        args=ARGUMENTS,
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        base_url=server.url,
        java_script_enabled=javascript,
    )
    context.set_default_timeout(PATIENCE)
    watches.append(Watch(context, server.url))
    yield context.new_page()
    context.close()
