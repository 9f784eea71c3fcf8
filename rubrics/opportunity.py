"""Where a conversation gives the chance to show a skill."""

import re
from collections.abc import Collection, Iterable

from rubrics.conversation import Reply
from rubrics.model import Competency, CueKind

_UPSET = re.compile(
    r"!|\b(?:angry|furious|annoy\w*|upset|fed up|frustrat\w*|afraid|scared|worr\w*|anxious|sad|"
    r"hurt\w*|"
    r"cry\w*|tired|exhaust\w*|asham\w*|embarrass\w*|humiliat\w*|disappoint\w*|alone|sick|hate|"
    r"sorry|"
    r"never|nobody|no one|again|still|third|fourth|fifth|twice|times|wrong|broken|lost|missed|"
    r"waited|"
    r"waiting|fault|why|can't|cannot|won't|didn't|don't|enough|unfair|fair|care|supposed|quiet|"
    r"fine|"
    r"whatever|ridiculous|joke|hard|passed|died|ill|stop\w*|failed|ruined)\b",
    re.IGNORECASE,
)
_PROVOCATION = re.compile(
    r"!{2,}|\?!|!\?|\b(?:you people|you lot|your lot|you (?:always|never|just|can't|don't|didn't|"
    r"should|"
    r"said|promised|told|have|took|keep|presented|pulled|left|people|only|all|even)|your (?:fault|"
    r"policy|job|company|"
    r"system|team|people)|do you even|are you (?:even|serious|kidding)|idiot\w*|stupid|useless|"
    r"liar|lying|"
    r"incompetent|joke|ridiculous|pathetic|unbelievable|disgrace\w*|unacceptable|rubbish|crap|damn|"
    r"hell|"
    r"shut up|lawyer|manager|complain\w*|sue|report|never again|sick of|fed up|furious|third time|"
    r"fourth time|what kind of|how dare|cancel|don't tell me|who do you)\b|\b[A-Z]{4,}\b"
)


def gives_cue(message: str, cue: CueKind) -> bool:
    """Whether a counterpart's message calls for a skill that waits for this cue."""
    if cue == "upset":
        return bool(_UPSET.search(message) or _PROVOCATION.search(message))
    return cue == "any" or bool(_PROVOCATION.search(message))


def chances(
    competency: Competency, replies: Iterable[Reply], declared: Collection[str] | None
) -> tuple[Reply, ...]:
    """The replies that had the chance; none where the scenario does not declare the competency.

    What a scenario declares is believed: if it finds no cue in the words, every reply counts.
    """
    everyone = tuple(replies)
    if declared is not None and competency.id not in declared:
        return ()
    cued = tuple(reply for reply in everyone if gives_cue(reply.message, competency.cue))
    return cued or (everyone if declared is not None else ())
