"""A scorecard for the terminal and for other programs."""

from typing import Any

from rubrics.combining import second_rater_note
from rubrics.model import Scorecard, Transcript
from trainer.commands.output import say


def scorecard_json(card: Scorecard) -> dict[str, Any]:
    """The scorecard as the command line's contract has it."""
    return card.model_dump(mode="json")


def say_scorecard(card: Scorecard, transcript: Transcript) -> None:
    """Levels with their uncertainty and the quotes they rest on."""
    for name, score in card.competencies.items():
        if score.level is None:
            say(f"{name:<10} {score.status.replace('_', ' ')}: {score.reason or ''}".rstrip(": "))
            continue
        say(f"{name:<10} {score.level:.1f} ± {score.se or 0:.1f}")
        if score.disagreement:
            say(f"{'':<10}   {score.reason}")
        for evidence in score.evidence:
            said = transcript.turns[evidence.turn].text[evidence.start : evidence.end]
            say(f'{"":<10}   "{said}"')
    if missing := second_rater_note(card):
        say(missing)
