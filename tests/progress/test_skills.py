import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from progress.skills import (
    Difficulty,
    Estimate,
    Observation,
    band_of,
    estimate,
    observations,
    trajectory,
)
from progress.store import Store
from tests.progress.making import append, complete, new_play, scorecard
from tests.progress.simulation import Found, simulate

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def growing() -> Found:
    return simulate(40, growth=0.06, seed=1)


@pytest.mark.parametrize(
    ("session", "published"), [(1, 0.45), (2, 0.38), (4, 0.32), (8, 0.29), (16, 0.28)]
)
def test_the_error_is_near_the_published_one(
    growing: Found, session: int, published: float
) -> None:
    assert growing.rmse(session) == pytest.approx(published, abs=0.06)


@pytest.mark.parametrize("session", [1, 2, 4, 8, 16])
def test_the_interval_holds_the_truth_about_nine_times_in_ten(growing: Found, session: int) -> None:
    assert 0.85 <= growing.coverage(session) <= 0.95


@pytest.mark.parametrize("session", [1, 2, 4, 8, 16])
def test_the_plain_mean_is_worse(growing: Found, session: int) -> None:
    assert growing.rmse_of_mean(session) > 1.2 * growing.rmse(session)


def test_whoever_does_not_change_is_not_told_so() -> None:
    words = Counter(simulate(30, growth=0.0, seed=2).words)
    assert words["improved"] + words["declined"] == 0
    assert words["too early to tell"] > 0.95 * words.total()


def test_nobody_who_grows_is_told_that_they_decline(growing: Found) -> None:
    assert not {"declined", "probably slipping"} & set(growing.words)
    assert "improved" in growing.words


def seen(
    level: float,
    *,
    day: int,
    scenario: str = "a",
    competency: str = "REFLECT",
    difficulty: float = 0.0,
    se: float | None = 0.35,
) -> Observation:
    return Observation(
        conversation=UUID(int=day),
        when=NOW + timedelta(days=day),
        scenario=scenario,
        competency=competency,
        level=level,
        se=se,
        difficulty=Difficulty(difficulty),
    )


def reflect(*what: Observation, after: int = 0) -> Estimate:
    now = max((o.when for o in what), default=NOW) + timedelta(days=after)
    return estimate(what, competencies=["REFLECT", "NOTICE"], now=now).skills["REFLECT"]


def test_without_a_score_nothing_is_claimed() -> None:
    profile = estimate([], competencies=["REFLECT"], now=NOW)
    assert profile.overall is None
    one = profile.skills["REFLECT"]
    assert (one.n, one.last, one.band, one.change) == (0, None, None, "too early to tell")


def test_a_level_on_a_harder_scenario_counts_more() -> None:
    assert reflect(seen(2, day=1, difficulty=1.0)).mean > reflect(seen(2, day=1)).mean


def test_a_doubtful_score_counts_less() -> None:
    sure, doubtful = reflect(seen(4, day=1, se=0.1)), reflect(seen(4, day=1, se=1.0))
    assert sure.mean > doubtful.mean
    assert sure.sd < doubtful.sd


def test_one_skill_informs_the_others() -> None:
    other = reflect(seen(4, day=1, competency="NOTICE"))
    assert other.mean > reflect().mean
    assert other.n == 0


def test_time_without_practice_widens_the_interval_and_keeps_the_mean() -> None:
    fresh, old = reflect(seen(3, day=1)), reflect(seen(3, day=1), after=60)
    assert old.mean == fresh.mean
    assert old.sd > fresh.sd


def test_years_without_practice_do_not_widen_it_further() -> None:
    assert reflect(seen(3, day=1), after=400).sd == reflect(seen(3, day=1), after=4000).sd


def test_the_same_scenario_again_and_again_teaches_little() -> None:
    same = reflect(*(seen(3, day=day) for day in range(1, 9)))
    various = reflect(*(seen(3, day=day, scenario=str(day)) for day in range(1, 9)))
    assert same.sd > 1.3 * various.sd


def test_the_order_in_which_scores_are_given_does_not_matter() -> None:
    levels = [seen(1, day=1), seen(3, day=2, scenario="b"), seen(2, day=3)]
    assert reflect(*levels).mean == pytest.approx(reflect(*reversed(levels)).mean)


@pytest.mark.parametrize(
    ("scenarios", "enough"), [("a", False), ("ab", False), ("aaa", False), ("aba", True)]
)
def test_a_level_is_shown_from_three_conversations_on_two_scenarios(
    scenarios: str, enough: bool
) -> None:
    one = reflect(*(seen(2, day=day, scenario=s) for day, s in enumerate(scenarios)))
    assert one.enough == enough
    assert (one.band is not None) == enough
    assert (one.still_needed is None) == enough


def test_what_is_missing_is_said() -> None:
    assert reflect(seen(2, day=1)).still_needed == (
        "Too early to tell: 2 more conversations on another scenario without hints."
    )


@pytest.mark.parametrize(
    ("p_rose", "p_fell", "word"),
    [
        (0.96, 0.0, "improved"),
        (0.85, 0.01, "probably improving"),
        (0.79, 0.1, "too early to tell"),
        (0.1, 0.80, "probably slipping"),
        (0.0, 0.95, "declined"),
    ],
)
def test_the_word_for_a_change(p_rose: float, p_fell: float, word: str) -> None:
    one = Estimate(2.0, 1.5, 2.5, 0.3, 5, 3, NOW, p_rose, p_fell)
    assert one.change == word


@pytest.mark.parametrize(
    ("low", "high", "band"),
    [
        (0.0, 1.2, "Starting"),
        (1.3, 2.2, "Developing"),
        (1.15, 2.15, "Developing"),
        (1.0, 2.0, "between Starting and Developing"),
        (1.0, 2.5, "between Starting and Proficient"),
        (3.3, 4.0, "Advanced"),
        (4.0, 4.0, "Advanced"),
    ],
)
def test_a_band_is_named_where_the_interval_is_inside(low: float, high: float, band: str) -> None:
    assert band_of(low, high) == band


def test_the_curve_ends_where_the_estimate_is() -> None:
    levels = [seen(day % 3 + 1, day=day, scenario=str(day)) for day in range(5)]
    curve = trajectory(levels, "REFLECT", competencies=["REFLECT", "NOTICE"])
    assert [point.conversation for point in curve] == [UUID(int=day) for day in range(5)]
    assert curve[-1].mean == pytest.approx(reflect(*levels).mean)
    assert all(point.low < point.mean < point.high for point in curve)


def test_no_curve_of_a_skill_that_was_never_rated() -> None:
    assert trajectory([seen(2, day=1)], "NOTICE") == ()


def test_hinted_and_unrated_scores_do_not_count(store: Store, user: UUID) -> None:
    complete(store, user)  # with a hint
    plain = _scored(store, user, store.start_play(user=user, new=new_play()).id)
    counted = observations(store.score_history(user=user), {"late-parcel": Difficulty(0.5)})
    assert [(o.conversation, o.competency) for o in counted] == [(plain, "REFLECT")]
    assert counted[0].difficulty == Difficulty(0.5)


def test_a_retry_does_not_count(store: Store, user: UUID) -> None:
    first = store.start_play(user=user, new=new_play()).id
    append(store, user, first, 1)
    _scored(store, user, store.start_retry(user=user, play_id=first, from_turn=0).id)
    assert observations(store.score_history(user=user), {}) == ()


def _scored(store: Store, user: UUID, play: UUID) -> UUID:
    store.finish(user=user, play_id=play, ending="open")
    return store.save_scorecard(user=user, play_id=play, scorecard=scorecard()).id


def test_a_thousand_scores_take_less_than_a_second() -> None:
    names = [f"c{i}" for i in range(8)]
    levels = [
        Observation(uuid4(), NOW + timedelta(days=d), f"s{d % 40}", name, 2.0, 0.3)
        for d in range(125)
        for name in names
    ]
    began = time.perf_counter()
    estimate(levels, competencies=names, now=NOW)
    assert time.perf_counter() - began < 1.0
