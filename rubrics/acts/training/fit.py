"""Fine-tuning: which rows in which order, the losses and the schedule."""

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from rubrics.acts import heads
from rubrics.acts.pairs import Pair, Pairs
from rubrics.acts.training import data
from rubrics.acts.training.data import Row
from rubrics.acts.training.joined import joined
from rubrics.acts.training.network import Network, half_precision, padded
from rubrics.acts.training.recipes import Rates, Recipe
from rubrics.acts.training.varied import varied

log = logging.getLogger(__name__)

#: Tokens of a reply read in training; nine replies in ten are shorter.
TRAIN_TOKENS = 96
T = TypeVar("T")


#: Lower layers learn more slowly, each this share of the layer above (Howard and Ruder 2018).
_SLOWER = 0.85
#: Two threads on two cores; the sums depend on it, so that another number gives other weights.
THREADS = 2

#: Weight of each group of columns in the loss, per group, shared equally among its columns.
_GROUPS: list[tuple[list[str], float]] = [
    (heads.ACTS, 4.0),
    (heads.TAGS, 4.0),
    (heads.WORK, 2.0),
    (heads.PEER, 3.0),
    (heads.COUNSEL_FLAGS, 1.5),
    ([heads.COLD], 0.5),
    ([heads.IMPOLITE], 0.5),
    ([heads.SPECIFIC], 0.7),
    (heads.TALK, 4.0),
]
_CHOICES: list[tuple[list[str], float]] = [
    (heads.WORK_BEHAVIOUR, 0.7),
    (heads.COUNSEL_BEHAVIOUR, 1.5),
    (heads.DOMAIN, 0.1),
]
_QUOTE_WEIGHT, _MAX_BALANCE = 0.1, 5.0


@dataclass(frozen=True)
class Item:
    """A row ready for the network."""

    pair: Pair
    target: np.ndarray
    known: np.ndarray
    quotes: tuple[tuple[int, int, int], ...]


def item(pairs: Pairs, row: Row) -> Item:
    """Tokens and targets; a quote becomes the column and its first and last token."""
    pair = pairs.pair(row.message, row.reply)
    target, known = np.zeros(len(heads.COLUMNS), "f4"), np.zeros(len(heads.COLUMNS), "f4")
    for name, value in row.known.items():
        target[heads.INDEX[name]], known[heads.INDEX[name]] = value, 1
    return Item(pair, target, known, tuple(_quotes(pair, row)))


def _quotes(pair: Pair, row: Row) -> list[tuple[int, int, int]]:
    found = []
    for name, (start, end) in row.quotes.items():
        inside = [i for i, (a, b) in enumerate(pair.offsets) if a >= start and b <= end]
        if inside:
            places = pair.begin + inside[0], pair.begin + inside[-1] + 1
            found.append((heads.INDEX[name], *places))
    return found


def schedule(recipe: Recipe, pairs: Pairs, parts: list[str]) -> list[list[Item]]:
    """All batches of a run, each of one source and of similar lengths, in random order."""
    random = np.random.default_rng(recipe.seed)
    ours = [row for part in parts for row in data.own(part, recipe.added)]
    peers, counsel, told = data.epitome("train"), data.annomi("train"), data.supportive()
    plan = [
        (ours, recipe.own),
        (joined(ours, recipe.seed), recipe.joined),
        (data.mismatched(ours, recipe.seed), recipe.mismatched),
        (data.mismatched(peers, recipe.seed), recipe.mismatched / 2),
        (peers, recipe.epitome),
        (counsel, recipe.annomi),
        (told, recipe.talks),
        (varied([*ours, *peers, *told], recipe.seed), recipe.varied),
        (data.mismatched(told, recipe.seed), recipe.talks / 4),
        (data.politeness(), recipe.politeness),
    ]
    batches = [
        chunk
        for rows, passes in plan
        if passes
        for chunk in _batches(rows, passes, recipe, pairs, random)
    ]
    return [batches[place] for place in random.permutation(len(batches))]


def _batches(
    rows: list[Row], passes: float, recipe: Recipe, pairs: Pairs, random: np.random.Generator
) -> list[list[Item]]:
    items = [item(pairs, row) for row in rows]
    chunks = []
    while passes > 0:
        order = random.permutation(len(items))[: math.ceil(min(1.0, passes) * len(items))]
        jitter = random.integers(0, 16, len(items))
        chosen = sorted(order, key=lambda i: len(items[i].pair.ids) + jitter[i])
        chunks += [
            [items[i] for i in chosen[at : at + recipe.batch]]
            for at in range(0, len(chosen), recipe.batch)
        ]
        passes -= 1
    return chunks


def balance(items: list[Item]) -> Tensor:
    """Weight of a positive per column: the root of negatives to positives, within bounds."""
    known = sum((i.known for i in items), np.zeros(len(heads.COLUMNS)))
    positive = sum((i.known * i.target for i in items), np.zeros(len(heads.COLUMNS)))
    ratio = np.sqrt((known - positive + 1) / (positive + 1))
    return torch.tensor(np.clip(ratio, 1.0, _MAX_BALANCE), dtype=torch.float32)


def _column_weights() -> Tensor:
    weights = torch.zeros(len(heads.COLUMNS))
    for names, weight in _GROUPS:
        weights[heads.places(names)] = weight / len(names)
    return weights


_WEIGHTS = _column_weights()


def loss_of(network: Network, items: list[Item], positive: Tensor) -> Tensor:
    """All losses of one batch, each over what is known of its rows."""
    with half_precision():
        logits, attention, _ = network.read(*padded([one.pair for one in items]))
    logits, attention = logits.float(), attention.float()
    target = torch.from_numpy(np.stack([i.target for i in items]))
    known = torch.from_numpy(np.stack([i.known for i in items]))
    binary = functional.binary_cross_entropy_with_logits(
        logits, target, pos_weight=positive, reduction="none"
    )
    total = (binary * known * _WEIGHTS).sum() / len(items)
    for names, weight in _CHOICES:
        total = total + weight * _choice_loss(logits, target, known, heads.places(names))
    return total + _QUOTE_WEIGHT * _quote_loss(attention, items)


def _choice_loss(logits: Tensor, target: Tensor, known: Tensor, places: list[int]) -> Tensor:
    each = functional.cross_entropy(logits[:, places], target[:, places], reduction="none")
    return (each * known[:, places[0]]).sum() / len(each)


def _quote_loss(attention: Tensor, items: list[Item]) -> Tensor:
    inside = [
        attention[row, start:end, column].sum()
        for row, one in enumerate(items)
        for column, start, end in one.quotes
    ]
    if not inside:
        return attention.new_zeros(())
    return -torch.stack(inside).clamp_min(1e-4).log().mean()


def fit(network: Network, recipe: Recipe, parts: list[str]) -> None:
    """One stage: fine-tune in place on these parts of our corpus and the public sets."""
    batches = schedule(recipe, Pairs(TRAIN_TOKENS), parts)
    positive = balance([one for chunk in batches for one in chunk])
    descend(network, batches, lambda items: loss_of(network, items, positive), recipe)


def descend(
    network: Network, batches: list[list[T]], loss_of: Callable[[list[T]], Tensor], rates: Rates
) -> None:
    """Take one step a batch; the network is left with the running mean of its weights."""
    torch.manual_seed(rates.seed)
    torch.set_num_threads(THREADS)
    network.freeze()
    optimiser, scheduler = _optimiser(network, rates, len(batches))
    network.train()
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(rates.averaged))
    began, mean = time.monotonic(), 0.0
    for step, items in enumerate(batches):
        loss = loss_of(items)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        scheduler.step()
        averaged.update_parameters(network)
        mean += 0.02 * (loss.item() - mean)
        if step % 20 == 0:
            log.info("%d/%d loss %.3f, %.0f s", step, len(batches), mean, time.monotonic() - began)
    network.load_state_dict(averaged.module.state_dict())
    network.eval()


def _optimiser(
    network: Network, rates: Rates, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    fresh = [*network.look.parameters(), *network.value.parameters()]
    groups: list[dict[str, Any]] = [{"params": fresh, "lr": rates.head_rate}]
    rate = rates.encoder_rate
    for part in (*reversed(network.layers), network.norm):
        groups.append({"params": [*part.parameters()], "lr": rate})
        rate *= _SLOWER
    optimiser = torch.optim.AdamW(groups, weight_decay=rates.decay)
    warm = max(1, int(rates.warmup * steps))

    def factor(step: int) -> float:
        if step < warm:
            return (step + 1) / warm
        return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm))) + 0.01

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
