"""Makes the models of who speaks: ``python -m trainer.guard.training``, a quarter of an hour.

The words are fitted first; then the encoder is fine-tuned on lines with their cases.
"""

import logging
import math
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from rubrics import encoder
from rubrics.acts.decisions import log_odds, sigmoid
from rubrics.acts.pairs import Pair, Pairs
from rubrics.acts.training.export import export
from rubrics.acts.training.fit import descend
from rubrics.acts.training.network import Network, half_precision, padded, published
from rubrics.acts.training.recipes import Rates
from rubrics.acts.training.tune import best_cut
from rubrics.validation.agreement import auc
from scenarios import library
from trainer.guard.listener import CASE_TOKENS, LINE_TOKENS, WEIGHTS, listener
from trainer.guard.measure import Labelled
from trainer.guard.sides import SideSense
from trainer.guard.training import rows, words
from trainer.guard.training.rows import Row

RATES = Rates(seed=11, encoder_rate=1e-4, head_rate=1e-3, averaged=0.995)
BATCH, POOL = 24, 20
WEIGHTS_TRIED = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)

log = logging.getLogger(__name__)


class Item(NamedTuple):
    """A row as tokens."""

    pair: Pair
    swapped: float


def plan() -> list[tuple[list[Row], float]]:
    """What is learned from, and how many times each is read."""
    return [
        (rows.cases(kept=False), 4.0),
        ([*rows.lines("dev", tune=False)], 4.0),
        ([*rows.written()], 1.5),
        ([*rows.authored()], 0.6),
        ([*rows.talks()], 0.6),
        ([*rows.corpus()], 0.6),
    ]


def schedule(pairs: Pairs, random: Random) -> list[list[Item]]:
    """All batches in random order, each of rows of about one length."""
    chosen: list[Item] = []
    for source, passes in plan():
        items = [_item(pairs, row) for row in source]
        while passes > 0:
            chosen += random.sample(items, math.ceil(len(items) * min(1.0, passes)))
            passes -= 1
    random.shuffle(chosen)
    batches = []
    for start in range(0, len(chosen), BATCH * POOL):
        near = sorted(chosen[start : start + BATCH * POOL], key=lambda item: len(item.pair.ids))
        some = [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        batches += random.sample(some, len(some))
    return batches


def _item(pairs: Pairs, row: Row) -> Item:
    return Item(pairs.pair(row.case, row.line), float(row.swapped))


def read(network: Network, items: list[Item]) -> Tensor:
    """The log odds of each."""
    with half_precision():
        logits, _, _ = network.read(*padded([item.pair for item in items]))
    return logits[:, 0].float()


def loss_of(network: Network, items: list[Item]) -> Tensor:
    """Mean cross-entropy."""
    truth = torch.tensor([item.swapped for item in items])
    return functional.binary_cross_entropy_with_logits(read(network, items), truth)


def apart(cases: Sequence[Row]) -> float:
    """How well the encoder tells a swapped line from one's own in cases that it never saw."""
    odds = np.array([listener().hear(row.case, row.line).odds for row in cases])
    return auc(np.array([row.swapped for row in cases], dtype=np.float64), odds)


def choose(tuning: Sequence[Labelled]) -> tuple[float, float]:
    """Weight of the words beside the encoder, and the sum from which a line is a flip."""
    senses = {k: SideSense(one, encoder.shared()) for k, one in library.shipped().items()}
    said = [(senses[line.scenario], line.candidate()) for line in tuning]
    heard = np.array([sense.heard(line)[0] for sense, line in said])
    by_words = np.array([sense.by_words(line) for sense, line in said])
    truth = np.array([not rows.is_own(line) for line in tuning], dtype=np.float64)
    weight = max(WEIGHTS_TRIED, key=lambda w: auc(truth, heard + w * by_words))
    odds = heard + weight * by_words
    return weight, float(log_odds(np.array(best_cut(truth, sigmoid(odds)))))


def main() -> None:
    """Fit both models, write their weights, and print how they are weighed best."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("onnxscript").setLevel(logging.WARNING)
    words.write()
    pairs, network = Pairs(LINE_TOKENS, CASE_TOKENS), published(columns=1)
    descend(network, schedule(pairs, Random(RATES.seed)), lambda it: loss_of(network, it), RATES)
    export(network, WEIGHTS)
    log.info("AUC on the cases kept aside: %.2f", apart(rows.cases(kept=True)))
    tuning = [*rows.sure(rows.known("dev", tune=True))]
    log.info("WORDS, FLIP = %.2f, %.2f (trainer/guard/sides.py)", *choose(tuning))


if __name__ == "__main__":
    main()
