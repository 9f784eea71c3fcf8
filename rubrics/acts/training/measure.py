"""Prints how well a labeller agrees with the labels: ``python -m rubrics.acts.training.measure``.

Needs the public data beside our corpus; no torch. Nothing here is used to decide anything.
"""

import argparse
import sys
from collections.abc import Sequence

import numpy as np

from rubrics.acts import heads
from rubrics.acts.decisions import Values
from rubrics.acts.detector import DetectorLabeller
from rubrics.acts.learned import LearnedLabeller, Seen
from rubrics.acts.reading import Act, Context, ReplyReading, Tag
from rubrics.acts.training import data
from rubrics.acts.training.data import Row
from rubrics.acts.training.rivals import Rivals, rivals
from rubrics.encoder import shared
from rubrics.validation.agreement import (
    auc,
    estimate,
    f1,
    kappa,
    macro_f1,
    mean_f1,
    pairs_in_order,
    qwk,
)

#: An act counts in the mean where the test part has as many positives.
MIN_POSITIVE = 5


def main() -> None:
    """Print all figures of the learned labeller, or those on our corpus of the detectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detectors", action="store_true")
    if parser.parse_args().detectors:
        own(_detected(data.own("test")), data.own("test"))
        return
    labeller = LearnedLabeller()
    test = data.own("test")
    readings = _read(labeller, test)
    own(readings, test)
    order(rivals(test, readings, labeller.see(_pairs(test))))
    grounding(labeller, test)
    epitome(labeller)
    annomi(labeller)


def own(readings: Sequence[ReplyReading], rows: Sequence[Row]) -> None:
    """Acts, tags, mechanisms and behaviour on our own corpus."""
    groups = [row.key for row in rows]
    for group, names in (("acts", heads.ACTS), ("tags", heads.TAGS)):
        truth = np.array([[row.known[name] for name in names] for row in rows])
        given = np.array([_given(reading, names) for reading in readings], dtype=float)
        kept = [k for k in range(len(names)) if truth[:, k].sum() >= MIN_POSITIVE]
        _say(f"{group}, mean F1 over {len(kept)} of {len(names)}")
        _say(f"  {estimate(mean_f1, truth[:, kept], given[:, kept], groups)}")
        for k in kept:
            name, count = names[k].split(":")[1], int(truth[:, k].sum())
            _say(f"  {name:20} {f1(truth[:, k], given[:, k]):.2f}  ({count})")
    _mechanisms(readings, rows, "work")
    truth, given = _behaviours(readings, rows, "work")
    _say(f"behaviour macro-F1 {estimate(macro_f1, truth, given, groups)}")


def _given(reading: ReplyReading, names: Sequence[str]) -> list[bool]:
    acts = {f"act:{act.value}": reading.has(act) for act in Act}
    tags = {f"tag:{tag.value}": reading.tagged(tag) for tag in Tag}
    return [(acts | tags)[name] for name in names]


def _mechanisms(readings: Sequence[ReplyReading], rows: Sequence[Row], domain: str) -> None:
    groups = [row.key for row in rows]
    for name in heads.MECHANISMS:
        columns = f"{domain}:{name}>0", f"{domain}:{name}>1"
        truth: Values = np.array([[row.known[c] for c in columns] for row in rows]).sum(axis=1)
        found = [getattr(reading.mechanisms, name) for reading in readings]
        given = np.array([float(mechanism.level) for mechanism in found])
        expected = np.array([float(mechanism.expected) for mechanism in found])
        _say(f"{name}: QWK {estimate(qwk, truth, given, groups)}")
        _say(f"  macro-F1 {estimate(macro_f1, truth, given, groups)}")
        present = (truth > 0).astype(np.float64)
        _say(f"  present or absent, AUC {estimate(auc, present, expected, groups)}")


def _behaviours(
    readings: Sequence[ReplyReading], rows: Sequence[Row], domain: str
) -> tuple[Values, Values]:
    places = range(len(heads.BEHAVIOURS))
    truth = [
        next(k for k in places if row.known[f"{domain}:{heads.BEHAVIOURS[k]}"]) for row in rows
    ]
    given = [heads.BEHAVIOURS.index(reading.behaviour) for reading in readings]
    return np.array(truth, float), np.array(given, float)


def epitome(labeller: LearnedLabeller) -> None:
    """Mechanisms on the peer-support development part."""
    _say("EPITOME, development part")
    rows = data.epitome("dev")
    _mechanisms(_read(labeller, rows), rows, "peer")


def annomi(labeller: LearnedLabeller) -> None:
    """Behaviour and its flags on the counselling development part."""
    rows = data.annomi("dev")
    groups = [row.key for row in rows]
    truth, given = _behaviours(_read(labeller, rows), rows, "counsel")
    _say("AnnoMI, development part")
    _say(f"behaviour macro-F1 {estimate(macro_f1, truth, given, groups)}")
    _say(f"behaviour kappa {estimate(kappa, truth, given, groups)}")
    seen = labeller.see(_pairs(rows))
    for column in heads.COUNSEL_FLAGS:
        _flag(column, rows, seen)


def _flag(column: str, rows: Sequence[Row], seen: Sequence[Seen]) -> None:
    known = [k for k, row in enumerate(rows) if column in row.known]
    truth = np.array([rows[k].known[column] for k in known])
    given = np.array([float(seen[k].chance(column) >= 0.5) for k in known])
    _say(f"{column} kappa {estimate(kappa, truth, given)}")


def grounding(labeller: LearnedLabeller, rows: Sequence[Row]) -> None:
    """Whether a reply that takes up its message is told from the same reply to another one."""
    own = [row for row in rows if row.known.get(heads.SPECIFIC) == 1]
    both = _read(labeller, own), _read(labeller, data.mismatched(own, 2))
    right, wrong = (np.array([reading.grounding for reading in side]) for side in both)
    _say(f"grounding, own against another message, AUC {pairs_in_order(right, wrong):.3f}")


def order(found: Rivals) -> None:
    """Length-matched pairs on the same message: how often the better reply scores higher."""
    for name, pairs in found.items():
        above, below = (np.array(side) for side in zip(*pairs, strict=True))
        wins = float(np.mean((above > below) + 0.5 * (above == below)))
        _say(f"{name}: {wins:.3f} of {len(pairs)} matched pairs")
        _say(f"  (any two: {pairs_in_order(above, below):.3f})")


def _read(labeller: LearnedLabeller, rows: Sequence[Row]) -> list[ReplyReading]:
    return labeller.label_many(_pairs(rows))


def _pairs(rows: Sequence[Row]) -> list[tuple[Context, str]]:
    return [(Context(message=row.message), row.reply) for row in rows]


def _detected(rows: Sequence[Row]) -> list[ReplyReading]:
    labeller = DetectorLabeller(shared())
    return [labeller.label(Context(message=row.message), row.reply) for row in rows]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
