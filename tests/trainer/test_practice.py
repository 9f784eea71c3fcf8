from uuid import UUID, uuid4

import pytest

from progress.errors import TurnConflict, UnknownPlay
from scenarios.library import ScenarioError
from trainer.practice import Practice
from trainer.text import ReplyTooLong

SCENARIO = "third-missed-delivery"
REPLY = "You lost a whole morning and still have no parcel. What was in it?"


def said(practice: Practice, me: UUID, play: UUID, *replies: str) -> None:
    for index, reply in enumerate(replies):
        practice.reply(me, play, reply, expected=index, token=uuid4().hex)


def scored(practice: Practice, me: UUID) -> UUID:
    play = practice.start(me, SCENARIO)
    said(practice, me, play, *[f"{REPLY} ({n})" for n in range(5)])
    practice.end(me, play)
    practice.rate_self(me, play, {"NOTICE": 2.0})
    return play


def test_a_reply_is_in_the_record_with_the_answer(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    said(practice, me, play, REPLY)
    turns = practice.open(me, play).play.turns()
    assert [turn.speaker for turn in turns] == ["counterpart", "employee", "counterpart"]


def test_it_goes_on_in_the_same_mood(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    after = practice.reply(me, play, REPLY, expected=0, token="t")
    assert Practice(practice.engine, practice.store).open(me, play) == after


def test_starting_twice_without_a_word_is_one_play(practice: Practice, me: UUID) -> None:
    assert practice.start(me, SCENARIO) == practice.start(me, SCENARIO)


def test_a_second_tab_that_is_behind_is_told(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    said(practice, me, play, REPLY)
    with pytest.raises(TurnConflict):
        practice.reply(me, play, "Something else", expected=0, token="other tab")
    assert len(practice.open(me, play).play.exchanges) == 1


def test_sending_twice_by_accident_is_one_turn(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    practice.reply(me, play, REPLY, expected=0, token="same")
    practice.reply(me, play, REPLY, expected=0, token="same")
    assert len(practice.open(me, play).play.exchanges) == 1


def test_a_reply_too_long_stores_nothing(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    with pytest.raises(ReplyTooLong):
        practice.reply(me, play, "x" * 50_000, expected=0, token="t")
    assert not practice.open(me, play).play.exchanges


def test_hints_deepen_and_mark_the_next_reply(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    depths = [practice.hint(me, play).depth for _ in range(4)]
    said(practice, me, play, REPLY)
    assert depths == [1, 2, 3, 3]
    assert practice.open(me, play).play.exchanges[0].assisted


def test_hints_start_deeper_after_a_weak_conversation(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    said(
        practice,
        me,
        play,
        "It is in the depot.",
        "It's just a parcel.",
        "Then it waits.",
        "You're overreacting.",
    )
    practice.end(me, play)
    practice.rate_self(me, play, {})
    card = practice.open(me, play).record.scorecard
    again = practice.start(me, SCENARIO)
    given = practice.hint(me, again)
    assert card and (card.competencies[given.competency].level or 0) < 1.5
    assert given.depth == 2


def test_ending_comes_before_rating_and_rating_before_scores(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    said(practice, me, play, REPLY)
    practice.rate_self(me, play, {})
    assert practice.open(me, play).record.phase == "conversation"
    practice.end(me, play)
    assert practice.open(me, play).record.phase == "self_rating"
    practice.rate_self(me, play, {"NOTICE": 3.0})
    assert practice.open(me, play).record.phase == "debrief"


def test_scores_quote_the_persons_own_words(practice: Practice, me: UUID) -> None:
    opened = practice.open(me, scored(practice, me))
    turns = opened.play.turns()
    assert opened.record.scorecard
    for competency in opened.record.scorecard.competencies.values():
        for evidence in competency.evidence:
            assert turns[evidence.turn].text[evidence.start : evidence.end] == evidence.quote


def test_trying_again_keeps_the_first_try(practice: Practice, me: UUID) -> None:
    first = scored(practice, me)
    again = practice.open(me, practice.retry(me, first, 2))
    assert again.play.exchanges == practice.open(me, first).play.exchanges[:2]
    assert again.record.retry_of == first
    assert practice.open(me, first).record.scorecard


def test_nobody_opens_somebody_elses_practice(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    other = practice.store.ensure_user(user=uuid4(), display_name="Other").id
    with pytest.raises(UnknownPlay):
        practice.open(other, play)
    with pytest.raises(UnknownPlay):
        practice.reply(other, play, REPLY, expected=0, token="t")


def test_an_unknown_scenario_lists_the_known_ones(practice: Practice, me: UUID) -> None:
    with pytest.raises(ScenarioError, match=SCENARIO):
        practice.start(me, "nothing-like-this")


def test_another_reply_under_a_used_token_is_not_swallowed(practice: Practice, me: UUID) -> None:
    play = practice.start(me, SCENARIO)
    practice.reply(me, play, REPLY, expected=0, token="same")
    with pytest.raises(TurnConflict):
        practice.reply(me, play, "Something else", expected=0, token="same")
