"""How far the labeller agrees with people: public labelled sets, our corpus, our rated talks."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rubrics import supportive
from rubrics.acts.heads import MECHANISMS
from rubrics.acts.reading import Act, ActLabeller, Context, ReplyReading, Tag
from rubrics.acts.training.data import messages, settled
from rubrics.conversation import read_transcript
from rubrics.validation.agreement import auc, estimate, kappa, macro_f1, mean_f1, qwk
from rubrics.validation.study import Figure, Progress, Study, at_least, figure, silently
from rubrics.validation.talks import Talk, talks

#: Acts and tags count in the mean from this many occurrences on.
_FEWEST = 5
_ASKS = (Act.EXPLORE, Act.ASK_CLOSED, Act.ASK_INTEREST)
_OPEN = (Act.EXPLORE, Act.ASK_INTEREST)
Numbers = npt.NDArray[np.float64]
Metric = Callable[[Numbers, Numbers], float]


@dataclass(frozen=True)
class Case:
    """One labelled reply: what it answers, what people said of it, what it belongs to."""

    message: str
    reply: str
    truth: Mapping[str, float]
    group: str


@dataclass(frozen=True)
class Question:
    """One figure to be had from the cases: which truth, which part of a reading, which metric."""

    name: str
    of: str
    given: Callable[[ReplyReading], float]
    metric: Metric
    target: float
    ceiling: str = ""


def human(
    labeller: ActLabeller, data: Path | None, progress: Progress = silently
) -> Iterator[Study]:
    """Agreement on the development parts of the public sets, where they are present."""
    for make, folder in ((_epitome, "epitome"), (_annomi, "annomi")):
        path = data / folder / "dev.csv" if data else None
        if path is None or not path.is_file():
            yield Study(
                id=folder,
                title=_TITLES[folder],
                method=_METHODS[folder],
                missing=f"{folder}/dev.csv is not here; point ATTUNE_DATA or --data to its folder.",
            )
            continue
        progress(f"{folder}: labelling")
        cases = make(_rows(path))
        yield _study(folder, cases, _QUESTIONS[folder], labeller)


def _study(
    name: str, cases: Sequence[Case], questions: Sequence[Question], labeller: ActLabeller
) -> Study:
    readings = [labeller.label(Context(message=c.message), c.reply) for c in cases]
    figures = tuple(_figure(question, cases, readings) for question in questions)
    title = f"{_TITLES[name]} ({labeller.version})"
    return Study(id=name, title=title, method=_METHODS[name], figures=figures)


def _figure(question: Question, cases: Sequence[Case], readings: Sequence[ReplyReading]) -> Figure:
    """The metric over the cases that people could answer the question for."""
    rows = [k for k, case in enumerate(cases) if question.of in case.truth]
    truth = np.array([cases[k].truth[question.of] for k in rows])
    given = np.array([question.given(readings[k]) for k in rows])
    found = estimate(question.metric, truth, given, [cases[k].group for k in rows])
    bound = at_least(question.target, "target")
    return figure(question.name, found, len(rows), bound, question.ceiling)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _epitome(rows: Sequence[Mapping[str, str]]) -> list[Case]:
    return [
        Case(
            row["seeker_post"],
            row["response_post"],
            {name: float(row[name]) for name in MECHANISMS}
            | {f"any {name}": float(row[name] != "0") for name in MECHANISMS},
            row["sp_id"],
        )
        for row in rows
    ]


_BEHAVIOURS = ("question", "reflection", "therapist_input", "other")


def _annomi(rows: Sequence[Mapping[str, str]]) -> list[Case]:
    return [
        Case(row["client_turn_before"], row["therapist_turn"], _coded(row), row["transcript_id"])
        for row in rows
    ]


def _coded(row: Mapping[str, str]) -> dict[str, float]:
    truth = {"behaviour": float(_BEHAVIOURS.index(row["behaviour"]))}
    flags = {name: float(row[name]) for name in ("reflection", "question", "question_open")}
    return truth | {name: value for name, value in flags.items() if value >= 0}


def _level(name: str) -> Callable[[ReplyReading], float]:
    return lambda reading: float(getattr(reading.mechanisms, name).level)


def _expected(name: str) -> Callable[[ReplyReading], float]:
    return lambda reading: float(getattr(reading.mechanisms, name).expected)


def _any(*acts: Act) -> Callable[[ReplyReading], float]:
    return lambda reading: float(any(reading.has(act) for act in acts))


def _behaviour(reading: ReplyReading) -> float:
    return float(_BEHAVIOURS.index(reading.behaviour))


def _mechanism_questions() -> tuple[Question, ...]:
    f1s, qwks = (0.76, 0.58, 0.72), (0.70, 0.73, 0.75)
    humans = ("same raters again .74", "same raters again .73", "same raters again .54")
    named = list(zip(MECHANISMS, f1s, qwks, humans, strict=True))
    return (
        *(Question(f"macro-F1, {n}", n, _level(n), macro_f1, f) for n, f, _, _ in named),
        *(Question(f"QWK, {n}", n, _level(n), qwk, q, h) for n, _, q, h in named),
        Question(
            "AUC, any interpretation", "any interpretation", _expected("interpretation"), auc, 0.93
        ),
    )


_QUESTIONS: dict[str, tuple[Question, ...]] = {
    "epitome": _mechanism_questions(),
    "annomi": (
        Question("macro-F1, behaviour", "behaviour", _behaviour, macro_f1, 0.81, "one of ten .86"),
        Question("kappa, behaviour", "behaviour", _behaviour, kappa, 0.75, "pairs of raters .74"),
        Question("kappa, reflection", "reflection", _any(Act.REFLECT), kappa, 0.62, "raters .66"),
        Question("kappa, question", "question", _any(*_ASKS), kappa, 0.84, "raters .87"),
        Question("kappa, open question", "question_open", _any(*_OPEN), kappa, 0.58, "raters .74"),
    ),
}
_TITLES = {"epitome": "Agreement: peer support", "annomi": "Agreement: counselling"}
_METHODS = {
    "epitome": "EPITOME, Reddit part, development rows: three mechanisms rated 0-2 by people.",
    "annomi": "AnnoMI, development transcripts: what each counsellor's turn does, coded by people.",
}


def own_corpus(labeller: ActLabeller, progress: Progress = silently) -> Study:
    """Agreement on the test part of our corpus, whose contexts no training has seen."""
    progress("our corpus: labelling")
    rows, heard = settled("test"), messages()
    readings = [labeller.label(Context(message=heard[r["c"]]), r["reply"]) for r in rows]
    groups = [row["c"] for row in rows]
    acts = [[float(act in row["acts"]) for act in Act] for row in rows]
    tags = [[float(tag in {hit["tag"] for hit in row["tags"]}) for tag in Tag] for row in rows]
    read_acts = [[float(reading.has(act)) for act in Act] for reading in readings]
    read_tags = [[float(reading.tagged(tag)) for tag in Tag] for reading in readings]
    return Study(
        id="corpus",
        title=f"Agreement: our workplace corpus ({labeller.version})",
        method="The test part: contexts never trained on. Written and labelled with language "
        "models, twice blind; differences settled.",
        figures=(
            _columns("mean F1 over acts", acts, read_acts, groups, 0.85),
            _columns("mean F1 over error tags", tags, read_tags, groups, 0.80),
            *_corpus_mechanisms(rows, readings, groups),
        ),
    )


def _columns(
    name: str,
    truth: Sequence[Sequence[float]],
    given: Sequence[Sequence[float]],
    groups: Sequence[str],
    target: float,
) -> Figure:
    """Mean F1 over the columns that occur often enough to say anything."""
    known, read = np.array(truth), np.array(given)
    common = known.sum(axis=0) >= _FEWEST
    found = estimate(mean_f1, known[:, common], read[:, common], groups)
    return figure(name, found, len(known), at_least(target, "target"))


def _corpus_mechanisms(
    rows: Sequence[dict[str, Any]], readings: Sequence[ReplyReading], groups: Sequence[str]
) -> Iterator[Figure]:
    for place, name in enumerate(MECHANISMS):
        truth = np.array([float(row["m"][place]) for row in rows])
        given = np.array([_level(name)(reading) for reading in readings])
        found = estimate(qwk, truth, given, groups)
        yield figure(f"QWK, {name}", found, len(rows), at_least(0.80, "target"))


#: Expert against expert on 50 talks about workplace troubles (validation.md, section 1).
EXPERTS = {
    "VALIDATING": 0.41,
    "ELABORATION": 0.68,
    "UNDERSTANDING": 0.42,
    "ADVICE": 0.65,
    "SELF": 0.67,
    "DISMISSING": 0.45,
}


#: Who wrote the talks that test: those whose other talks fitted the lines, and others.
WRITERS = {"talk": "the first writers", "told": "other writers"}


def own_talks(labeller: ActLabeller) -> Study:
    """Agreement of the supportive rubric with the ratings of talks it was not fitted on."""
    return Study(
        id="talks",
        title="Agreement: our supportive talks",
        method="The supportive-listening rubric against the mean of three independent readings of "
        "talks that its lines were not fitted on. Talks and readings come from language models, "
        "so these figures are no evidence of agreement with experts.",
        figures=tuple(
            figure
            for prefix, writers in WRITERS.items()
            for figure in _talk_figures(
                [t for t in talks("test") if t.id.startswith(prefix)], writers, labeller
            )
        ),
    )


def _talk_figures(chosen: Sequence[Talk], writers: str, labeller: ActLabeller) -> Iterator[Figure]:
    cards = [
        supportive.score(t.transcript, read_transcript(t.transcript, labeller)) for t in chosen
    ]
    for name, experts in EXPERTS.items():
        truth = np.array([round(talk.level(name)) for talk in chosen], float)
        given = np.array([card.competencies[name].level or 1.0 for card in cards])
        found = estimate(qwk, truth, np.floor(given + 0.5))
        ceiling = f"expert and expert {experts:.2f} (other talks)".replace("0.", ".")
        bound = at_least(0.50, "target")
        yield figure(f"QWK, {name}, {writers}", found, len(truth), bound, ceiling)
