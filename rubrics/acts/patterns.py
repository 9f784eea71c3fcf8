"""How the detectors' tables are written and searched."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rubrics.acts.reading import Act, Tag
from rubrics.acts.text import Prose


class Finding(NamedTuple):
    """A label and the characters that show it."""

    label: Act | Tag
    start: int
    end: int


def compiled(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several alternatives, each at word boundaries, over folded text."""
    return re.compile("|".join(rf"(?<!\w)(?:{item})(?!\w)" for item in alternatives))


def search(table: Mapping[Act, re.Pattern[str]], reply: Prose) -> Iterator[Finding]:
    """Every act whose pattern occurs, with the sentence it occurs in."""
    for act, pattern in table.items():
        for match in pattern.finditer(reply.plain):
            sentence = reply.sentence_at(match.start())
            yield Finding(act, sentence.start, sentence.end)


def search_tags(table: Mapping[Tag, re.Pattern[str]], reply: Prose) -> Iterator[Finding]:
    """Every slip whose pattern occurs, with the clause it occurs in."""
    for tag, pattern in table.items():
        for match in pattern.finditer(reply.plain):
            yield Finding(tag, *reply.clause_at(match.start(), match.end()))


def labels(findings: Iterable[Finding]) -> set[Act | Tag]:
    """The labels found."""
    return {finding.label for finding in findings}
