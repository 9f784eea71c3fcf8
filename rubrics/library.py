"""The rubric files of the three programs: loading and finding them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from rubrics.model import Rubric

FOLDER = Path(__file__).parent
PROGRAMS = ("customer", "internal", "conflict")
#: With the general rubric, which ``rubrics.supportive`` reads and scores.
KNOWN = (*PROGRAMS, "supportive-listening")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it is built


class RubricError(ValueError):
    """A rubric that is missing or wrong; says which file and field."""


@cache
def find(rubric_id: str) -> Rubric:
    """The shipped rubric of that id; RubricError names the known ones if there is none."""
    if rubric_id not in PROGRAMS:
        raise RubricError(f"no rubric {rubric_id!r}; there are: {', '.join(KNOWN)}")
    return load(FOLDER / f"{rubric_id}.yaml")


def every() -> tuple[Rubric, ...]:
    """All shipped rubrics."""
    return tuple(find(rubric_id) for rubric_id in PROGRAMS)


def load(path: Path) -> Rubric:
    """Read one rubric file, with the competencies of the file it includes put first."""
    data = _mapping(path)
    shared = data.pop("include", None)
    own = data.get("competencies")
    if shared is not None and isinstance(own, list):
        included = _mapping(path.parent / f"{shared}.yaml").get("competencies", [])
        data["competencies"] = [*included, *own]
    try:
        return Rubric.model_validate(data)
    except ValidationError as wrong:
        raise RubricError(_explain(path, wrong)) from wrong


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    except OSError as wrong:
        raise RubricError(f"{path.name}: cannot be read ({wrong.strerror})") from wrong
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise RubricError(f"{path.name}: not valid YAML: {wrong}") from wrong
    if not isinstance(data, dict):
        raise RubricError(f"{path.name}: must be a mapping of fields")
    return data


def _explain(path: Path, wrong: ValidationError) -> str:
    problems = (
        f"{'.'.join(map(str, error['loc'])) or 'rubric'}: {error['msg']}"
        for error in wrong.errors()
    )
    return f"{path.name}: " + "; ".join(problems)
