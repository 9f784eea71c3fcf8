import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cli import InputError, main
from trainer.commands.reading import parse_transcript

TALK = [
    {"speaker": "counterpart", "text": "This is the third time. Do you people even care?"},
    {"speaker": "employee", "text": "Three misses, and your morning's gone. What was in it?"},
    {"speaker": "counterpart", "text": "A present."},
    {"speaker": "employee", "text": "A present that should be there by now. Who is it for?"},
    {"speaker": "counterpart", "text": "My daughter."},
    {"speaker": "employee", "text": "I'm sorry we cost you a morning. I'm taking this myself."},
    {"speaker": "counterpart", "text": "And now?"},
    {"speaker": "employee", "text": "Store pick-up today, or a driver on Friday. Which suits you?"},
]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    """Exit code, what stdout holds as JSON (None if empty), stderr."""
    code = main(words)
    out, err = capsys.readouterr()
    return code, json.loads(out) if out.strip() else None, err


def transcript(folder: Path, **changes: Any) -> str:
    path = folder / "talk.json"
    path.write_text(json.dumps({"scenario": None, "turns": TALK} | changes), encoding="utf-8")
    return str(path)


def test_list_names_the_three_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, listed, _ = run(capsys, "scenarios", "list", "--json")
    assert code == 0
    assert {row["program"] for row in listed} == {"customer", "internal", "conflict"}


def test_the_shipped_scenarios_pass_lint(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "scenarios", "lint", "--json")[:2] == (0, [])


def test_lint_names_file_line_and_field(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: x\nminutes: soon\n", encoding="utf-8")
    assert main(["scenarios", "lint", str(broken)]) == 2
    assert "broken.yaml:2: unreadable: minutes" in capsys.readouterr().out


def test_a_scripted_play_prints_every_turn_with_its_state(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    replies = tmp_path / "replies.txt"
    replies.write_text("You lost a morning over this.\n\nWhat was in it?\n", encoding="utf-8")
    words = ["play", "third-missed-delivery", "--replies", str(replies), "--seed", "7", "--json"]
    code, played, _ = run(capsys, *words)
    assert code == 0
    assert [turn["speaker"] for turn in played["turns"]] == ["counterpart", "employee"] * 3 + [
        "counterpart"
    ]
    assert played["turns"][3]["text"] == ""
    assert {"tension", "trust", "understood", "disclosed"} <= played["turns"][0]["state"].keys()
    assert played["ending"] == "open"
    assert run(capsys, *words)[1] == played


def test_a_line_too_long_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    replies = tmp_path / "replies.txt"
    replies.write_text("Hello.\n" + "x" * 50_000, encoding="utf-8")
    assert main(["play", "third-missed-delivery", "--replies", str(replies)]) == 2
    assert "replies.txt:2" in capsys.readouterr().err


def test_a_person_can_play_and_stop(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("You lost a morning over this.\n/end\n"))
    assert main(["play", "third-missed-delivery", "--seed", "1"]) == 0
    assert "Ending: open" in capsys.readouterr().out


def test_an_unknown_scenario_lists_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", "nobody", "--replies", "/dev/null"]) == 2
    assert "third-missed-delivery" in capsys.readouterr().err


def test_acts_writes_a_line_for_each_reply(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "in.jsonl"
    rows = [{"id": n, "context": "Third time!", "reply": "Sorry about that."} for n in (1, 2)]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["acts", "--in", str(source), "--json"]) == 0
    read = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in read] == [1, 2]
    assert read[0]["acts"]["apologise"] > 0.5
    assert set(read[0]["mechanisms"]) == {"emotional_reaction", "interpretation", "exploration"}


def test_acts_names_the_bad_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "reply": "Hi"}\n{"id": 2}\n', encoding="utf-8")
    assert main(["acts", "--in", str(source)]) == 2
    assert "in.jsonl:2: reply" in capsys.readouterr().err


def test_score_proves_every_level(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, card, _ = run(capsys, "score", transcript(tmp_path), "--rubric", "customer", "--json")
    assert code == 0
    assert card["competencies"]["EXPLORE"]["level"] >= 2
    for score in card["competencies"].values():
        for quoted in score["evidence"]:
            text = TALK[quoted["turn"]]["text"]
            assert text[quoted["start"] : quoted["end"]] == quoted["quote"]


def test_several_files_give_a_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = transcript(tmp_path, scenario="third-missed-delivery")
    assert len(run(capsys, "score", path, path, "--json")[1]) == 2


def test_without_scenario_a_rubric_is_needed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["score", transcript(tmp_path)]) == 2
    assert "--rubric" in capsys.readouterr().err


def test_a_broken_transcript_names_the_field(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = transcript(tmp_path, turns=[{"speaker": "boss", "text": "Hi"}])
    assert main(["score", path, "--rubric", "customer"]) == 2
    assert "talk.json: turns.0.speaker" in capsys.readouterr().err


def test_db_upgrade_says_where(capsys: pytest.CaptureFixture[str]) -> None:
    code, done, _ = run(capsys, "db", "upgrade", "--json")
    assert code == 0
    assert done["database"].endswith("attune.sqlite3")


def test_an_unreachable_data_folder_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ATTUNE_DATA_DIR", str(tmp_path / "file" / "inside"))
    assert main(["db", "upgrade"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
def test_any_text_is_a_transcript_or_a_clear_error(text: str) -> None:
    try:
        parse_transcript(text, "talk.json")
    except InputError as error:
        assert str(error).startswith("talk.json: ")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["scenario", "turns", "speaker", "text"]), inner)
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_transcript_or_a_clear_error(document: Any) -> None:
    try:
        parse_transcript(json.dumps(document), "talk.json")
    except InputError as error:
        assert str(error).startswith("talk.json: ")
