"""``attune play``: a role-play in the terminal, with a person or with a file of replies."""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from rubrics import library as rubrics_library
from scenarios import library
from scenarios.model import Scenario
from trainer.assembly import build_engine, engine_for
from trainer.cli import FINE, InputError
from trainer.commands.output import read_text, say, say_json
from trainer.commands.scorecards import say_scorecard, scorecard_json
from trainer.dynamics import CounterpartState
from trainer.session import Engine, RolePlay, begin, ending_of, extended, respond, score
from trainer.settings import load_settings
from trainer.text import ReplyTooLong, clean_reply


def play(arguments: argparse.Namespace) -> int:
    """Play one scenario and print what was said and how it scored."""
    scenario = library.find(arguments.id)
    replies: Iterable[str] = _from_file(arguments.replies) if arguments.replies else _from_person()
    engine = _engine(arguments.voice)
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(10**6)
    quiet = arguments.json
    done = begin(scenario, seed)
    if not quiet:
        _introduce(scenario, done)
    for reply in replies:
        done = extended(done, respond(done, reply, scenario, engine, arguments.voice))
        if not quiet:
            _show_turn(scenario, done, echo=bool(arguments.replies))
        if done.ending:
            break
    card = score(done, scenario, rubrics_library.find(scenario.program), engine)
    if quiet:
        say_json({**_as_json(done, arguments.voice), "scorecard": scorecard_json(card)})
    else:
        say(f"\nEnding: {ending_of(done).replace('_', ' ')}\n")
        say_scorecard(card, done.transcript())
    return FINE


def _engine(voice: str) -> Engine:
    if voice == "authored":
        return build_engine()
    settings = load_settings()
    if not settings.has_model:
        raise InputError("--voice model: set ATTUNE_MODEL or ATTUNE_GGUF first")
    return engine_for(settings)


def _from_file(path: str) -> list[str]:
    """All replies of the file, read before the first is said, so that a bad line spoils no play."""
    lines = enumerate(read_text(path).splitlines(), start=1)
    return [_clean(line, f"{path}:{number}") for number, line in lines]


def _clean(line: str, where: str) -> str:
    try:
        return clean_reply(line)
    except ReplyTooLong as error:
        raise InputError(f"{where}: {error}") from error


def _from_person() -> Iterator[str]:
    while True:
        sys.stdout.write("you> ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line or line.strip() == "/end":
            say()
            return
        try:
            yield clean_reply(line)
        except ReplyTooLong as error:
            say(str(error))


def _introduce(scenario: Scenario, play: RolePlay) -> None:
    say(f"{scenario.title}\n\n{scenario.brief.situation.strip()}\n")
    say("You know:")
    for known in scenario.brief.you_know:
        say(f"  - {known}")
    say("\nType your reply and press Enter; /end stops. The counterpart is simulated.\n")
    say(f"{scenario.counterpart.name}: {play.opening}")


def _show_turn(scenario: Scenario, play: RolePlay, *, echo: bool) -> None:
    exchange = play.exchanges[-1]
    if echo:
        say(f"you> {exchange.reply}")
    say(f"{scenario.counterpart.name}: {exchange.utterance.text}")
    for note in exchange.utterance.notes:
        say(f"     [{note}]")


def _as_json(play: RolePlay, voice: str) -> dict[str, Any]:
    turns: list[dict[str, Any]] = []
    states = iter(play.states())
    utterances = iter([None, *(exchange.utterance for exchange in play.exchanges)])
    for turn in play.turns():
        entry: dict[str, Any] = {"speaker": turn.speaker, "text": turn.text}
        if turn.speaker == "counterpart":
            entry["state"] = _state_json(next(states))
            if spoken := next(utterances):
                entry |= {"voice": spoken.voice, "notes": list(spoken.notes)}
        turns.append(entry)
    return {
        "scenario": play.scenario,
        "seed": play.seed,
        "voice": voice,
        "turns": turns,
        "ending": ending_of(play).value,
    }


def _state_json(state: CounterpartState) -> dict[str, Any]:
    names = {"tension", "trust", "understood", "disclosed", "face_threat", "firmness"}
    return state.model_dump(mode="json", include=names)
