"""``attune doctor``: does the language model work, and well enough to practise against?"""

import argparse
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field

from trainer.chat import Chat, Message, ModelFailure, Said
from trainer.cli import BAD_INPUT, FINDING, FINE
from trainer.commands.output import say, say_json
from trainer.llm import build_chat
from trainer.settings import Settings, SettingsError, load_settings
from trainer.structured import ask
from trainer.voices.speaker import voice_line

#: Words a second that keep a talk going, and seconds in which the first word should come.
FAST_ENOUGH, SOON = 8.0, 3.0
SECONDS = 60.0
_TALK: list[Message] = [
    ("system", "You are Dana, a customer whose parcel did not come. Speak only as Dana."),
    ("user", "The employee says: 'What happened this morning?' Answer in two or three sentences."),
]
_RATE: list[Message] = [
    ("user", "How angry is 'I have waited for three days and nobody called me'? Answer as JSON "
     "with the fields mood (one word) and level (1 to 5).")
]  # fmt: skip


class _Mood(BaseModel):
    mood: str = Field(max_length=60)
    level: int = Field(ge=0, le=10)


@dataclass(frozen=True)
class Check:
    """One thing that was tried."""

    name: str
    result: Literal["fine", "slow", "no"]
    words: str


def doctor(arguments: argparse.Namespace) -> int:
    """0 everything works, 1 something does not or is slow, 2 nothing is set up to be tested."""
    settings = load_settings()
    try:
        chat = build_chat(settings)
    except SettingsError as error:
        return _not_set_up(str(error), arguments.json)
    chat.warm()
    checks = examine(chat)
    code = FINE if all(check.result == "fine" for check in checks) else FINDING
    if arguments.json:
        found = [check.__dict__ for check in checks]
        say_json({"model": chat.name, "speaks": voice_line(settings), "checks": found})
    else:
        _print(chat, settings, checks)
    return code


def _not_set_up(why: str, as_json: bool) -> int:
    if as_json:
        say_json({"model": None, "problem": why, "checks": []})
    else:
        say(f"{why[:1].upper()}{why[1:]}.")
        say("Attune works without: the authored voice speaks.")
    return BAD_INPUT


def _print(chat: Chat, settings: Settings, checks: list[Check]) -> None:
    say(f"{chat.name}. {voice_line(settings)}\n")
    for check in checks:
        mark = {"fine": "works", "slow": "slow ", "no": "fails"}[check.result]
        say(f"{mark}  {check.name}: {check.words}")
    if any(check.result == "no" for check in checks[:1]):
        say("\nThe authored voice speaks until this works; nobody is left without an answer.")


def examine(chat: Chat, seconds: float = SECONDS) -> list[Check]:
    """Connection, streaming, speed and answers in a given shape."""
    said = chat.say(_TALK, max_tokens=80, seconds=seconds)
    if isinstance(said, ModelFailure):
        return [Check("connection", "no", said.what)]
    shaped = ask(chat, _RATE, _Mood, max_tokens=60, seconds=seconds)
    return [
        Check("connection", "fine", f'it answered "{_short(said.text)}"'),
        _streaming(said),
        _speed(said),
        _structured(shaped),
    ]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) < 80 else plain[:77] + "..."


def _streaming(said: Said) -> Check:
    if said.pieces > 1:
        return Check("streaming", "fine", f"the answer came in {said.pieces} pieces")
    return Check("streaming", "no", "the answer came in one piece; it may feel slow")


def _speed(said: Said) -> Check:
    """Fast enough for a talk, in plain words."""
    writing = max(said.usage.seconds - said.first, 0.001)
    a_second = said.usage.completion / writing
    words = f"first word after {said.first:.1f} s, then about {a_second:.0f} tokens a second"
    if said.first > SOON or a_second < FAST_ENOUGH:
        slow = f"{words}; people would wait, and turns over the time-out are authored"
        return Check("speed", "slow", slow)
    return Check("speed", "fine", words)


def _structured(shaped: "tuple[_Mood, list[Said]] | ModelFailure") -> Check:
    if isinstance(shaped, ModelFailure):
        return Check("structured output", "no", f"{shaped.what} It cannot second the scores.")
    turns = len(shaped[1])
    how = "at once" if turns == 1 else f"after {turns - 1} repair"
    return Check("structured output", "fine", f"usable JSON {how}")
