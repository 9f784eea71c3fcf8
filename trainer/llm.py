"""The one place that builds a chat model: a server that speaks OpenAI's protocol, or a local file.

LangChain is imported when the first words are asked for, not before. Whatever a server does comes
back as a value: a ``Said`` or a ``ModelFailure``, within the seconds that were given.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Lock, Thread
from typing import Any, Literal

from trainer.chat import Message, ModelFailure, Said, Usage, count_tokens
from trainer.settings import Settings, SettingsError

Role = Literal["counterpart", "judge", "coach"]

_TRACING = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
)
_TEMPERATURE: dict[Role, float] = {"counterpart": 0.8, "judge": 0.0, "coach": 0.4}
ATTEMPTS = 2
#: Seconds between the two attempts, and below which no other one is begun.
PAUSE, TOO_LATE = 0.3, 0.25
LOCAL_CONTEXT = 4096
_END = object()


def refuse_tracing(settings: Settings) -> None:
    """SettingsError if transcripts would be sent to a tracing service without leave."""
    for name in _TRACING:
        if os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}:
            if settings.allow_tracing:
                return
            raise SettingsError(
                f"{name} is set, so LangChain would send every conversation to a tracing service. "
                f"Unset it, or allow that explicitly with ATTUNE_ALLOW_TRACING=1."
            )


def model_name(settings: Settings, role: Role) -> str:
    """The server's model for this role; empty where the local file serves it."""
    own = {"counterpart": "", "judge": settings.judge_model, "coach": settings.coach_model}[role]
    return own or settings.model


def build_chat(settings: Settings, role: Role = "counterpart") -> "ServedChat":
    """The chat model of a role. Connects to nothing yet; SettingsError if none is configured."""
    refuse_tracing(settings)
    name, local = model_name(settings, role), not model_name(settings, role)
    if local and settings.gguf is None:
        raise SettingsError("no language model is set up: set ATTUNE_MODEL or ATTUNE_GGUF")
    if settings.gguf is not None and local:
        path = settings.gguf.expanduser()
        if not path.is_file():
            raise SettingsError(f"ATTUNE_GGUF: there is no file {path}")
        return ServedChat(
            path.stem,
            lambda: (f"{_server(path).listening_address}/v1", "none"),
            settings.model_timeout,
            role,
        )
    key = settings.openai_api_key.get_secret_value()
    if not key and not settings.openai_base_url:
        raise SettingsError("ATTUNE_MODEL is set; OPENAI_API_KEY or OPENAI_BASE_URL is missing")
    base = settings.openai_base_url or None
    return ServedChat(name, lambda: (base, key or "none"), settings.model_timeout, role)


@cache
def _server(path: Path) -> Any:
    """A GGUF file served on loopback from within this process; one thread, two would starve."""
    try:
        from xllamacpp import CommonParams, Server
    except ImportError as error:
        raise SettingsError(
            "ATTUNE_GGUF needs the local server: pip install 'attune[local]'"
        ) from error
    params = CommonParams()
    params.model.path = str(path)
    params.n_ctx = LOCAL_CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.use_jinja = True
    params.verbosity = 0
    return Server(params)


@dataclass
class ServedChat:
    """A model behind OpenAI's protocol, spoken through LangChain."""

    name: str
    #: Gives base address and key; called once, when the model is first used.
    connect: Callable[[], tuple[str | None, str]]
    timeout: float
    role: Role = "counterpart"
    _lock: Lock = field(default_factory=Lock)
    _built: Any = None

    def warm(self) -> None:
        """Load the libraries and the local file, which takes seconds, before anybody waits."""
        with suppress(SettingsError):  # said again, as a failure, when words are asked for
            self._model()

    def say(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        seconds: float,
        response_format: dict[str, Any] | None = None,
    ) -> Said | ModelFailure:
        """An answer within so many seconds; one more try where that may help."""
        deadline = time.monotonic() + seconds
        options: dict[str, Any] = {"max_tokens": max_tokens}
        if response_format:
            # in the body as it is: given by name, the library would parse and raise on its own
            options["extra_body"] = {"response_format": response_format}
        for attempt in range(ATTEMPTS):
            result = self._once(messages, options, deadline)
            over = time.monotonic() + PAUSE + TOO_LATE > deadline or attempt + 1 == ATTEMPTS
            if isinstance(result, Said) or not result.passing or over:
                return result
            time.sleep(PAUSE)
        raise AssertionError("the last attempt always returns")

    def _model(self) -> Any:
        with self._lock:
            if self._built is None:
                from langchain.chat_models import init_chat_model

                base, key = self.connect()
                self._built = init_chat_model(
                    self.name,
                    model_provider="openai",
                    base_url=base,
                    api_key=key,
                    timeout=self.timeout,
                    max_retries=0,
                    stream_usage=True,
                    temperature=_TEMPERATURE[self.role],
                )
            return self._built

    def _once(
        self, messages: Sequence[Message], options: dict[str, Any], deadline: float
    ) -> Said | ModelFailure:
        started = time.monotonic()
        heard = _Heard(started)
        for item in _until(lambda: self._model().stream(list(messages), **options), deadline):
            if isinstance(item, BaseException):
                return _explained(item, self._usage(messages, heard))
            heard.take(item)
        usage = self._usage(messages, heard)
        if not heard.text.strip():
            return ModelFailure(kind="empty", what="The model sent no words.", usage=usage)
        if heard.finish is None:
            return ModelFailure(kind="broken", what="The answer broke off half-way.", usage=usage)
        return Said(
            text=heard.text,
            usage=usage,
            cut=heard.finish == "length",
            pieces=heard.pieces,
            first=heard.first,
        )

    def _usage(self, messages: Sequence[Message], heard: "_Heard") -> Usage:
        """What the server counted, or our own count where it does not say."""
        counted = heard.usage or {}
        ours = sum(count_tokens(text) for _, text in messages)
        return Usage(
            model=self.name,
            prompt=counted.get("input_tokens") or ours,
            completion=counted.get("output_tokens") or count_tokens(heard.text),
            seconds=round(time.monotonic() - heard.started, 3),
        )


@dataclass
class _Heard:
    """What came of a stream so far."""

    started: float
    text: str = ""
    pieces: int = 0
    first: float = 0.0
    finish: str | None = None
    usage: dict[str, int] | None = None

    def take(self, chunk: Any) -> None:
        """One more piece."""
        text = str(chunk.text)
        if text and not self.pieces:
            self.first = time.monotonic() - self.started
        self.pieces += bool(text)
        self.text += text
        self.finish = chunk.response_metadata.get("finish_reason") or self.finish
        self.usage = chunk.usage_metadata or self.usage


def _until(stream: Callable[[], Iterator[Any]], deadline: float) -> Iterator[Any]:
    """The items of a stream, read in a thread of its own so that a stall cannot hold us.

    Ends with the exception that ended the stream, if any: TimeoutError when the time is up.
    """
    items: Queue[Any] = Queue()
    enough = Event()
    Thread(target=_read, args=(stream, items, enough), daemon=True).start()
    try:
        while True:
            item = items.get(timeout=max(0.0, deadline - time.monotonic()))
            if item is _END:
                return
            yield item
    except Empty:
        yield TimeoutError()
    finally:
        enough.set()


def _read(stream: Callable[[], Iterator[Any]], items: "Queue[Any]", enough: Event) -> None:
    try:
        for item in stream():
            items.put(item)
            if enough.is_set():
                return
        items.put(_END)
    except Exception as error:  # whatever a server or a library does is passed on as a value
        items.put(error)


def _explained(error: BaseException, usage: Usage) -> ModelFailure:
    """The failure in words for the record; never the server's own text, which may hold anything."""
    status = getattr(error, "status_code", None)
    name = type(error).__name__
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return ModelFailure(kind="timeout", what="The model did not answer in time.", usage=usage)
    if isinstance(error, SettingsError):
        return ModelFailure(kind="refused", what=str(error), usage=usage)
    if status == 429:
        return ModelFailure(kind="busy", what="The model server is busy (429).", usage=usage)
    if isinstance(status, int) and status >= 500:
        return ModelFailure(kind="broken", what=f"The model server failed ({status}).", usage=usage)
    if isinstance(status, int):
        what = f"The model server refused the request ({status})."
        return ModelFailure(kind="refused", what=what, usage=usage)
    if "Connection" in name:
        what = "The model server cannot be reached."
        return ModelFailure(kind="unreachable", what=what, usage=usage)
    return ModelFailure(kind="broken", what=f"The answer broke off ({name}).", usage=usage)
