"""Words that stand on more than one page, in one place so that they can be translated."""

from datetime import datetime

from scenarios import library
from scenarios.model import Band, Ending, Program

PRIVATE = "Practice is private to you."
SIMULATED = "simulated person"

TOO_SHORT = (
    "There is too little here to say what worked and what to change. It takes four replies that "
    "say something."
)
NOTHING_TO_KEEP = "No single reply did visible good this time. Trying again is made for that."
NOTHING_TO_CHANGE = "No reply calls for a change first. A harder conversation would show more."

LISTENING = "Exercises listening"

PROGRAMS: dict[Program, str] = {
    "customer": "With customers",
    "internal": "With colleagues",
    "conflict": "In conflict",
}
ENDINGS: dict[Ending, str] = {
    Ending.RESOLVED: "{name} left with something to rely on.",
    Ending.PARTLY_RESOLVED: "{name} left with part of what was needed.",
    Ending.WALKED_AWAY: "{name} ended the conversation.",
    Ending.OPEN: "The conversation stopped before anything was settled.",
}
MOODS: dict[Program, dict[Band, str]] = {
    "customer": {
        Band.HOT: "very angry",
        Band.STRAINED: "upset",
        Band.EASING: "calmer than before",
        Band.CALM: "calm",
    },
    "internal": {
        Band.HOT: "hurt and closed",
        Band.STRAINED: "guarded",
        Band.EASING: "less guarded",
        Band.CALM: "at ease",
    },
    "conflict": {
        Band.HOT: "heated",
        Band.STRAINED: "tense",
        Band.EASING: "less tense",
        Band.CALM: "calm",
    },
}
TENSION_NAMES: dict[Program, str] = {
    "customer": "Anger",
    "internal": "Hurt",
    "conflict": "Tension",
}
TAGS: dict[str, str] = {
    "premature_solving": "solved before it listened",
    "minimising": "made it smaller",
    "toxic_positivity": "cheered up too soon",
    "policy_blame": "hid behind a rule",
    "other_blame": "put it on somebody else",
    "interrogating": "asked and gave nothing back",
    "keyword_empathy": "stock phrase",
    "over_apology": "too many apologies",
    "defensiveness": "defended itself",
    "ignoring": "passed over what was said",
    "but_negation": "took it back with “but”",
    "self_orientation": "own story",
    "mind_reading": "guessed at motives",
    "labelling": "put a label on the person",
    "over_promise": "promised too much",
    "empathy_loop": "kept soothing when it was time to act",
    "caving": "gave everything up",
    "hostility": "hostile",
    "threat": "threat",
    "slur": "abuse",
    "manipulation": "not addressed to the person",
}


def difficulty_words(difficulty: float) -> str:
    """A difficulty prior in words."""
    if difficulty < -0.25:
        return "gentle"
    return "demanding" if difficulty > 0.25 else "medium"


def understood_words(understood: float) -> str:
    """How far somebody feels understood, 0-1, in words."""
    if understood < 0.25:
        return "does not feel understood yet"
    if understood < 0.5:
        return "feels a little understood"
    return "feels mostly understood" if understood < 0.7 else "feels understood"


def trust_words(trust: float) -> str:
    """Trust, 0-1, in words."""
    if trust < 0.25:
        return "little trust"
    return "some trust" if trust < 0.5 else "trusts you"


def title_of(scenario_id: str) -> str:
    """A scenario's title; its id where it is no longer in the library."""
    scenario = library.shipped().get(scenario_id)
    return scenario.title if scenario else scenario_id


def when(moment: datetime) -> str:
    """The day and time, in this computer's zone."""
    return f"{moment.astimezone():%d %b %Y, %H:%M}"
