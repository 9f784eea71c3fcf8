"""How well the guard's detectors do on the labelled lines that ship with it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from rubrics.acts.reading import Frozen
from rubrics.encoder import Encoder
from rubrics.model import Turn
from scenarios import library
from scenarios.model import Band, Cue, Gate
from trainer.beat import Beat
from trainer.guard import Candidate, Fault, Guard

#: Standard errors to either side of a 95 % interval.
_Z = 1.96
LINES = Path(__file__).parent / "lines.jsonl"
Half = Literal["dev", "held_out"]


class Labelled(Frozen):
    """A line, the moment it is said in, and what a person says is wrong with it."""

    scenario: str
    band: Band
    disclosed: Gate
    #: The employee's reply that it answers.
    after: str
    line: str
    #: Must be found; ``may`` be found as well, which counts neither way.
    faults: tuple[Fault, ...]
    may: tuple[Fault, ...] = ()
    half: Half

    def candidate(self) -> Candidate:
        """As the guard gets it."""
        scenario = library.find(self.scenario)
        beat = Beat(
            turn=3,
            band=self.band,
            temperament=scenario.counterpart.temperaments[0],
            cue=Cue.PLAIN,
            disclosed=self.disclosed,
            word_budget=45,
        )
        opening = Turn(speaker="counterpart", text=scenario.counterpart.opening)
        reply = Turn(speaker="employee", text=self.after)
        return Candidate(self.line, scenario, beat, (opening, reply))


class Measured(Frozen):
    """Precision and recall of one detector."""

    fault: str
    lines: int = Field(ge=0)
    found: int
    missed: int
    false_alarms: int

    @property
    def recall(self) -> float | None:
        """Share of the lines with this fault that are found."""
        return self.found / self.lines if self.lines else None

    @property
    def precision(self) -> float | None:
        """Share of the alarms that are right."""
        alarms = self.found + self.false_alarms
        return self.found / alarms if alarms else None

    @property
    def recall_interval(self) -> tuple[float, float] | None:
        """95 % Wilson interval of the recall, each end in [0, 1]."""
        return wilson(self.found, self.lines)

    @property
    def precision_interval(self) -> tuple[float, float] | None:
        """95 % Wilson interval of the precision, each end in [0, 1]."""
        return wilson(self.found, self.found + self.false_alarms)


def wilson(hits: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of a share (Wilson 1927): unlike others it holds for small numbers."""
    if not of:
        return None
    share, square = hits / of, _Z**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = _Z / (1 + square / of) * (share * (1 - share) / of + square / (4 * of**2)) ** 0.5
    return max(0.0, middle - spread), min(1.0, middle + spread)


class Looked(Frozen):
    """A labelled line and what the guard said of it."""

    labelled: Labelled
    found: tuple[Fault, ...]


def labelled(half: Half | None = None, path: Path = LINES) -> list[Labelled]:
    """The labelled lines, of one half or all."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [Labelled.model_validate(row) for row in rows]
    return [line for line in lines if half is None or line.half == half]


def look(lines: Sequence[Labelled], encoder: Encoder) -> list[Looked]:
    """What the guard says of each."""
    looked = []
    for line in lines:
        guard = Guard.of(library.find(line.scenario), encoder)
        found = tuple(dict.fromkeys(f.fault for f in guard.check(line.candidate())))
        looked.append(Looked(labelled=line, found=found))
    return looked


def measure(looked: Sequence[Looked]) -> list[Measured]:
    """One row a fault, and a last one for telling good lines from bad ones at all."""
    rows = [_row(fault, looked) for fault in Fault]
    bad = [one for one in looked if one.labelled.faults]
    good = [one for one in looked if not one.labelled.faults]
    caught = sum(bool(one.found) for one in bad)
    alarms = sum(bool(one.found) for one in good)
    total = Measured(
        fault="any", lines=len(bad), found=caught, missed=len(bad) - caught, false_alarms=alarms
    )
    return [*(row for row in rows if row.lines or row.false_alarms), total]


def _row(fault: Fault, looked: Sequence[Looked]) -> Measured:
    have = [one for one in looked if fault in one.labelled.faults]
    lack = [one for one in looked if fault not in (*one.labelled.faults, *one.labelled.may)]
    found = sum(fault in one.found for one in have)
    return Measured(
        fault=fault.value,
        lines=len(have),
        found=found,
        missed=len(have) - found,
        false_alarms=sum(fault in one.found for one in lack),
    )
