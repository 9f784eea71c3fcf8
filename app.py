"""Puts it together: settings, record, engine and pages become one ASGI app."""

import os
import sys

from fastapi import FastAPI

from progress.store import StoreError
from trainer.settings import Settings, SettingsError, load_settings


def create_app(settings: Settings) -> FastAPI:
    """The web app. Raises StoreError if the record cannot be opened."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # must be set before gradio is imported
    from trainer.assembly import build_practice
    from trainer.pages import mount

    return mount(FastAPI(openapi_url=None), build_practice(settings))


def serve(settings: Settings) -> None:
    """Serve until interrupted; exactly one worker, because Gradio's queue lives in the process."""
    import uvicorn

    app = create_app(settings)
    sys.stderr.write(
        f"Attune is ready: http://{settings.host}:{settings.port}  (Ctrl+C stops it)\n"
    )
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")


if __name__ == "__main__":
    try:
        serve(load_settings())
    except (SettingsError, StoreError) as error:
        sys.exit(f"attune: {error}")
