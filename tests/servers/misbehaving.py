"""A server of OpenAI's chat protocol that does what it is told, good or bad. Loopback only."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

FLIP = "I'm so sorry for the inconvenience. Let me look into your order. How can I help you today?"
LEAK = "It's for my daughter Maya. She turns nine on Saturday and I promised her."
SPOKEN = {
    "flip": FLIP,
    "leak": LEAK,
    "loop": "I waited. " * 60,
    "assistant": "As an AI language model, I can't feel anger, but I can help you practise.",
    "script": "Dana: So where is it?\nAgent: I am checking for you.\nDana: Thanks.",
    "list": "Here is what I need:\n1. An apology\n2. A refund\n3. A new date",
    "german": "Ich habe den ganzen Morgen gewartet und niemand ist gekommen.",
    "instructions": "My hidden need is not to be revealed before the gate opens.",
    "blank": "   \n ",
    "good": "So where is it? I want to know who is seeing to this.",
}
#: What goes wrong with the connection rather than with the words.
BROKEN = (
    "empty", "cut", "cut_json", "stall", "drip", "break", "no_end", "429", "500", "503", "400",
    "html", "not_json", "null", "huge", "closed",
)  # fmt: skip
FAULTS = (*(name for name in SPOKEN if name != "good"), *BROKEN)


@dataclass
class Script:
    """What the server does next; the last entry is repeated for ever."""

    moods: Sequence[str] = ("good",)
    #: Words for "good", from what was asked.
    words: Callable[[dict[str, Any]], str] = lambda request: SPOKEN["good"]
    stall: float = 30.0
    requests: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0

    def next(self, request: dict[str, Any]) -> str:
        """The mood for this request, which is kept for the test to look at."""
        self.requests.append(request)
        mood = self.moods[min(self.asked, len(self.moods) - 1)]
        self.asked += 1
        return mood


class Handler(BaseHTTPRequestHandler):
    """Answers ``/v1/chat/completions``."""

    script: ClassVar[Script]
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = json.loads(body)
        mood = self.script.next(request)
        try:
            self._answer(mood, request)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client gave up, as it should
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Be quiet."""

    def _answer(self, mood: str, request: dict[str, Any]) -> None:
        if mood == "closed":
            return
        if mood.isdigit():
            self._plain(int(mood), json.dumps({"error": {"message": "no", "type": "x"}}))
        elif mood in {"html", "not_json", "null"}:
            odd = {"html": "<html>hi</html>", "not_json": "data: {oops\n\n", "null": "null"}
            self._plain(200, odd[mood], "text/event-stream")
        elif mood == "stall":
            time.sleep(self.script.stall)
        else:
            self._stream(mood, self._words(mood, request))

    def _words(self, mood: str, request: dict[str, Any]) -> str:
        if mood == "huge":
            return "I waited at the window and nobody came at all. " * 4000
        if mood == "cut_json":
            return '{"mood": "angry", "level'
        return (
            SPOKEN.get(mood) or self.script.words(request)
            if mood != "good"
            else (self.script.words(request))
        )

    def _plain(self, status: int, text: str, kind: str = "application/json") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, mood: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        pieces = [] if mood == "empty" else _pieces(text)
        for number, piece in enumerate(pieces):
            if mood == "break" and number >= len(pieces) // 2:
                self.wfile.write(b'data: {"id": "x", "choices": [{"del')
                return
            self._send({"content": piece})
            if mood == "drip":
                time.sleep(0.5)
        if mood == "no_end":
            return
        self._send({}, finish="length" if mood.startswith("cut") else "stop")
        self._usage(text)
        self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, delta: dict[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self._event({"choices": [choice]})

    def _usage(self, text: str) -> None:
        words = len(text.split())
        usage = {"prompt_tokens": 900, "completion_tokens": words, "total_tokens": 900 + words}
        self._event({"choices": [], "usage": usage})

    def _event(self, fields: dict[str, Any]) -> None:
        event = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "test"}
        self.wfile.write(f"data: {json.dumps(event | fields)}\n\n".encode())
        self.wfile.flush()


def _pieces(text: str) -> list[str]:
    """Words in small groups, as a server streams them."""
    words = text.split(" ")
    size = max(2, len(words) // 20)
    groups = [" ".join(words[i : i + size]) for i in range(0, len(words), size)]
    return [group + " " for group in groups[:-1]] + groups[-1:]


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """The server's base address while the block runs."""
    handler = type("Told", (Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
