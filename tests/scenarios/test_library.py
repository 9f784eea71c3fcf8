import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import library
from scenarios.library import ScenarioError
from scenarios.model import Scenario
from scenarios.schema import SCHEMA_FILE, schema_text

TEXT = library.shipped_files()[0].read_text(encoding="utf-8")


def test_the_schema_file_is_up_to_date() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


def test_on_and_no_are_words() -> None:
    scenario = library.parse(TEXT.replace('meets: "no"', "meets: no"), "x")
    assert any(offer.meets == "no" for offer in scenario.offers)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("minutes: 10", "minutes: 99"), "minutes"),
        (("program: customer", "program: shop"), "program"),
        (("summary:", "sumary:"), "summary"),
        (("gate: 1", "gate: 7"), "facts.15.gate"),
    ],
)
def test_an_error_names_line_and_field(change: tuple[str, str], where: str) -> None:
    with pytest.raises(ScenarioError, match=rf"x:\d+: .*{where}"):
        library.parse(TEXT.replace(*change, 1), "x")


def test_an_unknown_scenario_lists_the_known() -> None:
    with pytest.raises(ScenarioError, match="third-missed-delivery"):
        library.find("none")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 50_000,
        "- " * 100_000,
        "? " * 50_000,
        "a: &a [x]\nb: *a\n",
        "a: &a [*a]\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "\x00",
        "a: 2024-13-45\n",
    ],
)
def test_traps_in_yaml_are_refused(text: str) -> None:
    with pytest.raises(ScenarioError, match=r"^x:\d*"):
        library.parse(text, "x")


@settings(deadline=None)
@given(st.text(alphabet=string.printable) | st.binary().map(lambda b: b.decode("latin-1")))
def test_any_text_is_a_scenario_or_a_clear_error(text: str) -> None:
    with pytest.raises(ScenarioError):
        library.parse(text, "x")


@settings(deadline=None, max_examples=40)
@given(st.integers(0, len(TEXT) - 1), st.text(max_size=3))
def test_a_damaged_file_is_a_scenario_or_a_clear_error(at: int, put: str) -> None:
    try:
        assert isinstance(library.parse(TEXT[:at] + put + TEXT[at + 1 :], "x"), Scenario)
    except ScenarioError:
        pass
