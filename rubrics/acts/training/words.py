"""Fits the linear model over words that stands beside the encoder (``rubrics/acts/words.py``)."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from rubrics.acts import heads
from rubrics.acts.training.data import Row
from rubrics.acts.words import WORDS, Values, terms, weigh

#: Replies of our own a term must occur in; no term comes from the public texts.
_MIN_REPLIES = 2
#: Inverse strength of the penalty, and positives a column needs; from the tuning part.
_C, _MIN_POSITIVE = 4.0, 8


def fit_words(rows: list[Row], folder: Path) -> None:
    """Fit every column that has positives enough, and write the weights."""
    own = [set(terms(row.reply)) for row in rows if row.source == "own"]
    seen = Counter(term for found in own for term in found)
    vocabulary = sorted(term for term, count in seen.items() if count >= _MIN_REPLIES)
    idf = np.array([np.log((1 + len(own)) / (1 + seen[term])) + 1 for term in vocabulary])
    table = _table(rows, {term: place for place, term in enumerate(vocabulary)}, idf)
    fitted = {name: found for name in heads.COLUMNS if (found := _column(rows, table, name))}
    np.savez_compressed(
        folder / WORDS,
        vocabulary=np.array("\n".join(vocabulary)),
        columns=np.array("\n".join(fitted)),
        idf=idf.astype(np.float32),
        weights=np.stack([w for w, _ in fitted.values()], axis=1).astype(np.float16),
        biases=np.array([b for _, b in fitted.values()], dtype=np.float32),
    )


def _table(rows: list[Row], place: dict[str, int], idf: Values) -> Any:
    from scipy.sparse import csr_matrix

    values, columns, ends = [], [], [0]
    for row in rows:
        found = {place[t]: n for t, n in terms(row.reply).items() if t in place}
        columns += list(found)
        values += list(weigh(np.array(list(found.values()), float), idf[list(found)]))
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(rows), len(place)))


def _column(rows: list[Row], table: Any, name: str) -> tuple[Values, float] | None:
    from sklearn.linear_model import LogisticRegression

    known = [place for place, row in enumerate(rows) if name in row.known]
    truth = np.array([rows[place].known[name] for place in known])
    if name in heads.DOMAIN or not _MIN_POSITIVE <= truth.sum() <= len(truth) - _MIN_POSITIVE:
        return None
    model = LogisticRegression(C=_C, class_weight="balanced", solver="liblinear", random_state=0)
    model.fit(table[known], truth)
    return model.coef_[0], float(model.intercept_[0])
