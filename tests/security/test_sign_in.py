"""Signing in to the admin: lockout, second factor, one hash at a time, and a way back in. Readers notice nothing."""

import datetime as dt
import http.client
import time
from binascii import unhexlify
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoAssertNumQueries, Settings

from core.http.errors import PasswordHashBusyError
from core.staff import lockout
from core.staff.passwords import OneAtATimePasswordHasher, _hashing
from tests.reading import read
from tests.serving import PATIENCE, Server

pytestmark = pytest.mark.django_db
NAME, PASSWORD = "volunteer", "a long pass phrase"
LOGIN, INDEX, SECOND = "/admin/login/?next=/admin/", "/admin/", "/admin/second-factor/"
CANARY = "canary4711"


class FastHasher(OneAtATimePasswordHasher):
    iterations = 1000


@pytest.fixture(autouse=True)
def fast(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.security.test_sign_in.FastHasher"]


@pytest.fixture
def volunteer() -> User:
    return User.objects.create_superuser(NAME, password=PASSWORD)


def sign_in(
    password: str = PASSWORD, code: str = "", address: str = "192.0.2.1", client: Client | None = None, **more: str
) -> Any:
    client = client or Client(headers={"user-agent": CANARY})
    form = {"username": NAME, "password": password, "otp_token": code, **more}
    return client.post(LOGIN, form, REMOTE_ADDR=address)


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    totp = TOTP(unhexlify(device.key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def second_factor(user: User) -> tuple[TOTPDevice, list[str]]:
    """Sign in and set up the second factor as its page says."""
    client = Client()
    assert sign_in(client=client).status_code == 302
    page = read(client.get(INDEX, follow=True))
    address = page.select_one('a[href^="otpauth://totp/"]')
    assert address
    key = client.session["second_factor_key"]
    answer = client.post(SECOND, {"code": code_of(TOTPDevice(key=key))})
    codes = [code.text for code in read(answer).select("#codes code")]
    assert client.get(INDEX).status_code == 200
    return TOTPDevice.objects.get(user=user), codes


# Lockout


def test_locks_out_a_name_from_one_address_and_no_other(volunteer: User) -> None:
    assert [sign_in("wrong").status_code for _ in range(5)] == [200] * 4 + [429]
    locked = sign_in()
    assert locked.status_code == 429
    assert "一小时以后再试" in locked.content.decode()
    assert read(locked).select_one('a[href="/checklist/emergency/"]')
    assert sign_in(address="192.0.2.2").status_code == 302
    assert sign_in(address="192.0.2.1", username="somebody else").status_code == 200


def test_a_locked_out_attempt_costs_no_hash(volunteer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        sign_in("wrong")

    def hashed(*arguments: object, **more: object) -> str:
        raise AssertionError("a hash")

    monkeypatch.setattr(OneAtATimePasswordHasher, "encode", hashed)
    assert sign_in().status_code == 429


def test_locks_out_for_an_hour(volunteer: User) -> None:
    for _ in range(5):
        sign_in("wrong")
    AccessAttempt.objects.update(attempt_time=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=61))
    assert sign_in().status_code == 302


def test_keeps_a_keyed_hash_of_the_address_and_nothing_else_of_the_request(volunteer: User, settings: Settings) -> None:
    sign_in("wrong", next=CANARY)
    sign_in("wrong", next=CANARY)
    [kept] = AccessAttempt.objects.values()
    assert kept["username"] == NAME
    assert kept["failures_since_start"] == 2
    assert CANARY not in str(kept)
    assert "192.0.2.1" not in str(kept)
    settings.SECRET_KEY = "another secret " * 4
    sign_in("wrong")
    assert len({row.ip_address for row in AccessAttempt.objects.all()}) == 2, "the key is part of the hash"


def test_takes_the_subscriber_of_an_ipv6_address(volunteer: User) -> None:
    for last in range(4):
        sign_in("wrong", address=f"2001:db8::{last}")
    assert AccessAttempt.objects.get().failures_since_start == 4
    sign_in("wrong", address="2001:db8:0:1::1")
    assert AccessAttempt.objects.count() == 2


def test_lockout_tells_ipv4_clients_of_a_dual_stack_socket_apart(volunteer: User) -> None:
    for last in range(2):
        sign_in("wrong", address=f"::ffff:192.0.2.{last}")
    assert AccessAttempt.objects.count() == 2


@pytest.mark.parametrize("trusted", [True, False])
def test_believes_the_address_of_a_proxy_that_is_trusted(volunteer: User, settings: Settings, trusted: bool) -> None:
    settings.TRUST_PROXY = trusted
    for number in range(3):
        Client().post(LOGIN, {"username": NAME, "password": "wrong"}, headers={"x-real-ip": f"192.0.2.{number}"})
    assert AccessAttempt.objects.count() == (3 if trusted else 1)


def test_forgets_attempts_after_a_day(volunteer: User) -> None:
    sign_in("wrong")
    lockout.forget_old_attempts()
    assert AccessAttempt.objects.count() == 1
    AccessAttempt.objects.update(attempt_time=dt.datetime.now(dt.UTC) - dt.timedelta(hours=25))
    lockout.forget_old_attempts()
    assert AccessAttempt.objects.count() == 0


def test_logs_no_name(volunteer: User, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(6):
        Client().post(LOGIN, {"username": CANARY, "password": CANARY})
    assert CANARY not in "".join(capfd.readouterr())


# The second factor


def test_who_signs_in_first_sets_up_a_second_factor(volunteer: User) -> None:
    client = Client()
    assert sign_in(client=client).status_code == 302
    for address in (INDEX, "/admin/guide/report/", "/admin/auth/user/"):
        assert client.get(address, follow=True).redirect_chain[-1][0] == SECOND
    page = read(client.get(SECOND))
    assert page.select_one("svg.qr")
    wrong = client.post(SECOND, {"code": "000000"})
    assert "验证码不对" in wrong.content.decode()
    assert not TOTPDevice.objects.exists()
    assert client.get(INDEX).status_code == 302
    second_factor(volunteer)


def test_a_password_alone_opens_nothing_then(volunteer: User) -> None:
    device, _ = second_factor(volunteer)
    refused = sign_in()
    assert refused.status_code == 200
    assert "这个账号有第二步" in refused.content.decode()
    assert "验证码不对" in sign_in(code="000000").content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    client = Client()
    assert sign_in(code=code_of(device, 1), client=client).status_code == 302
    assert client.get(INDEX).status_code == 200


def test_a_session_from_before_the_second_factor_opens_nothing(volunteer: User) -> None:
    before = Client()
    sign_in(client=before)
    second_factor(volunteer)
    assert before.get(INDEX).status_code == 302
    assert before.get(SECOND)["Location"].startswith("/admin/login/")
    assert before.post(SECOND, {"code": "000000"}).status_code == 302


def test_a_code_and_a_recovery_code_work_once(volunteer: User) -> None:
    device, codes = second_factor(volunteer)
    code = code_of(device, 1)
    assert [sign_in(code=code).status_code for _ in range(2)] == [302, 200]
    assert len(codes) == 8
    assert sign_in(code=f" {codes[0].upper()} ").status_code == 302
    assert sign_in(code=codes[0]).status_code == 200
    assert StaticToken.objects.count() == 7


def test_who_has_a_second_factor_makes_new_recovery_codes(volunteer: User) -> None:
    _, codes = second_factor(volunteer)
    client = Client()
    sign_in(code=codes[0], client=client)
    assert "还剩 7 个备用码" in client.get(SECOND).content.decode()
    new = [code.text for code in read(client.post(SECOND)).select("#codes code")]
    assert len(new) == 8
    assert not set(new) & set(codes)
    assert sign_in(code=codes[1]).status_code == 200


def test_wrong_codes_lock_out_like_wrong_passwords(volunteer: User) -> None:
    second_factor(volunteer)
    statuses = []
    for _ in range(6):
        TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
        statuses.append(sign_in(code="000000").status_code)
    assert statuses[-1] == 429


def test_without_the_setting_it_is_asked_for_where_there_is_one(volunteer: User, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client = Client()
    sign_in(client=client)
    assert client.get(INDEX).status_code == 200
    TOTPDevice.objects.create(user=volunteer)
    assert client.get(INDEX).status_code == 302
    assert sign_in().status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_sees_the_page_of_the_second_factor(method: str) -> None:
    User.objects.create_user("reader", password=PASSWORD)
    client = Client()
    client.force_login(User.objects.get(username="reader"))
    for one in (Client(), client):
        answer = getattr(one, method)(SECOND)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("admin:login"))


# A locked-out only volunteer


def let_in(*arguments: str) -> str:
    said = StringIO()
    call_command("let_in", *arguments, stdout=said)
    return said.getvalue()


def test_the_command_ends_a_lockout(volunteer: User) -> None:
    for _ in range(5):
        sign_in("wrong")
    assert sign_in().status_code == 429
    assert "can sign in again" in let_in(NAME)
    assert sign_in().status_code == 302


def test_the_command_ends_the_wait_after_wrong_codes_and_keeps_the_second_factor(volunteer: User) -> None:
    device, _ = second_factor(volunteer)
    TOTPDevice.objects.update(throttling_failure_count=9, throttling_failure_timestamp=timezone.now())
    assert "验证码错了9次" in sign_in(code=code_of(device, 1)).content.decode()
    let_in(NAME)
    assert sign_in(code=code_of(device, 1)).status_code == 302
    assert sign_in().status_code == 200


def test_the_command_lets_in_who_lost_the_phone_and_the_codes(volunteer: User) -> None:
    second_factor(volunteer)
    assert "The second factor is deleted" in let_in(NAME, "--new-second-factor")
    second_factor(volunteer)


def test_the_command_names_the_staff_where_it_knows_nobody(volunteer: User) -> None:
    with pytest.raises(CommandError, match=NAME):
        let_in("nobody")


# One hash at a time


def test_a_second_hash_is_refused_and_not_waited_for(volunteer: User) -> None:
    with _hashing:
        with pytest.raises(PasswordHashBusyError):
            volunteer.check_password(PASSWORD)
        answer = sign_in()
    assert answer.status_code == 429
    assert answer["Retry-After"] == "5"
    assert "等几秒" in answer.content.decode()
    assert sign_in().status_code == 302


class AdminServer(Server):
    """The site with the static files of the admin."""

    def collect(self) -> None:
        self._manage("collectstatic", "--skip-checks", "--no-input", "--verbosity", "0")


@pytest.mark.slow
def test_readers_are_served_while_many_try_to_sign_in(tmp_path: Path) -> None:
    server = AdminServer(tmp_path)
    server.prepare()
    server.start()
    form = urlencode({"username": "nobody", "password": "wrong", "csrfmiddlewaretoken": "a" * 32})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "csrftoken=" + "a" * 32,
        "Origin": server.url,
    }

    def ask(method: str, address: str, body: str | None = None) -> tuple[int, float]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        before = time.monotonic()
        connection.request(method, address, body, headers if body else {})
        status = connection.getresponse().status
        connection.close()
        return status, time.monotonic() - before

    try:
        alone = max(ask("GET", "/checklist/plan/")[1] for _ in range(5))
        with ThreadPoolExecutor(9) as pool:
            tries = [pool.submit(ask, "POST", "/admin/login/", form) for _ in range(40)]
            read_by = [ask("GET", "/checklist/plan/") for _ in range(20)]
            statuses = {each.result()[0] for each in tries}
        assert {status for status, _ in read_by} == {200}
        assert statuses <= {200, 429}
        assert 429 in statuses
        assert max(seconds for _, seconds in read_by) < 3 + 10 * alone
    finally:
        server.end()


# What is not the admin


def test_public_pages_use_no_session_and_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.cookies["sessionid"] = "x" * 32
    with django_assert_num_queries(0):
        for address in ("/", "/guide/risks/", "/checklist/plan/", "/quizzes/habits/situation/"):
            response = client.get(address)
            assert response.status_code == 200
            assert not hasattr(response.wsgi_request, "session")
            assert not response.cookies


@pytest.fixture
def old_database(tmp_path: Path, python: Callable[..., Any]) -> dict[str, str]:
    """The tables of 0.2.0: those of Django, and of the guide and the quizzes as they were."""
    var = {"VAR_DIR": str(tmp_path)}
    for app in ("auth", "admin", "sessions", "quizzes"):
        assert python("manage.py", "migrate", app, "--skip-checks", **var).returncode == 0
    assert python("manage.py", "migrate", "guide", "0003", "--skip-checks", **var).returncode == 0
    rows = """
import django; django.setup()
from django.db import connection
from django.contrib.auth.models import User
User.objects.create_superuser("volunteer", password="a long pass phrase")
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO guide_report (page, procedure, verdict, sentence, app_version, \\"on\\", release, "
        "content_version, state) VALUES ('risks', '', 'useful', 'kept', '', '2026-11-22', '0.2.0', 'abcdef01', 'new')")
    cursor.execute("INSERT INTO guide_takenhour (hour, taken) VALUES ('2026-11-22 04:00:00', 7)")
"""
    done = python("-c", rows, **var)
    assert done.returncode == 0, done.stderr
    return var


@pytest.mark.slow
def test_the_migrations_run_on_a_database_of_the_release_before(
    old_database: dict[str, str], python: Callable[..., Any]
) -> None:
    done = python("manage.py", "migrate", "--no-input", "--skip-checks", **old_database)
    assert done.returncode == 0, done.stderr
    ask = """
import django; django.setup()
from django.db import connection
from guide.models import Report
from axes.models import AccessAttempt
from django.contrib.auth.models import User
Report.objects.submit(page="risks", rating="useful", release="0.3.0", content_version="abcdef01")
with connection.cursor() as cursor:
    cursor.execute("SELECT taken FROM guide_takenhour")
    sentences = [report.sentence for report in Report.objects.order_by("id")]
    known = User.objects.get().check_password("a long pass phrase")
    print(sentences, cursor.fetchall(), AccessAttempt.objects.count(), known)
"""
    done = python("-c", ask, **old_database)
    assert done.stdout.strip() == "['kept', ''] [(7,)] 0 True", done.stderr
