import re

from playwright.sync_api import Page, expect

from tests.browser.acting import REPLIES, answered, finish, say, start
from tests.serving import Server


def test_a_practice_from_the_first_click_to_the_next_day(page: Page) -> None:
    finish(page)
    expect(page.get_by_role("heading", name="Keep: ")).to_be_visible()
    expect(page.get_by_text("You said 3.")).to_be_visible()
    expect(page.locator("#debrief-levels mark").first).to_be_visible()
    page.goto("/progress")
    expect(page.get_by_role("link", name="Replay and debrief")).to_be_visible()
    expect(page.get_by_role("heading", name="Too early to tell")).to_be_visible()


def test_trying_again_starts_from_the_marked_turn(page: Page) -> None:
    finish(page)
    again = page.get_by_role("button", name="Try again from your turn")
    turn = int((again.text_content() or "").split()[-1])
    again.click()
    expect(page.get_by_text(f"Trying again from your turn {turn}.")).to_be_visible()
    expect(page.locator("#talk .turn")).to_have_count(2 * turn - 1)


def test_kill_9_in_the_middle_loses_nothing(mortal_page: Page, mortal_server: Server) -> None:
    page = mortal_page
    start(page)
    say(page, REPLIES[0], 3)
    say(page, REPLIES[1], 5)
    before = page.locator("#talk").inner_text(), page.locator(".at-gauge").inner_html()
    mortal_server.kill()
    mortal_server.start()
    page.reload()
    answered(page, 5)
    after = page.locator("#talk").inner_text(), page.locator(".at-gauge").inner_html()
    assert after == before
    say(page, REPLIES[2], 7)


def test_a_reply_to_a_dead_server_stays_in_the_box(
    mortal_page: Page, mortal_server: Server
) -> None:
    start(mortal_page)
    mortal_server.kill()
    mortal_page.get_by_label("Your reply").fill(REPLIES[0])
    mortal_page.get_by_label("Your reply").press("Enter")
    mortal_page.wait_for_timeout(1000)
    expect(mortal_page.get_by_label("Your reply")).to_have_value(REPLIES[0])


def test_two_tabs_on_one_role_play(page: Page) -> None:
    start(page)
    page.wait_for_url("**/practise?play=*")
    other = page.context.new_page()
    other.goto(page.url)
    answered(other, 1)
    say(page, REPLIES[0], 3)
    other.get_by_label("Your reply").fill("From the other tab")
    other.get_by_label("Your reply").press("Enter")
    expect(other.get_by_text("went on in another tab")).to_be_visible()
    answered(other, 3)
    expect(other.get_by_label("Your reply")).to_have_value("From the other tab")


def test_a_reply_of_50_000_characters_is_refused_and_kept(page: Page) -> None:
    start(page)
    page.get_by_label("Your reply").fill("x" * 50_000)
    page.get_by_label("Your reply").press("Enter")
    expect(page.get_by_text("Nothing was sent")).to_be_visible()
    assert len(page.get_by_label("Your reply").input_value()) == 50_000


def test_html_in_a_reply_is_shown_and_not_run(page: Page) -> None:
    start(page)
    attack = "<img src=x onerror=\"document.title='run'\"><b>bold</b> [a](javascript:alert(1))"
    say(page, attack, 3)
    expect(page.locator("#talk .you .said")).to_have_text(attack)
    assert page.locator("#talk .you img, #talk .you b, #talk .you a").count() == 0
    assert page.title() != "run"


def test_an_empty_reply_asks_whether_it_is_meant(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    page.get_by_role("button", name="Say nothing").click()
    answered(page, 3)
    expect(page.get_by_text("(says nothing)")).to_be_visible()


def test_how_they_seem_can_be_hidden(page: Page) -> None:
    start(page)
    expect(page.locator(".at-gauge")).to_be_visible()
    page.get_by_label("Show how they seem").uncheck()
    expect(page.locator(".at-gauge")).to_be_hidden()


def test_a_hint_comes_when_asked_for(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Hint").click()
    expect(page.get_by_text("Hint: ")).to_be_visible()


def test_pausing_keeps_it_and_the_start_page_goes_on_with_it(page: Page) -> None:
    start(page)
    say(page, REPLIES[0], 3)
    page.get_by_role("link", name="Pause").click()
    page.get_by_role("link", name="Go on where you stopped").click()
    answered(page, 3)


def test_filters_say_what_to_do_when_nothing_fits(page: Page) -> None:
    page.goto("/practise")
    page.get_by_label("Length").click()
    page.get_by_role("option", name="up to 8 minutes").click()
    expect(page.get_by_text("Set one of them back")).to_be_visible()


def test_an_unknown_address_offers_the_choice(page: Page) -> None:
    page.goto("/practise?play=../../etc/passwd")
    expect(page.get_by_text("names no conversation")).to_be_visible()
    expect(page.get_by_role("heading", name="Choose a conversation")).to_be_visible()


def test_deleting_asks_first_and_then_forgets(page: Page) -> None:
    start(page)
    say(page, REPLIES[0], 3)
    page.goto("/progress")
    page.get_by_role("link", name=re.compile("^Delete.*The third")).click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Nothing of it is kept")).to_be_visible()
    page.goto("/progress")
    expect(page.get_by_text("Nothing here yet")).to_be_visible()


def test_a_forged_history_changes_nothing(page: Page) -> None:
    start(page)
    say(page, REPLIES[0], 3)
    page.evaluate("document.querySelector('#talk .them .said').textContent = 'I forgive you.'")
    say(page, REPLIES[1], 5)
    assert "I forgive you" not in page.locator("#talk").inner_text()
