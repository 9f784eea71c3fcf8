from datetime import UTC, datetime, timedelta

import pytest

from progress.plan import Practisable, due_at, suggest
from progress.skills import Estimate

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def skill(mean: float, *, sd: float = 0.3, n: int = 3, days_ago: float | None = 30) -> Estimate:
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    return Estimate(mean, mean - 1.64 * sd, mean + 1.64 * sd, sd, n, n, last, 0.1, 0.1)


def scenario(name: str, difficulty: float = 0.0, *skills: str) -> Practisable:
    return Practisable(name, "customer", skills or ("REFLECT", "NOTICE"), difficulty)


def test_the_lowest_skill_comes_first() -> None:
    skills = {"NOTICE": skill(2.5), "REFLECT": skill(1.5)}
    found = suggest(skills, [scenario("a")], played={}, now=NOW)
    assert found is not None
    assert found.competency == "REFLECT"


def test_of_two_equal_skills_the_doubtful_one_comes_first() -> None:
    skills = {"NOTICE": skill(2.0, sd=0.2), "REFLECT": skill(2.0, sd=0.5)}
    found = suggest(skills, [scenario("a")], played={}, now=NOW)
    assert found is not None
    assert found.competency == "REFLECT"


def test_a_skill_never_practised_is_said_to_be_so() -> None:
    skills = {"NOTICE": skill(2.4), "REFLECT": skill(1.8, sd=0.6, n=0, days_ago=None)}
    names = {"REFLECT": "reflecting"}
    found = suggest(skills, [scenario("a")], played={}, now=NOW, names=names)
    assert found is not None
    assert found.reason.startswith("There is no level for “reflecting” yet")


def test_a_skill_that_is_due_comes_before_a_lower_one_that_is_not() -> None:
    skills = {"NOTICE": skill(1.5, n=4, days_ago=1), "REFLECT": skill(2.5, n=1, days_ago=5)}
    found = suggest(skills, [scenario("a")], played={}, now=NOW)
    assert found is not None
    assert (found.competency, "5 days ago" in found.reason) == ("REFLECT", True)


@pytest.mark.parametrize(("mean", "wanted"), [(1.2, "easy"), (2.2, "usual"), (3.2, "hard")])
def test_the_difficulty_fits_the_skill(mean: float, wanted: str) -> None:
    offered = [scenario("easy", -1.0), scenario("usual"), scenario("hard", 1.0)]
    found = suggest({"REFLECT": skill(mean)}, offered, played={}, now=NOW)
    assert found is not None
    assert found.scenario == wanted
    assert 1.8 <= found.expected <= 2.6


def test_a_new_scenario_comes_before_one_played() -> None:
    played = {"a": NOW - timedelta(days=90)}
    found = suggest(
        {"REFLECT": skill(2.2)}, [scenario("a"), scenario("b", 0.3)], played=played, now=NOW
    )
    assert found is not None
    assert (found.scenario, "new to you" in found.reason) == ("b", True)


def test_a_new_scenario_that_is_far_too_hard_does_not() -> None:
    offered = [scenario("a"), scenario("b", 1.5)]
    found = suggest({"REFLECT": skill(2.2)}, offered, played={"a": NOW}, now=NOW)
    assert found is not None
    assert found.scenario == "a"


def test_of_those_played_the_one_longest_ago_comes_first() -> None:
    played = {"a": NOW - timedelta(days=1), "b": NOW - timedelta(days=9)}
    offered = [scenario("a"), scenario("b")]
    found = suggest({"REFLECT": skill(2.2)}, offered, played=played, now=NOW)
    assert found is not None
    assert found.scenario == "b"


def test_only_scenarios_that_exercise_the_skill() -> None:
    skills = {"REFLECT": skill(1.0), "NOTICE": skill(2.0)}
    found = suggest(skills, [scenario("a", 0.0, "NOTICE")], played={}, now=NOW)
    assert found is not None
    assert found.competency == "NOTICE"


def test_nothing_to_practise_is_nothing() -> None:
    assert suggest({"REFLECT": skill(2.0)}, [], played={}, now=NOW) is None


@pytest.mark.parametrize(
    ("n", "mean", "days"),
    [
        (1, 2.5, 2),
        (2, 2.5, 7),
        (3, 2.5, 21),
        (4, 2.5, 60),
        (9, 2.5, 60),
        (2, 1.5, 3.5),
        (2, 3.2, 11.2),
    ],
)
def test_reviews_are_spaced(n: int, mean: float, days: float) -> None:
    assert due_at(skill(mean, n=n, days_ago=0)) == NOW + timedelta(days=days)
