"""The second rater of this installation: which model it is, how it is asked, what it is worth."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlparse

from rubrics.calibration import Calibration
from rubrics.combining import combine, raw_levels
from rubrics.judge import Answer, Judge
from rubrics.judge_prompt import Message
from rubrics.model import RatingFailure, Rubric, Scorecard
from scenarios.model import Scenario
from trainer.chat import Chat, ModelFailure
from trainer.llm import build_chat, model_name
from trainer.session import RolePlay
from trainer.settings import Settings, SettingsError
from trainer.voices.speaker import AUTHORED, AUTHORED_LINE

MAX_TOKENS = 500
#: Below this many seconds nothing is asked any more.
TOO_LATE = 0.25
CALIBRATION = "judge-calibration.json"
#: At the terminal nobody waits for a turn, so a conversation may take this many time-outs.
PATIENCE = 6


@dataclass
class AskedChat:
    """A chat model as the judge asks it: for JSON of a shape, or as much as the server knows."""

    chat: Chat
    #: How many of the formats this server has refused.
    refused: int = 0

    @property
    def name(self) -> str:
        """Which model this is."""
        return self.chat.name

    def answer(
        self, asked: Sequence[Message], *, schema: dict[str, Any], seconds: float
    ) -> Answer | RatingFailure:
        """An answer within the seconds."""
        deadline = time.monotonic() + seconds
        shape = {"name": "verdict", "schema": schema, "strict": True}
        formats: list[dict[str, Any] | None] = [
            {"type": "json_schema", "json_schema": shape},
            {"type": "json_object"},
            None,
        ]
        failure = "The time for the second rating is up."
        for number, wanted in list(enumerate(formats))[self.refused :]:
            left = deadline - time.monotonic()
            if left < TOO_LATE:
                break
            said = self.chat.say(asked, max_tokens=MAX_TOKENS, seconds=left, response_format=wanted)
            if not isinstance(said, ModelFailure):
                self.refused = number
                return Answer(text=said.text, cut=said.cut, tokens=said.usage.tokens)
            failure = said.what
            if said.kind != "refused":
                break
        return RatingFailure(kind="no_answer", what=failure)


def build_judge(settings: Settings) -> Judge:
    """The judge with its calibration; SettingsError where no model is set up for it."""
    if not (model_name(settings, "judge") or settings.gguf):
        raise SettingsError(
            "no language model to judge with: set ATTUNE_JUDGE_MODEL, ATTUNE_MODEL or ATTUNE_GGUF"
        )
    return Judge(AskedChat(build_chat(settings, "judge")), read_calibration(settings))


def terminal_seconds(settings: Settings) -> float:
    """How long a conversation may take to be rated where nobody waits for a page."""
    return PATIENCE * settings.model_timeout


def calibration_file(settings: Settings) -> Path:
    """Where the calibration lies."""
    return settings.data_dir.expanduser() / CALIBRATION


def read_calibration(settings: Settings) -> Calibration:
    """What has been fitted here so far; SettingsError for a file that is no calibration."""
    path = calibration_file(settings)
    if not path.exists():
        return Calibration()
    try:
        return Calibration.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{path}: not a calibration of the judge; delete it and run 'attune calibrate' again"
        ) from error


def write_calibration(settings: Settings, calibration: Calibration) -> Path:
    """Put the file in place in one step; gives its path."""
    path = calibration_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(calibration.model_dump_json(indent=2), encoding="utf-8")
    new.replace(path)
    return path


@dataclass(frozen=True)
class Rated:
    """The scores of a role-play with the level of each rater."""

    card: Scorecard
    raw_levels: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class SecondRater:
    """Rates role-plays beside the local scorer, within the seconds that a person waits."""

    judge: Judge
    seconds: float
    #: Where the model is, in words.
    place: str

    @property
    def line(self) -> str:
        """What the pages tell before the conversation."""
        name = self.judge.model.name
        return f"When it ends, the language model {name} rates it too, {self.place}."

    def second(self, local: Scorecard, play: RolePlay, scenario: Scenario, rubric: Rubric) -> Rated:
        """The local scores and the model's, combined; the local stand where it is not heard."""
        judged = self.judge.score(
            play.transcript(),
            rubric,
            play.readings(),
            frozenset(scenario.opportunities),
            seconds=self.seconds,
        )
        return Rated(combine(local, judged), raw_levels(local, judged))


def not_asked(local: Scorecard, tokens: int) -> Scorecard:
    """The local scores, with the reason why nobody seconded them."""
    why = f"not asked, today's {tokens:,} tokens are used up"
    return local.model_copy(update={"versions": {**local.versions, "judge": why}})


def judged_line(line: str, rater: SecondRater | None) -> str:
    """Who speaks, and who rates beside the local scorer, so that the page never claims too much."""
    if rater is None:
        return line
    return f"{line.replace(AUTHORED_LINE, AUTHORED)} {rater.line}"


def second_rater(settings: Settings) -> SecondRater | None:
    """The second rater of the app, where a server's model is set up.

    A local file rates at the terminal only: on one thread it needs minutes for a conversation.
    """
    if not model_name(settings, "judge"):
        return None
    chat = build_chat(settings, "judge")
    Thread(target=chat.warm, daemon=True).start()
    judge = Judge(AskedChat(chat), read_calibration(settings))
    return SecondRater(judge, settings.model_timeout, _place(settings))


def _place(settings: Settings) -> str:
    host = urlparse(settings.openai_base_url).hostname or "api.openai.com"
    if host in ("localhost", "127.0.0.1", "::1"):
        return "on this computer"
    return f"at {host}; what was said is sent there"
