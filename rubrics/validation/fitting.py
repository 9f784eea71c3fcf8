"""Fits the lines of the supportive rubric: ``python -m rubrics.validation.fitting``.

One straight line a dimension, from the mean of what the replies show to the raters' level, on all
talks but those that test. A line of least squares is flatter than what it predicts, which weighted
kappa punishes, so the line is steepened to the raters' spread. The replies of the train talks are
known to the labeller; their raters were the sparing ones, and experts are more sparing still.
"""

import sys
from collections.abc import Sequence

import numpy as np

from rubrics.acts import default_labeller
from rubrics.conversation import read_transcript, replies
from rubrics.supportive import WEIGHTS, Calibration, Line, held, rubric
from rubrics.validation.agreement import Numbers
from rubrics.validation.talks import Talk, talks


def fit_all(every: Sequence[Talk]) -> Calibration:
    """The lines of all dimensions."""
    labeller = default_labeller()
    said = [replies(one.transcript, read_transcript(one.transcript, labeller)) for one in every]
    usable = [[reply for reply in found if reply.usable] for found in said]
    lines = {
        dimension.id: _fit(
            np.array([np.mean([dimension.of(reply) for reply in found]) for found in usable]),
            np.array([one.level(dimension.id) for one in every]),
        )
        for dimension in rubric().dimensions
    }
    return Calibration(labeller=labeller.version, lines=lines)


def _fit(shown: Numbers, truth: Numbers) -> Line:
    slope = float(truth.std() / shown.std())
    intercept = float(truth.mean() - slope * shown.mean())
    levels = np.array([held(intercept + slope * x) for x in shown])
    return Line(
        intercept=round(intercept, 4),
        slope=round(slope, 4),
        residual=round(float((levels - truth).std()), 4),
    )


def main() -> int:
    """Fit and write the weights file."""
    found = fit_all([*talks("train"), *talks("dev")])
    WEIGHTS.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{WEIGHTS.name}: {len(found.lines)} lines for {found.labeller}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
