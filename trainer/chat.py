"""What a chat model is to the rest of Attune: messages in, words or a plain failure out.

No library stands behind these types; ``trainer.llm`` builds the real thing, tests build others.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, Protocol, Self, TypeVar

from pydantic import BaseModel

from rubrics.acts.reading import Frozen

Message = tuple[Literal["system", "user", "assistant"], str]
Schema = TypeVar("Schema", bound=BaseModel)
_NOTE = re.compile(r"^Tokens: ([\d,]+) read, ([\d,]+) written by (.+) in ([\d.]+) s\.$")


class Usage(Frozen):
    """What a call cost."""

    model: str
    prompt: int
    completion: int
    seconds: float

    @property
    def tokens(self) -> int:
        """Read and written together."""
        return self.prompt + self.completion

    def note(self) -> str:
        """The line that is stored with the turn."""
        read, written = f"{self.prompt:,}", f"{self.completion:,}"
        return f"Tokens: {read} read, {written} written by {self.model} in {self.seconds:.2f} s."

    @classmethod
    def from_note(cls, note: str) -> Self | None:
        """The usage that a stored line tells, or None if it is about something else."""
        match = _NOTE.match(note)
        if match is None:
            return None
        read, written = (int(match[i].replace(",", "")) for i in (1, 2))
        return cls(model=match[3], prompt=read, completion=written, seconds=float(match[4]))


class Said(Frozen):
    """What a model answered."""

    text: str
    usage: Usage
    #: It stopped because its words were used up, so the end is missing.
    cut: bool = False
    #: How many pieces it came in; more than one means that the server streams.
    pieces: int = 1
    #: Seconds until the first piece.
    first: float = 0.0


class ModelFailure(Frozen):
    """A model did not answer: why, in words for the record."""

    kind: Literal["timeout", "busy", "refused", "unreachable", "broken", "empty", "unreadable"]
    what: str
    #: What was spent on it nevertheless.
    usage: Usage | None = None

    @property
    def passing(self) -> bool:
        """Whether trying once more may help."""
        return self.kind in {"busy", "unreachable", "broken", "empty"}


class Chat(Protocol):
    """A chat model. Never raises for what a server does."""

    @property
    def name(self) -> str:
        """Which model this is."""
        ...

    def say(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        seconds: float,
        response_format: dict[str, Any] | None = None,
    ) -> Said | ModelFailure:
        """An answer within so many seconds, retries included."""
        ...


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer

    from rubrics.encoder import TOKENIZER

    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def count_tokens(text: str) -> int:
    """About how many tokens this is: counted offline, within a tenth of what servers count."""
    return len(_tokenizer().encode(text, add_special_tokens=False).ids)
