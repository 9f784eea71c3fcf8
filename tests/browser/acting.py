"""What a person does at the pages."""

import re

from playwright.sync_api import Page, expect

REPLIES = [
    "You took the morning off for nothing, for the third time. That's on us. What was in it?",
    "Three promises and three misses. What happens for you if it isn't there by the weekend?",
    "So it has to be there before Saturday. Who is it for?",
    "It can be at the Elm Street shop tonight, or a driver on Friday. Which suits you?",
]


def start(page: Page) -> None:
    """One click from the start page to a first role-play."""
    page.goto("/")
    page.get_by_role("link", name="Start a 10-minute practice").click()
    expect(page.get_by_label("Your reply")).to_be_visible()


def say(page: Page, reply: str, turns: int) -> None:
    """Send a reply; ``turns`` is how many bubbles there are once it is answered."""
    page.get_by_label("Your reply").fill(reply)
    page.get_by_label("Your reply").press("Enter")
    answered(page, turns)


def answered(page: Page, turns: int) -> None:
    """Wait until the counterpart has finished speaking."""
    expect(page.locator("#talk .turn")).to_have_count(turns)
    expect(page.locator("#talk .at-talk")).to_have_attribute("aria-busy", "false")


def leave(page: Page) -> None:
    """End the conversation, or go on where the counterpart has ended it."""
    page.get_by_role("button", name=re.compile("^(End here|Go on)$")).click()


def finish(page: Page) -> None:
    """A whole short practice up to its debrief."""
    start(page)
    for number, reply in enumerate(REPLIES):
        say(page, reply, 3 + 2 * number)
    leave(page)
    page.get_by_label("3 well").first.check()
    page.get_by_role("button", name="See what my words did").click()
    expect(page.get_by_role("heading", name="What your words did")).to_be_visible()
