"""Who is at the page. In solo mode that is the one person at this computer."""

from collections.abc import Callable
from uuid import UUID

import gradio as gr

from progress.store import Store

UserOf = Callable[[gr.Request], UUID]


def solo(store: Store) -> UserOf:
    """The solo user, made on first use."""
    return lambda _request: store.ensure_user().id
