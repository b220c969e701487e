"""The look: 大字版 in one tap, dark by choice; remembered, and undone as easily."""

from playwright.sync_api import Page, expect

from tests.journeys import hands
from tests.pages import PAGE


def root_size(page: Page) -> float:
    return float(page.locator("html").evaluate("root => parseFloat(getComputedStyle(root).fontSize)"))


def ground(page: Page) -> list[int]:
    """Red, green and blue behind the text."""
    colour = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    return [int(part) for part in str(colour).strip("rgba()").split(",")[:3]]


def set_look(page: Page, name: str, value: str) -> None:
    if name == "theme":
        page.locator(".foot-more > summary").click()
    with hands.sent(page):
        page.locator(f'button[name="{name}"][value="{value}"]').click()


def test_enlarges_everything_in_one_tap_and_remembers(page: Page) -> None:
    page.goto(PAGE)
    normal = root_size(page)
    set_look(page, "size", "large")
    expect(page.locator('button[name=size][value="normal"]')).to_be_visible()
    assert page.url.endswith(PAGE), "the reader is back on the same page"
    large = root_size(page)
    assert large > 1.25 * normal

    page.get_by_role("navigation").get_by_role("link", name="首页").click()
    expect(page.locator('button[name=size][value="normal"]')).to_be_visible()
    assert root_size(page) == large
    page.goto("/checklist/plan/")
    assert root_size(page) == large

    set_look(page, "size", "normal")
    expect(page.locator('button[name=size][value="large"]')).to_be_visible()
    assert page.url.endswith("/checklist/plan/")
    assert root_size(page) == normal
    page.goto(PAGE)
    assert root_size(page) == normal


def test_turns_dark_by_choice_and_light_again(page: Page) -> None:
    page.goto(PAGE)
    light = ground(page)
    assert min(light) > 200
    set_look(page, "theme", "dark")
    expect(page.locator("button[name=theme][value=dark]")).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith(PAGE)
    assert max(ground(page)) < 60
    page.goto("/")
    assert max(ground(page)) < 60
    set_look(page, "theme", "light")
    expect(page.locator("button[name=theme][value=light]")).to_have_attribute("aria-pressed", "true")
    assert ground(page) == light


def test_follows_the_phone_until_the_reader_chooses(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(PAGE)
    assert max(ground(page)) < 60
    set_look(page, "theme", "light")
    expect(page.locator("button[name=theme][value=light]")).to_have_attribute("aria-pressed", "true")
    assert min(ground(page)) > 200
    set_look(page, "theme", "auto")
    expect(page.locator("button[name=theme][value=auto]")).to_have_attribute("aria-pressed", "true")
    assert max(ground(page)) < 60


def test_keeps_large_type_and_dark_at_once(page: Page) -> None:
    page.goto(PAGE)
    normal = root_size(page)
    set_look(page, "size", "large")
    expect(page.locator('button[name=size][value="normal"]')).to_be_visible()
    set_look(page, "theme", "dark")
    expect(page.locator("button[name=theme][value=dark]")).to_have_attribute("aria-pressed", "true")
    assert root_size(page) > normal
    assert max(ground(page)) < 60


def test_comes_back_to_the_question_that_was_shown(page: Page) -> None:
    page.goto("/quizzes/habits/situation/")
    set_look(page, "size", "large")
    expect(page.locator('button[name=size][value="normal"]')).to_be_visible()
    expect(page.locator("#question-situation")).to_be_visible()
