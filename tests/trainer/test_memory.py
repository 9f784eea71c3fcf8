from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rubrics.encoder import Vectors
from scenarios import library
from scenarios.model import Band
from trainer import memory
from trainer.cli import main
from trainer.memory import ChromaMemory, PlainMemory, build_memory, lines_of
from trainer.settings import Settings

DANA = library.find("third-missed-delivery")


class Letters:
    """A quick stand-in for the encoder: how often each letter occurs."""

    version = "letters/1"

    def embed(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[t.lower().count(chr(97 + i)) for i in range(26)] for t in texts])
        rows = counts.astype(np.float32).reshape(len(texts), 26) + 1e-3
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def settings(folder: Path, **more: Any) -> Settings:
    return Settings(data_dir=folder, **more)


@pytest.fixture
def chroma(tmp_path: Path) -> ChromaMemory:
    found = ChromaMemory(settings(tmp_path), Letters())
    found.rebuild([DANA])
    return found


def test_both_indexes_find_the_same_lines(chroma: ChromaMemory) -> None:
    plain = PlainMemory(Letters())
    plain.prepare(DANA)
    asked: dict[str, Any] = {"band": Band.HOT, "disclosed": 0, "count": 3}
    words = "I waited four hours at the window."
    assert set(chroma.nearest(DANA, words, **asked)) == set(plain.nearest(DANA, words, **asked))


def test_no_line_comes_before_its_gate(chroma: ChromaMemory) -> None:
    gated = {line.text for line in lines_of(DANA) if line.gate}
    assert gated
    for text in gated:
        found = chroma.nearest(DANA, text, band=Band.EASING, disclosed=0, count=4)
        assert not gated & set(found)


def test_an_exact_line_comes_first_once_its_gate_is_open(chroma: ChromaMemory) -> None:
    line = next(one for one in lines_of(DANA) if one.gate == 2)
    found = chroma.nearest(DANA, line.text, band=line.band, disclosed=2, count=4)
    assert found[0] == line.text


def test_the_collection_is_named_after_the_encoder(chroma: ChromaMemory) -> None:
    assert chroma.name == "lines-letters-1-v1"


def test_the_index_is_there_again_after_a_restart(chroma: ChromaMemory, tmp_path: Path) -> None:
    again = ChromaMemory(settings(tmp_path), Letters())
    assert again.nearest(DANA, "window", band=Band.HOT, disclosed=0, count=2)


def test_rebuilding_twice_adds_nothing(chroma: ChromaMemory) -> None:
    assert chroma.rebuild([DANA]) == chroma.rebuild([DANA]) == len(list(lines_of(DANA)))


def test_without_chroma_plain_cosine_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise OSError("no index here")

    monkeypatch.setattr(memory, "_client", gone)
    assert isinstance(build_memory(settings(tmp_path), Letters()), PlainMemory)


def test_an_unindexed_scenario_is_no_error(tmp_path: Path) -> None:
    empty = ChromaMemory(settings(tmp_path), Letters())
    assert empty.nearest(DANA, "window", band=Band.HOT, disclosed=0, count=2) == ()


def test_rebuild_names_what_cannot_be_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ATTUNE_DATA_DIR", str(tmp_path / "file"))
    assert main(["index", "rebuild"]) == 2
    assert "cannot be opened" in capsys.readouterr().err
