"""The project's own supportive talks: conversations rated by the anchors, shipped with it.

Three readings rated each talk by the anchors, none of them knowing the others' levels. They are
language models' readings, so that they agree far better than people would (docs/model-card.md).
"""

from functools import cache
from pathlib import Path
from typing import Literal

from rubrics.acts.reading import Frozen
from rubrics.model import Transcript, Turn

FILE = Path(__file__).parent / "conversations.jsonl"
Part = Literal["train", "dev", "test"]


class Talk(Frozen):
    """One conversation and its levels, 1 to 5, by dimension and reading."""

    id: str
    part: Part
    style: str
    turns: tuple[Turn, ...]
    ratings: dict[str, tuple[int, int, int]]
    #: Of each reply of the listener, the levels 0-2 by ``heads.SUPPORT``, where they were labelled.
    replies: tuple[tuple[int, ...], ...] = ()

    def level(self, dimension: str) -> float:
        """The mean of the readings, 1 to 5."""
        return sum(self.ratings[dimension]) / len(self.ratings[dimension])

    @property
    def transcript(self) -> Transcript:
        """As the scorer takes it."""
        return Transcript(turns=self.turns)


@cache
def talks(part: Part | None = None) -> tuple[Talk, ...]:
    """The talks of one part, or all of them."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    every = (Talk.model_validate_json(line) for line in lines)
    return tuple(talk for talk in every if part in (None, talk.part))
