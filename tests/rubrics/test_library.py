from pathlib import Path

import pytest

from rubrics.library import PROGRAMS, RubricError, every, find, load

COMMON = ["NOTICE", "REFLECT", "EXPLORE", "VALIDATE", "STEADY", "PARTNER"]


def test_every_program_has_eight_competencies_and_the_common_six_first() -> None:
    for rubric in every():
        assert [c.id for c in rubric.competencies][:6] == COMMON
        assert len(rubric.competencies) == 8


def test_find_names_the_known_rubrics() -> None:
    with pytest.raises(RubricError, match="customer, internal, conflict"):
        find("sales")


def test_find_keeps_what_it_loaded() -> None:
    assert all(find(name) is find(name) for name in PROGRAMS)


def test_an_error_names_file_and_field(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("id: mine\nversion: '1'\nname: Mine\ncompetencies: [{id: A}]\n", "utf-8")
    with pytest.raises(RubricError, match=r"mine\.yaml: .*competencies\.0\.name"):
        load(file)


@pytest.mark.parametrize("text", ["a: [", "- 1", "", "include: nowhere\ncompetencies: []"])
def test_broken_files_are_reported(tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(RubricError):
        load(file)


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"gone\.yaml"):
        load(tmp_path / "gone.yaml")
