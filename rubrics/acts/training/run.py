"""Make the learned labeller: ``python -m rubrics.acts.training.run``; half an hour on one core.

Without options it fine-tunes the encoder, exports it and fits words and decisions.
``--keep-encoder`` redoes all but the encoder, in two minutes: enough when the detectors have
changed. ``python -m rubrics.acts.training.measure`` then prints the figures of docs/labeller.md.
"""

import argparse
import logging
from pathlib import Path

import numpy as np

from rubrics.acts.decisions import Values, evidence
from rubrics.acts.detector import DetectorLabeller
from rubrics.acts.learned import GRAPH, WEIGHTS, Silent, answers, hits, session
from rubrics.acts.pairs import Pairs
from rubrics.acts.reading import Context
from rubrics.acts.training import data
from rubrics.acts.training.data import Row
from rubrics.acts.training.tune import tune, tuning_rows
from rubrics.acts.training.words import fit_words
from rubrics.acts.words import Words


def main() -> None:
    """Fine-tune, export and fit."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("onnxscript").setLevel(logging.WARNING)
    arguments = _arguments()
    if not arguments.keep_encoder:
        _encoder(arguments.parts, arguments.checkpoint, arguments.start)
    decide(WEIGHTS, arguments.parts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-encoder", action="store_true")
    parser.add_argument("--parts", nargs="+", default=["train"], choices=["train", "tune"])
    parser.add_argument("--checkpoint", type=Path, default=Path("build/labeller.pt"))
    parser.add_argument("--start", type=Path, help="checkpoint of the first stage")
    return parser.parse_args()


def _encoder(parts: list[str], checkpoint: Path, start: Path | None) -> None:
    import torch

    from rubrics.acts.training.export import export
    from rubrics.acts.training.fit import STAGES, fit
    from rubrics.acts.training.network import published

    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    network = published()
    if start:
        network.load_state_dict(torch.load(start))
    for recipe in STAGES[1 if start else 0 :]:
        fit(network, recipe, parts)
        torch.save(network.state_dict(), checkpoint)
    export(network, WEIGHTS / GRAPH)


def decide(folder: Path, parts: list[str]) -> None:
    """Fit words on the training parts, then decisions on the tuning parts."""
    own = [row for part in parts for row in data.own(part)]
    fit_words([*own, *data.annomi("train"), *data.epitome("train")], folder)
    rows = tuning_rows()
    tune(rows, evidence_of(rows, folder), folder)


def evidence_of(rows: list[Row], folder: Path) -> Values:
    """What encoder, detectors and words say of each row."""
    pairs, words, detectors = Pairs(), Words(folder), DetectorLabeller(Silent())
    tokens = [pairs.pair(row.message, row.reply) for row in rows]
    logits = np.stack([answer[0] for answer in answers(session(folder / GRAPH), tokens)])
    found = [hits(detectors.label(Context(message=row.message), row.reply)) for row in rows]
    scores = [words.scores(row.reply) for row in rows]
    return evidence(logits.astype(np.float64), np.stack(found), np.stack(scores))


if __name__ == "__main__":
    main()
