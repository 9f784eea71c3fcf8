"""Known groups and discriminant validity on levels made by hand."""

import numpy as np
import pytest

from rubrics.validation.groups import (
    Play,
    cohens_d,
    discriminant,
    halo,
    known_groups,
    spoiled,
    with_fault,
)


def play(policy: str, **levels: float) -> Play:
    return Play(scenario="s", policy=policy, seed=0, levels=levels)


ORDERED = (
    play("skilled", VALIDATE=3.5, EXPLORE=3),
    play("average", VALIDATE=2, EXPLORE=2),
    play("minimiser", VALIDATE=0, EXPLORE=1),
    play("interrogator", VALIDATE=1, EXPLORE=1),
    play("silent"),
)


def test_levels_in_order_pass() -> None:
    study = known_groups(ORDERED)
    assert study.passed
    assert study.failures == ()


def test_equal_levels_count_as_wrong() -> None:
    tied = [*ORDERED[:1], play("average", VALIDATE=0, EXPLORE=2), *ORDERED[2:]]
    study = known_groups(tied)
    assert study.figures[0].value < 1
    assert study.failures == ("s: average 0, minimiser 0 on VALIDATE",)


def test_a_rated_silence_fails() -> None:
    assert not known_groups([*ORDERED[:4], play("silent", VALIDATE=1)]).passed


def test_a_fault_that_hits_its_own_target_discriminates() -> None:
    sharp = play(spoiled("minimiser"), VALIDATE=1, EXPLORE=3)
    blunt = play(spoiled("minimiser"), VALIDATE=1, EXPLORE=1)
    assert discriminant([*ORDERED[:3], sharp]).passed
    assert not discriminant([*ORDERED[:3], blunt]).passed


def test_every_second_reply_is_the_fault() -> None:
    assert with_fault(["a", "b", "c", "d"], ["1", "2", "3", "4"]) == ("a", "2", "c", "4")


def test_halo_is_the_correlation_between_competencies() -> None:
    plays = [play(f"p{k}", VALIDATE=k % 4, EXPLORE=k % 4) for k in range(12)]
    assert halo(plays) == 1.0


def test_d_is_in_pooled_standard_deviations() -> None:
    found = cohens_d(np.array([3.0, 5.0]), np.array([1.0, 3.0]))
    assert found == pytest.approx(np.sqrt(2))
