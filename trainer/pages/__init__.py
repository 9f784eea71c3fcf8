"""The pages (Gradio), one module each, mounted into the web app."""

import warnings
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from trainer.pages import my_progress, practise, start
from trainer.pages.session_user import solo
from trainer.pages.theme import CSS, build_theme
from trainer.practice import Practice

#: Names that a browser on this computer uses for it. Any other Host is somebody's web page
#: trying to read the practice through this browser (DNS rebinding).
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]", "::1"]


def mount(app: FastAPI, practice: Practice) -> FastAPI:
    """Put every page and the download of one's own data into the app."""
    user_of = solo(practice.store)
    with gr.Blocks(title="Attune", analytics_enabled=False) as demo:
        start.build(demo, practice, user_of)
    with demo.route("Practise", "practise"):
        practise.build(demo, practice, user_of)
    with demo.route("My progress", "progress"):
        my_progress.build(demo, practice, user_of)
    demo.queue(api_open=False)

    @app.get("/my-data.json")
    def my_data() -> JSONResponse:
        """Everything the record holds about the person at this computer."""
        user = practice.store.ensure_user().id
        name = {"Content-Disposition": 'attachment; filename="attune-my-data.json"'}
        return JSONResponse(practice.store.export(user=user), headers=name)

    app.add_middleware(SameSite)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=LOCAL_HOSTS, www_redirect=False)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="SSR mode is not supported")
        mounted: FastAPI = gr.mount_gradio_app(app, demo, path="/", **_look())
    return mounted


class SameSite:
    """Refuses what another web page tries to do here through this person's browser."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let reading and our own pages through, answer 403 to the rest."""
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            if Headers(scope=scope).get("sec-fetch-site", "same-origin") == "cross-site":
                await PlainTextResponse("Not from another site.", 403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _look() -> dict[str, Any]:
    """Gradio's own settings: our look, nothing kept in the browser, nothing from outside."""
    return {
        "theme": build_theme(),
        "css_paths": CSS,
        "footer_links": [],
        "run_history": False,
        "show_error": False,
        "ssr_mode": False,
        "max_file_size": "1mb",
    }
