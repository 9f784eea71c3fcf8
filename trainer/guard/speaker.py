"""Which side of a conversation would say a sentence: learned from what both sides say.

A logistic regression on word sequences, each also for the program alone, and on the sentence's
meaning. It was fitted on employees' replies and counterparts' messages of the corpus and the
scenarios, on ``speakers.jsonl`` (lines written with language models, for the purpose) and on three
quarters of the tuning half of the labelled lines (``trainer.guard.training``); the held-out half
had no part in it.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rubrics.encoder import Vectors

WEIGHTS = Path(__file__).parent / "weights" / "speaker.npz"
#: The meaning counts this much more than each word sequence.
MEANING = 2.5
Floats = npt.NDArray[np.float32]


class Weights(NamedTuple):
    """The fitted model."""

    places: dict[str, int]
    words: Floats
    meaning: Floats
    bias: float


def grams(sentence: str, program: str) -> set[str]:
    """Words, pairs and triples with the sentence's ends; words once more for the program alone."""
    plain = re.sub(r"\d+", "0", sentence.lower().replace("’", "'"))
    inner = re.findall(r"[a-z0]+(?:'[a-z]+)?|[?!]", plain)
    words = ["<s>", *inner, "</s>"]
    pairs = (" ".join(pair) for pair in zip(words, words[1:], strict=False))
    triples = (" ".join(three) for three in zip(words, words[1:], words[2:], strict=False))
    return {*inner, *pairs, *triples, *(f"{program}: {word}" for word in inner)}


def employee_like(sentences: Sequence[str], vectors: Vectors, program: str) -> Floats:
    """Log odds, about -10 to 10, that the employee's side says each of these sentences."""
    fitted = _weights()
    by_words = np.array([_by_words(grams(sentence, program), fitted) for sentence in sentences])
    scores = by_words + MEANING * (vectors @ fitted.meaning) + fitted.bias
    return np.asarray(scores, dtype=np.float32)


def _by_words(said: set[str], fitted: Weights) -> float:
    found = [fitted.places[gram] for gram in sorted(said) if gram in fitted.places]
    return float(fitted.words[found].sum()) / len(found) ** 0.5 if found else 0.0


@cache
def _weights() -> Weights:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        places = {gram: place for place, gram in enumerate(stored["grams"].tolist())}
        return Weights(
            places,
            stored["words"].astype(np.float32),
            stored["meaning"].astype(np.float32),
            float(stored["bias"]),
        )
