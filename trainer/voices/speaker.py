"""Who speaks, in words for the pages, and where what is written goes."""

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlparse

from trainer.settings import Settings

AUTHORED = "The other person's words were written beforehand; no language model makes them up."
AUTHORED_LINE = f"{AUTHORED} Nothing you write leaves this computer."


def voice_line(settings: Settings) -> str:
    """Which voice speaks with these settings, and whether anything leaves this computer."""
    if not settings.has_model:
        return AUTHORED_LINE
    if not settings.model and settings.gguf:
        return (
            f"The language model {settings.gguf.stem} puts it into words on this computer; nothing "
            f"leaves it. How the other person feels and what they tell is decided by rules."
        )
    place = _host(settings)
    sent = "on this computer" if _here(place) else f"at {place}; what you write is sent there"
    return (
        f"The language model {settings.model} puts it into words, {sent}. How the other person "
        f"feels and what they tell is decided by rules."
    )


def last_voice_line(voice: str, notes: Sequence[str]) -> str:
    """Said where the authored voice stepped in for the model in the latest turn, else empty."""
    stepped_in = voice == "authored" and notes and notes[0].startswith("The authored voice spoke")
    return f" The latest words are authored: {notes[0].split('. ', 1)[-1]}" if stepped_in else ""


def _host(settings: Settings) -> str:
    return urlparse(settings.openai_base_url).hostname or "api.openai.com"


def _here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
