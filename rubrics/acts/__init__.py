"""What the words of one reply do: acts, mechanisms, error tags, and the spans that show them."""

from rubrics.acts.reading import (
    Act,
    ActLabeller,
    Behaviour,
    Context,
    Mechanism,
    Mechanisms,
    ReplyReading,
    Span,
    Tag,
    TagHit,
)

__all__ = [
    "Act",
    "ActLabeller",
    "Behaviour",
    "Context",
    "Mechanism",
    "Mechanisms",
    "ReplyReading",
    "Span",
    "Tag",
    "TagHit",
]
