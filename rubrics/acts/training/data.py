"""Rows to learn from: our own corpus and the public human-labelled sets, in one shape."""

import csv
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from rubrics.acts import heads
from rubrics.acts.reading import Act, Tag
from rubrics.conversation import contexts
from rubrics.validation.talks import Talk, talks

CORPUS = Path(__file__).parent.parent / "corpus"
_HERE = Path(__file__).parents[3]
#: Every fifth context is the test part, never trained on; the one after it tunes thresholds.
PARTS, TEST, TUNE = 5, 0, 1
#: Files whose name begins so were written later, to train and tune on alone.
ADDED = "x"
#: Slips that make a reply cold: nothing in it counts as warmth (docs/labelling.md, mechanisms).
COLD_TAGS = frozenset(
    "hostility threat slur labelling other_blame defensiveness minimising mind_reading".split()
)
_EMPTY = frozenset({"ignoring", "keyword_empathy", "manipulation"})
#: Outer parts of the politeness scale (z-scores) that teach the hostility gate; see the card.
_POLITE_Z = 0.8
_TENTH = 10

Record = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One reply: what is known of it by column, everything else being unknown."""

    source: str
    key: str
    message: str
    reply: str
    known: dict[str, float]
    #: Per error tag, the characters of the reply that show it.
    quotes: dict[str, tuple[int, int]] = field(default_factory=dict)


def data_folder() -> Path:
    """The folder of public data, from ATTUNE_DATA or beside the repository."""
    folder = Path(os.environ.get("ATTUNE_DATA", _HERE.parent / "shared" / "data"))
    if not (folder / "epitome").is_dir():
        raise SystemExit(
            f"No training data in {folder}: set ATTUNE_DATA to the folder that holds "
            "annomi/, epitome/ and politeness/."
        )
    return folder


def part_of(key: str) -> str:
    """Which part of our corpus a context belongs to: test, tune or train."""
    number = int(key.rsplit("-", 1)[-1]) % PARTS
    if number == TUNE:
        return "tune"
    return "test" if number == TEST and not key.startswith(ADDED) else "train"


def messages() -> dict[str, str]:
    """The messages of our corpus that the replies answer, by context."""
    return {context["c"]: context["text"] for context in corpus_lines("contexts-*.jsonl")}


def settled(part: str) -> list[Record]:
    """One part of the replies of our corpus that were not added later."""
    found = corpus_lines(f"replies-[!{ADDED}]*.jsonl")
    return [record for record in found if part_of(record["c"]) == part]


def own(part: str, added: str = "a-z") -> list[Row]:
    """One part of our own corpus; of the files added later, those of these letters."""
    heard, found = messages(), settled(part)
    if part != "test" and added:
        more = corpus_lines(f"replies-{ADDED}[{added}].jsonl")
        found += [record for record in more if part_of(record["c"]) == part]
    return [_own_row(r, heard[r["c"]]) for r in found]


def annomi(part: str) -> list[Row]:
    """Counselling turns: train, tune (every tenth transcript of the training file) or dev."""
    return [_annomi_row(r) for r in _public("annomi", part, "transcript_id")]


def epitome(part: str) -> list[Row]:
    """Peer-support replies: train, tune (a tenth of the training file) or dev."""
    return [_epitome_row(r) for r in _public("epitome", part, "sp_id")]


def politeness() -> list[Row]:
    """Requests from the outer parts of the politeness scale."""
    rows = []
    for name in ("stack-exchange", "wikipedia"):
        for record in _csv(data_folder() / "politeness" / f"{name}.annotated.csv"):
            score = float(record["Normalized Score"])
            if abs(score) >= _POLITE_Z:
                known = {heads.IMPOLITE: float(score < 0)}
                rows.append(Row("politeness", record["Id"], "", record["Request"], known))
    return rows


def supportive() -> list[Row]:
    """Replies to people who tell of a trouble: written one by one, and those of whole talks."""
    alone = [
        _support_row(record["c"], record["message"], record["reply"], record["levels"])
        for record in corpus_lines("support.jsonl")
    ]
    return [*alone, *(row for talk in talks("train") for row in _talk_rows(talk))]


def _talk_rows(talk: Talk) -> Iterator[Row]:
    for (_, context, reply), levels in zip(contexts(talk.transcript), talk.replies, strict=True):
        yield _support_row(talk.id, context.message, reply, levels)


def _support_row(key: str, message: str, reply: str, levels: Sequence[int]) -> Row:
    return Row("talk", key, message, reply, _levels("talk", levels, heads.SUPPORT))


def mismatched(rows: list[Row], seed: int) -> list[Row]:
    """Each reply beside another's message: it takes up nothing, notices and reflects nobody."""
    order = np.random.default_rng(seed).permutation(len(rows))
    return [
        Row(row.source, row.key, rows[other].message, row.reply, _mismatch(row.source))
        for row, other in zip(rows, order, strict=True)
        if rows[other].message != row.message
    ]


def _mismatch(source: str) -> dict[str, float]:
    known = {heads.SPECIFIC: 0.0}
    if source == "own":
        known |= {"act:notice": 0.0, "act:reflect": 0.0}
        known |= {"work:emotional_reaction>1": 0.0, "work:interpretation>1": 0.0}
    if source == "talk":
        known |= {"talk:understanding>0": 0.0, "talk:understanding>1": 0.0}
    return known


def _own_row(record: Record, message: str) -> Row:
    acts, tags = set(record["acts"]), {hit["tag"] for hit in record["tags"]}
    known = {f"act:{act.value}": float(act.value in acts) for act in Act}
    known |= {f"tag:{tag.value}": float(tag.value in tags) for tag in Tag}
    known |= _levels("work", record["m"]) | _choice("work", heads.BEHAVIOURS, record["b"])
    known |= _choice("domain", heads.DOMAINS, "work")
    known[heads.COLD] = float(bool(tags & COLD_TAGS) and record["m"][0] == 0)
    if tags & _EMPTY:
        known[heads.SPECIFIC] = 0.0
    elif acts & {"notice", "reflect"} or record["m"][2] == 2:
        known[heads.SPECIFIC] = 1.0
    quotes = {f"tag:{hit['tag']}": _quote(record["reply"], hit["quote"]) for hit in record["tags"]}
    return Row("own", record["c"], message, record["reply"], known, quotes)


def _annomi_row(record: Record) -> Row:
    known = _choice("counsel", heads.BEHAVIOURS, record["behaviour"])
    known |= _choice("domain", heads.DOMAINS, "counsel")
    flags = zip(("reflection", "question", "question_open"), heads.COUNSEL_FLAGS, strict=True)
    known |= {column: float(record[name]) for name, column in flags if record[name] != "-1"}
    if record["high_quality_session"] == "1":
        known[heads.COLD] = 0.0
    message, reply = record["client_turn_before"], record["therapist_turn"]
    return Row("annomi", record["transcript_id"], message, reply, known)


def _epitome_row(record: Record) -> Row:
    levels = [int(record[name]) for name in heads.MECHANISMS]
    known = _levels("peer", levels) | _choice("domain", heads.DOMAINS, "peer")
    if any(levels):
        known |= {heads.SPECIFIC: 1.0, heads.COLD: 0.0}
    return Row("epitome", record["sp_id"], record["seeker_post"], record["response_post"], known)


def _levels(
    domain: str, levels: Sequence[int], names: Sequence[str] = heads.MECHANISMS
) -> dict[str, float]:
    named = zip(names, levels, strict=True)
    return {f"{domain}:{name}>{k}": float(level > k) for name, level in named for k in (0, 1)}


def _choice(group: str, names: Sequence[str], chosen: str) -> dict[str, float]:
    return {f"{group}:{name}": float(name == chosen) for name in names}


def _quote(reply: str, quote: str) -> tuple[int, int]:
    start = max(0, reply.find(quote))
    return start, start + len(quote)


def _public(folder: str, part: str, key: str) -> list[Record]:
    name = "dev.csv" if part == "dev" else "train.csv"
    records = _csv(data_folder() / folder / name)
    if part == "dev":
        return records
    tune = part == "tune"
    return [r for r in records if (crc32(r[key].encode()) % _TENTH == 0) == tune]


def _csv(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def corpus_lines(pattern: str) -> list[Record]:
    """The records in the corpus files of this pattern, in the order of their names."""
    lines = (line for path in sorted(CORPUS.glob(pattern)) for line in path.open(encoding="utf-8"))
    found = [json.loads(line) for line in lines if line.strip()]
    if not found:
        raise SystemExit(f"No {pattern} in {CORPUS}.")
    return found
