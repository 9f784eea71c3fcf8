"""Known groups on real plays, and the command that reports."""

import json
from pathlib import Path

import pytest

from rubrics.validation import groups
from trainer import validation
from trainer.cli import BAD_INPUT, main
from trainer.session import Engine


@pytest.fixture(scope="module")
def found(parts: Engine) -> tuple[groups.Play, ...]:
    return validation.plays(parts, seeds=1)


def test_twelve_policies_and_more_are_played(found: tuple[groups.Play, ...]) -> None:
    assert len({play.policy for play in found if " with " not in play.policy}) >= 12


def test_skilled_employees_stand_clear_of_the_faults(found: tuple[groups.Play, ...]) -> None:
    figures = {figure.name: figure for figure in groups.known_groups(found).figures}
    assert figures["AUC, skilled against faults"].met
    assert figures["d, skilled against faults"].met
    assert figures["silence is not rated"].met


def test_groups_are_in_order(found: tuple[groups.Play, ...]) -> None:
    study = groups.known_groups(found)
    assert study.passed, study.failures


def test_faults_cost_their_own_competency_most(found: tuple[groups.Play, ...]) -> None:
    study = groups.discriminant(found)
    assert study.passed, study.failures


def test_an_unknown_study_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--only", "nonsense"]) == BAD_INPUT
    assert "agreement, corpus, groups, robust" in capsys.readouterr().err


def test_missing_data_is_reported_in_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["validate", "--only", "agreement", "--data", str(tmp_path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["passed"] is True
    assert "epitome/dev.csv" in document["studies"][0]["missing"]


def test_a_data_folder_that_is_not_there_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--data", "/nowhere/at/all"]) == BAD_INPUT
    assert "/nowhere/at/all" in capsys.readouterr().err
