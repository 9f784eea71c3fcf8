"""The project's own supportive talks: conversations rated by the anchors, shipped with it."""

from functools import cache
from pathlib import Path
from typing import Literal

from rubrics.acts.reading import Frozen
from rubrics.model import Transcript, Turn

FILE = Path(__file__).parent / "conversations.jsonl"
Part = Literal["dev", "test"]


class Talk(Frozen):
    """One conversation and its levels, 1 to 5, by dimension."""

    id: str
    part: Part
    style: str
    turns: tuple[Turn, ...]
    ratings: dict[str, int]

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
