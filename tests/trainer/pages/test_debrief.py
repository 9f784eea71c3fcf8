import re
from uuid import UUID, uuid4

import pytest

from progress.play import Play
from rubrics import reasons
from rubrics.library import find
from rubrics.model import CompetencyScore
from trainer import coach
from trainer.calibration import Gap
from trainer.pages import branches, debrief, levels, own_view
from trainer.practice import OpenPlay, Practice

SCENARIO = "third-missed-delivery"
CLOSE = [
    "You took the morning off for nothing, for the third time. What was in it?",
    "Three promises and three misses. What happens if it isn't there by the weekend?",
    "So it has to be there before Saturday. Who is it for?",
    "A telescope, for her birthday, and it must come before Saturday.",
]
ASKING = [
    "What was in the parcel?",
    "What happens if it isn't there by the weekend?",
    "Who is it for?",
    "What would Saturday be like without it?",
]
AT_THE_PERSON = re.compile(r"\byou(?: are|'re) (?!right|left|ready)|\byou lack|\byou fail", re.I)


def played(practice: Practice, me: UUID, *replies: str, play: UUID | None = None) -> OpenPlay:
    """A role-play with these replies (after those it has), rated, and scored."""
    play = play or practice.start(me, SCENARIO)
    for reply in replies:
        so_far = len(practice.open(me, play).play.exchanges)
        practice.reply(me, play, reply, expected=so_far, token=uuid4().hex)
    practice.end(me, play)
    practice.rate_self(me, play, {"EXPLORE": 0.0})
    return practice.open(me, play)


def test_nothing_in_the_debrief_is_about_the_person(practice: Practice, me: UUID) -> None:
    opened = played(practice, me, *CLOSE)
    written = debrief.upper_html(practice, opened) + own_view.debrief_html(opened)
    assert not AT_THE_PERSON.search(written.split("Another way")[0])


def test_no_coach_text_is_about_the_person() -> None:
    texts = [*reasons.SLIP_REASONS.values(), *reasons.MISSING.values(), *reasons.SHOWN.values()]
    texts += [*coach._CUES.values(), *own_view._ONE.values(), *own_view._OFTEN.values()]
    assert not [text for text in texts if AT_THE_PERSON.search(text)]


def test_keep_and_change_set_the_own_words_beside_others(practice: Practice, me: UUID) -> None:
    written = debrief.upper_html(practice, played(practice, me, *CLOSE))
    assert "Another way to do the same" in written and "Another way to say it" in written
    assert "Put together from your words" in written


def test_a_feeling_left_unsaid_is_said_gently(practice: Practice, me: UUID) -> None:
    written = debrief.upper_html(practice, played(practice, me, *ASKING))
    assert "Feeling it is not the same as saying it" in written
    assert "only knows what is said" in written


def test_a_slip_in_a_short_conversation_is_still_told(practice: Practice, me: UUID) -> None:
    written = debrief.upper_html(practice, played(practice, me, "Calm down, it is only a parcel."))
    assert "Change: " in written and "calls for a change first" not in written


def test_silence_alone_is_too_short_to_tell(practice: Practice, me: UUID) -> None:
    written = debrief.upper_html(practice, played(practice, me, ""))
    assert "Too short to tell" in written and "Keep" not in written


def test_every_turn_can_be_chosen(practice: Practice, me: UUID) -> None:
    opened = played(practice, me, *CLOSE)
    assert [number for _, number in debrief.turn_choices(opened)] == [0, 1, 2, 3]


def test_the_marked_turn_is_chosen_at_first(practice: Practice, me: UUID) -> None:
    opened = played(practice, me, *CLOSE)
    change = practice.highlights(opened).change
    assert change and debrief.marked_turn(practice, opened) == (change.turn - 1) // 2


def test_two_tries_stand_side_by_side(practice: Practice, me: UUID) -> None:
    first = played(practice, me, *CLOSE)
    other = ("Who is it for, and what would Saturday be without it?", "Then Saturday it is.")
    again = played(practice, me, *other, play=practice.retry(me, first.record.id, 2))
    written = debrief.upper_html(practice, again)
    assert "First try, turn 3" in written and "First try, turn 2" not in written
    assert "does not count as growth" in written
    assert re.search("understood at the end of (?:this|both)", written)
    assert f"play={first.record.id}" in written


def test_the_first_try_links_to_the_later_ones(practice: Practice, me: UUID) -> None:
    first = played(practice, me, *CLOSE)
    again = played(practice, me, "Who is it for?", play=practice.retry(me, first.record.id, 2))
    links = branches.other_tries_html(practice.other_tries(first))
    assert f"play={again.record.id}" in links and "See both side by side" in links


def test_a_try_whose_first_was_deleted_stands_alone(practice: Practice, me: UUID) -> None:
    first = played(practice, me, *CLOSE)
    again = played(practice, me, "Who is it for?", play=practice.retry(me, first.record.id, 2))
    practice.store.delete_play(user=me, play_id=first.record.id)
    assert practice.first_try(again) is None
    assert "Two tries" not in debrief.upper_html(practice, again)


def test_nobody_sees_somebody_elses_first_try(practice: Practice, me: UUID) -> None:
    first = played(practice, me, *CLOSE)
    other = practice.store.ensure_user(user=uuid4(), display_name="Other").id
    theirs = practice.open(other, practice.start(other, SCENARIO))
    record = theirs.record.model_copy(update={"retry_of": first.record.id})
    forged = OpenPlay(other, Play(**dict(record)), theirs.play, theirs.scenario, theirs.rubric)
    assert practice.first_try(forged) is None


def test_who_rates_lower_is_encouraged(practice: Practice, me: UUID) -> None:
    written = own_view.debrief_html(played(practice, me, *CLOSE))
    assert "lower than the evidence" in written and "count them" in written


def test_a_habit_of_rating_takes_three_conversations(practice: Practice, me: UUID) -> None:
    played(practice, me, *CLOSE)
    assert "Too early to tell" in own_view.progress_html(practice, me)
    for _ in range(2):
        played(practice, me, *CLOSE)
    assert "You usually rate yourself lower" in own_view.progress_html(practice, me)


def test_nothing_rated_shows_nothing(practice: Practice, me: UUID) -> None:
    assert own_view.progress_html(practice, me) == ""


@pytest.mark.parametrize(
    ("mean", "low", "high", "words"),
    [
        (-1.1, -1.8, -0.4, "1.1 lower, likely 0.4 to 1.8 lower"),
        (0.8, 0.2, 1.4, "0.8 higher, likely 0.2 to 1.4 higher"),
        (-0.3, -1.0, 0.4, "0.3 lower, likely between 1.0 lower and 0.4 higher"),
        (0.0, -0.7, 0.7, "the same, likely between 0.7 lower and 0.7 higher"),
    ],
)
def test_a_difference_is_told_with_its_interval(
    mean: float, low: float, high: float, words: str
) -> None:
    gap = Gap(competency="EXPLORE", mean=mean, low=low, high=high, n=3)
    assert own_view.difference(gap) == words


def test_a_level_is_told_with_its_interval_or_why_there_is_none() -> None:
    assert (
        branches.level_words(CompetencyScore(status="rated", level=3.9, se=0.5)) == "3.9 (3.1–4.0)"
    )
    assert branches.level_words(CompetencyScore(status="no_opportunity")) == "no opportunity"
    assert branches.level_words(None) == "not scored yet"


def test_a_level_between_two_is_told_by_both() -> None:
    reflect = find("customer").competency("REFLECT")
    told = [levels.meaning(reflect, level) for level in (1.0, 1.2, 1.5)]
    assert told[0] == told[1] != told[2]
    assert all(reflect.anchors[level].text in told[2] for level in (1, 2))
