import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.acting import finish, start
from tests.browser.conftest import DESKTOP, PHONE

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
SETTLING_SECONDS = 15
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def findings(page: Page) -> list[str]:
    """What axe-core holds against the page once it has settled: parts that load are faded."""
    for _ in range(SETTLING_SECONDS):
        found = Axe().run(page).response["violations"]
        if not found:
            break
        page.wait_for_timeout(1000)
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


@SCHEMES
@SIZES
def test_pages_before_a_practice(page: Page, size: tuple[int, int], scheme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for address in ("/", "/practise", "/progress"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert findings(page) == []
        assert sideways(page) <= 0


@SCHEMES
@SIZES
def test_pages_of_a_practice(page: Page, size: tuple[int, int], scheme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    start(page)
    assert findings(page) == []
    assert sideways(page) <= 0
    finish(page)
    assert findings(page) == []
    assert sideways(page) <= 0
    page.goto("/progress")
    expect(page.get_by_role("heading", name="My progress")).to_be_visible()
    assert findings(page) == []


def test_a_practice_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name="Start a 10-minute practice")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if "Start a 10-minute" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your reply")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("You lost a whole morning over this.")
    page.keyboard.press("Enter")
    expect(page.locator("#talk .turn")).to_have_count(3)
