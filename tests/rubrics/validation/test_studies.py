"""The release gates that need no raters, and the data they rest on."""

import pytest

from rubrics.acts import default_labeller
from rubrics.validation import gaming, robust
from rubrics.validation.samples import Rater, load
from rubrics.validation.study import Study
from rubrics.validation.talks import talks


@pytest.fixture(scope="module")
def rater() -> Rater:
    return Rater(default_labeller())


def failing(study: Study) -> list[str]:
    return [f"{f.name}: {f.value} ({f.bound})" for f in study.figures if f.blocks]


def test_tricks_gain_nothing(rater: Rater) -> None:
    study = gaming.gaming(rater)
    assert not failing(study), study.failures


def test_length_counts_for_nothing(rater: Rater) -> None:
    study = gaming.verbosity(rater)
    assert not failing(study), study.failures


def test_injections_gain_nothing(rater: Rater) -> None:
    study = robust.injection(rater)
    assert not failing(study), study.failures


def test_ways_of_writing_score_alike(rater: Rater) -> None:
    study = robust.fairness(rater)
    assert not failing(study), study.failures


def test_other_ways_of_writing_than_phonetic_spelling_score_alike(rater: Rater) -> None:
    cells = {f.name: f.value for f in robust.fairness(rater).figures if "difference, " in f.name}
    assert len(cells) == 7
    others = [abs(gap) for name, gap in cells.items() if "low literacy" not in name]
    assert max(others) <= robust.CELL


def test_the_same_conversation_scores_the_same(rater: Rater) -> None:
    assert not failing(robust.determinism(rater, Rater(default_labeller())))


def test_levels_stay_where_they_were_frozen(rater: Rater) -> None:
    study = robust.drift(rater)
    assert not failing(study), "levels moved: look why, then run attune validate --freeze"


def test_there_is_enough_of_everything() -> None:
    assert sum(map(len, robust.attacks().values())) >= 60
    rewritten = [s for s in load("rewrites") if s.style != "standard"]
    assert sum(turn.speaker == "employee" for s in rewritten for turn in s.turns) >= 60
    assert len(robust.anchor_samples()) >= 60
    assert len(talks()) >= 60
    assert len({talk.style for talk in talks()}) >= 8


def test_padding_doubles_the_words_and_keeps_the_text() -> None:
    text = "Three times, and your morning is gone. What was in it?"
    padded = gaming.pad(0, text)
    assert text in padded
    assert 1.6 <= len(padded.split()) / len(text.split()) <= 3.2


def test_silence_stays_silence_under_every_trick_that_adds() -> None:
    assert gaming.TRICKS["stuffing"](0, "") == ""
    assert gaming.pad(0, "") == ""
