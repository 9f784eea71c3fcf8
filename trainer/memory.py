"""Authored lines nearest to a moment, as examples of how a person talks.

Chroma keeps the vectors in the data folder, or on a server where several processes share it. It is
an index and no record: without it the same lines are found by plain cosine, and it can be rebuilt
at any time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock, Thread
from typing import Any, Protocol
from urllib.parse import urlparse

from rubrics.encoder import Encoder, Vectors
from scenarios.model import Band, Gate, Scenario
from trainer.settings import Settings

INDEX_VERSION = 1
_ECHO = "{echo}"
_BATCH = 200
#: Lines that a prompt takes.
EXAMPLES = 4


@dataclass(frozen=True)
class Line:
    """One authored line and where it fits."""

    text: str
    band: Band
    gate: Gate


class Memory(Protocol):
    """Finds authored lines that fit a moment."""

    def nearest(
        self, scenario: Scenario, text: str, *, band: Band, disclosed: Gate, count: int
    ) -> tuple[str, ...]:
        """The lines nearest in meaning that may be said by now; empty until they are indexed."""
        ...


def lines_of(scenario: Scenario) -> Iterator[Line]:
    """The lines of a scenario that show how its person talks, each once a band."""
    lines = scenario.lines
    groups = [(group.bands, group.lines) for group in lines.reactions]
    groups += [(group.bands, group.lines) for group in lines.pushes]
    for bands, texts in groups:
        for band in bands:
            yield from (Line(text, band, 0) for text in texts if _ECHO not in text)
    for detail in (*lines.details, *lines.deflections):
        for band in detail.bands:
            yield from (Line(text, band, detail.gate) for text in detail.lines)
    for fact in scenario.facts:
        for band in Band:
            told = fact.curt if band == Band.HOT and fact.curt else fact.lines
            yield from (Line(text, band, fact.gate) for text in told)


def digest(scenario: Scenario) -> str:
    """Changes when the lines do."""
    return sha256(repr(list(lines_of(scenario))).encode()).hexdigest()[:16]


@dataclass
class PlainMemory:
    """Cosine over vectors kept in this process; built in the background when first asked."""

    encoder: Encoder
    _kept: dict[str, tuple[list[Line], Vectors]] = field(default_factory=dict)
    _building: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def nearest(
        self, scenario: Scenario, text: str, *, band: Band, disclosed: Gate, count: int
    ) -> tuple[str, ...]:
        """The nearest lines; none while the vectors are still being made."""
        key = digest(scenario)
        with self._lock:
            kept = self._kept.get(key)
            if kept is None and key not in self._building:
                self._building.add(key)
                Thread(target=self.prepare, args=(scenario,), daemon=True).start()
        if kept is None:
            return ()
        lines, vectors = kept
        cosines = vectors @ self.encoder.embed([text])[0]
        order = sorted(range(len(lines)), key=lambda i: -cosines[i])
        fits = (lines[i] for i in order if lines[i].band == band and lines[i].gate <= disclosed)
        return _first(count, (line.text for line in fits))

    def recall(self, scenario: Scenario, text: str, band: Band, disclosed: Gate) -> tuple[str, ...]:
        """The nearest lines, as many as a prompt takes."""
        return self.nearest(scenario, text, band=band, disclosed=disclosed, count=EXAMPLES)

    def prepare(self, scenario: Scenario) -> None:
        """Make the vectors now."""
        lines = list(lines_of(scenario))
        texts = list(dict.fromkeys(line.text for line in lines))
        made = dict(zip(texts, self.encoder.embed(texts), strict=True))
        import numpy as np

        vectors = np.stack([made[line.text] for line in lines])
        with self._lock:
            self._kept[digest(scenario)] = (lines, vectors)
            self._building.discard(digest(scenario))


class ChromaMemory:
    """The same lines in a Chroma collection, named after the encoder and this index's version."""

    def __init__(self, settings: Settings, encoder: Encoder) -> None:
        self._encoder = encoder
        self._client = _client(settings)
        slug = re.sub(r"[^a-z0-9-]+", "-", encoder.version.lower())
        self.name = f"lines-{slug}-v{INDEX_VERSION}"
        self._open()
        self._fallback = PlainMemory(encoder)

    def _open(self) -> None:
        self._collection = self._client.get_or_create_collection(
            self.name,
            embedding_function=_embedding_function(self._encoder),
            configuration={"hnsw": {"space": "cosine"}},
        )

    def nearest(
        self, scenario: Scenario, text: str, *, band: Band, disclosed: Gate, count: int
    ) -> tuple[str, ...]:
        """The nearest lines of the collection; where it has none yet, by plain cosine."""
        where = {
            "$and": [
                {"lines": digest(scenario)},
                {"band": band.value},
                {"gate": {"$lte": disclosed}},
            ]
        }
        try:
            found = self._collection.query(query_texts=[text], n_results=3 * count, where=where)
            texts = (found["documents"] or [[]])[0]
        except Exception:  # a server that is gone; the examples are a nicety
            texts = []
        if not texts:
            return self._fallback.nearest(
                scenario, text, band=band, disclosed=disclosed, count=count
            )
        return _first(count, texts)

    def rebuild(self, scenarios: Sequence[Scenario]) -> int:
        """Index these scenarios anew and drop everything else; how many lines there are now."""
        self._client.delete_collection(self.name)
        self._open()
        total = 0
        for scenario in scenarios:
            total += self._add(scenario)
        return total

    def _add(self, scenario: Scenario) -> int:
        lines, mark = list(lines_of(scenario)), digest(scenario)
        for start in range(0, len(lines), _BATCH):
            chosen = lines[start : start + _BATCH]
            self._collection.add(
                ids=[f"{mark}.{start + i}" for i in range(len(chosen))],
                documents=[line.text for line in chosen],
                metadatas=[
                    {"lines": mark, "scenario": scenario.id, "band": line.band.value}
                    | {"gate": line.gate}
                    for line in chosen
                ],
            )
        return len(lines)


class LazyMemory:
    """Opens the index in the background when it is first asked; until then there are no lines."""

    def __init__(self, settings: Settings, encoder: Encoder) -> None:
        self._settings, self._encoder = settings, encoder
        self._memory: Memory | None = None
        self._opening = Lock()

    def recall(self, scenario: Scenario, text: str, band: Band, disclosed: Gate) -> tuple[str, ...]:
        """The lines nearest to the words; none while the index is being opened or fails."""
        if self._memory is None:
            if self._opening.acquire(blocking=False):
                Thread(target=self._open, daemon=True).start()
            return ()
        return self._memory.nearest(scenario, text, band=band, disclosed=disclosed, count=EXAMPLES)

    def _open(self) -> None:
        self._memory = build_memory(self._settings, self._encoder)


def build_memory(settings: Settings, encoder: Encoder) -> Memory:
    """Chroma where it can be opened, else plain cosine in this process."""
    try:
        return ChromaMemory(settings, encoder)
    except Exception:  # an index that cannot be opened must not stop anybody from practising
        return PlainMemory(encoder)


def _client(settings: Settings) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    if settings.chroma_url:
        at = urlparse(settings.chroma_url)
        port = at.port or (443 if at.scheme == "https" else 8000)
        return chromadb.HttpClient(
            host=at.hostname or "localhost", port=port, ssl=at.scheme == "https", settings=quiet
        )
    path = settings.data_dir.expanduser() / "chroma"
    path.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(path), settings=quiet)


def _embedding_function(encoder: Encoder) -> Any:
    """Our own encoder as Chroma takes it; its default one would download a model."""
    from chromadb import EmbeddingFunction
    from chromadb.utils.embedding_functions import register_embedding_function

    class OwnEncoder(EmbeddingFunction[list[str]]):
        """The bundled sentence encoder."""

        def __init__(self, version: str = encoder.version) -> None:
            self.version = version

        def __call__(self, input: list[str]) -> Any:
            return list(encoder.embed(list(input)))

        @staticmethod
        def name() -> str:
            return "attune-encoder"

        def get_config(self) -> dict[str, Any]:
            return {"version": self.version}

        @staticmethod
        def build_from_config(config: dict[str, Any]) -> "OwnEncoder":
            return OwnEncoder(config["version"])

    register_embedding_function(OwnEncoder)  # type: ignore[no-untyped-call]
    return OwnEncoder()


def _first(count: int, texts: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:count]
