"""``attune acts`` and ``attune score``: what replies do, and how conversations score."""

import argparse
import json
import sys
from typing import Any

from pydantic import BaseModel, ValidationError

from rubrics import library as rubrics_library
from rubrics import supportive
from rubrics.acts import Context, ReplyReading
from rubrics.conversation import read_transcript
from rubrics.model import Rubric, Scorecard, Transcript
from scenarios import library
from trainer.assembly import build_engine
from trainer.cli import FINE, InputError
from trainer.commands.output import read_text, say, say_json
from trainer.commands.scorecards import say_scorecard, scorecard_json
from trainer.session import Engine


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
        raise InputError(f"{where}: {_describe(error)}") from error


def _describe(error: ValidationError) -> str:
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
    jobs = [_load(path, arguments.rubric) for path in arguments.files]
    engine = build_engine()
    documents = []
    for path, transcript, rubric in jobs:
        card = _score_one(transcript, rubric, engine)
        documents.append(scorecard_json(card))
        if not arguments.json:
            say(f"{path} ({rubric.name})")
            say_scorecard(card, transcript)
            say()
    if arguments.json:
        say_json(documents[0] if len(documents) == 1 else documents)
    return FINE


_Rubric = Rubric | supportive.SupportiveRubric


def _load(path: str, rubric_name: str | None) -> tuple[str, Transcript, _Rubric]:
    transcript = parse_transcript(read_text(path), path)
    if rubric_name == supportive.RUBRIC_ID:
        return path, transcript, supportive.rubric()
    if rubric_name:
        return path, transcript, rubrics_library.find(rubric_name)
    if transcript.scenario is None:
        raise InputError(f"{path}: names no scenario, so say which rubric: --rubric NAME")
    program = library.find(transcript.scenario).program
    return path, transcript, rubrics_library.find(program)


def parse_transcript(text: str, name: str) -> Transcript:
    """A transcript from JSON text, or InputError naming the file and the field."""
    try:
        return Transcript.model_validate_json(text)
    except ValidationError as error:
        raise InputError(f"{name}: {_describe(error)}") from error


def _score_one(transcript: Transcript, rubric: _Rubric, engine: Engine) -> Scorecard:
    readings = read_transcript(transcript, engine.labeller)
    if isinstance(rubric, supportive.SupportiveRubric):
        return supportive.score(transcript, readings)
    opportunities = None
    if transcript.scenario is not None and transcript.scenario in library.shipped():
        opportunities = frozenset(library.find(transcript.scenario).opportunities)
    return engine.scorer.score(transcript, rubric, readings, opportunities)
