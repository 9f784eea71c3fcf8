import random
from collections.abc import Callable
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.model import Temperament
from trainer.dynamics import MANNERS, MAX_DROP, CounterpartState, Features, advance

Policy = Callable[[int, CounterpartState], Features]
SEEDS = 300
TURNS = 12
SHOWN = (1, 3, 5, 8, 12)


def fresh(temperament: Temperament = "even") -> CounterpartState:
    manner = MANNERS[temperament]
    return CounterpartState(temperament=temperament, tension=manner.tension, trust=manner.trust)


def skilled(turn: int, state: CounterpartState) -> Features:
    if state.disclosed == 2:
        return Features(reflect=0.5, solve=1, own=0.5)
    if turn == 0:
        return Features(reflect=0.8, own=0.6, apology=1)
    return Features(reflect=0.8, explore=0.8, own=0.3)


def repair(turn: int, state: CounterpartState) -> Features:
    return Features(blame=0.8, but=0.5) if turn < 3 else skilled(turn - 3, state)


def average(turn: int, state: CounterpartState) -> Features:
    return Features(
        reflect=0.35,
        explore=0.4 * (turn % 2 == 0),
        generic=1,
        solve=float(turn >= 4),
        apology=float(turn == 0),
    )


POLICIES: dict[str, tuple[Policy, list[float]]] = {
    "skilled": (skilled, [0.71, 0.57, 0.43, 0.29, 0.21]),
    "repair": (repair, [0.86, 0.93, 0.74, 0.46, 0.27]),
    "average": (average, [0.73, 0.65, 0.59, 0.54, 0.46]),
    "keyword": (lambda t, s: Features(generic=1, reflect=0.1), [0.74, 0.71, 0.68, 0.63, 0.57]),
    "interrogator": (lambda t, s: Features(explore=0.35), [0.74, 0.72, 0.70, 0.66, 0.61]),
    "apology": (lambda t, s: Features(apology=1, generic=1), [0.74, 0.73, 0.73, 0.72, 0.71]),
    "silent": (lambda t, s: Features(), [0.75] * 5),
    "premature": (
        lambda t, s: Features(solve=1, generic=float(t == 0)),
        [0.82, 0.86, 0.87, 0.88, 0.88],
    ),
    "policy": (
        lambda t, s: Features(blame=0.8, but=0.5, generic=0.5),
        [0.86, 0.93, 0.94, 0.95, 0.96],
    ),
}
# Minimiser and hostile share one row of the table.
HARSH = (
    [0.9, 0.98, 0.99, 0.99, 1.0],
    Features(minimise=0.7, solve=1),
    Features(hostile=0.8, blame=0.4),
)


def courses(policy: Policy) -> list[list[CounterpartState]]:
    return [course(policy, seed) for seed in range(SEEDS)]


def course(policy: Policy, seed: int) -> list[CounterpartState]:
    rng, state, states = random.Random(seed), fresh(), []
    for turn in range(TURNS):
        state = advance(state, policy(turn, state), rng)
        states.append(state)
    return states


def mean_tension(policy: Policy) -> list[float]:
    plays = courses(policy)
    return [mean(play[turn - 1].tension for play in plays) for turn in SHOWN]


@pytest.mark.parametrize("name", POLICIES)
def test_tension_follows_the_tested_table(name: str) -> None:
    policy, expected = POLICIES[name]
    assert mean_tension(policy) == pytest.approx(expected, abs=0.05)


def test_minimiser_and_hostile_share_a_row() -> None:
    expected, *harsh = HARSH
    rows = [mean_tension(lambda t, s, did=did: did) for did in harsh]  # type: ignore[misc]
    assert [mean(pair) for pair in zip(*rows, strict=True)] == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(("name", "share"), [("skilled", 1.0), ("repair", 1.0), ("average", 0.57)])
def test_full_disclosure_as_in_the_table(name: str, share: float) -> None:
    plays = courses(POLICIES[name][0])
    assert mean(play[-1].disclosed == 2 for play in plays) == pytest.approx(share, abs=0.06)


@pytest.mark.parametrize("name", ["keyword", "interrogator", "apology", "silent", "premature"])
def test_the_others_hear_nothing_of_the_need(name: str) -> None:
    assert all(play[-1].disclosed < 2 for play in courses(POLICIES[name][0]))


unit = st.floats(0, 1)
features = st.builds(
    Features,
    **{name: unit for name in Features.model_fields if name != "repeats"},
    repeats=st.booleans(),
)
temperaments = st.sampled_from(sorted(MANNERS))


@given(st.lists(features, max_size=20), temperaments, st.integers())
def test_everything_stays_bounded(
    replies: list[Features], temperament: Temperament, seed: int
) -> None:
    rng, state = random.Random(seed), fresh(temperament)
    for did in replies:
        state = advance(state, did, rng)
        assert 0 <= min(state.tension, state.trust, state.understood, state.firmness)
        assert max(state.tension, state.trust, state.understood, state.firmness) <= 1


@given(st.lists(features, max_size=20), temperaments, st.integers())
def test_nobody_is_calm_at_once(
    replies: list[Features], temperament: Temperament, seed: int
) -> None:
    rng, state = random.Random(seed), fresh(temperament)
    for did in replies:
        after = advance(state, did, rng)
        assert state.tension - after.tension <= MAX_DROP + 1e-9 < 0.25
        state = after


@given(st.lists(features, max_size=20), temperaments, st.integers())
def test_no_gate_is_skipped(replies: list[Features], temperament: Temperament, seed: int) -> None:
    rng, state = random.Random(seed), fresh(temperament)
    for did in replies:
        after = advance(state, did, rng)
        assert after.disclosed - state.disclosed in (0, 1)
        assert after.disclosed == state.disclosed or did.explore > 0.3
        state = after


@given(features, unit, temperaments, st.integers())
def test_a_friendlier_reply_never_ends_tenser(
    did: Features, kinder: float, temperament: Temperament, seed: int
) -> None:
    friendly = did.model_copy(
        update={
            "reflect": max(did.reflect, kinder),
            "hostile": min(did.hostile, 1 - kinder),
            "minimise": min(did.minimise, 1 - kinder),
            "blame": min(did.blame, 1 - kinder),
        }
    )
    plain, kind = (advance(fresh(temperament), x, random.Random(seed)) for x in (did, friendly))
    assert kind.tension <= plain.tension + 1e-9


def test_a_position_loosens_only_when_something_comes_back() -> None:
    firm = fresh().model_copy(update={"firmness": 0.7})
    given_back = advance(firm, Features(reciprocity=1), random.Random(1))
    insisted = advance(firm, Features(insist=1), random.Random(1))
    assert given_back.firmness < 0.7 < insisted.firmness
