"""Stored pages and limits: what `core.http.middleware` answers before and around the views."""

import gzip
from typing import Any

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse

from config import urls as site_urls
from core.http.caching import dynamic, public
from core.http.errors import TooManyRequestsError
from core.http.middleware import StaffOnly
from core.http.page_cache import stored_pages
from tests.reading import read

pytestmark = pytest.mark.usefixtures("tiny")

PAGE = "/guide/walk-the-yard/"
ENCODINGS = ["br", "gzip", "identity"]

# Views of our own, to count how often one is asked and to see what is never stored


class Asked:
    """How often the invented view ran."""

    times = 0


@public
def counted(request: HttpRequest) -> HttpResponse:
    Asked.times += 1
    return HttpResponse(f"asked {Asked.times}")


@public
def with_cookie(request: HttpRequest) -> HttpResponse:
    Asked.times += 1
    response = HttpResponse(f"asked {Asked.times}")
    response.set_cookie("anything", "1")
    return response


@dynamic
def unmarked(request: HttpRequest) -> HttpResponse:
    Asked.times += 1
    return HttpResponse(f"asked {Asked.times}")


@dynamic
def too_often(request: HttpRequest) -> HttpResponse:
    raise TooManyRequestsError


urlpatterns = [
    path("counted/", counted),
    path("with-cookie/", with_cookie),
    path("neither/", unmarked),
    path("too-often/", too_often),
    *site_urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    site_urls.handler400,
    site_urls.handler403,
    site_urls.handler404,
    site_urls.handler500,
)
invented = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    Asked.times = 0


def unpacked(response: Any) -> bytes:
    """The body as the browser sees it."""
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    return bytes(unpack[response.headers.get("Content-Encoding", "")](response.content))


# Stored pages


@invented
def test_asks_a_public_view_once(client: Client) -> None:
    assert [client.get("/counted/").content for _ in range(3)] == [b"asked 1"] * 3


@invented
@pytest.mark.parametrize("address", ["/neither/", "/with-cookie/"])
def test_stores_only_what_is_marked_public_and_sets_no_cookie(client: Client, address: str) -> None:
    assert [client.get(address).content for _ in range(2)] == [b"asked 1", b"asked 2"]


@invented
def test_does_not_answer_a_post_from_the_store(reader: Client) -> None:
    reader.get("/counted/")
    assert reader.post("/counted/").content == b"asked 2"
    assert reader.get("/counted/").content == b"asked 1"


@invented
def test_stores_nothing_of_the_answer_to_a_post(reader: Client) -> None:
    posted = reader.post("/counted/")
    assert posted["Cache-Control"] == "private, no-store"
    assert reader.get("/counted/").content == b"asked 2"


@invented
def test_stores_the_whole_page_when_head_comes_first(client: Client) -> None:
    head = client.head("/counted/")
    assert head.content == b""
    assert head["Content-Length"] == str(len(b"asked 1"))
    assert client.get("/counted/").content == b"asked 1"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_sends_the_same_page_in_each_encoding(client: Client, encoding: str) -> None:
    plain = client.get(PAGE)
    packed = client.get(PAGE, headers={"accept-encoding": encoding})
    assert packed.headers.get("Content-Encoding", "identity") == encoding
    assert unpacked(packed) == plain.content
    assert b"</html>" in plain.content
    assert packed["Content-Length"] == str(len(packed.content))


def test_packs_smaller_than_it_came(client: Client) -> None:
    sizes = [len(client.get(PAGE, headers={"accept-encoding": encoding}).content) for encoding in ENCODINGS]
    assert sizes == sorted(sizes)
    assert sizes[1] < sizes[2]


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("", "identity"),
        ("br, gzip, deflate", "br"),
        ("gzip, deflate, br;q=0.1", "br"),
        ("gzip;q=1.0, *;q=0", "gzip"),
        ("BR", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0", "identity"),
        ("br;q=0,gzip;Q=0.0", "identity"),
        ("zstd, deflate", "identity"),
        ("brotli", "identity"),
    ],
)
def test_sends_only_an_encoding_that_the_browser_takes(client: Client, accepted: str, sent: str) -> None:
    response = client.get(PAGE, headers={"accept-encoding": accepted})
    assert response.headers.get("Content-Encoding", "identity") == sent
    assert b"</html>" in unpacked(response)


def test_gives_each_encoding_an_etag_of_its_own(client: Client) -> None:
    etags = {client.get(PAGE, headers={"accept-encoding": encoding})["ETag"] for encoding in ENCODINGS}
    assert len(etags) == 3


def test_gives_each_page_an_etag_of_its_own(client: Client) -> None:
    assert client.get(PAGE)["ETag"] != client.get("/guide/lend-a-key/")["ETag"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("method", ["get", "head"])
def test_says_that_nothing_changed(client: Client, encoding: str, method: str) -> None:
    first = client.get(PAGE, headers={"accept-encoding": encoding})
    headers = {"accept-encoding": encoding, "if-none-match": first["ETag"]}
    again = getattr(client, method)(PAGE, headers=headers)
    assert again.status_code == 304
    assert again.content == b""
    kept = ("ETag", "Cache-Control", "Vary", "Content-Security-Policy", "Permissions-Policy")
    assert {name: again[name] for name in kept} == {name: first[name] for name in kept}


@pytest.mark.parametrize("form", ["W/{}", '"something-else", {}', '{} , W/"old"'])
def test_knows_its_etag_in_any_form_that_a_browser_or_proxy_sends_it_back(client: Client, form: str) -> None:
    etag = client.get(PAGE)["ETag"]
    assert client.get(PAGE, headers={"if-none-match": form.format(etag)}).status_code == 304


def test_sends_the_page_again_to_one_who_has_another(client: Client) -> None:
    packed = client.get(PAGE, headers={"accept-encoding": "br"})["ETag"]
    for etag in ('"anything"', packed, ""):
        again = client.get(PAGE, headers={"if-none-match": etag})
        assert again.status_code == 200
        assert b"</html>" in again.content


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_answers_head_like_get_without_the_body(client: Client, encoding: str) -> None:
    got = client.get(PAGE, headers={"accept-encoding": encoding})
    head = client.head(PAGE, headers={"accept-encoding": encoding})
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.items()) == dict(got.items())


def test_sends_no_body_to_head_whatever_the_server_does_with_one() -> None:
    # The test client takes the body of a HEAD away itself, so the middleware is asked without it.
    def page(request: HttpRequest) -> HttpResponse:
        return public(lambda _: HttpResponse("words"))(request)  # type: ignore[return-value]

    answer = stored_pages(page)(RequestFactory().head("/anywhere/"))
    assert isinstance(answer, HttpResponse)
    assert (answer.content, answer["Content-Length"]) == (b"", "5")


def test_says_who_may_keep_a_public_page(client: Client) -> None:
    response = client.get(PAGE)
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=300"
    assert {name.strip() for name in response["Vary"].split(",")} == {"Accept-Encoding", "Cookie"}
    assert not response.cookies


@invented
def test_gives_the_query_no_part(client: Client) -> None:
    first = client.get("/counted/?from=singlemessage&isappinstalled=0")
    assert client.get("/counted/").content == first.content == b"asked 1"
    assert client.get("/counted/?kept").content == b"asked 1"


def test_keeps_the_query_out_of_the_page(client: Client) -> None:
    assert client.get(f"{PAGE}?next=elsewhere").content == Client().get(PAGE).content


# Looks


@invented
def test_stores_a_variant_for_each_look(client: Client) -> None:
    looks = ["", "large", "dark", "light", "large.dark", "large.light"]
    seen = []
    for look in looks * 2:
        client.cookies["look"] = look
        seen.append(client.get("/counted/").content)
    assert seen[:6] == seen[6:]
    assert len(set(seen)) == 6


@invented
@pytest.mark.parametrize("look", ["", "normal", "huge", "large2", "..", "auto", "x" * 500, "Large", "large;dark"])
def test_takes_an_unknown_look_for_the_plain_one(client: Client, look: str) -> None:
    client.get("/counted/")
    client.cookies["look"] = look
    assert client.get("/counted/").content == b"asked 1"


@invented
@pytest.mark.parametrize("look", ["large.dark", "dark.large", "large.large.dark", "large.dark.neon", ".large..dark."])
def test_takes_each_spelling_of_a_look_for_one(client: Client, look: str) -> None:
    client.cookies["look"] = "large.dark"
    client.get("/counted/")
    client.cookies["look"] = look
    assert client.get("/counted/").content == b"asked 1"


@pytest.mark.parametrize(("look", "size", "theme"), [("large", "large", None), ("dark", None, "dark")])
def test_shows_the_look_that_the_cookie_names(client: Client, look: str, size: str | None, theme: str | None) -> None:
    client.cookies["look"] = look
    root = read(client.get(PAGE)).html
    assert root is not None
    assert (root.get("data-size"), root.get("data-theme")) == (size, theme)


def test_shows_nobody_the_look_of_another(client: Client) -> None:
    client.cookies["look"] = "large"
    large = client.get(PAGE)
    client.cookies.clear()
    plain = client.get(PAGE)
    assert large.content != plain.content
    assert large["ETag"] != plain["ETag"]
    assert client.get(PAGE, headers={"if-none-match": large["ETag"]}).status_code == 200


@invented
def test_gives_the_other_cookies_no_part(client: Client) -> None:
    client.get("/counted/")
    client.cookies.load({"exposures": "or.key-lent", "s.change-lock": "d1xx", "q.lantern": "place.inside"})
    assert client.get("/counted/").content == b"asked 1"


# Never stored


@pytest.mark.parametrize(
    ("address", "status"),
    [("/guide/nowhere/", 404), ("/guide/lending-keys/", 301), ("/checklist/plan/", 200), ("/erase/", 200)],
)
def test_never_stores_what_is_missing_moved_or_the_readers_own(client: Client, address: str, status: int) -> None:
    for _ in range(2):
        response = client.get(address)
        assert response.status_code == status
        # A page that moved for good may be remembered; nothing else.
        assert response.get("Cache-Control") == (None if status == 301 else "private, no-store")
        assert "ETag" not in response.headers


def test_shows_each_reader_their_own_plan(client: Client) -> None:
    client.cookies["s.change-lock"] = "d1xx"
    mine = client.get("/checklist/plan/").content
    assert Client().get("/checklist/plan/").content != mine
    client.cookies.clear()
    assert client.get("/checklist/plan/").content != mine


# Limits


@pytest.mark.parametrize(("length", "status"), [("²", 400), ("1e3", 400), ("-1", 400), ("9" * 5000, 413), ("", 302)])
def test_reads_a_length_that_is_none_without_a_fault(bare: Client, length: str, status: int) -> None:
    response = bare.post("/look/", {"next": "/"}, CONTENT_LENGTH=length)
    assert response.status_code == status


def test_refuses_a_body_that_is_too_large(reader: Client) -> None:
    response = reader.post("/look/", {"next": "/" + "x" * 70_000})
    assert response.status_code == 413
    assert read(response).select_one('a[href="/checklist/emergency/"]')
    assert not response.cookies


def test_takes_a_body_that_is_just_small_enough(reader: Client) -> None:
    body = "size=large&next=/" + "x" * (64 * 1024 - len("size=large&next=/"))
    response = reader.post("/look/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 302


@invented
@pytest.mark.parametrize("method", ["get", "post"])
def test_says_when_one_asks_too_often(reader: Client, method: str) -> None:
    response = getattr(reader, method)("/too-often/")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "private, no-store"
    assert read(response).select_one('a[href="/checklist/emergency/"]')


# What is made for one reader


def test_compresses_a_page_that_is_mine(client: Client) -> None:
    plain = client.get("/checklist/plan/")
    packed = client.get("/checklist/plan/", headers={"accept-encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert packed["Cache-Control"] == "private, no-store"


def test_gives_no_length_away(client: Client) -> None:
    sizes = {len(client.get("/erase/", headers={"accept-encoding": "gzip"}).content) for _ in range(20)}
    assert len(sizes) > 1


# Staff


@pytest.mark.parametrize(("address", "looked_for"), [("/checklist/plan/", False), ("/admin/login/", True)])
def test_looks_for_no_session_of_a_reader(client: Client, address: str, looked_for: bool) -> None:
    """A reader has no account: what knows staff runs where staff work."""
    asked = client.get(address).wsgi_request
    assert hasattr(asked, "session") is hasattr(asked, "user") is hasattr(asked, "_messages") is looked_for


def test_knows_where_staff_work() -> None:
    assert reverse("admin:index") == StaffOnly.ADDRESS
