from typing import get_args

import pytest

from rubrics import library as rubrics_library
from rubrics.acts.reading import Context, ReplyReading, Tag, TagHit
from scenarios import library
from trainer.coach import Depth, hint, next_hint, next_need, support_for
from trainer.rewording import need_met, reword
from trainer.session import Engine, begin, extended, respond

SCENARIO = library.find("third-missed-delivery")
RUBRIC = rubrics_library.find("customer")
OPENING = Context(message=SCENARIO.counterpart.opening)


def test_the_first_need_is_to_be_acknowledged() -> None:
    assert next_need(begin(SCENARIO, 1)) == "acknowledge"


def test_after_hostility_the_need_is_to_steady(parts: Engine) -> None:
    play = begin(SCENARIO, 1)
    play = extended(play, respond(play, "Calm down, you're being ridiculous.", SCENARIO, parts))
    assert next_need(play) == "steady"


@pytest.mark.parametrize("depth", get_args(Depth))
def test_a_hint_is_never_about_the_person(depth: Depth) -> None:
    text = hint(begin(SCENARIO, 1), SCENARIO, RUBRIC, depth).text.lower()
    assert text and "you are" not in text and "you lack" not in text


def test_the_example_is_one_of_the_scenarios_wordings() -> None:
    text = hint(begin(SCENARIO, 1), SCENARIO, RUBRIC, 3).text
    assert any(line in text for line in SCENARIO.coaching.acknowledgements)


def test_a_rewording_keeps_what_was_fine(parts: Engine) -> None:
    reply = "I found it: it is in the depot now. It's just a parcel, don't overreact."
    reading = parts.labeller.label(OPENING, reply)
    better = reword(reply, reading, "VALIDATE", SCENARIO.coaching, 1)
    assert "I found it: it is in the depot now." in better
    assert "overreact" not in better


@pytest.mark.xfail(strict=True, reason="the labeller sees blame in where the parcel is")
def test_a_place_told_beside_a_slight_is_kept(parts: Engine) -> None:
    reply = "It is in the depot across town. It's just a parcel, don't overreact."
    reading = parts.labeller.label(OPENING, reply)
    better = reword(reply, reading, "VALIDATE", SCENARIO.coaching, 1)
    assert "It is in the depot across town." in better


def test_a_missing_question_is_put_after_the_persons_words(parts: Engine) -> None:
    reply = "You lost a morning at work over this."
    reading = parts.labeller.label(OPENING, reply)
    better = reword(reply, reading, "EXPLORE", SCENARIO.coaching, 1)
    assert better.startswith(reply) and better.endswith("?")


def test_another_way_does_what_the_words_did_whatever_the_skill() -> None:
    assert need_met("shown:notice", "STEADY") == "acknowledge"
    assert need_met("shown:boundary", "STEADY") == "steady"


def read(reply: str, *tags: TagHit) -> ReplyReading:
    return ReplyReading(tags=tags, labeller="by hand")


def test_nothing_is_kept_of_a_reply_with_contempt() -> None:
    reply = "Calm down. A normal person would have been at home."
    hit = TagHit(tag=Tag.HOSTILITY, start=0, end=9)
    assert "normal person" not in reword(reply, read(reply, hit), "STEADY", SCENARIO.coaching, 1)


def test_a_filler_is_not_kept_behind_the_added_words() -> None:
    reply = "Okay. It can come tomorrow."
    better = reword(reply, read(reply), "NOTICE", SCENARIO.coaching, 1)
    assert better.endswith("It can come tomorrow.") and "Okay" not in better


def test_two_questions_are_not_asked_at_once() -> None:
    reply = "You lost a morning. Was it that bad?"
    assert reword(reply, read(reply), "EXPLORE", SCENARIO.coaching, 1).count("?") == 1


def test_a_long_reply_is_cut_with_a_sign() -> None:
    reply = "You waited for us all morning long. " * 6
    assert reword(reply, read(reply), "NOTICE", SCENARIO.coaching, 1).endswith("…")


def test_the_added_words_do_not_say_the_same_again() -> None:
    reply = "You took a whole morning off work, and nothing was at the door."
    better = reword(reply, read(reply), "NOTICE", SCENARIO.coaching, 1)
    assert better.count("whole morning") == 1


def test_silence_is_reworded_too(parts: Engine) -> None:
    reading = parts.labeller.label(OPENING, "")
    assert reword("", reading, "NOTICE", SCENARIO.coaching, 1)


@pytest.mark.parametrize(
    ("levels", "depths"),
    [
        ([], [1, 2, 3, 3]),
        ([3.0], [1, 2, 3, 3]),
        ([3.0, 2.5], [1, 2, 2, 2]),
        ([3.0, 1.0, 3.0], [2, 3, 3, 3]),
        ([1.0], [2, 3, 3, 3]),
        ([1.0, 1.2], [3, 3, 3, 3]),
        ([1.0, 2.5, 3.0], [1, 2, 3, 3]),
        ([3.0, 3.0, 1.4], [1, 2, 3, 3]),
        ([3.0, 2.0, 3.0], [1, 2, 3, 3]),
        ([3.0] * 9, [1, 2, 2, 2]),
    ],
)
def test_help_fades_with_skill_and_comes_back(levels: list[float], depths: list[int]) -> None:
    support = support_for(levels)
    assert [support.depth(taken) for taken in range(4)] == depths


def test_a_faded_hint_says_why_it_goes_no_deeper() -> None:
    play, faded = begin(SCENARIO, 1), support_for([3.0, 3.0])
    assert "so the wording is yours" in next_hint(play, SCENARIO, RUBRIC, faded, 1).text


def test_asking_once_more_gives_another_example() -> None:
    play, support = begin(SCENARIO, 1), support_for([])
    texts = {next_hint(play, SCENARIO, RUBRIC, support, taken).text for taken in (2, 3, 4)}
    assert len(texts) == 3
