"""How far the two independent labellings of our corpus agree, before they were settled.

It is the ceiling to read the labeller's agreement with the corpus against.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from rubrics.acts.heads import BEHAVIOURS, MECHANISMS
from rubrics.acts.reading import Act, Tag
from rubrics.acts.training.data import corpus_lines
from rubrics.validation.agreement import Metric, Numbers, estimate, kappa, qwk
from rubrics.validation.study import Figure, Study, figure

#: Rarer labels than this, by either labeller, have a kappa that says nothing.
FEWEST = 10
Labelled = dict[str, Any]


def two_labellers() -> Study:
    """Kappa of every act, error tag and behaviour, and weighted kappa of every mechanism."""
    rows = list(_rows())
    figures = [
        *_present(rows, "acts", [act.value for act in Act]),
        *_present(rows, "tags", [tag.value for tag in Tag]),
        *(_figure(name, rows, lambda x, k=k: x["m"][k], qwk) for k, name in enumerate(MECHANISMS)),
        _figure("behaviour", rows, lambda x: float(BEHAVIOURS.index(x["b"])), kappa),
    ]
    return Study(
        id="two_labellers",
        title="Two independent labellings of our corpus",
        method="Every settled reply, and a fifth of those added for training, labelled twice, "
        "blind, by the codebook; agreement before settling.",
        figures=tuple(figures),
    )


def _rows() -> Iterator[tuple[Labelled, Labelled]]:
    for row in corpus_lines("labels-*.jsonl"):
        yield row["first"], row["second"]


def _present(
    rows: Sequence[tuple[Labelled, Labelled]], kind: str, names: Sequence[str]
) -> Iterator[Figure]:
    """One figure a label that both used often enough."""
    for name in names:
        counts = [sum(name in pair[k][kind] for pair in rows) for k in (0, 1)]
        if min(counts) >= FEWEST:
            yield _figure(name, rows, lambda x, name=name: float(name in x[kind]), kappa)


def _figure(
    name: str, rows: Sequence[tuple[Labelled, Labelled]], value: Any, metric: Metric
) -> Figure:
    first, second = (_column([pair[k] for pair in rows], value) for k in (0, 1))
    return figure(name, estimate(metric, first, second), len(rows))


def _column(labelled: Sequence[Labelled], value: Any) -> Numbers:
    return np.array([value(one) for one in labelled], float)
