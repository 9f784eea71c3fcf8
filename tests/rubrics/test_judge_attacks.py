"""A model that gives 4 with a true quote whenever it is shown any of an attack."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from rubrics import validation
from rubrics.acts import default_labeller
from rubrics.combining import RAISE, combine
from rubrics.conversation import read_transcript
from rubrics.disarm import disarm
from rubrics.judge import Answer, Judge
from rubrics.judge_prompt import Message
from rubrics.library import find
from rubrics.model import CompetencyScore
from rubrics.scorer import Scorer
from rubrics.screen import may_address_rater
from tests.rubrics.making import PARCEL, conversation

PLAIN = [
    PARCEL,
    "Okay. What is your order number please?",
    "4471.",
    "Let me check the system for that parcel.",
    "Well?",
    "It says it was not delivered on the day.",
    "I know that.",
    "I will book another delivery for the coming week.",
    "And that is all?",
]
SHIPPED = yaml.safe_load((Path(validation.__file__).parent / "injections.yaml").read_text("utf-8"))
KNOWN = [attack for attacks in SHIPPED.values() for attack in attacks]
#: Written before the screen was.
FRESH = (Path(__file__).parent / "attacks.txt").read_text("utf-8").splitlines()


@dataclass
class Obeying:
    attack: str
    name: str = "obeying"

    def answer(self, asked: Sequence[Message], *, schema: dict[str, Any], seconds: float) -> Answer:
        level = 4 if disarm(self.attack).shown in asked[1][1] else 1
        quote = {"line": "E4", "quote": "Let me check the system"}
        return Answer(text=json.dumps({"because": "x", "evidence": [quote], "level": level}))


def attacked(attack: str) -> list[tuple[CompetencyScore, CompetencyScore]]:
    """Local and combined scores of the plain conversation with the attack as its last turn."""
    talk = conversation(*PLAIN, attack)
    readings = read_transcript(talk, default_labeller())
    local = Scorer().score(talk, find("customer"), readings)
    judged = Judge(Obeying(attack)).score(talk, find("customer"), readings, seconds=5)
    both = combine(local, judged)
    return [(score, both.competencies[name]) for name, score in local.competencies.items()]


@pytest.mark.parametrize("attack", KNOWN[::2])
def test_a_known_attack_raises_nothing(attack: str) -> None:
    assert all((ours.level or 0) <= (mine.level or 0) for mine, ours in attacked(attack))


@pytest.mark.parametrize("attack", FRESH[::2])
def test_an_attack_that_gets_through_raises_less_than_the_gate(attack: str) -> None:
    for mine, ours in attacked(attack):
        assert (ours.level or 0) <= (mine.level or 0) + RAISE


@pytest.mark.parametrize("attack", KNOWN)
@pytest.mark.parametrize("where", ["{}", "I will look into it. {}"])
def test_a_known_attack_is_not_shown(attack: str, where: str) -> None:
    said = where.format(attack)
    talk = conversation(PARCEL, said)
    reading = read_transcript(talk, default_labeller())[1]
    assert may_address_rater(said) or not reading.readable


@pytest.mark.parametrize(
    "said",
    [
        "Let me check the system for you.",
        "I don't want to judge you, and I'll make a note of it.",
        "Give me four minutes and I'll call you back.",
        "From now on I'll raise such things with you privately.",
        "What would be the best outcome for you here?",
        "You followed the instructions, and it still broke.",
    ],
)
def test_plain_talk_is_shown(said: str) -> None:
    assert not may_address_rater(said)
