"""Puts it together: settings, record, engine and pages become one ASGI app."""

import inspect
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import Event, Thread
from typing import Any

from fastapi import FastAPI

from progress.store import StoreError
from trainer.settings import Settings, SettingsError, load_settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def create_app(settings: Settings) -> FastAPI:
    """The web app. Raises StoreError if the record cannot be opened."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # must be set before gradio is imported
    with _without_stubs():
        from trainer.pages import mount
    from trainer.assembly import build_practice, warm

    practice = build_practice(settings)

    @asynccontextmanager
    async def loading(_app: FastAPI) -> AsyncIterator[None]:
        """The weights load once the pages answer; a reply that comes sooner waits for them."""
        leaving = Event()
        Thread(target=warm, args=[practice.engine, leaving]).start()
        yield
        leaving.set()  # onnxruntime aborts if the process ends while it computes

    return mount(FastAPI(openapi_url=None, lifespan=loading), practice)


@contextmanager
def _without_stubs() -> Iterator[None]:
    """Have Gradio leave out the stub files that it writes for editors at every import.

    It parses its own sources for them, which takes as long as the rest of the import. A component
    without a source file gets no stub.
    """
    real = inspect.getfile

    def found(object: Any) -> str:
        if getattr(object, "__module__", "").startswith("gradio."):
            raise OSError("no stub is wanted")
        return real(object)

    inspect.getfile = found
    try:
        yield
    finally:
        inspect.getfile = real


def serve(settings: Settings) -> None:
    """Serve until interrupted; exactly one worker, because Gradio's queue lives in the process.

    Raises SettingsError for an address that other computers could reach: there are no accounts.
    """
    import uvicorn

    if settings.host not in LOOPBACK:
        raise SettingsError(
            f"ATTUNE_HOST: {settings.host} can be reached from other computers, and Attune has no "
            f"accounts yet. Use one of {', '.join(LOOPBACK)}."
        )
    listener = _listen(settings)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
    sys.stderr.write(
        f"Attune is ready: http://{settings.host}:{settings.port}  (Ctrl+C stops it)\n"
    )
    server.run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    """The port, taken before anything slow is done; SettingsError where somebody else has it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"ATTUNE_PORT: {settings.port} cannot be used ({error.strerror}). Is Attune running "
            "already? Stop it, or choose another port with --port."
        ) from error
    return listener


if __name__ == "__main__":
    try:
        serve(load_settings())
    except (SettingsError, StoreError) as error:
        sys.exit(f"attune: {error}")
