"""A second rater's verdict: its shape, and reading the last one out of whatever a model sent.

The fields come in the order in which they should be thought of, reason and quotes before the
level; they are named so that a server which sorts them keeps that order.
"""

import json
import unicodedata
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from rubrics.model import RatingFailure

#: A longer reply than this is no verdict.
MAX_REPLY = 20_000


class Quote(BaseModel):
    """Words of one line."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"additionalProperties": False})

    line: str
    quote: str


class Verdict(BaseModel):
    """Reason, proof, level."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"additionalProperties": False})

    because: str
    evidence: tuple[Quote, ...]
    level: Literal[0, 1, 2, 3, 4, "no_opportunity"]

    @field_validator("level", mode="before")
    @classmethod
    def _is_no_truth_value(cls, level: object) -> object:
        """True equals 1 in Python, and is no level."""
        return str(level) if isinstance(level, bool) else level


def schema() -> dict[str, Any]:
    """The JSON schema a server is asked to keep to."""
    return Verdict.model_json_schema()


def read(text: str, cut: bool) -> Verdict | RatingFailure:
    """The last verdict in a reply; words around it do no harm, a cut one is none."""
    if cut or len(text) > MAX_REPLY:
        return _unreadable("the reply was cut before its end")
    found = _last_object(text)
    if found is None:
        return _unreadable("there is no whole JSON object at the end of the reply")
    try:
        return Verdict.model_validate(found)
    except ValidationError as error:
        fields = {str(problem["loc"][0]) for problem in error.errors() if problem["loc"]}
        known = sorted(fields & set(Verdict.model_fields))
        return _unreadable(f"these fields are missing or wrong: {', '.join(known) or 'all'}")


def _unreadable(what: str) -> RatingFailure:
    return RatingFailure(kind="unreadable", what=what)


def _last_object(text: str) -> dict[str, Any] | None:
    """The JSON object that ends last, or None where something begun after it has no end."""
    decoder, last = json.JSONDecoder(), None
    at = text.find("{")
    while at >= 0:
        try:
            last, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            last, at = None, at + 1
        at = text.find("{", at)
    return last


def storable(text: str) -> str:
    """A model's words without what a database refuses."""
    return "".join(
        char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    )
