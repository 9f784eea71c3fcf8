"""A reply's words as evidence beside the encoder: TF-IDF of one and two words, linear per column.

Slower learners of meaning miss rare stock phrases that a linear model over words finds; fitted by
``training/words.py``.
"""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rubrics.acts import heads

Values = npt.NDArray[np.float64]
WORDS = "words.npz"
_TOKEN = re.compile(r"\w[\w']*|[?!]")
_MAX_CHARS = 4000


def terms(text: str) -> Counter[str]:
    """How often each word and each two words in a row occur."""
    words = _TOKEN.findall(text[:_MAX_CHARS].lower().replace("’", "'"))
    return Counter([*words, *(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))])


class Words:
    """The fitted model; a column it was not fitted for stays 0."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / WORDS) as stored:
            vocabulary = str(stored["vocabulary"]).split("\n")
            self._idf = stored["idf"].astype(np.float64)
            self._weights = stored["weights"].astype(np.float64)
            self._biases = stored["biases"].astype(np.float64)
            self._columns = heads.places(str(stored["columns"]).split("\n"))
        self._place = {term: place for place, term in enumerate(vocabulary)}

    def scores(self, reply: str) -> Values:
        """One score per column."""
        found = {self._place[t]: n for t, n in terms(reply).items() if t in self._place}
        scores = np.zeros(len(heads.COLUMNS))
        places = list(found)
        counts = np.array(list(found.values()), dtype=np.float64)
        values = weigh(counts, self._idf[places])
        scores[self._columns] = values @ self._weights[places] + self._biases
        return scores


def weigh(counts: Values, idf: Values) -> Values:
    """TF-IDF with damped counts, of length one (Salton and Buckley 1988)."""
    values = (1 + np.log(np.maximum(counts, 1))) * idf
    return values / max(float(np.linalg.norm(values)), 1e-9)
