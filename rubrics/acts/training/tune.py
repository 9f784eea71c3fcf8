"""Fits how the evidence is weighed and where the cuts lie, on the tuning parts only."""

import json
from pathlib import Path

import numpy as np

from rubrics.acts import heads
from rubrics.acts.decisions import (
    DECISIONS,
    DETECTORS,
    KINDS,
    Decisions,
    Values,
    bounded,
    log_odds,
    sigmoid,
)
from rubrics.acts.training import data
from rubrics.acts.training.data import Row
from rubrics.validation.agreement import kappa, macro_f1, qwk

#: Starting weights of encoder, detectors and words, of the bias and of the other logits, and how
#: strongly each is held there: by cross-validation inside the tuning part of our corpus.
_START, _HELD = np.array([1.0, 0.0, 0.0, 0.0]), np.array([1.0, 0.3, 0.3, 0.05])
_STEPS, _SMALL = 15, 1e-6
#: How strongly the other columns' logits are held at nothing, for slips and for all else. Held as
#: the rest, they learn that a reply without acts is hostile, and plain words are taken for slips.
_OTHERS_HELD_SLIPS, _OTHERS_HELD = 2000.0, 100.0
#: Rows known of a column from which the other logits are weighed too: on 89 rows they overfit.
_MANY = 500
#: Columns whose .5 is moved to where F1 is best, and to where kappa is.
_BY_F1 = {*heads.ACTS, *heads.TAGS, heads.COLD}
_BY_KAPPA = set(heads.COUNSEL_FLAGS)
#: Columns that the encoder alone answers best: neither words nor detectors were made for them.
_AS_READ = {*heads.DOMAIN, *heads.COUNSEL_BEHAVIOUR, *heads.TALK}
#: Labels for which a detector's word may stand alone, from which precision, seen how often. At .7
#: the precision of the whole falls by more than its recall gains (docs/labeller.md).
TRUSTABLE = [*heads.ACTS, *heads.TAGS]
TRUSTED, FEWEST_HITS = 0.8, 5
#: Known of a reply of our corpus only where it stands beside the message that it answers.
_OWN_MESSAGE = "work:question"
#: A limit excuses hard words: to overlook one punishes somebody who protected themselves.
TRUSTED_LIMIT, _LIMIT = 0.55, "act:boundary"
_RESAMPLES = 40
#: Cuts that give the nearest level. Of peers' replies a tenth of the training file tunes, with nine
#: cases of the rarest level: cuts that were best there were worse elsewhere (docs/labeller.md).
_NEAREST = [0.5, 1.5]


def tuning_rows() -> list[Row]:
    """Everything that thresholds may be decided on."""
    own = data.own("tune")
    return [*own, *data.mismatched(own, 1), *data.annomi("tune"), *data.epitome("tune")]


def tune(rows: list[Row], evidence: Values, folder: Path) -> None:
    """Fit and write the decisions; ``evidence`` is (rows, columns, kinds)."""
    fitted = {name: _column(rows, evidence, name) for name in heads.COLUMNS}
    columns = {name: [round(float(x), 4) for x in found] for name, found in fitted.items()}
    trust = {name: found for name in TRUSTABLE if (found := _trust(rows, evidence, name))}
    cuts = dict.fromkeys(("work", "peer"), [_NEAREST] * len(heads.MECHANISMS))
    write(folder, columns, trust, cuts)
    decisions = Decisions.load(folder)
    expected = decisions.expected(decisions.probabilities(evidence), "work")
    write(folder, columns, trust, cuts | {"work": _cuts(rows, expected, heads.WORK)})


def write(folder: Path, columns: object, trust: object, cuts: object) -> None:
    """Store the decisions, one column a line."""
    document = {"cuts": cuts, "trust": trust, "columns": columns}
    text = json.dumps(document).replace("], ", "],\n")
    (folder / DECISIONS).write_text(text + "\n", "utf-8")


def _trust(rows: list[Row], evidence: Values, name: str) -> float:
    """The detectors' precision for a label, shrunk as by one miss; 0 where it is too low or unsure.

    People wrote the detectors' patterns from the codebook, so a precise one also stands for lines
    that the corpus does not hold. Only replies beside their own message count.
    """
    place = heads.INDEX[name]
    found = [row.known[name] for k, row in enumerate(rows) if _hit(row, evidence[k, place], name)]
    precision = sum(found) / (len(found) + 1)
    enough = TRUSTED_LIMIT if name == _LIMIT else TRUSTED
    return round(precision, 3) if len(found) >= FEWEST_HITS and precision >= enough else 0.0


def _hit(row: Row, evidence: Values, name: str) -> bool:
    return {name, _OWN_MESSAGE} <= set(row.known) and bool(evidence[DETECTORS])


def _column(rows: list[Row], evidence: Values, name: str) -> Values:
    place = heads.INDEX[name]
    known = [k for k, row in enumerate(rows) if name in row.known]
    truth = np.array([rows[k].known[name] for k in known])
    if name in _AS_READ or not 0 < truth.sum() < len(truth):
        return np.concatenate([_START, np.zeros(len(heads.COLUMNS))])
    others = bounded(evidence[known, :, 0])
    others[:, place if len(known) >= _MANY else slice(None)] = 0.0
    table = np.column_stack([evidence[known, place], np.ones(len(known)), others])
    slip = name in {*heads.TAGS, heads.COLD}
    weights = logistic(table, truth, _OTHERS_HELD_SLIPS if slip else _OTHERS_HELD)
    chances = sigmoid(table @ weights)
    if name in _BY_F1:
        weights[KINDS] -= float(log_odds(np.array(best_cut(truth, chances))))
    elif name in _BY_KAPPA:
        weights[KINDS] -= float(log_odds(np.array(_kappa_cut(truth, chances))))
    return weights


def logistic(table: Values, truth: Values, others_held: float = _OTHERS_HELD) -> Values:
    """Logistic regression held near its start, by Newton's method with halved steps."""
    extra = table.shape[1] - len(_START)
    start = np.concatenate([_START, np.zeros(extra)])
    held = np.concatenate([_HELD, np.full(extra, others_held)])

    def loss(weights: Values) -> float:
        z = table @ weights
        fit = float((np.logaddexp(0, z) - truth * z).sum())
        return fit + 0.5 * float((held * (weights - start) ** 2).sum())

    weights = np.zeros_like(start)
    for _ in range(_STEPS):
        chance = sigmoid(table @ weights)
        slope = table.T @ (chance - truth) + held * (weights - start)
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(held)
        step = np.linalg.solve(curve, slope)
        while loss(weights - step) > loss(weights) and np.abs(step).max() > _SMALL:
            step = step / 2
        weights = weights - step
    return weights


def _kappa_cut(truth: Values, chances: Values) -> float:
    options = np.linspace(0.2, 0.8, 61)
    found = [kappa(truth, 1.0 * (chances >= cut)) for cut in options]
    best = options[np.array(found) >= max(found) - 0.01]
    return float(np.median(best))


def best_cut(truth: Values, chances: Values) -> float:
    """Where F1 is best, averaging the F1 seen with the F1 the chances expect, which is smooth."""
    options = np.linspace(0.1, 0.8, 71)
    scores = []
    for cut in options:
        given = chances >= cut
        seen = 2 * truth[given].sum() / max(1.0, given.sum() + truth.sum())
        hoped = 2 * chances[given].sum() / max(1.0, given.sum() + chances.sum())
        scores.append(seen + hoped)
    return float(options[int(np.argmax(scores))])


def _cuts(rows: list[Row], expected: Values, columns: list[str]) -> list[list[float]]:
    known = [k for k, row in enumerate(rows) if set(columns) <= set(row.known)]
    truth = np.array([[rows[k].known[c] for c in columns] for k in known])
    levels = truth.reshape(len(known), -1, 2).sum(-1)
    return [_steady_cuts(levels[:, k], expected[known, k]) for k in range(levels.shape[1])]


def _steady_cuts(levels: Values, expected: Values) -> list[float]:
    """The median of the best cuts of many resamples: one sample's best cuts follow its chances."""
    random = np.random.default_rng(0)
    draws = [random.integers(0, len(levels), len(levels)) for _ in range(_RESAMPLES)]
    found = [_best_cuts(levels[draw], expected[draw]) for draw in draws]
    return [round(float(cut), 3) for cut in np.median(found, axis=0)]


def _best_cuts(levels: Values, expected: Values) -> tuple[float, float]:
    """The two cuts of the expected level with the best sum of QWK and macro-F1."""
    lows, highs = np.linspace(0.3, 1.2, 19), np.linspace(0.8, 1.8, 21)
    best, found = -9.0, (0.5, 1.5)
    for low in lows:
        for high in highs[highs >= low]:
            given = 1.0 * (expected >= low) + 1.0 * (expected >= high)
            score = qwk(levels, given) + macro_f1(levels, given)
            if score > best:
                best, found = score, (float(low), float(high))
    return found
