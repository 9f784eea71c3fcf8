from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.acts import Act, Context, ReplyReading, Span, Tag
from rubrics.library import find
from rubrics.model import CompetencyScore, Transcript, Turn
from rubrics.scorer import Scorer
from tests.rubrics.making import conversation, reading

ANGRY = "You people lied to me again! Why?!"
REPLIES = ["First answer here.", "Second one then.", "A third one now.", "And the fourth one."]


def graded(
    *readings: ReplyReading, rubric: str = "customer", **how: Any
) -> dict[str, CompetencyScore]:
    """Scores of a conversation whose replies have these readings."""
    said = [REPLIES[i] if i < len(REPLIES) else f"Reply number {i}." for i in range(len(readings))]
    lines = [line for reply in said for line in (ANGRY, reply)]
    by_turn = {2 * i + 1: r for i, r in enumerate(readings)}
    card = Scorer(min_turns=1).score(conversation(*lines), find(rubric), by_turn, **how)
    return card.competencies


def did(*acts: Act, tags: tuple[Tag, ...] = ()) -> ReplyReading:
    return reading(*acts, text="First answer", tags=tags)


NOTHING = did()


def test_a_level_needs_two_turns() -> None:
    assert graded(did(Act.OWN, Act.APOLOGISE), did(Act.OWN, Act.SOLVE))["OWN"].level == 3


def test_a_lucky_line_counts_half() -> None:
    assert graded(did(Act.OWN, Act.APOLOGISE), NOTHING, NOTHING)["OWN"].level == 2


def test_one_turn_is_enough_where_there_was_one_chance() -> None:
    assert graded(did(Act.OWN, Act.APOLOGISE))["OWN"].level == 3


def test_short_neutral_turns_cost_nothing() -> None:
    skilled = did(Act.NOTICE, Act.REFLECT)
    with_neutral = graded(skilled, NOTHING, skilled, NOTHING)
    assert with_neutral["NOTICE"].level == graded(skilled, skilled)["NOTICE"].level


def test_a_pasted_sentence_is_one_piece_of_evidence() -> None:
    lines = [line for _ in range(10) for line in (ANGRY, REPLIES[0])]
    readings = {2 * i + 1: did(Act.NOTICE) for i in range(10)}
    card = Scorer().score(conversation(*lines), find("customer"), readings)
    assert card.competencies["NOTICE"].level == 2
    assert len(card.competencies["NOTICE"].evidence) == 1


def test_a_slip_caps() -> None:
    scores = graded(did(Act.VALIDATE, Act.REFLECT), did(Act.VALIDATE, tags=(Tag.MINIMISING,)))
    assert scores["VALIDATE"].level == 1
    assert scores["VALIDATE"].caps == ("minimising",)


def test_grovelling_is_not_steady_unless_something_is_done() -> None:
    grovelled = did(Act.APOLOGISE, tags=(Tag.OVER_APOLOGY,))
    assert graded(*[grovelled] * 4)["STEADY"].level == 1
    mended = did(Act.SOLVE, Act.COMMIT)
    assert (graded(grovelled, mended, mended, mended)["STEADY"].level or 0) > 1


def test_repair_lifts_the_cap_and_shows_steadiness() -> None:
    good = did(Act.VALIDATE, Act.REFLECT)
    scores = graded(good, did(tags=(Tag.MINIMISING,)), did(Act.REPAIR, Act.VALIDATE, Act.REFLECT))
    assert scores["VALIDATE"].level == 3
    assert scores["VALIDATE"].caps == ()
    assert scores["STEADY"].level is not None and scores["STEADY"].level > 3


def test_repair_after_three_turns_comes_too_late() -> None:
    slip, repair = did(tags=(Tag.MINIMISING,)), did(Act.REPAIR)
    assert graded(slip, NOTHING, NOTHING, repair)["VALIDATE"].caps == ("minimising",)


def test_a_threat_is_zero_with_its_words() -> None:
    steady = graded(did(Act.NOTICE), did(tags=(Tag.THREAT,)), did(Act.NOTICE))["STEADY"]
    assert steady.level == 0
    assert steady.evidence[0].turn == 3


def test_understanding_shown_before_makes_a_solution_timely() -> None:
    fix = did(Act.OFFER_CHOICE, tags=(Tag.PREMATURE_SOLVING,))
    assert graded(did(Act.REFLECT), fix, did(Act.OFFER_CHOICE))["PARTNER"].level == 3
    assert graded(fix, NOTHING, NOTHING)["PARTNER"].level == 1


def test_a_limit_takes_hostility_off() -> None:
    limit = did(Act.BOUNDARY, tags=(Tag.HOSTILITY,))
    assert graded(limit, limit)["STEADY"].level == 3


def test_no_provocation_is_no_opportunity_for_steadiness() -> None:
    lines = ("Thank you, that was kind.", "Glad to hear.") * 4
    card = Scorer().score(
        conversation(*lines), find("customer"), {i: NOTHING for i in range(1, 8, 2)}
    )
    assert card.competencies["STEADY"].status == "no_opportunity"


def test_what_the_scenario_does_not_exercise_is_no_opportunity() -> None:
    scores = graded(did(Act.OWN), did(Act.OWN), opportunities={"NOTICE"})
    assert scores["OWN"].status == "no_opportunity"
    assert scores["NOTICE"].status == "rated"


def test_three_turns_are_too_few() -> None:
    lines = (ANGRY, REPLIES[0], ANGRY, REPLIES[1], ANGRY, REPLIES[2])
    card = Scorer().score(conversation(*lines), find("customer"), {i: NOTHING for i in (1, 3, 5)})
    assert {c.status for c in card.competencies.values()} == {"not_rated"}
    assert "3 of your turns" in (card.competencies["OWN"].reason or "")


def test_silence_is_not_rated() -> None:
    silent = conversation(*([ANGRY, "  "] * 6))
    for transcript in (silent, Transcript(turns=())):
        card = Scorer(min_turns=1).score(transcript, find("customer"), {})
        assert card.overall() is None


def test_other_languages_are_not_rated() -> None:
    unread = ReplyReading(readable=False, labeller="by hand")
    card = graded(unread, unread, did(Act.OWN))
    assert card["OWN"].status == "not_rated"
    assert "English" in (card["OWN"].reason or "")


def test_a_quote_that_is_not_there_proves_nothing() -> None:
    false = reading(Act.OWN, Act.APOLOGISE).model_copy(
        update={"act_spans": {act: (Span(start=900, end=905),) for act in Act}}
    )
    assert graded(false, false)["OWN"].level == 1


def test_adding_a_skilled_turn_never_lowers_and_a_slip_never_raises() -> None:
    base = [did(Act.NOTICE), NOTHING, did(Act.APOLOGISE)]
    before = graded(*base)
    after = graded(*base, did(Act.NOTICE, Act.REFLECT, Act.VALIDATE))
    worse = graded(*base, did(tags=(Tag.HOSTILITY,)))
    for name, score in before.items():
        assert (after[name].level or 0) >= (score.level or 0)
        assert (worse[name].level or 0) <= (score.level or 0)


def test_more_chances_make_the_error_smaller() -> None:
    few, many = graded(*[NOTHING] * 4)["OWN"], graded(*[NOTHING] * 12)["OWN"]
    assert few.se is not None and many.se is not None and many.se < few.se


def test_doubt_makes_the_error_larger() -> None:
    sure, unsure = did(Act.OWN), did(Act.OWN).model_copy(update={"confidence": 0.3})
    low, high = graded(sure, sure)["OWN"].se, graded(unsure, unsure)["OWN"].se
    assert low is not None and high is not None and low < high


def test_versions_are_kept() -> None:
    transcript = conversation(ANGRY, "Yes.", scenario="late-parcel")
    card = Scorer().score(transcript, find("customer"), {1: NOTHING})
    assert card.versions == {
        "rubric": "customer-2",
        "labeller": "by hand",
        "scorer": "scorer-4",
        "scenario": "late-parcel",
    }


_SPANS = st.builds(
    lambda start, length: Span(start=start, end=start + length),
    st.integers(0, 60),
    st.integers(0, 60),
)
_READINGS = st.builds(
    lambda acts, spans, grounding: ReplyReading(
        acts=dict.fromkeys(acts, 1.0),
        act_spans=dict.fromkeys(acts, tuple(spans)),
        grounding=grounding,
        labeller="drawn",
    ),
    st.sets(st.sampled_from(Act)),
    st.lists(_SPANS, max_size=3),
    st.floats(0, 1),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=80), _READINGS), max_size=8))
def test_every_quote_is_verbatim(said: list[tuple[str, ReplyReading]]) -> None:
    turns = [
        turn
        for text, _ in said
        for turn in (Turn(speaker="counterpart", text=ANGRY), Turn(speaker="employee", text=text))
    ]
    transcript = Transcript(turns=tuple(turns))
    readings = {2 * i + 1: found for i, (_, found) in enumerate(said)}
    for score in (
        Scorer(min_turns=1).score(transcript, find("conflict"), readings).competencies.values()
    ):
        assert len(score.evidence) <= 3
        assert score.level is None or score.level < 1.5 or score.evidence
        for item in score.evidence:
            assert turns[item.turn].text[item.start : item.end] == item.quote


def test_context_is_the_message_before() -> None:
    from rubrics.conversation import contexts

    found = list(contexts(conversation("One.", "Two.", "Three.", "Four.")))
    assert found[1] == (3, Context(message="Three.", earlier=("One.", "Two.")), "Four.")


def test_text_to_the_scorer_excuses_no_slip_in_the_same_turn() -> None:
    skilled = did(Act.NOTICE, Act.REFLECT)
    slip = did(tags=(Tag.MINIMISING,))
    excused = did(tags=(Tag.MINIMISING, Tag.MANIPULATION))
    plain = graded(skilled, slip, skilled, slip)["VALIDATE"].level
    assert graded(skilled, excused, skilled, excused)["VALIDATE"].level == plain


def test_giving_only_their_words_back_is_no_reflection() -> None:
    message = "Three times, and the courier never rang the bell."
    own = reflected(message, "So nobody even tried the door.")
    echo = reflected(message, "Three times. The courier never rang the bell.")
    assert own == 3 and echo == 1


def reflected(message: str, reply: str) -> float | None:
    transcript = conversation(message, reply)
    readings = {1: reading(Act.REFLECT, text=reply)}
    card = Scorer(min_turns=1).score(transcript, find("customer"), readings)
    return card.competencies["REFLECT"].level
