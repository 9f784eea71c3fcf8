"""The echo: the few words of the employee that a counterpart would throw back."""

import re

from rubrics.acts.reading import Act, ReplyReading, Span, Tag
from scenarios.model import Cue

ECHO_WORDS = 6
#: A clause that is hardly longer stands whole: "that must have been a long" is no echo.
WHOLE_CLAUSE = 8
#: A clause of so few words stands as it is ("I hear you"); a longer one may end loosely.
SHORT_CLAUSE = 3

_CAUSES: dict[Cue, tuple[Tag | Act, ...]] = {
    Cue.THREATENED: (Tag.THREAT,),
    Cue.HOSTILE: (Tag.HOSTILITY,),  # a slur is never given back
    Cue.MINIMISED: (Tag.MINIMISING,),
    Cue.POLICY_SHIELD: (Tag.POLICY_BLAME,),
    Cue.BLAMED: (Tag.OTHER_BLAME, Tag.LABELLING, Tag.MIND_READING),
    Cue.CHEERED_UP: (Tag.TOXIC_POSITIVITY,),
    Cue.DEFENSIVE: (Tag.DEFENSIVENESS,),
    Cue.CANCELLED: (Tag.BUT_NEGATION,),
    Cue.OVER_PROMISED: (Tag.OVER_PROMISE,),
    Cue.EMPTY_EMPATHY: (Tag.KEYWORD_EMPATHY, Act.GENERIC_EMPATHY),
    Cue.UNDERSTOOD: (Act.REFLECT, Act.NOTICE),
    Cue.PREMATURE_FIX: (Tag.PREMATURE_SOLVING,),
}
#: The few words in a longer span that a person would throw back.
_STING: dict[Cue, re.Pattern[str]] = {
    Cue.POLICY_SHIELD: re.compile(
        r"\b(?:(?:our|the|company|standard|a) )*"
        r"(?:policy|policies|procedures?|process|system|rules?|terms(?: and conditions)?)\b",
        re.I,
    ),
    Cue.MINIMISED: re.compile(
        r"\b(?:only|just|at least|not the end|not that bad|no big)\b(?: [\w'’-]+){1,4}", re.I
    ),
    Cue.EMPTY_EMPATHY: re.compile(
        r"\b(?:your (?:frustration|feelings|concerns?|experience|situation)"
        r"|how (?:you feel|frustrating|difficult|upsetting)[\w ]{0,14}|I hear you|valid)\b",
        re.I,
    ),
    Cue.BLAMED: re.compile(
        r"\b(?:the|our|your) (?:courier|driver|warehouse|depot|neighbou?r|[\w-]+ team"
        r"|colleagues?|manager)\b",
        re.I,
    ),
}
_LOOSE_END = re.compile(
    r"(?:[\s,;:]+(?:the|a|an|of|to|and|or|but|that|in|on|for|with|is|are|was|be|we|you|I|it"
    r"|your|our|my|have|has|had|do|not|as|at|by|so|if|this|there|will|would|can))+$",
    re.I,
)


def echo(reading: ReplyReading, reply: str, on: Cue) -> str | None:
    """The employee's own words that caused the cue, at most eight, or None."""
    for cause in _CAUSES.get(on, ()):
        for span in _spans(reading, cause):
            words = _shorten(reply[span.start : span.end], _STING.get(on))
            if words:
                return words
    return None


def _spans(reading: ReplyReading, cause: Tag | Act) -> tuple[Span, ...]:
    if isinstance(cause, Tag):
        return tuple(hit for hit in reading.tags if hit.tag == cause)
    return reading.act_spans.get(cause, ())


def _shorten(words: str, sting: re.Pattern[str] | None) -> str | None:
    """The sting if there is one, else the first clause, cut at a word border."""
    found = sting.search(words) if sting else None
    clause = found.group() if found else re.split(r"[,;:.!?\n—–-]\s", words.strip(), maxsplit=1)[0]
    said = clause.split()
    short = " ".join(said if len(said) <= WHOLE_CLAUSE else said[:ECHO_WORDS])
    if len(said) > SHORT_CLAUSE:
        short = _LOOSE_END.sub("", short)
    short = short.strip(" \t\"'“”‘’.,;:!?()…*_#<>`")
    return short if re.search(r"[^\W\d_]{2}", short) else None
