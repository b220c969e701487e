"""Links that end in the punctuation of the sentence around them."""

import pytest
from django.test import Client, RequestFactory

from core.http.errors import not_found

pytestmark = pytest.mark.usefixtures("tiny")


@pytest.mark.parametrize("end", ["。", "/。", "，", "/！", "）", "/.", "%E3%80%82", "/%E3%80%82/"])
def test_leads_to_the_page_that_was_meant(client: Client, end: str) -> None:
    response = client.get(f"/guide/ring-the-bell{end}")
    assert response.status_code == 301
    assert client.get(response["Location"], follow=True).status_code == 200


@pytest.mark.parametrize("path", ["/nowhere。", "/guide/no-such-page。"])
def test_leads_nowhere_else(client: Client, path: str) -> None:
    assert client.get(path, follow=True).status_code == 404


def test_leads_to_no_other_site(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.path_info = "//evil.example。"
    assert not_found(request).status_code == 404
