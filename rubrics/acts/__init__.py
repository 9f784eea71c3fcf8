"""What the words of one reply do: acts, mechanisms, error tags, and the spans that show them."""

from functools import cache

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
    "default_labeller",
]


@cache
def default_labeller() -> ActLabeller:
    """The one labeller of this process; the first call loads the weights (half a second)."""
    from rubrics.acts.learned import LearnedLabeller

    return LearnedLabeller()
