"""Weights that load when they are first needed, so that no page waits for them.

Whoever needs them earlier than that waits, and two who need them at once load them once.
"""

from collections.abc import Callable, Sequence
from threading import RLock
from typing import Generic, TypeVar

from rubrics.acts.reading import ActLabeller, Context, ReplyReading
from rubrics.encoder import Encoder, Vectors

Part = TypeVar("Part")
#: One for all parts, because one may be made of another.
_LOADING = RLock()


class Later(Generic[Part]):
    """A part of the engine that is made by ``load`` when it is first asked for."""

    def __init__(self, load: Callable[[], Part]) -> None:
        self._load = load
        self._part: Part | None = None

    def get(self) -> Part:
        """The part; the first call takes as long as loading it does."""
        if self._part is None:
            with _LOADING:
                if self._part is None:
                    self._part = self._load()
        return self._part


class LaterLabeller(Later[ActLabeller]):
    """An ActLabeller that loads with the first reply it reads."""

    @property
    def version(self) -> str:
        """That of the labeller behind it."""
        return self.get().version

    def label(self, context: Context, reply: str) -> ReplyReading:
        """Label one reply in its context."""
        return self.get().label(context, reply)


class LaterEncoder(Later[Encoder]):
    """An Encoder that loads with the first texts it embeds."""

    @property
    def version(self) -> str:
        """That of the encoder behind it."""
        return self.get().version

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), DIMENSIONS)."""
        return self.get().embed(texts)
