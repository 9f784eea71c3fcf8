import pytest

from rubrics.acts import ActLabeller, default_labeller


@pytest.fixture(scope="session")
def labeller() -> ActLabeller:
    return default_labeller()
