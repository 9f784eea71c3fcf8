"""Small pieces of page. Everything a person or a file wrote is escaped here and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

#: Standard errors to either side of a level within which it likely lies (90%).
Z90 = 1.64


def page(*parts: str, wide: bool = False) -> str:
    """A block in Attune's type, at most 72 characters wide unless ``wide``."""
    return f'<div class="at{" at-wide" if wide else ""}">{"".join(parts)}</div>'


def heading(text: str, level: int = 2) -> str:
    """A heading of the given level."""
    return f"<h{level}>{escape(text)}</h{level}>"


def paragraph(text: str, css: str = "") -> str:
    """A paragraph of plain text."""
    attribute = f' class="{css}"' if css else ""
    return f"<p{attribute}>{escape(text)}</p>"


def bullets(items: Iterable[str]) -> str:
    """A list of plain texts."""
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def link(text: str, href: str, css: str = "", *, about: str = "") -> str:
    """A link within the app; ``about`` is added for those who hear links out of context."""
    more = f'<span class="at-sr">: {escape(about)}</span>' if about else ""
    return f'<a class="{css}" href="{escape(href)}">{escape(text)}{more}</a>'


def card(*parts: str) -> str:
    """A bordered group."""
    return f'<section class="at-card">{"".join(parts)}</section>'


def cards(parts: Iterable[str]) -> str:
    """Cards beside each other where there is room."""
    return f'<div class="at-cards">{"".join(parts)}</div>'


def note(text: str, css: str = "at-note") -> str:
    """A short message that stands out; announced by screen readers."""
    return f'<p class="{css}" role="status">{escape(text)}</p>'


def quote(text: str) -> str:
    """Somebody's words."""
    return f"<blockquote>{escape(text)}</blockquote>"


def details(summary: str, body: str, *, unfolded: bool = False) -> str:
    """Something to unfold."""
    state = " open" if unfolded else ""
    return f"<details{state}><summary>{escape(summary)}</summary>{body}</details>"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """A plain table, scrollable where it is too wide."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f'<div class="at-scroll" tabindex="0" role="group" aria-label="{escape(caption)}">'
        f'<table><caption class="at-sr">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


@dataclass(frozen=True)
class Mark:
    """A stretch of text to be highlighted, with the label that says why."""

    start: int
    end: int
    label: str
    good: bool = True


def marked(text: str, marks: Iterable[Mark]) -> str:
    """Text with labelled highlights; where two overlap the earlier one stands."""
    parts: list[str] = []
    position = 0
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if mark.start < position or mark.end > len(text) or mark.start >= mark.end:
            continue
        parts.append(escape(text[position : mark.start]))
        css = ' class="good"' if mark.good else ""
        label = f' <span class="tagname">{escape(mark.label)}</span>'
        parts.append(f"<mark{css}>{escape(text[mark.start : mark.end])}{label}</mark>")
        position = mark.end
    parts.append(escape(text[position:]))
    return "".join(parts)


def bubble(name: str, body: str, *, mine: bool, anchor: str = "") -> str:
    """One turn of a conversation; ``body`` is already safe HTML."""
    side = "you" if mine else "them"
    identity = f' id="{anchor}"' if anchor else ""
    return (
        f'<div class="turn {side}"{identity}><div class="who">{escape(name)}</div>'
        f'<div class="said" dir="auto">{body}</div></div>'
    )


def talk(bubbles: Iterable[str], label: str, *, busy: bool = False) -> str:
    """A conversation; new turns are read out politely, and only once they are whole."""
    return (
        f'<div class="at-talk" role="log" aria-live="polite" aria-busy="{str(busy).lower()}" '
        f'aria-label="{escape(label)}">{"".join(bubbles)}</div>'
    )


def bubbles(parts: Iterable[str]) -> str:
    """Turns that are over: nothing of them is read out on its own."""
    return f'<div class="at-talk">{"".join(parts)}</div>'


def pair(*sides: tuple[str, str]) -> str:
    """Things to compare, side by side, stacked on phones: a label and its safe HTML each."""
    cells = "".join(
        f'<div><p class="quiet at-label">{escape(label)}</p>{body}</div>' for label, body in sides
    )
    return f'<div class="at-pair">{cells}</div>'


def likely(level: float, error: float, top: int = 4) -> tuple[float, float]:
    """Between what a level of this standard error likely lies (90%)."""
    return max(0.0, level - Z90 * error), min(float(top), level + Z90 * error)


def scale(level: float, error: float, top: int = 4) -> str:
    """A level on its scale: a dot on the band in which it likely lies (90%)."""
    low, high = likely(level, error, top)
    position = 100 / top
    words = f"Level {level:.1f} of {top}, likely between {low:.1f} and {high:.1f}"
    return (
        f'<div class="at-scale" aria-hidden="true">{"<span></span>" * 5}'
        f'<i class="band" style="left:{low * position:.1f}%;width:{(high - low) * position:.1f}%">'
        f'</i><i class="dot" style="left:{level * position:.1f}%"></i></div>'
        f'<div class="at-ends" aria-hidden="true"><span>0</span><span>{top}</span></div>'
        f'<p class="quiet at-level">{words}</p>'
    )


def gauge(rows: Iterable[tuple[str, float, str]]) -> str:
    """Small bars: a name, a value 0-1, and the value in words."""
    cells = "".join(
        f"<span>{escape(name)}</span>"
        f'<span class="track" role="img" aria-label="{escape(name)}: {escape(words)}">'
        f'<i class="fill" style="width:{100 * value:.0f}%"></i></span>'
        for name, value, words in rows
    )
    return f'<div class="at-gauge">{cells}</div>'
