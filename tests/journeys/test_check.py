"""A message pasted and judged, with and without scripts, and a second one added."""

import pytest
from playwright.sync_api import Browser, expect

from tests.serving import Server

BAD = "姐 你先别跟人说哈\n垫300 晚上返360\nhttps://pinduoduo.com.hb-fuli.example/lq.apk"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_she_pastes_a_message_and_then_another(browser: Browser, server: Server, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server.url}/check/")
    page.locator("#paste textarea").fill("妈，晚上回来吃饭不")
    page.get_by_role("button", name="看一看", exact=True).click()
    expect(page.locator("[data-verdict=none]")).to_be_visible()
    page.locator("#text-more").fill(BAD)
    page.get_by_role("button", name="再看一看").click()
    expect(page.locator("[data-verdict=red]")).to_be_visible()
    expect(page.locator("#paste textarea")).to_have_count(3)
    expect(page.locator(".check-text mark").first).to_be_visible()
    assert page.url == f"{server.url}/check/"
    page.get_by_role("link", name="已经照做了？先点这里").click()
    page.get_by_role("link", name="钱已经付了").click()
    expect(page).to_have_url(f"{server.url}/checklist/emergency/money-gone/")
    context.close()
