"""Line charts as SVG: they need no script, follow the theme, and stand above their own table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 560, 260
LEFT, RIGHT, TOP, BOTTOM = 84, 14, 14, 38
#: The vertical axis of a feeling, 0-1.
LOW_TO_HIGH = {0.0: "low", 0.5: "medium", 1.0: "high"}


@dataclass(frozen=True)
class Series:
    """A line: its values, and optionally the lower and upper bound of each."""

    name: str
    values: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    second: bool = False


@dataclass(frozen=True)
class Chart:
    """What to draw. ``ticks`` are the labels along the bottom, one a value."""

    finding: str
    series: Sequence[Series]
    ticks: Sequence[str]
    top: float
    #: Labels of the vertical axis: value to words.
    scale: dict[float, str]
    marked: frozenset[int] = field(default_factory=frozenset)


def line_chart(chart: Chart) -> str:
    """The figure with its finding as the title."""
    body = [_axis(chart)]
    for series in chart.series:
        if series.low:
            body.append(_area(chart, series))
        css = "line second" if series.second else "line"
        body.append(f'<path class="{css}" d="{_path(chart, series.values)}"/>')
        body.extend(_points(chart, series))
    names = "; ".join(s.name for s in chart.series)
    return (
        f"<figure><figcaption>{escape(chart.finding)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(chart.finding)} '
        f'Lines: {escape(names)}.">{"".join(body)}</svg></figure>'
    )


def _x(chart: Chart, index: int) -> float:
    steps = max(1, len(chart.ticks) - 1)
    return LEFT + (WIDTH - LEFT - RIGHT) * index / steps


def _y(chart: Chart, value: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / chart.top)


def _path(chart: Chart, values: Sequence[float]) -> str:
    points = (f"{_x(chart, i):.1f},{_y(chart, v):.1f}" for i, v in enumerate(values))
    return "M" + " L".join(points)


def _area(chart: Chart, series: Series) -> str:
    upper = [f"{_x(chart, i):.1f},{_y(chart, v):.1f}" for i, v in enumerate(series.high)]
    lower = [f"{_x(chart, i):.1f},{_y(chart, v):.1f}" for i, v in enumerate(series.low)]
    return f'<polygon class="area" points="{" ".join([*upper, *reversed(lower)])}"/>'


def _points(chart: Chart, series: Series) -> list[str]:
    points = []
    for index, value in enumerate(series.values):
        css = "point marked" if index in chart.marked else "point"
        css = "point second" if series.second else css
        size = 8 if css == "point marked" else 5
        center = f'cx="{_x(chart, index):.1f}" cy="{_y(chart, value):.1f}"'
        title = f"{chart.ticks[index]}: {series.name} {value:.2f}"
        points.append(
            f'<circle class="{css}" {center} r="{size}"><title>{escape(title)}</title></circle>'
        )
    return points


def _axis(chart: Chart) -> str:
    lines = []
    for value, words in chart.scale.items():
        y = _y(chart, value)
        lines.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(words)}</text>')
    every = max(1, len(chart.ticks) // 9)
    for index, tick in enumerate(chart.ticks):
        if index % every == 0:
            position = f'x="{_x(chart, index):.1f}" y="{HEIGHT - 10}" text-anchor="middle"'
            lines.append(f"<text {position}>{escape(tick)}</text>")
    return "".join(lines)
