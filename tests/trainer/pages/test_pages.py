from uuid import UUID, uuid4

from scenarios import library
from tests.trainer.pages.test_debrief import SCENARIO, played
from trainer.pages import choose, my_progress, start
from trainer.pages.levels import levels_html
from trainer.practice import Practice

TOO_FEW = ("You lost a whole morning.", "What was in it?")


def said_once(practice: Practice, me: UUID) -> UUID:
    play = practice.start(me, SCENARIO)
    practice.reply(me, play, TOO_FEW[0], expected=0, token=uuid4().hex)
    return play


def test_what_was_begun_comes_before_what_could_be(practice: Practice, me: UUID) -> None:
    play = said_once(practice, me)
    written = start._page(practice, me, paused=False)
    assert written.index(f"play={play}") < written.index("Or something new")
    assert "1 reply so far" in written


def test_a_first_visit_has_one_thing_to_start(practice: Practice, me: UUID) -> None:
    written = start._page(practice, me, paused=False)
    assert "Go on" not in written and written.count("-minute practice") == 1


def test_a_choice_names_only_the_skills_that_tell_it_apart() -> None:
    written = choose.cards_html([library.find(SCENARIO)])
    assert "“Owning it”" in written and "Noticing feelings" not in written


def test_a_reason_for_no_level_is_given_once(practice: Practice, me: UUID) -> None:
    written = levels_html(played(practice, me, *TOO_FEW))
    assert written.count("4 are needed") == 1 and written.count("<li>") == 8


def test_what_is_missing_for_a_level_is_said_once(practice: Practice, me: UUID) -> None:
    played(practice, me, *TOO_FEW, "Who is it for?", "It has to be there before Saturday.")
    written = my_progress.page_html(practice, me)
    assert written.count("<p>2 more conversations") == 1 and "1 conversation so far" in written
