"""A real server in a process of its own, for tests that look at it from outside."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 120


class Server:
    """`attune serve` on a free port with its record in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait for the first page."""
        environment = {"ATTUNE_DATA_DIR": str(self.folder), "PATH": "/usr/bin:/bin"}
        command = [sys.executable, "-m", "trainer.cli", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "the server stopped while starting"
            assert time.monotonic() < deadline, "the server did not answer in time"
            time.sleep(0.1)

    def kill(self) -> None:
        """As `kill -9` does: no goodbye, no clean-up."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        """The server's process id."""
        assert self._process is not None
        return self._process.pid

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=10) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A started server, killed at the end."""
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
