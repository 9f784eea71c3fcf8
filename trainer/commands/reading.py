"""``attune acts`` and ``attune score``: what replies do, and how conversations score."""

import argparse
import json
import sys
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from rubrics import library as rubrics_library
from rubrics import supportive
from rubrics.acts import Context, ReplyReading
from rubrics.combining import combine
from rubrics.conversation import read_transcript
from rubrics.judge import Judge
from rubrics.model import Rubric, Scorecard, Transcript
from scenarios import library
from trainer.assembly import build_engine
from trainer.cli import FINE, InputError
from trainer.commands.output import read_text, say, say_json
from trainer.commands.scorecards import say_scorecard, scorecard_json
from trainer.session import Engine
from trainer.settings import load_settings


class ActsLine(BaseModel):
    """One line of input to ``attune acts``."""

    id: str | int
    context: str = ""
    reply: str


def acts(arguments: argparse.Namespace) -> int:
    """Label each reply; a line of JSON each, or one JSON list with ``--json``."""
    text = read_text(arguments.source) if arguments.source else sys.stdin.read()
    name = arguments.source or "standard input"
    lines = [
        _parse_line(line, f"{name}:{number}")
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    labeller = build_engine().labeller
    for line in lines:
        reading = labeller.label(Context(message=line.context), line.reply)
        say(json.dumps(reading_json(line.id, reading), ensure_ascii=False))
    return FINE


def _parse_line(line: str, where: str) -> ActsLine:
    try:
        return ActsLine.model_validate_json(line)
    except ValidationError as error:
        raise InputError(f"{where}: {describe(error)}") from error


def describe(error: ValidationError) -> str:
    """The first thing that is wrong, with its field."""
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return f"{field}: {first['msg']}" if field else str(first["msg"])


def reading_json(line_id: str | int, reading: ReplyReading) -> dict[str, Any]:
    """A reading as the command line's contract has it."""
    return {
        "id": line_id,
        "acts": {str(act): round(p, 4) for act, p in reading.acts.items()},
        "mechanisms": reading.mechanisms.model_dump(mode="json"),
        "behaviour": reading.behaviour,
        "tags": [hit.model_dump(mode="json") for hit in reading.tags],
        "readable": reading.readable,
        "labeller": reading.labeller,
    }


def score(arguments: argparse.Namespace) -> int:
    """Score each transcript file."""
    jobs = [load_job(path, arguments.rubric) for path in arguments.files]
    raters = _raters(arguments.judge)
    documents = []
    for path, transcript, rubric in jobs:
        card = raters.score(transcript, rubric)
        documents.append(scorecard_json(card))
        if not arguments.json:
            say(f"{path} ({rubric.name})")
            say_scorecard(card, transcript)
            say()
    if arguments.json:
        say_json(documents[0] if len(documents) == 1 else documents)
    return FINE


_Rubric = Rubric | supportive.SupportiveRubric


def load_job(path: str, rubric_name: str | None) -> tuple[str, Transcript, _Rubric]:
    """A transcript file and the rubric it is to be scored by."""
    transcript = parse_transcript(read_text(path), path)
    return path, transcript, rubric_of(transcript, rubric_name, path)


def rubric_of(transcript: Transcript, rubric_name: str | None, where: str) -> _Rubric:
    """The rubric of that name, or of the scenario's program; InputError where neither is known."""
    if rubric_name == supportive.RUBRIC_ID:
        return supportive.rubric()
    if rubric_name:
        return rubrics_library.find(rubric_name)
    if transcript.scenario is None:
        raise InputError(f"{where}: names no scenario, so say which rubric: --rubric NAME")
    return rubrics_library.find(library.find(transcript.scenario).program)


def parse_transcript(text: str, name: str) -> Transcript:
    """A transcript from JSON text, or InputError naming the file and the field."""
    try:
        return Transcript.model_validate_json(text)
    except ValidationError as error:
        raise InputError(f"{name}: {describe(error)}") from error


@dataclass(frozen=True)
class _Raters:
    """Who rates: the local scorer, a judge, or both."""

    engine: Engine
    judge: Judge | None = None
    seconds: float = 0.0
    local: bool = True

    def score(self, transcript: Transcript, rubric: _Rubric) -> Scorecard:
        readings = read_transcript(transcript, self.engine.labeller)
        if isinstance(rubric, supportive.SupportiveRubric):
            if self.judge:
                raise InputError(f"--judge: {rubric.id} is rated by the local scorer only")
            return supportive.score(transcript, readings)
        called_for = opportunities_of(transcript)
        local = self.engine.scorer.score(transcript, rubric, readings, called_for)
        if self.judge is None:
            return local
        judged = self.judge.score(transcript, rubric, readings, called_for, seconds=self.seconds)
        return combine(local, judged) if self.local else judged


def _raters(name: str) -> _Raters:
    if name == "local":
        return _Raters(build_engine())
    from trainer.judging import build_judge, terminal_seconds

    settings = load_settings()
    judge = build_judge(settings)
    return _Raters(build_engine(), judge, terminal_seconds(settings), local=name == "both")


def opportunities_of(transcript: Transcript) -> frozenset[str] | None:
    """The competencies that the transcript's scenario exercises, if it is a shipped one."""
    if transcript.scenario is None or transcript.scenario not in library.shipped():
        return None
    return frozenset(library.find(transcript.scenario).opportunities)
