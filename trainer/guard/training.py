"""Fits the model of who would say a sentence: ``python -m trainer.guard.training``.

It reads the training part of the corpus, the scenarios, the scripted employees, the lines written
for the purpose and the tuning half of the labelled lines.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rubrics import encoder
from rubrics.acts.training.data import CORPUS, part_of
from rubrics.encoder import Vectors
from scenarios import library
from scenarios.model import Scenario
from trainer import playtest
from trainer.casebook import sentences
from trainer.guard import Fault
from trainer.guard.measure import labelled
from trainer.guard.speaker import MEANING, WEIGHTS, Floats, grams

Places = npt.NDArray[np.int64]
#: The hands whose replies are part of the corpus.
HANDS = ("ca", "cb", "co", "in")
WRITTEN = Path(__file__).parent / "speakers.jsonl"
SEEN_AT_LEAST = 4
#: The labelled lines are few and to the point.
LABELLED_WEIGHT = 4.0
STEPS, RATE, SHRINK, MOMENTUM = 500, 8.0, 2e-5, 0.9
#: Sequences that hardly count are left out of the file.
KEPT_FROM = 0.04


class Example(NamedTuple):
    """A sentence, whether the employee's side says it, and how much it counts."""

    text: str
    program: str
    employee: bool
    weight: float = 1.0


def examples() -> list[Example]:
    """Everything that the model is fitted on, each sentence once."""
    found = dict.fromkeys([*_corpus(), *_scenarios(), *_written(), *_labelled()])
    return [example for example in found if len(example.text.split()) > 1]


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _corpus() -> Iterator[Example]:
    """Good and middling replies, and the messages that they answer, of the part to train on."""
    for hand in HANDS:
        contexts = {row["c"]: row for row in _rows(CORPUS / f"contexts-{hand}.jsonl")}
        kept = {key: row for key, row in contexts.items() if part_of(key) == "train"}
        for row in kept.values():
            yield from (Example(t, row["program"], False) for t in sentences(row["text"]))
        for row in _rows(CORPUS / f"replies-{hand}.jsonl"):
            if row["c"] in kept and row["kind"] != "bad":
                program = kept[row["c"]]["program"]
                yield from (Example(t, program, True) for t in sentences(row["reply"]))


def _written() -> Iterator[Example]:
    """One's own words, then the other side's; of more sentences than one only the whole is sure."""
    for row in _rows(WRITTEN):
        own, other = row.get("own", ""), row.get("other", "")
        for text in sentences(own):
            yield Example(text, row["program"], False, LABELLED_WEIGHT)
        if other:
            yield Example(other, row["program"], True, LABELLED_WEIGHT)


def _scenarios() -> Iterator[Example]:
    for scenario in library.shipped().values():
        yield from (Example(text, scenario.program, False) for text in _counterpart(scenario))
        yield from (Example(text, scenario.program, True) for text in _employee(scenario))


def _counterpart(scenario: Scenario) -> Iterator[str]:
    lines = scenario.lines
    for fact in scenario.facts:
        yield from (*fact.lines, *fact.curt)
    for detail in (*lines.details, *lines.deflections):
        yield from detail.lines
    for reaction in lines.reactions:
        yield from (text for text in reaction.lines if "{echo}" not in text)
    for push in lines.pushes:
        yield from push.lines
    for offer in scenario.offers:
        yield from (*offer.lines, *offer.too_early)
    for pool in (*lines.disclosures.values(), *lines.closings.values(), lines.relapses):
        yield from pool


def _employee(scenario: Scenario) -> Iterator[str]:
    for offer in scenario.offers:
        yield from offer.examples
    for fact in scenario.facts:
        yield from fact.asked_by[:3]
    if coaching := scenario.coaching:
        yield from (*coaching.acknowledgements, *coaching.questions, *coaching.ownership)
        yield from (*coaching.steps, *coaching.steadying)
    for replies in playtest.load(scenario.id).policies.values():
        for reply in replies:
            yield from sentences(reply)


#: Faulty lines that are nevertheless said as the counterpart.
_OWN_FAULTS = frozenset({
    Fault.LEAKS_NEED, Fault.CONTRADICTS, Fault.TOO_CALM, Fault.TOO_LONG, Fault.LEAVES_EARLY,
})  # fmt: skip


def _labelled() -> Iterator[Example]:
    """Sentences of the counterpart's lines; of flipped ones, those with one, which must be it."""
    for line in labelled("dev"):
        said = sentences(line.candidate().spoken)
        program = library.find(line.scenario).program
        if _OWN_FAULTS.issuperset(line.faults) and Fault.ROLE_FLIP not in line.may:
            yield from (Example(text, program, False, LABELLED_WEIGHT) for text in said)
        elif Fault.ROLE_FLIP in line.faults and len(said) == 1:
            yield Example(said[0], program, True, LABELLED_WEIGHT)


class Rows(NamedTuple):
    """The sentences as numbers: where each word sequence stands, and the meaning."""

    row: Places
    place: Places
    value: Floats
    meaning: Floats
    #: How many sequences there are.
    places: int

    @classmethod
    def of(cls, said: Sequence[Example], meaning: Vectors, places: dict[str, int]) -> "Rows":
        """Only the sequences that are there, because a sentence has few of the thousands."""
        found = [[places[gram] for gram in _grams(one) if gram in places] for one in said]
        value = [1 / len(some) ** 0.5 for some in found for _ in some]
        row = [number for number, some in enumerate(found) for _ in some]
        place = [one for some in found for one in some]
        scaled = np.asarray(MEANING * meaning, dtype=np.float32)
        return cls(
            np.array(row, dtype=np.int64),
            np.array(place, dtype=np.int64),
            np.array(value, dtype=np.float32),
            scaled,
            len(places),
        )

    def scores(self, words: Floats, meaning: Floats, bias: float) -> Floats:
        """Log odds of every sentence."""
        sums = np.bincount(
            self.row, weights=self.value * words[self.place], minlength=len(self.meaning)
        )
        return np.asarray(sums + self.meaning @ meaning + bias, dtype=np.float32)

    def pulls(self, off: Floats) -> tuple[Floats, Floats]:
        """How the errors pull at each weight."""
        by_place = np.bincount(
            self.place, weights=self.value * off[self.row], minlength=self.places
        )
        count = np.float32(len(off))
        pulled = np.asarray(by_place, dtype=np.float32) / count
        return pulled, np.asarray(self.meaning.T @ off / count, dtype=np.float32)


def fit(rows: Rows, employee: Floats, weights: Floats) -> tuple[Floats, Floats, float]:
    """Weighted logistic regression by gradient descent with momentum; deterministic."""
    share = float((weights * employee).sum() / weights.sum())
    balanced = weights * np.where(employee > 0, 0.5 / share, 0.5 / (1 - share))
    words = np.zeros(rows.places, dtype=np.float32)
    meaning = np.zeros(rows.meaning.shape[1], dtype=np.float32)
    speeds, bias = (np.zeros_like(words), np.zeros_like(meaning)), 0.0
    for step in range(STEPS):
        chance = 1 / (1 + np.exp(-rows.scores(words, meaning, bias)))
        off = np.asarray(balanced * (chance - employee), dtype=np.float32)
        rate = RATE * (1 - step / STEPS / 1.2)
        for held, speed, pull in zip((words, meaning), speeds, rows.pulls(off), strict=True):
            speed *= MOMENTUM
            speed += pull + SHRINK * held
            held -= rate * speed
        bias -= 0.5 * RATE * float(off.mean())
    return words, meaning, bias


def main() -> None:
    """Fit and write the weights."""
    found = examples()
    texts = [example.text for example in found]
    places = _places(found)
    rows = Rows.of(found, encoder.shared().embed(texts), places)
    employee = np.array([example.employee for example in found], dtype=np.float32)
    weights = np.array([example.weight for example in found], dtype=np.float32)
    words, meaning, bias = fit(rows, employee, weights)
    kept = [gram for gram, place in places.items() if abs(words[place]) >= KEPT_FROM]
    np.savez_compressed(
        WEIGHTS,
        grams=np.array(kept),
        words=words[[places[gram] for gram in kept]].astype(np.float16),
        meaning=meaning,
        bias=np.float32(bias),
    )
    right = float(((rows.scores(words, meaning, bias) > 0) == (employee > 0)).mean())
    sys.stdout.write(f"{len(found)} sentences, {len(kept)} sequences, {right:.3f} right\n")


def _grams(said: Example) -> list[str]:
    return sorted(grams(said.text, said.program))


def _places(found: Sequence[Example]) -> dict[str, int]:
    seen = Counter(gram for one in found for gram in _grams(one))
    often = sorted(gram for gram, count in seen.items() if count >= SEEN_AT_LEAST)
    return {gram: place for place, gram in enumerate(often)}


if __name__ == "__main__":
    main()
