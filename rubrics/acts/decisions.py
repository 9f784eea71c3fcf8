"""From the encoder's logits and the detectors' hits to probabilities, levels and choices.

Everything fitted stands in ``weights/acts/decisions.json``, written by ``training/tune.py`` on the
tuning parts: per column a small logistic layer over its evidence and, held close to nothing, over
the encoder's other logits, shifted so that .5 decides best, and the precision of the detectors
where it lets their word stand; per mechanism two cuts of the expected level.
Coldness lowers every expected level before it is cut; stuffing lowers warmth and understanding.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from rubrics.acts import heads

Values = npt.NDArray[np.float64]
DECISIONS = "decisions.json"
#: Kinds of evidence per column, and the bound beyond which another column's logit says no more.
KINDS, _BOUND = 3, 8.0
#: Of the mechanisms, the first two reach their highest level only where this person is meant: a
#: reply of stock phrases is at most 1 on them (codebook, mechanisms).
_ABOUT_THEM = 2
#: Which kind of evidence the detectors' hits are.
DETECTORS = 1
#: A slip that the encoder doubts so much, and that no detector sees, is at most this likely: to see
#: one where there is none costs more than to overlook it. On the tuning part it costs .004 of F1.
_DOUBTED, _UNLIKELY = -1.0, 0.45
_SLIPS = np.isin(heads.COLUMNS, heads.TAGS)


@dataclass(frozen=True)
class Decisions:
    """Weights of the evidence (columns, kinds) and of other columns' logits, biases and cuts."""

    weights: Values
    biases: Values
    others: Values
    #: Least probability (columns) of what a detector found; 0 where its word alone does not count.
    trust: Values
    cuts: Mapping[str, tuple[tuple[float, float], ...]]

    @classmethod
    def load(cls, folder: Path) -> "Decisions":
        """Read the fitted numbers."""
        stored = json.loads((folder / DECISIONS).read_text("utf-8"))
        rows = [stored["columns"][name] for name in heads.COLUMNS]
        own, biases, others = np.split(np.array(rows, dtype=np.float64), [KINDS, KINDS + 1], axis=1)
        cuts = {
            domain: tuple((float(low), float(high)) for low, high in found)
            for domain, found in stored["cuts"].items()
        }
        trust = np.array([stored["trust"].get(name, 0.0) for name in heads.COLUMNS])
        return cls(own, biases[:, 0], others, trust, cuts)

    def probabilities(self, evidence: Values) -> Values:
        """Evidence (rows, columns, kinds) to probabilities (rows, columns)."""
        beside = bounded(evidence[..., 0]) @ self.others.T
        weighed = sigmoid((evidence * self.weights).sum(-1) + self.biases + beside)
        doubted = (evidence[..., 0] < _DOUBTED) & (evidence[..., DETECTORS] == 0) & _SLIPS
        weighed = np.where(doubted, np.minimum(weighed, _UNLIKELY), weighed)
        return np.maximum(weighed, evidence[..., DETECTORS] * self.trust)

    def expected(self, chances: Values, domain: str) -> Values:
        """Expected level of each mechanism by one domain's definitions (..., mechanisms)."""
        columns = heads.WORK if domain == "work" else heads.PEER
        flat = chances[..., heads.places(columns)]
        levels = flat.reshape(*flat.shape[:-1], -1, 2)
        if domain == "work":
            stuffed = chances[..., heads.INDEX["tag:keyword_empathy"], None]
            levels[..., :_ABOUT_THEM, 1] *= 1 - stuffed
        warm = 1 - chances[..., heads.INDEX[heads.COLD]]
        return np.asarray(levels.sum(-1) * warm[..., None])

    def levels(self, expected: Values, domain: str) -> list[Literal[0, 1, 2]]:
        """The level each expected level stands for."""
        cuts = zip(expected, self.cuts[domain], strict=True)
        return [2 if value >= high else 1 if value >= low else 0 for value, (low, high) in cuts]


def evidence(logits: Values, hits: Values, words: Values) -> Values:
    """The three kinds of evidence side by side: encoder, detectors, words."""
    return np.stack([logits, hits, words], axis=-1)


def bounded(logits: Values) -> Values:
    """Logits cut to where they still differ in meaning."""
    return np.clip(logits, -_BOUND, _BOUND)


def sigmoid(x: Values) -> Values:
    """Logistic function, safe for large numbers."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def log_odds(chances: Values) -> Values:
    """The inverse of ``sigmoid``."""
    safe = np.clip(chances, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(safe / (1 - safe)))


def softmax(x: Values) -> Values:
    """Shares that sum to one."""
    raised = np.exp(x - x.max())
    return np.asarray(raised / raised.sum())
