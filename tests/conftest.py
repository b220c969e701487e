"""What all tests share: readers, tiny content, and a Python with settings of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice
from pytest_django import Settings

import checklist.library
import checklist.state.wire_ids
import guide.library
import quizzes.answer_codes
import quizzes.library
from tests import static
from tests.serving import PATIENCE
from tests.tiny import FIXTURES, Tree, coded, copy, numbered

ROOT = static.ROOT
#: Of the environment that runs the tests, only this reaches a process of theirs.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="make every journey in every way, and without JavaScript")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Collect static files before the workers of pytest-xdist start."""
    if not hasattr(session.config, "workerinput") and not session.config.option.collectonly:
        static.collect()


class Browser(Client):
    """A browser of today: it says that its forms come from our own pages, and forgets what it is told to forget."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(headers={"sec-fetch-site": "same-origin"}, enforce_csrf_checks=True, **defaults)

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        for name in [name for name, cookie in self.cookies.items() if cookie["max-age"] == 0]:
            del self.cookies[name]
        return response


@pytest.fixture
def reader() -> Client:
    """A reader's browser. It has cookies on."""
    return Browser()


@pytest.fixture
def bare() -> Client:
    """A reader's browser that gets the page of a broken server, where the others get the exception."""
    return Browser(raise_request_exception=False)


@pytest.fixture
def staff(db: None) -> Callable[..., Client]:
    """Signs somebody in who works here, with a second factor, with these permissions and no other."""

    def sign_in(*permissions: str) -> Client:
        user = get_user_model().objects.create_user("staff", password="a long pass phrase", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        return signed_in(user)

    return sign_in


@pytest.fixture
def admin_client(admin_user: Any) -> Client:
    """Somebody signed in with all permissions, in place of pytest-django's client without a second factor."""
    return signed_in(admin_user)


def signed_in(user: Any) -> Client:
    """Return a client in which a user signed in with a second factor."""
    client = Client()
    client.force_login(user)
    device = StaticDevice.objects.create(user=user, name="recovery")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


@pytest.fixture
def htmx() -> dict[str, str]:
    """The header that htmx sends with each of its requests."""
    return {"hx-request": "true"}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A copy of the tiny content, to change something in it."""
    return copy(tmp_path)


@pytest.fixture(scope="session")
def tiny_libraries() -> tuple[
    guide.library.GuideLibrary, checklist.library.ChecklistLibrary, quizzes.library.QuizLibrary
]:
    """The tiny invented content of tests/fixtures, read once: nobody can change it."""
    tree = Tree(FIXTURES)
    return tree.load_guide(), tree.load_checklist(), tree.load_quizzes()


@pytest.fixture
def tiny(tiny_libraries: Any) -> Iterator[quizzes.library.QuizLibrary]:
    """The tiny content in place of the real one, in all three apps."""
    guide_library, checklist_library, quiz_library = tiny_libraries
    with ExitStack() as stack:
        stack.enter_context(guide.library.current.using(guide_library))
        stack.enter_context(checklist.library.current.using(checklist_library))
        stack.enter_context(checklist.state.wire_ids.current.using(numbered(checklist_library)))
        stack.enter_context(quizzes.answer_codes.current.using(coded(quiz_library)))
        yield stack.enter_context(quizzes.library.current.using(quiz_library))


@pytest.fixture
def operator(settings: Settings) -> None:
    """Somebody is named who answers for what readers write: only then has feedback a box."""
    settings.OPERATOR = "Li Na"


@pytest.fixture(scope="session")
def python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs Python in a process of its own, with nothing of our settings but those given."""

    def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        ours = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONIOENCODING": "utf-8",
            "SECRET_KEY": static.SECRET_KEY,
            "VAR_DIR": str(static.var()),
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            env=passed_on | ours | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    return run
