from functools import cache
from typing import Any

import pytest

from rubrics import encoder
from rubrics.model import Turn
from scenarios import library
from scenarios.model import Band, Cue, Ending
from trainer import playtest
from trainer.assembly import build_engine
from trainer.beat import Beat
from trainer.guard import Candidate, Fault, Guard
from trainer.guard.case import dates, ordinals, quantities, ranges
from trainer.guard.measure import Looked, labelled, look, measure, wilson

DANA = library.find("third-missed-delivery")


def faults(line: str, after: str = "I see.", **changes: Any) -> set[Fault]:
    fields: dict[str, Any] = {
        "turn": 2, "band": Band.HOT, "temperament": "even", "cue": Cue.PLAIN, "word_budget": 30,
    }  # fmt: skip
    talk = (
        Turn(speaker="counterpart", text=DANA.counterpart.opening),
        Turn(speaker="employee", text=after),
    )
    candidate = Candidate(line, DANA, Beat(**(fields | changes)), talk)
    return {finding.fault for finding in Guard.of(DANA, encoder.shared()).check(candidate)}


@cache
def held_out() -> list[Looked]:
    return look(labelled("held_out"), encoder.shared())


def test_the_labelled_set_is_large_and_every_fault_is_in_it() -> None:
    lines = labelled()
    assert len(lines) >= 300
    in_it = {fault for line in lines for fault in line.faults}
    assert in_it == set(Fault) - {Fault.LEAVES_OUT}  # that one depends on the beat, see below
    assert {line.half for line in lines} == {"dev", "held_out"}


def test_role_flips_on_the_held_out_half_are_found_as_often_as_reported() -> None:
    row = next(row for row in measure(held_out()) if row.fault == Fault.ROLE_FLIP)
    assert row.lines >= 170
    assert (row.recall or 0) >= 0.73  # the target is .95, see docs/guard.md
    assert (row.precision or 0) >= 0.90


def test_an_interval_holds_its_share_and_ends_at_one() -> None:
    low, high = wilson(3, 3) or (0, 0)
    assert 0.4 < low < 0.5 and high == pytest.approx(1)
    assert wilson(0, 0) is None


def test_few_good_lines_are_refused() -> None:
    good = [one for one in held_out() if not one.labelled.faults]
    assert sum(bool(one.found) for one in good) <= 0.10 * len(good)


def test_most_bad_lines_are_refused() -> None:
    bad = [one for one in held_out() if one.labelled.faults]
    assert sum(bool(one.found) for one in bad) >= 0.78 * len(bad)


@pytest.mark.parametrize("policy", ["skilled", "average", "policy_blamer"])
@pytest.mark.parametrize("scenario_id", library.shipped())
def test_authored_lines_mostly_pass(scenario_id: str, policy: str) -> None:
    scenario, engine = library.find(scenario_id), build_engine()
    guard = Guard.of(scenario, engine.encoder)
    played = playtest.play(scenario, playtest.load(scenario_id).policies[policy], engine, 5)
    turns = played.turns()
    refused = [
        exchange.utterance.text
        for number, exchange in enumerate(played.exchanges)
        if guard.check(
            Candidate(exchange.utterance.text, scenario, exchange.beat, turns[: 2 * number + 2])
        )
    ]
    assert len(refused) <= 0.15 * len(played.exchanges), refused


def test_what_is_quoted_is_not_held_against_the_speaker() -> None:
    assert faults("'How can I help you today?' That's what the last one said.") == set()
    assert Fault.ROLE_FLIP in faults("How can I help you today?")


def test_calm_is_a_fault_only_while_tense() -> None:
    line = "Thank you so much, that would be perfect."
    assert Fault.TOO_CALM in faults(line)
    assert Fault.TOO_CALM not in faults(line, band=Band.CALM, disclosed=2)


def test_goodbye_is_a_fault_only_while_it_goes_on() -> None:
    line = "I'm done. I'm hanging up. Goodbye."
    assert Fault.LEAVES_EARLY in faults(line)
    assert Fault.LEAVES_EARLY not in faults(line, ending=Ending.WALKED_AWAY)


def test_a_secret_leaks_only_before_its_gate() -> None:
    line = "It's a birthday present, it has to be here before Saturday."
    assert Fault.LEAKS_NEED in faults(line)
    assert Fault.LEAKS_NEED not in faults(line, disclosed=1, band=Band.EASING)


def test_what_the_employee_said_may_be_taken_up() -> None:
    line = "No, on Wednesday I'm at work."
    assert Fault.CONTRADICTS in faults(line)
    assert Fault.CONTRADICTS not in faults(line, after="Would Wednesday suit you?")


def test_what_a_turn_must_say_is_missed() -> None:
    assert Fault.LEAVES_OUT in faults("So where is it?", answers=("order-number",))
    assert Fault.LEAVES_OUT not in faults("It's 70418, as I said.", answers=("order-number",))


@pytest.mark.parametrize("line", ["", "   ", "…", "?!", "12 34"])
def test_a_line_without_words_is_cut(line: str) -> None:
    assert Fault.CUT in faults(line)


@pytest.mark.parametrize("line", ["\x00", "a" * 5000, "🙂 " * 200, "\n\n\n", "{echo}", "'''''"])
def test_any_text_is_looked_at_without_error(line: str) -> None:
    faults(line)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-five minutes", [25]),
        ("12:20", [12.2]),
        ("three point eight", [3.8]),
        ("70418", [70418]),
        ("the fifteenth", [15]),
        ("nothing", []),
    ],
)
def test_numbers_are_read_in_words_and_figures(text: str, values: list[float]) -> None:
    assert [value for value, _, _ in quantities(text)] == values


def test_spans_places_and_dates_are_read() -> None:
    assert list(ranges("from eight to twelve")) == [(8, 12)]
    assert list(ordinals("the third time, a fifth of it")) == [3, 5]
    assert list(dates("1 October and September 8th")) == [(1, "october"), (8, "september")]
