"""Empathy that was felt, perhaps, and not said: replies that take up the matter, not the feeling.

The counterpart can only be reached by what is said. This looks for replies that follow closely
what the counterpart tells while the feeling in it goes unsaid for long, or to the end.
"""

from collections.abc import Sequence

from rubrics.acts.reading import Act, Frozen, ReplyReading, Tag
from rubrics.opportunity import gives_cue

#: Replies that pass before a feeling counts as taken up late.
LATE = 3
#: From this grounding on a reply takes up what the counterpart said …
TAKES_UP = 0.3
#: … and so many of those that passed must do so, or it is not silence but not listening.
ENOUGH = 2
_SAYS_FEELING = (Act.NOTICE, Act.VALIDATE)
_TAKES_UP = (Act.REFLECT, Act.EXPLORE)
_COLD = (Tag.HOSTILITY, Tag.THREAT, Tag.SLUR, Tag.MINIMISING, Tag.MANIPULATION)


class Heard(Frozen):
    """A counterpart's message and how the reply to it was read."""

    message: str
    reading: ReplyReading


class SilentEmpathy(Frozen):
    """Where the feeling was there, and when it was first said; replies count from 1."""

    felt_at: int
    said_at: int | None
    #: A reply in between that takes up the matter most closely.
    closest: int


def silent_empathy(talk: Sequence[Heard]) -> SilentEmpathy | None:
    """The feeling that went unsaid for three replies or more, if there was one."""
    felt = next((n for n, h in enumerate(talk) if gives_cue(h.message, "upset")), None)
    if felt is None:
        return None
    said = next((n for n in range(felt, len(talk)) if _says_feeling(talk[n].reading)), None)
    passed = range(felt, len(talk) if said is None else said)
    if len(passed) < LATE or any(talk[n].reading.tagged(*_COLD) for n in passed):
        return None
    close = [n for n in passed if _takes_up(talk[n].reading)]
    if len(close) < ENOUGH:
        return None
    closest = max(close, key=lambda n: talk[n].reading.grounding)
    return SilentEmpathy(
        felt_at=felt + 1, said_at=None if said is None else said + 1, closest=closest + 1
    )


def _says_feeling(reading: ReplyReading) -> bool:
    return any(reading.has(act) for act in _SAYS_FEELING)


def _takes_up(reading: ReplyReading) -> bool:
    return reading.readable and (
        reading.grounding >= TAKES_UP or any(reading.has(act) for act in _TAKES_UP)
    )
