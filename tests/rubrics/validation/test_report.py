"""What the report says of figures, gates and what could not be run."""

from pathlib import Path

from rubrics.acts import default_labeller
from rubrics.validation import report
from rubrics.validation.agreement_studies import human
from rubrics.validation.study import Figure, Study, at_least, at_most, mean_figure, within

GOOD = Figure(name="share", value=1.0, n=3, bound=at_least(0.95))
BAD = Figure(name="gain", value=0.5, n=3, bound=at_most(0.25))
SHORT = Figure(name="F1", value=0.5, n=3, bound=at_least(0.8, "target"))


def study(*figures: Figure) -> Study:
    return Study(id="s", title="A study", method="How.", figures=figures, failures=("a case",))


def test_a_failed_gate_fails_the_study_and_names_cases() -> None:
    assert not study(GOOD, BAD).passed
    assert report.failures([study(GOOD, BAD)]) == ["s: a case"]


def test_a_missed_target_does_not() -> None:
    assert study(GOOD, SHORT).passed
    assert report.verdict(SHORT) == "below target"


def test_the_document_says_whether_it_passed() -> None:
    found = report.document([study(BAD)], {"labeller": "x"})
    assert found["passed"] is False
    assert found["studies"][0]["figures"][0]["met"] is False


def test_the_page_holds_every_figure_and_what_is_missing() -> None:
    absent = Study(id="m", title="Missing", method="How.", missing="bring the data")
    text = report.page([study(GOOD, BAD), absent], {"labeller": "x"})
    assert "| gain | 0.500 |" in text
    assert "bring the data" in text


def test_both_sides_of_zero_are_held() -> None:
    assert within(0.15).met(-0.1)
    assert not within(0.15).met(-0.2)


def test_the_interval_holds_the_mean() -> None:
    found = mean_figure("m", [0.0, 1.0, 1.0, 0.0, 1.0])
    assert found.low is not None and found.high is not None
    assert found.low <= found.value <= found.high


def test_absent_data_is_said_and_is_no_failure(tmp_path: Path) -> None:
    found = list(human(default_labeller(), tmp_path))
    assert [s.id for s in found] == ["epitome", "annomi"]
    assert all(s.missing and s.passed for s in found)
