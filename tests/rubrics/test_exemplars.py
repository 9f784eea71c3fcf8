"""Skilled exemplar lines rank above harmful and token ones, skill by skill (rubric.md)."""

import pytest

from rubrics.library import every
from rubrics.model import Competency
from tests.rubrics.making import level_of

POOR = {
    "NOTICE": ["There's no need to take that tone.", "I understand your frustration."],
    "REFLECT": ["So you just missed the driver.", "Third time, okay."],
    "EXPLORE": ["Why weren't you home earlier?", "Order number?"],
    "VALIDATE": ["At least it isn't lost.", "I get it, but it's the courier."],
    "STEADY": [
        "If you keep shouting I'll hang up.",
        "As I already said, it's our courier's policy.",
    ],
    "PARTNER": ["I'll refund it, that's all.", "I'll send a new one."],
    "OWN": ["You should have tracked it.", "Sorry you feel that way."],
    "RESOLVE": ["I guarantee it will never happen again.", "Try calling the courier."],
}
GOOD = {
    "NOTICE": [
        "You lost a morning's work and still have no parcel, no wonder you're angry.",
        "You lost a morning's work, no wonder you're angry, and it sounds like more than a parcel "
        "is riding on this one. Is that right?",
    ],
    "REFLECT": [
        "Three promises, three misses, and today it also cost you a morning off.",
        "So by now the promise itself means nothing after the third time; what you need is "
        "something you can count on. Have I got that?",
    ],
    "EXPLORE": [
        "What was today's delivery meant to be for?",
        "Before I suggest anything, may I ask what happens if it isn't there by the weekend?",
    ],
    "VALIDATE": [
        "You did your part each time and we didn't do ours. Being angry about that makes sense.",
        "You're right to hold us to it. I can't undo today, and I won't promise what I "
        "can't check.",
    ],
    "STEADY": [
        "We do care, and I can see why it doesn't look that way. I'm staying on this with you.",
        "I started explaining instead of listening. Let me try again: what matters most right now?",
    ],
    "PARTNER": [
        "Two ways that can work: store pick-up today, or a named driver Friday before 12. "
        "Which suits you?",
        "You lost a morning over this. You choose: store pick-up today or a driver on Friday. I'll "
        "message you at 4 when it's loaded. Does that cover Saturday?",
    ],
    "OWN": [
        "I'm sorry we cost you a morning. I'm taking this one myself.",
        "I'm sorry we cost you a morning. The address flag was never cleared after the first miss; "
        "I've cleared it now so it can't repeat.",
    ],
    "RESOLVE": [
        "You lost a morning. Two ways that can work: I can have it in the store today, or with a "
        "named driver on Friday before 12. Which suits you?",
    ],
}


@pytest.mark.parametrize("competency", sorted(POOR))
def test_skilled_lines_rank_above_poor_ones(competency: str) -> None:
    poor = [level_of(line, competency) for line in POOR[competency]]
    good = [level_of(line, competency) for line in GOOD[competency]]
    assert max(poor) < min(good)


UNHEARD = "It's fine. You corrected me in front of everyone, so I'll post updates in the channel."
TUG = "Lena is on my release until the 30th. You can't just pull her. My answer is no."


@pytest.mark.parametrize(
    ("rubric", "competency", "message", "poor", "good"),
    [
        (
            "internal",
            "CANDOUR",
            UNHEARD,
            "Some people aren't pulling their weight.",
            "In the last three stand-ups I skipped your update; the team lost your view and I "
            "think I caused that. Could we talk for ten minutes?",
        ),
        (
            "internal",
            "BRIDGE",
            UNHEARD,
            "Noted.",
            "I'd rather do this by voice than chat, because text made it sharper than I meant. "
            "Is today or tomorrow easier?",
        ),
        (
            "conflict",
            "INTERESTS",
            TUG,
            "She is on my project, end of story.",
            "What would slip for you if she moved on Monday? For me it's the audit date.",
        ),
        (
            "conflict",
            "FAIR-WAY",
            TUG,
            "She is on my project, end of story.",
            "You want her until the 30th. Could we use the release risk list to decide, and swap "
            "back in two weeks? What would you need to say yes?",
        ),
    ],
)
def test_program_skills(rubric: str, competency: str, message: str, poor: str, good: str) -> None:
    assert level_of(poor, competency, message, rubric) <= 1
    assert level_of(good, competency, message, rubric) >= 3


@pytest.mark.parametrize(
    "competency",
    [c for rubric in every() for c in rubric.competencies],
    ids=lambda c: c.id,
)
def test_every_competency_is_complete(competency: Competency) -> None:
    assert [anchor.level for anchor in competency.anchors] == [0, 1, 2, 3, 4]
    assert {i.level for i in competency.indicators} >= {2, 3, 4}
    assert competency.exemplars and competency.advice.endswith(".")
