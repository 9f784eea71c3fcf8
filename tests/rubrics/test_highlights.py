from rubrics.acts import Act, ReplyReading, Tag
from rubrics.highlights import Highlights, highlights
from rubrics.library import find
from rubrics.scorer import Scorer
from tests.rubrics.making import conversation, reading

ANGRY = "You people lied to me again! Why?!"
SAID = "First answer here."


def of(*readings: ReplyReading, harmed: tuple[int, ...] = (), min_turns: int = 1) -> Highlights:
    lines = [line for i in range(len(readings)) for line in (ANGRY, f"{SAID} Number {i}.")]
    by_turn = {2 * i + 1: found for i, found in enumerate(readings)}
    transcript, rubric = conversation(*lines), find("customer")
    card = Scorer(min_turns=min_turns).score(transcript, rubric, by_turn)
    return highlights(transcript, by_turn, card, rubric, harmed=harmed)


def did(*acts: Act, tags: tuple[Tag, ...] = ()) -> ReplyReading:
    return reading(*acts, text=SAID, tags=tags)


def test_the_gravest_slip_is_the_change() -> None:
    found = of(did(tags=(Tag.KEYWORD_EMPATHY,)), did(tags=(Tag.THREAT,)), did(Act.NOTICE))
    assert found.change is not None
    assert (found.change.turn, found.change.reason) == (3, "threat")
    assert found.change.quote == SAID


def test_without_slips_the_change_is_a_missing_act() -> None:
    found = of(did(Act.NOTICE), did(Act.NOTICE))
    assert found.change is not None
    assert found.change.reason.startswith("missing:")


def test_the_strength_is_the_best_supported_turn() -> None:
    found = of(did(Act.OWN), did(Act.NOTICE, Act.REFLECT, Act.CHECK_BACK))
    assert found.strength is not None
    assert found.strength.turn == 3
    assert found.strength.reason.startswith("shown:")


def test_no_readings_have_no_highlights() -> None:
    assert of() == Highlights()


def test_nothing_good_has_no_strength() -> None:
    assert of(did(tags=(Tag.THREAT,))).strength is None


def test_a_reply_that_did_harm_is_no_strength() -> None:
    assert of(did(Act.NOTICE, Act.REFLECT), harmed=(1,)).strength is None


def test_a_slip_is_told_where_there_is_too_little_to_rate() -> None:
    found = of(did(tags=(Tag.THREAT,)), min_turns=4)
    assert found.change is not None and found.change.reason == "threat"


def test_the_reply_to_keep_is_not_also_the_one_to_change() -> None:
    found = of(did(Act.NOTICE, Act.REFLECT), did(Act.INFORM), did(Act.INFORM))
    assert found.strength and found.change
    assert found.strength.turn != found.change.turn
