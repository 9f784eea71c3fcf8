"""Make the learned labeller: ``python -m rubrics.acts.training.run``; three hours on two cores.

Without options it fine-tunes the encoder in four rounds, exports it and fits words and decisions;
stages that are in the folder of checkpoints already are not run again. ``--further`` starts from
the weights that ship and leaves the first round out, as after replies have been added.
``--keep-encoder`` redoes all but the encoder, in two minutes: enough when the detectors have
changed. ``python -m rubrics.acts.training.measure`` then prints the figures of docs/labeller.md.
"""

import argparse
import copy
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rubrics.acts.decisions import Values, evidence
from rubrics.acts.detector import DetectorLabeller
from rubrics.acts.learned import GRAPH, WEIGHTS, hits, taken_up
from rubrics.acts.pairs import Pairs, answers
from rubrics.acts.reading import Context
from rubrics.acts.training import data
from rubrics.acts.training.data import Row
from rubrics.acts.training.recipes import FIRST, FURTHER, Round
from rubrics.acts.training.tune import tune, tuning_rows
from rubrics.acts.training.words import fit_words
from rubrics.acts.words import Words
from rubrics.encoder import session

if TYPE_CHECKING:
    from rubrics.acts.training.network import Network


def main() -> None:
    """Fine-tune, export and fit."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("onnxscript").setLevel(logging.WARNING)
    arguments = _arguments()
    if not arguments.keep_encoder:
        _encoder(arguments)
    decide(WEIGHTS, arguments.parts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-encoder", action="store_true")
    parser.add_argument("--further", action="store_true")
    parser.add_argument("--parts", nargs="+", default=["train"], choices=["train", "tune"])
    parser.add_argument("--checkpoints", type=Path, default=Path("build/labeller"))
    return parser.parse_args()


def _encoder(arguments: argparse.Namespace) -> None:
    from rubrics.acts.training.export import export, restore
    from rubrics.acts.training.network import published

    network = restore(WEIGHTS / GRAPH) if arguments.further else published()
    for one in FURTHER if arguments.further else (FIRST, *FURTHER):
        _learn(network, one, arguments)
    export(network, WEIGHTS / GRAPH)


def _learn(network: "Network", one: Round, arguments: argparse.Namespace) -> None:
    import torch

    from rubrics.acts.training.fit import fit

    arguments.checkpoints.mkdir(parents=True, exist_ok=True)
    found = [copy.deepcopy(network.state_dict())]
    for recipe in one.stages:
        kept = arguments.checkpoints / f"{recipe.seed}.pt"
        if kept.exists():
            network.load_state_dict(torch.load(kept))
        else:
            fit(network, recipe, arguments.parts)
            torch.save(network.state_dict(), kept)
        found.append(copy.deepcopy(network.state_dict()))
    network.load_state_dict(_mean(found, one.shares))


def _mean(found: list[dict[str, Any]], shares: Sequence[float]) -> dict[str, Any]:
    return {
        name: sum(share * one[name] for share, one in zip(shares, found, strict=True))
        for name in found[0]
    }


def decide(folder: Path, parts: list[str]) -> None:
    """Fit words on the training parts, then decisions on the tuning parts."""
    own = [row for part in parts for row in data.own(part)]
    fit_words([*own, *data.annomi("train"), *data.epitome("train")], folder)
    rows = tuning_rows()
    tune(rows, evidence_of(rows, folder), folder)


def evidence_of(rows: list[Row], folder: Path) -> Values:
    """What encoder, detectors and words say of each row."""
    pairs, words, detectors = Pairs(), Words(folder), DetectorLabeller()
    tokens = [pairs.pair(row.message, row.reply) for row in rows]
    logits = np.stack([answer[0] for answer in answers(session(folder / GRAPH), tokens)])
    found = [
        hits(detectors.read(Context(message=row.message), row.reply, taken_up(logit)))
        for row, logit in zip(rows, logits, strict=True)
    ]
    scores = [words.scores(row.reply) for row in rows]
    return evidence(logits.astype(np.float64), np.stack(found), np.stack(scores))


if __name__ == "__main__":
    main()
