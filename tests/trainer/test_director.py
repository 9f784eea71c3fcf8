import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.acts.reading import Act, ReplyReading, Span, Tag
from scenarios.model import Band, Cue, Ending, Push
from tests.trainer.acting import SCENARIO, begin, reading, step, talk
from trainer import director
from trainer.beat import CaseMatch
from trainer.delivery import MIN_WORDS, MOST_WORDS, band_of

WARM = reading(Act.REFLECT, Act.NOTICE, Act.EXPLORE, Act.OWN, grounding=0.9)
HOSTILE = reading(Tag.HOSTILITY)
OFFER = CaseMatch(offered="pick-up-tonight")
COMMITS = reading(Act.REFLECT, Act.SOLVE, Act.COMMIT, Act.OWN, grounding=0.9)


@pytest.mark.parametrize(
    ("done", "cue"),
    [
        (reading(Act.REFLECT, Tag.THREAT), Cue.THREATENED),
        (reading(Act.REFLECT, Tag.MINIMISING), Cue.MINIMISED),
        (reading(Tag.POLICY_BLAME, Tag.BUT_NEGATION), Cue.POLICY_SHIELD),
        (reading(Act.REPAIR, Tag.POLICY_BLAME), Cue.REPAIRED),
        (reading(Act.GENERIC_EMPATHY, Tag.KEYWORD_EMPATHY), Cue.EMPTY_EMPATHY),
        (reading(Act.SOLVE), Cue.PREMATURE_FIX),
        (reading(Act.APOLOGISE), Cue.BARE_APOLOGY),
        (reading(Act.APOLOGISE, Act.OWN), Cue.OWNED_APOLOGY),
        (reading(Act.REFLECT, Act.EXPLORE), Cue.UNDERSTOOD),
        (reading(Act.EXPLORE), Cue.ASKED_WELL),
        (reading(Act.ASK_CLOSED), Cue.ASKED_DATA),
        (reading(Act.EXPLORE, Act.OFFER_CHOICE), Cue.ASKED_WELL),
        (reading(Act.INFORM), Cue.INFORMED),
        (reading(), Cue.PLAIN),
        (reading(readable=False), Cue.NONSENSE),
        (reading(Act.REFLECT, Tag.MANIPULATION), Cue.ADDRESSED_MACHINE),
    ],
)
def test_reacts_to_what_a_person_would_hear_first(done: ReplyReading, cue: Cue) -> None:
    assert step(begin(), done)[1].cue == cue


def test_an_empty_reply_is_silence() -> None:
    assert step(begin(), reading(), reply="  ")[1].cue == Cue.SILENCE


def test_the_same_words_again_are_noticed() -> None:
    words = "You waited three times for the parcel"
    once, _ = step(begin(), WARM, reply=words)
    assert step(once, WARM, reply=words + "!")[1].cue == Cue.REPEATED


def test_words_to_a_machine_move_nothing() -> None:
    before = begin()
    after, _ = step(before, reading(Act.REFLECT, Act.EXPLORE, Tag.MANIPULATION))
    kept = ("tension", "trust", "understood", "disclosed")
    assert all(getattr(before, name) == getattr(after, name) for name in kept)


def test_the_echo_is_the_employees_own_words() -> None:
    reply = "I am afraid our policy is that slots are estimates."
    done = reading(Tag.POLICY_BLAME)
    hit = done.tags[0].model_copy(update={"start": 12, "end": len(reply)})
    beat = step(begin(), done.model_copy(update={"tags": (hit,)}), reply=reply)[1]
    assert beat.echo == "our policy"


def test_a_long_echo_is_cut_at_a_word() -> None:
    reply = "you kept your side of the bargain every single time we asked"
    done = WARM.model_copy(update={"act_spans": {Act.REFLECT: (Span(start=0, end=len(reply)),)}})
    assert step(begin(), done, reply=reply)[1].echo == "you kept your side"


def test_a_clause_that_is_hardly_longer_is_echoed_whole() -> None:
    reply = "That must have been a long morning."
    done = WARM.model_copy(update={"act_spans": {Act.REFLECT: (Span(start=0, end=len(reply)),)}})
    assert step(begin(), done, reply=reply)[1].echo == "That must have been a long morning"


def test_answers_what_is_open_and_guards_the_rest() -> None:
    told = step(begin(), reading(Act.EXPLORE), CaseMatch(asked=("contents",)))[1]
    kept = step(begin(), reading(Act.EXPLORE), CaseMatch(asked=("last-year",)))[1]
    assert told.answers == ("contents",) and not told.deflects
    assert kept.answers == () and kept.deflects and kept.guards


def test_being_asked_twice_is_noticed() -> None:
    match = CaseMatch(asked=("contents",))
    once, first = step(begin(), reading(Act.EXPLORE), match)
    second = step(once, reading(Act.EXPLORE), match, "what was it?")[1]
    assert first.asked_again == () and second.asked_again == ("contents",)


def test_a_check_back_on_an_offer_asks_for_no_fact() -> None:
    done = reading(Act.SOLVE, Act.CHECK_BACK)
    match = CaseMatch(asked=("contents",), offered="pick-up-tonight")
    assert step(begin(), done, match)[1].answers == ()


def test_an_offer_before_understanding_comes_too_early() -> None:
    assert step(begin(), COMMITS, OFFER)[1].offer_too_early


def test_an_offer_once_understood_is_heard() -> None:
    ready = begin().model_copy(update={"understood": 0.6})
    after, beat = step(ready, COMMITS, OFFER)
    assert beat.offer == "pick-up-tonight" and not beat.offer_too_early
    assert after.best_offer == "need"


def test_resolution_needs_calm_understanding_and_a_settlement() -> None:
    ready = begin().model_copy(update={"understood": 0.7, "tension": 0.33, "turn": 5})
    assert step(ready, COMMITS, OFFER)[0].ending == Ending.RESOLVED
    for lacking in ({"tension": 0.6}, {"understood": 0.3}, {"turn": 1}):
        assert step(ready.model_copy(update=lacking), COMMITS, OFFER)[0].ending is None
    assert step(ready, reading(Act.REFLECT))[0].ending is None


def test_a_firm_position_is_not_resolved() -> None:
    settled = begin().model_copy(
        update={
            "understood": 0.8,
            "tension": 0.2,
            "turn": 6,
            "best_offer": "need",
            "settled": True,
        }
    )
    assert director.is_resolved(settled)
    assert not director.is_resolved(settled.model_copy(update={"firmness": 0.7}))


def test_hostility_drives_them_away() -> None:
    state = begin()
    for turn in range(3):
        state, beat = step(state, HOSTILE, reply=f"insult {turn}")
        if state.ending:
            break
    assert beat.ending == Ending.WALKED_AWAY and beat.push is None


def test_four_silences_drive_them_away() -> None:
    state = begin()
    endings = []
    for _ in range(4):
        state, beat = step(state, reading(), reply="")
        endings.append(beat.ending)
    assert endings == [None, None, None, Ending.WALKED_AWAY]


def test_time_runs_out() -> None:
    late = begin().model_copy(update={"turn": SCENARIO.max_turns - 1})
    assert step(late, reading())[0].ending == Ending.OPEN


def test_leaving_halfway_is_partly_resolved() -> None:
    halfway = begin().model_copy(
        update={"tension": 0.45, "understood": 0.6, "disclosed": 1, "best_offer": "partly"}
    )
    assert director.ending_now(halfway) == Ending.PARTLY_RESOLVED
    assert director.ending_now(begin()) == Ending.OPEN


def test_a_relapse_is_felt_once_and_within_bounds() -> None:
    easing = begin().model_copy(update={"relapse_at": 4, "turn": 4, "tension": 0.45})
    calm, beat = step(easing, reading(Act.REFLECT))
    assert beat.relapse and 0.5 < calm.tension <= director.RELAPSE_CEILING
    assert not step(calm, reading(Act.REFLECT))[1].relapse


def test_some_plays_get_a_relapse_and_most_do_not() -> None:
    starts = [director.start(SCENARIO, random.Random(seed)) for seed in range(400)]
    assert 0.15 < sum(state.relapse_at is not None for state in starts) / 400 < 0.25


def test_every_temperament_of_the_scenario_is_drawn() -> None:
    drawn = {director.start(SCENARIO, random.Random(s)).temperament for s in range(40)}
    assert drawn == set(SCENARIO.counterpart.temperaments)


def test_a_conflict_starts_firm() -> None:
    conflict = SCENARIO.model_copy(update={"program": "conflict"})
    state = director.start(conflict, random.Random(1))
    assert state.firmness > 0 and state.face_threat > 0


def test_bands_follow_tension() -> None:
    assert [band_of(t) for t in (0.9, 0.6, 0.4, 0.1)] == list(Band)


def test_closing_is_pushed_only_with_an_offer_on_the_table() -> None:
    state = begin().model_copy(update={"tension": 0.3, "understood": 0.7})
    pushes = {step(state, reading(Act.VALIDATE), seed=seed)[1].push for seed in range(60)}
    assert Push.CLOSE not in pushes


readings = st.lists(
    st.builds(
        lambda done, grounding: reading(*done, grounding=grounding),
        st.lists(st.sampled_from([*Act, *Tag]), max_size=5),
        st.floats(0, 1),
    ),
    min_size=1,
    max_size=14,
)
matches = st.builds(
    CaseMatch,
    asked=st.lists(st.sampled_from([f.id for f in SCENARIO.facts]), max_size=2).map(tuple),
    asks_unknown=st.booleans(),
    offered=st.one_of(st.none(), st.sampled_from([o.id for o in SCENARIO.offers])),
)


@given(readings, st.lists(matches, min_size=14, max_size=14), st.integers(0, 10_000))
def test_a_play_keeps_its_bounds_gates_and_secrets(
    replies: list[ReplyReading], asked: list[CaseMatch], seed: int
) -> None:
    disclosed = 0
    needs = set(SCENARIO.lines.disclosures["need"])
    for state, beat, utterance in talk(zip(replies, asked, strict=False), seed):
        assert MIN_WORDS <= beat.word_budget <= MOST_WORDS
        assert all(SCENARIO.fact(fact).gate <= state.disclosed for fact in beat.answers)
        assert state.disclosed - disclosed in (0, 1)
        assert state.disclosed == 2 or not any(need in utterance.text for need in needs)
        disclosed = state.disclosed


@given(readings, st.integers(0, 10_000))
def test_the_same_seed_gives_the_same_play(replies: list[ReplyReading], seed: int) -> None:
    asked = [CaseMatch()] * len(replies)
    first, second = (list(talk(zip(replies, asked, strict=True), seed)) for _ in range(2))
    assert first == second
