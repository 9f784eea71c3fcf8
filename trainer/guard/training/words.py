"""Fits the model of who would say a sentence by its words and meaning.

It reads the training part of the corpus, the scenarios, the scripted employees, the lines written
for the purpose and three quarters of the tuning half of the labelled lines.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rubrics import encoder
from rubrics.acts.training.data import corpus_lines, part_of
from rubrics.encoder import Vectors
from scenarios import library
from trainer.casebook import sentences
from trainer.guard import Fault
from trainer.guard.speaker import MEANING, WEIGHTS, Floats, grams
from trainer.guard.training import rows

log = logging.getLogger(__name__)

Places = npt.NDArray[np.int64]
#: The hands whose replies are part of the corpus.
HANDS = ("ca", "cb", "co", "in")
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
    found = dict.fromkeys([*_corpus(), *_scenarios(), *_written(), *_cases(), *_labelled()])
    return [example for example in found if len(example.text.split()) > 1]


def _corpus() -> Iterator[Example]:
    """Good and middling replies, and the messages that they answer, of the part to train on."""
    for hand in HANDS:
        contexts = {row["c"]: row for row in corpus_lines(f"contexts-{hand}.jsonl")}
        kept = {key: row for key, row in contexts.items() if part_of(key) == "train"}
        for row in kept.values():
            yield from (Example(t, row["program"], False) for t in sentences(row["text"]))
        for row in corpus_lines(f"replies-{hand}.jsonl"):
            if row["c"] in kept and row["kind"] != "bad":
                program = kept[row["c"]]["program"]
                yield from (Example(t, program, True) for t in sentences(row["reply"]))


def _written() -> Iterator[Example]:
    """One's own words, then the other side's; of more sentences than one only the whole is sure."""
    for row in rows.read(rows.WRITTEN):
        own, other = row.get("own", ""), row.get("other", "")
        for text in sentences(own):
            yield Example(text, row["program"], False, LABELLED_WEIGHT)
        if other:
            yield Example(other, row["program"], True, LABELLED_WEIGHT)


def _cases() -> Iterator[Example]:
    """Lines of one sentence: of longer ones it is not sure which sentence tells."""
    for case in rows.read(rows.CASES):
        for block in case["blocks"]:
            for employee, said in ((False, block["own"]), (True, block["other"])):
                single = (line for line in said if len(sentences(line)) == 1)
                yield from (Example(line, case["program"], employee) for line in single)


def _scenarios() -> Iterator[Example]:
    for scenario in library.shipped().values():
        yield from (Example(text, scenario.program, False) for text in rows.counterpart(scenario))
        yield from (Example(text, scenario.program, True) for text in rows.employee(scenario))


def _labelled() -> Iterator[Example]:
    """Sentences of the counterpart's lines; of flipped ones, those with one, which must be it."""
    for line in rows.known("dev", tune=False):
        said = sentences(line.candidate().spoken)
        program = library.find(line.scenario).program
        if rows.is_own(line):
            yield from (Example(text, program, False, LABELLED_WEIGHT) for text in said)
        elif Fault.ROLE_FLIP in line.faults and len(said) == 1:
            yield Example(said[0], program, True, LABELLED_WEIGHT)


class Table(NamedTuple):
    """The sentences as numbers: where each word sequence stands, and the meaning."""

    row: Places
    place: Places
    value: Floats
    meaning: Floats
    #: How many sequences there are.
    places: int

    @classmethod
    def of(cls, said: Sequence[Example], meaning: Vectors, places: dict[str, int]) -> "Table":
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


def fit(table: Table, employee: Floats, weights: Floats) -> tuple[Floats, Floats, float]:
    """Weighted logistic regression by gradient descent with momentum; deterministic."""
    share = float((weights * employee).sum() / weights.sum())
    balanced = weights * np.where(employee > 0, 0.5 / share, 0.5 / (1 - share))
    words = np.zeros(table.places, dtype=np.float32)
    meaning = np.zeros(table.meaning.shape[1], dtype=np.float32)
    speeds, bias = (np.zeros_like(words), np.zeros_like(meaning)), 0.0
    for step in range(STEPS):
        chance = 1 / (1 + np.exp(-table.scores(words, meaning, bias)))
        off = np.asarray(balanced * (chance - employee), dtype=np.float32)
        rate = RATE * (1 - step / STEPS / 1.2)
        for held, speed, pull in zip((words, meaning), speeds, table.pulls(off), strict=True):
            speed *= MOMENTUM
            speed += pull + SHRINK * held
            held -= rate * speed
        bias -= 0.5 * RATE * float(off.mean())
    return words, meaning, bias


def write() -> None:
    """Fit and write the weights."""
    found = examples()
    texts = [example.text for example in found]
    places = _places(found)
    table = Table.of(found, encoder.shared().embed(texts), places)
    employee = np.array([example.employee for example in found], dtype=np.float32)
    weights = np.array([example.weight for example in found], dtype=np.float32)
    words, meaning, bias = fit(table, employee, weights)
    kept = [gram for gram, place in places.items() if abs(words[place]) >= KEPT_FROM]
    np.savez_compressed(
        WEIGHTS,
        grams=np.array(kept),
        words=words[[places[gram] for gram in kept]].astype(np.float16),
        meaning=meaning,
        bias=np.float32(bias),
    )
    right = float(((table.scores(words, meaning, bias) > 0) == (employee > 0)).mean())
    log.info("%d sentences, %d sequences, %.3f right", len(found), len(kept), right)


def _grams(said: Example) -> list[str]:
    return sorted(grams(said.text, said.program))


def _places(found: Sequence[Example]) -> dict[str, int]:
    seen = Counter(gram for one in found for gram in _grams(one))
    often = sorted(gram for gram, count in seen.items() if count >= SEEN_AT_LEAST)
    return {gram: place for place, gram in enumerate(often)}
