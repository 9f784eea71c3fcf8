import random

import pytest

from rubrics.calibration import ENOUGH, FLOOR, Calibration, Line, fit


def rated(n: int, gap: float, noise: float = 0.4, seed: int = 1) -> list[tuple[float, float]]:
    """Levels of a model that is off by ``gap`` on average."""
    rng = random.Random(seed)
    levels = [float(rng.randint(1, 3)) for _ in range(n)]
    return [(level, min(4, max(0, level + gap + rng.gauss(0, noise)))) for level in levels]


def test_too_few_conversations_are_not_fitted() -> None:
    assert fit(rated(ENOUGH - 1, -1)) is None


def test_a_severe_gap_is_mended() -> None:
    line = fit(rated(60, -1))
    assert line is not None
    assert line.applied(3) == pytest.approx(2, abs=0.3)
    assert line.error < 0.6 < line.error_before


def test_few_ratings_move_little() -> None:
    few, many = fit(rated(ENOUGH, -1)), fit(rated(200, -1))
    assert few is not None and many is not None
    assert abs(few.shift) < abs(many.shift) < 1.1


def test_a_line_that_does_not_help_held_out_is_not_applied() -> None:
    line = fit(rated(20, 0, noise=1.0, seed=4))
    assert line is not None
    assert (line.shift, line.tilt) == (0, 0)
    assert line.error == line.error_before


def test_nobody_is_surer_than_the_floor() -> None:
    line = fit([(2.0, 2.0)] * 20)
    assert line is not None
    assert line.error == FLOOR


def test_levels_stay_on_the_scale() -> None:
    line = Line(shift=2, tilt=0.5, centre=2, n=12, error=0.5, error_before=1)
    assert (line.applied(4), line.applied(0)) == (4, 1)


def test_another_model_has_no_line() -> None:
    line = fit(rated(30, -1))
    assert line is not None
    known = Calibration().extended("a", "judge-1", {"NOTICE": line})
    assert known.line("a", "judge-1", "NOTICE") == line
    assert known.line("b", "judge-1", "NOTICE") is None
    assert known.line("a", "judge-2", "NOTICE") is None
