"""The report of the studies: a table for the terminal, JSON, and a page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rubrics.validation.study import Figure, Study

#: Failing cases shown per study; the JSON has them all.
SHOWN = 8
HEADER = ("study", "figure", "value", "95% interval", "n", "bound", "", "people reach")


def rows(studies: Sequence[Study]) -> list[tuple[str, ...]]:
    """The table, one row a figure."""
    return [row for study in studies for row in _rows(study)]


def _rows(study: Study) -> Iterator[tuple[str, ...]]:
    if study.missing:
        yield study.id, study.missing, "", "", "", "", "not run", ""
    for item in study.figures:
        yield (study.id, *_cells(item))


def _cells(item: Figure) -> tuple[str, ...]:
    interval = "" if item.low is None else f"[{item.low:.3f}, {item.high or 0:.3f}]"
    bound = "" if item.bound is None else str(item.bound)
    return item.name, f"{item.value:.3f}", interval, str(item.n), bound, verdict(item), item.ceiling


def verdict(item: Figure) -> str:
    """One word on a figure: a gate that fails says so loudest."""
    if item.met is None:
        return ""
    return "ok" if item.met else "FAILS" if item.blocks else "below target"


def failures(studies: Sequence[Study]) -> list[str]:
    """The first failing cases of each study that fails a gate."""
    return [
        f"{study.id}: {failure}"
        for study in studies
        if not study.passed
        for failure in study.failures[:SHOWN]
    ]


def document(studies: Sequence[Study], versions: Mapping[str, str]) -> dict[str, Any]:
    """The JSON document."""
    return {
        "passed": all(study.passed for study in studies),
        "versions": dict(versions),
        "studies": [
            study.model_dump(mode="json")
            | {
                "passed": study.passed,
                "figures": [
                    item.model_dump(mode="json") | {"met": item.met} for item in study.figures
                ],
            }
            for study in studies
        ],
    }


_INTRODUCTION = """# How far the scores can be trusted

Written by `attune validate --docs`; run `attune validate` to have it measured on your machine.
Gates block a release; targets say what we aim at. Intervals are 95% bootstrap intervals that
resample whole conversations, contexts or scenarios where rows hang together. What has not been
shown at all stands in [the model card](model-card.md): above all, no raters at a firm have scored
these conversations yet.
"""


def page(studies: Sequence[Study], versions: Mapping[str, str]) -> str:
    """The page ``docs/validation.md``."""
    said = ", ".join(f"{name} `{version}`" for name, version in versions.items())
    parts = [_INTRODUCTION, f"Measured with {said}.\n"]
    return "\n".join([*parts, *(_section(study) for study in studies)])


def _section(study: Study) -> str:
    lines = [f"## {study.title}", "", study.method, ""]
    if study.missing:
        return "\n".join([*lines, f"Not run: {study.missing}", ""])
    lines += ["| figure | value | 95% interval | n | bound | | people reach |"]
    lines += ["|---|---|---|---|---|---|---|"]
    lines += [f"| {' | '.join(_cells(item))} |" for item in study.figures]
    if study.failures:
        lines += ["", f"{len(study.failures)} cases went wrong, the first of them:", ""]
        lines += [f"- {failure}" for failure in study.failures[:SHOWN]]
    return "\n".join([*lines, ""])
