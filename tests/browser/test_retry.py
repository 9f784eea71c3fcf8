import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import REPLIES, answered, finish, leave, say
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import findings, sideways

TURN = 3


def try_again(page: Page) -> None:
    """Another try from the third turn, chosen by keyboard, up to its debrief."""
    chosen = page.get_by_label("Where to try again from")
    chosen.focus()
    chosen.press("ArrowDown")
    page.get_by_role("option", name=re.compile(f"^Turn {TURN}:")).click()
    page.get_by_role("button", name=f"Try again from your turn {TURN}").click()
    expect(page.get_by_text(f"Trying again from your turn {TURN}.")).to_be_visible()
    answered(page, 2 * TURN - 1)
    say(page, "You have told us three times, and Saturday is what counts. Who is it for?", 7)
    say(page, "A driver can bring it on Friday before noon. Would that do?", 9)
    leave(page)
    page.get_by_role("button", name="Skip this").click()
    expect(page.get_by_role("heading", name=f"Two tries from your turn {TURN}")).to_be_visible()


def test_any_turn_can_be_tried_again_and_both_stand_side_by_side(page: Page) -> None:
    finish(page)
    first = page.url
    try_again(page)
    pair = page.locator(".at-pair", has_text=f"First try, turn {TURN}")
    expect(pair).to_contain_text(REPLIES[TURN - 1])
    expect(pair).to_contain_text("You have told us three times")
    expect(page.get_by_text("does not count as growth")).to_be_visible()
    expect(page.get_by_role("group", name="Levels of both tries")).to_be_visible()
    page.get_by_role("link", name="Debrief of the first try").click()
    page.wait_for_url(first)
    expect(page.get_by_role("link", name="See both side by side")).to_be_visible()
    page.goto("/progress")
    expect(page.get_by_text("1 conversation so far").first).to_be_visible()
    expect(page.get_by_text("2 conversations so far")).to_have_count(0)


def test_a_turn_in_the_marked_conversation_leads_to_the_choice(page: Page) -> None:
    finish(page)
    page.get_by_role("link", name=re.compile("Try again from here.*your turn 2")).click()
    again = page.get_by_role("button", name="Try again from your turn 2")
    expect(again).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_debrief_of_a_second_try_is_accessible(
    page: Page, size: tuple[int, int], scheme: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    finish(page)
    try_again(page)
    assert findings(page) == []
    assert sideways(page) <= 0
