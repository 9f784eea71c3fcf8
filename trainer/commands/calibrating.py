"""``attune calibrate``: human ratings of conversations, and what they say about the judge."""

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from rubrics.acts.reading import ActLabeller
from rubrics.calibration import ENOUGH, Line, Pair, fit
from rubrics.conversation import read_transcript
from rubrics.judge import VERSION, Judge
from rubrics.model import Rubric, Transcript
from rubrics.supportive import SupportiveRubric
from trainer.assembly import build_engine
from trainer.cli import FINDING, FINE, InputError
from trainer.commands.output import read_text, say, say_json, say_table
from trainer.commands.reading import describe, parse_transcript, rubric_of
from trainer.judging import build_judge, read_calibration, terminal_seconds, write_calibration
from trainer.settings import load_settings


class Rating(BaseModel):
    """One line of the file: what one person gave one competency of one conversation."""

    transcript: str | Transcript
    competency: str
    level: Annotated[float, Field(ge=0, le=4)]
    rater: str


class Conversation(BaseModel):
    """A rated conversation: the mean of its raters by competency."""

    transcript: Transcript
    rubric: Rubric
    levels: dict[str, float]


def calibrate(arguments: argparse.Namespace) -> int:
    """Fit a line a competency and keep it; 1 where there are too few ratings for any."""
    settings = load_settings()
    judge = build_judge(settings)
    rated = read_ratings(Path(arguments.ratings), arguments.rubric)
    counts = _counts(rated)
    wanted = {name for name, count in counts.items() if count >= ENOUGH}
    labeller = build_engine().labeller
    pairs = judged_pairs(judge, rated, wanted, labeller, terminal_seconds(settings))
    lines = {name: line for name, found in pairs.items() if (line := fit(found))}
    if lines:
        known = read_calibration(settings).extended(judge.model.name, VERSION, lines)
        path = write_calibration(settings, known)
    if arguments.json:
        say_json(_as_json(judge.model.name, counts, pairs, lines))
    else:
        _show(counts, pairs, lines)
        say(f"Kept in {path}." if lines else "Nothing was kept.")
    return FINE if lines else FINDING


def read_ratings(file: Path, rubric_name: str | None) -> list[Conversation]:
    """The rated conversations of a file; InputError names the line that is wrong."""
    found: dict[str, tuple[Transcript, Rubric]] = {}
    levels: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number, line in enumerate(read_text(str(file)).splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{file}:{number}"
        rating = _parse(line, where)
        transcript = _transcript(rating, file.parent, where)
        rubric = _rubric(transcript, rubric_name, rating.competency, where)
        key = transcript.model_dump_json()
        found[key] = (transcript, rubric)
        levels[key][rating.competency].append(rating.level)
    return [
        Conversation(
            transcript=transcript,
            rubric=rubric,
            levels={name: fmean(given) for name, given in levels[key].items()},
        )
        for key, (transcript, rubric) in found.items()
    ]


def _parse(line: str, where: str) -> Rating:
    try:
        return Rating.model_validate_json(line)
    except ValidationError as error:
        raise InputError(f"{where}: {describe(error)}") from error


def _transcript(rating: Rating, folder: Path, where: str) -> Transcript:
    if isinstance(rating.transcript, Transcript):
        return rating.transcript
    path = str(folder / rating.transcript)
    return parse_transcript(read_text(path), f"{where}: {path}")


def _rubric(transcript: Transcript, name: str | None, competency: str, where: str) -> Rubric:
    rubric = rubric_of(transcript, name, where)
    if isinstance(rubric, SupportiveRubric):
        raise InputError(f"--rubric: {rubric.id} is rated by the local scorer only")
    known = [c.id for c in rubric.competencies]
    if competency not in known:
        raise InputError(f"{where}: competency: {rubric.id} has {', '.join(known)}")
    return rubric


def judged_pairs(
    judge: Judge,
    rated: Sequence[Conversation],
    wanted: set[str],
    labeller: ActLabeller,
    seconds: float,
) -> dict[str, list[Pair]]:
    """By competency, the judge's raw level and the people's, for what the judge would rate."""
    pairs: dict[str, list[Pair]] = {name: [] for name in sorted(wanted)}
    for talk in rated:
        names = wanted & talk.levels.keys()
        asked = tuple(c for c in talk.rubric.competencies if c.id in names)
        rubric = talk.rubric.model_copy(update={"competencies": asked})
        readings = read_transcript(talk.transcript, labeller)
        card = judge.score(talk.transcript, rubric, readings, seconds=seconds)
        for name, score in card.competencies.items():
            if score.judgement and score.judgement.raw_level is not None:
                pairs[name].append((score.judgement.raw_level, talk.levels[name]))
    return pairs


def _counts(rated: Sequence[Conversation]) -> dict[str, int]:
    names = sorted({name for talk in rated for name in talk.levels})
    return {name: sum(name in talk.levels for talk in rated) for name in names}


def _verdict(count: int, judged: int, line: Line | None) -> str:
    """What came of one competency, in words."""
    if count < ENOUGH:
        return f"too few: {count} rated conversations, {ENOUGH} are needed"
    if line is None:
        return f"the judge rated {judged} of {count} conversations, {ENOUGH} are needed"
    if not (line.shift or line.tilt):
        return "no line helps on held-out conversations: levels stay as they are"
    return f"moved by {line.shift:+.2f} at {line.centre:.1f}, by {line.tilt:+.2f} a level away"


def _show(
    counts: Mapping[str, int], pairs: Mapping[str, list[Pair]], lines: Mapping[str, Line]
) -> None:
    rows = []
    for name, count in counts.items():
        line = lines.get(name)
        errors = (f"{line.error_before:.2f}", f"{line.error:.2f}") if line else ("", "")
        rows.append((name, str(count), *errors, _verdict(count, len(pairs.get(name, ())), line)))
    say_table(("competency", "rated", "error before", "held out", "what was done"), rows)


def _as_json(
    model: str,
    counts: Mapping[str, int],
    pairs: Mapping[str, list[Pair]],
    lines: Mapping[str, Line],
) -> dict[str, object]:
    return {
        "model": model,
        "judge": VERSION,
        "competencies": {
            name: {
                "conversations": count,
                "judged": len(pairs.get(name, ())),
                "line": json.loads(lines[name].model_dump_json()) if name in lines else None,
                "result": _verdict(count, len(pairs.get(name, ())), lines.get(name)),
            }
            for name, count in counts.items()
        },
    }
