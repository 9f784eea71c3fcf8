from trainer.calibration import Rated, gap, gaps


def rated(own: float, level: float, skill: str = "NOTICE", se: float = 0.3) -> Rated:
    return Rated(competency=skill, own=own, level=level, se=se)


def test_the_difference_is_self_minus_scored() -> None:
    found = gap([rated(1, 3)])
    assert found.mean == -2 and found.low < -2 < found.high


def test_rating_below_the_evidence_is_lower() -> None:
    assert gap([rated(1, 3)]).direction == "lower"


def test_rating_above_the_evidence_is_higher() -> None:
    assert gap([rated(4, 2)]).direction == "higher"


def test_a_difference_within_the_error_is_none() -> None:
    assert gap([rated(3, 2.4, se=0.6)]).direction == "alike"


def test_more_conversations_make_it_surer() -> None:
    one, four = gap([rated(2, 3)]), gap([rated(2, 3)] * 4)
    assert four.high - four.low < one.high - one.low


def test_ratings_that_scatter_say_less() -> None:
    steady = gap([rated(2, 3)] * 4)
    wild = gap([rated(0, 3), rated(4, 3), rated(1, 3), rated(3, 3)])
    assert wild.high - wild.low > steady.high - steady.low


def test_a_level_without_an_error_still_has_an_interval() -> None:
    found = gap([Rated(competency="NOTICE", own=2, level=2)])
    assert found.low < 0 < found.high


def test_only_skills_rated_often_enough_are_told() -> None:
    both = [rated(1, 3), rated(1, 3), rated(1, 3), rated(2, 2, "EXPLORE")]
    assert [g.competency for g in gaps(both, least=3)] == ["NOTICE"]
