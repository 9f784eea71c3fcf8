"""Conversations that the studies rate, and the rater that does it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

from rubrics import library, supportive
from rubrics.acts.reading import ActLabeller, Context, Frozen, ReplyReading
from rubrics.acts.repeating import said_once
from rubrics.conversation import contexts
from rubrics.model import Scorecard, Transcript, Turn
from rubrics.scorer import Scorer

HERE = Path(__file__).parent


class Sample(Frozen):
    """One conversation, with the rubric that it is rated by."""

    id: str
    rubric: str
    #: The policy that was played, or the style that it is written in.
    style: str
    #: The competencies that its scenario exercises; None where there is no scenario.
    opportunities: tuple[str, ...] | None = None
    turns: tuple[Turn, ...]

    def changed(self, change: Callable[[int, str], str]) -> Self:
        """The same conversation with every employee reply changed; replies count from 0."""
        turns, place = [], 0
        for turn in self.turns:
            if turn.speaker == "employee":
                turn = Turn(speaker="employee", text=change(place, turn.text))
                place += 1
            turns.append(turn)
        return self.model_copy(update={"turns": tuple(turns)})

    @property
    def transcript(self) -> Transcript:
        """As the scorer takes it."""
        return Transcript(turns=self.turns)


@cache
def load(name: str) -> tuple[Sample, ...]:
    """The samples of a shipped file."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Sample.model_validate_json(line) for line in lines)


@dataclass(frozen=True)
class Rater:
    """Labels and scores samples; a reply is read once however often it is rated."""

    labeller: ActLabeller
    scorer: Scorer = Scorer()
    _known: dict[tuple[Context, str], ReplyReading] = field(default_factory=dict)

    def card(self, sample: Sample) -> Scorecard:
        """The scorecard by the sample's own rubric."""
        readings = self._read(sample.transcript)
        if sample.rubric == supportive.RUBRIC_ID:
            return supportive.score(sample.transcript, readings)
        rubric = library.find(sample.rubric)
        return self.scorer.score(sample.transcript, rubric, readings, sample.opportunities)

    def levels(self, sample: Sample) -> dict[str, float]:
        """The levels that were rated."""
        return rated(self.card(sample))

    def _read(self, transcript: Transcript) -> dict[int, ReplyReading]:
        return {index: self._label(context, text) for index, context, text in contexts(transcript)}

    def _label(self, context: Context, text: str) -> ReplyReading:
        key = (context, text)
        if key not in self._known:
            self._known[key] = self.labeller.label(context, said_once(text))
        return self._known[key]


def rated(card: Scorecard) -> dict[str, float]:
    """The levels of a scorecard that were rated."""
    return {name: c.level for name, c in card.competencies.items() if c.level is not None}


def changes(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """By how much each level moved that was rated both times."""
    return {name: after[name] - before[name] for name in before if name in after}


def mean_change(before: dict[str, float], after: dict[str, float]) -> float:
    """The mean over the competencies; 0 where nothing was rated twice."""
    moved = list(changes(before, after).values())
    return sum(moved) / len(moved) if moved else 0.0
