"""What an employee types, made safe to store and show without changing what it says."""

import re
import unicodedata

from rubrics.model import MAX_REPLY_CHARS

#: Characters that reorder or hide text on a page: bidirectional controls and the byte-order mark.
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]")


class ReplyTooLong(ValueError):
    """The reply is longer than a conversation's turn can be."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"This reply has {length:,} characters; one turn holds {MAX_REPLY_CHARS:,}. "
            "Nothing was sent. Shorten it and send it again."
        )


def clean_reply(text: str) -> str:
    """The reply without control or direction-changing characters; raises ReplyTooLong."""
    if len(text) > MAX_REPLY_CHARS:
        raise ReplyTooLong(len(text))
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return "".join(kept).strip()
