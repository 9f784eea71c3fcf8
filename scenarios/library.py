"""Finding and loading scenario files, with errors that name file, line and field."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from scenarios.model import Program, Scenario

HERE = Path(__file__).parent
PROGRAMS: tuple[Program, ...] = ("customer", "internal", "conflict")
MAX_FILE_BYTES = 1_000_000
DEEPEST = 40


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it is built


class Loader(_Base):  # type: ignore[misc]
    """Safe YAML where only true and false are booleans, so that ``on:`` and ``no`` are words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class ScenarioError(ValueError):
    """A scenario file that cannot be used; the message says where and why."""


def shipped_files() -> list[Path]:
    """The YAML files that come with Attune, in a stable order."""
    return [path for program in PROGRAMS for path in sorted((HERE / program).glob("*.yaml"))]


def load(path: Path) -> Scenario:
    """Read one scenario. Raises ScenarioError naming file, line and field."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ScenarioError(f"{path}: larger than {MAX_FILE_BYTES // 1000} kB, not a scenario")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read ({error.strerror})") from error
    return parse(text, str(path))


def compose(text: str) -> tuple[yaml.Node | None, Any]:
    """The YAML tree, for finding lines in it, and the data. Raises yaml.YAMLError."""
    _refuse_traps(text)
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _refuse_traps(text: str) -> None:
    """Stop at nesting that would crash the C parser, and at aliases, which can explode."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            raise ScenarioError(f"{_line(event)}: aliases are not allowed here")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ScenarioError(f"{_line(event)}: nested deeper than {DEEPEST}")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def parse(text: str, name: str) -> Scenario:
    """Read a scenario from YAML text; ``name`` stands in the error messages."""
    try:
        node, data = compose(text)
    except ScenarioError as error:
        raise ScenarioError(f"{name}:{error}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        raise ScenarioError(f"{where}: not valid YAML ({_first_line(error)})") from error
    if not isinstance(data, dict):
        raise ScenarioError(f"{name}:1: a scenario is a mapping of fields, this is not")
    try:
        return Scenario.model_validate(data)
    except ValidationError as error:
        raise ScenarioError("\n".join(_describe(error, node, name))) from error


def _first_line(error: Exception) -> str:
    problem = getattr(error, "problem", None) or str(error) or type(error).__name__
    return str(problem).splitlines()[0]


def _describe(error: ValidationError, node: yaml.Node | None, name: str) -> Iterator[str]:
    for item in error.errors(include_url=False):
        field = ".".join(str(part) for part in item["loc"]) or "the file"
        yield f"{name}:{line_of(node, item['loc'])}: {field}: {item['msg']}"


def line_of(node: yaml.Node | None, loc: Iterable[int | str]) -> int:
    """The line (from 1) of the deepest YAML node on the way to ``loc``."""
    line = 1
    for part in loc:
        node = _child(node, part)
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node | None, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child: yaml.Node = node.value[part]
        return child
    return None


@cache
def shipped() -> Mapping[str, Scenario]:
    """Every scenario that comes with Attune, by id."""
    scenarios = [load(path) for path in shipped_files()]
    return {scenario.id: scenario for scenario in scenarios}


def find(scenario_id: str) -> Scenario:
    """The shipped scenario of that id, or ScenarioError listing the ids there are."""
    try:
        return shipped()[scenario_id]
    except KeyError:
        known = ", ".join(shipped())
        raise ScenarioError(f"there is no scenario '{scenario_id}'; there are: {known}") from None
