from rubrics.validation.two_labellers import two_labellers


def test_the_labellings_are_independent_and_agree_well() -> None:
    values = {figure.name: figure.value for figure in two_labellers().figures}
    assert all(values[name] < 1 for name in ("reflect", "solve", "own", "hostility"))
    assert sum(values.values()) / len(values) > 0.7
