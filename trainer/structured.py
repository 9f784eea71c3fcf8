"""Answers of a chat model in a given shape."""

import json
import re
import time
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from trainer.chat import Chat, Message, ModelFailure, Said, Schema


def ask(
    chat: Chat,
    messages: Sequence[Message],
    schema: type[Schema],
    *,
    max_tokens: int,
    seconds: float,
) -> tuple[Schema, list[Said]] | ModelFailure:
    """An answer in the shape of ``schema``, with the raw replies; one repair turn if it is not.

    Servers differ in what they enforce: a JSON schema is asked for first, then any JSON. A reply
    that was cut is a failure, never half an answer.
    """
    deadline = time.monotonic() + seconds
    shape: dict[str, Any] = {"name": schema.__name__, "schema": schema.model_json_schema()}
    formats: list[dict[str, Any]] = [
        {"type": "json_schema", "json_schema": shape},
        {"type": "json_object"},
    ]
    said: list[Said] = []
    asked, problem = list(messages), "the server takes no response format"
    for response_format in formats:
        left = deadline - time.monotonic()
        answer = chat.say(
            asked, max_tokens=max_tokens, seconds=left, response_format=response_format
        )
        if isinstance(answer, ModelFailure):
            if answer.kind != "refused":
                return answer
            continue
        said.append(answer)
        try:
            if answer.cut:
                raise ValueError("it was cut before its end")
            return schema.model_validate_json(_bare(answer.text)), said
        except (ValidationError, ValueError) as error:
            problem = str(error).splitlines()[0]
        asked = [*messages, ("assistant", answer.text), ("user", _repair(shape, problem))]
    return ModelFailure(kind="unreadable", what=f"No usable JSON: {problem}.")


def _bare(text: str) -> str:
    """JSON without the fence or the words around it."""
    match = re.search(r"\{.*\}", text, re.S)
    return match[0] if match else text


def _repair(shape: dict[str, Any], problem: str) -> str:
    schema = json.dumps(shape["schema"])
    return f"That was not usable: {problem}. Send only one JSON object that fits: {schema}"
