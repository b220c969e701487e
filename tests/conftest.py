"""What tests on every floor share: readers, tiny content, and a Python with settings of its own."""

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

import checklist.library
import checklist.state.wire_ids
import guide.library
import quizzes.answer_codes
import quizzes.library
from tests.tiny import FIXTURES, Tree, coded, numbered

ROOT = Path(__file__).parent.parent
#: Of the environment that runs the tests, only this reaches a process of theirs.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")


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
        client = Client()
        client.force_login(user)
        device = StaticDevice.objects.create(user=user, name="recovery")
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return client

    return sign_in


@pytest.fixture
def htmx() -> dict[str, str]:
    """The header that htmx sends with each of its requests."""
    return {"hx-request": "true"}


@pytest.fixture
def tiny() -> Iterator[quizzes.library.QuizLibrary]:
    """The tiny invented content of tests/fixtures, in place of the real one on all three floors."""
    tree = Tree(FIXTURES)
    with ExitStack() as stack:
        stack.enter_context(guide.library.current.using(tree.load_guide()))
        below = stack.enter_context(checklist.library.current.using(tree.load_checklist()))
        stack.enter_context(checklist.state.wire_ids.current.using(numbered(below)))
        above = stack.enter_context(quizzes.library.current.using(tree.load_quizzes()))
        stack.enter_context(quizzes.answer_codes.current.using(coded(above)))
        yield above


@pytest.fixture
def python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs Python in a process of its own, with nothing of our settings but those given."""

    def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        ours = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONIOENCODING": "utf-8",
            "SECRET_KEY": "for tests alone " * 2 + "0123456789abcdefghijklmnopqrstuvwxyz",
            "VAR_DIR": os.environ.get("VAR_DIR", str(ROOT / "var")),
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            env=passed_on | ours | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run
