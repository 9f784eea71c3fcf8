from pathlib import Path

import pytest

from scenarios import library
from scenarios.library import ScenarioError
from trainer import playtest
from trainer.assembly import build_engine
from trainer.playtest import TABLE, Playtest

#: Policies that are meant to end further apart than the labeller's noise.
GROUPS = (
    ("skilled", "repair"),
    ("keyword_empathy", "interrogator"),
    ("premature_solver",),
    ("minimiser", "hostile"),
)
NOISE = 0.08


def finals(scenario_id: str, names: tuple[str, ...]) -> dict[str, float]:
    scenario, scripts = library.find(scenario_id), playtest.load(scenario_id)
    engine = build_engine()
    return {
        name: playtest.play(scenario, scripts.policies[name], engine, 0, "even").state.tension
        for name in names
    }


def test_the_texts_end_in_the_order_of_the_table() -> None:
    tension = finals("third-missed-delivery", TABLE)
    course = [tension[name] for name in TABLE]
    assert all(later > earlier - NOISE for earlier, later in zip(course, course[1:], strict=False))


@pytest.mark.parametrize("scenario_id", ["quiet-since-standup", "one-developer-two-leads"])
def test_the_groups_end_in_order_everywhere(scenario_id: str) -> None:
    tension = finals(scenario_id, tuple(name for group in GROUPS for name in group))
    ranges = [[tension[name] for name in group] for group in GROUPS]
    for cooler, hotter in zip(ranges, ranges[1:], strict=False):
        assert max(cooler) < min(hotter) + NOISE


@pytest.mark.parametrize("scenario_id", list(library.shipped()))
def test_every_shipped_scenario_has_its_scripts(scenario_id: str) -> None:
    assert playtest.load(scenario_id).scenario == scenario_id


def test_a_missing_policy_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("scenario: x\npolicies: {skilled: []}\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="repair"):
        playtest.load("x", tmp_path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        playtest.load("none", tmp_path)


def test_twelve_replies_a_policy() -> None:
    short = {name: ("a",) for name in TABLE}
    with pytest.raises(ValueError, match="12 replies"):
        Playtest(scenario="x", policies=short)


def test_a_play_ends_where_the_counterpart_ends_it() -> None:
    scenario = library.find("third-missed-delivery")
    silent = playtest.load(scenario.id).policies["silent"]
    played = playtest.play(scenario, silent, build_engine(), 1)
    result = playtest.summarise(scenario.id, "silent", [played])
    assert len(played.exchanges) == 4 and result.row()[-1] == "walked_away 1"
