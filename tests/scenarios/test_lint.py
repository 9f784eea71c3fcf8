from pathlib import Path

import pytest

from scenarios import library
from scenarios.lint import complaints, lint_file
from scenarios.model import Scenario

GOOD = library.find("third-missed-delivery")


def changed(path: str, value: object) -> Scenario:
    """The shipped scenario with one field, at a dotted path, set to another value."""
    data = GOOD.model_dump(mode="json")
    *way, last = path.split(".")
    inner = data
    for part in way:
        inner = inner[int(part)] if isinstance(inner, list) else inner[part]
    inner[int(last) if isinstance(inner, list) else last] = value
    return Scenario.model_validate(data)


@pytest.mark.parametrize("path", library.shipped_files(), ids=lambda path: path.stem)
def test_what_is_shipped_has_no_finding(path: Path) -> None:
    assert [str(finding) for finding in lint_file(path)] == []


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("opportunities", {"NOTICES": ["a", "b"]}, "has no NOTICES"),
        ("counterpart.opening", "It's my daughter's birthday on Saturday!", "hidden need"),
        ("facts.0.lines.0", "I worked through my daughter's birthday.", "hidden need"),
        ("counterpart.hidden_need.hint", GOOD.counterpart.hidden_need.need, "whole need"),
        ("facts.0.lines.0", "word " * 46, "46 words"),
        ("facts.0.lines.1", GOOD.facts[0].lines[0], "same words"),
        ("lines.relapses.0", "I don't feel heard.", "trainer's word"),
        ("lines.relapses.0", "You said {echo}.", "only in reactions"),
        ("lines.reactions.0.lines", ["{echo}?"], "needs an echo"),
        ("lines.reactions.0.on", ["plain"], "nothing is said on 'silence' while tense"),
        ("lines.pushes", [{"kind": "wait", "lines": ["Well?"]}], "no way to end"),
    ],
)
def test_finds(path: str, value: object, message: str) -> None:
    assert any(message in what for _, what, _ in complaints(changed(path, value)))


def test_finds_that_nothing_can_be_resolved() -> None:
    offers = [o.model_dump(mode="json") | {"meets": "no"} for o in GOOD.offers]
    assert any(
        "meets the hidden need" in what for _, what, _ in complaints(changed("offers", offers))
    )


def test_says_where(tmp_path: Path) -> None:
    text = library.shipped_files()[0].read_text(encoding="utf-8")
    path = tmp_path / "x.yaml"
    path.write_text(text.replace("Half a day's pay. That's what", "I need a safe space. That's"))
    (finding,) = lint_file(path)
    line = next(i for i, row in enumerate(path.read_text().splitlines(), 1) if "safe space" in row)
    assert str(finding).startswith(f"{path}:{line}: warning: facts.2.curt.0: 'safe space'")


def test_an_unreadable_file_is_a_finding_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("id: x\nversion: [\n", encoding="utf-8")
    (finding,) = lint_file(path)
    assert finding.severity == "unreadable" and finding.line


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert [f.severity for f in lint_file(tmp_path / "none.yaml")] == ["unreadable"]
