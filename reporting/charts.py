"""Charts as SVG. One call makes the picture, its summary in words and its rows, so that they cannot differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

COUNCIL, INK, QUIET, GRID, TINT = "#14466b", "#0b0c0c", "#484949", "#d0d3d6", "#dbe7f0"
SERIES = (
    (COUNCIL, "", "disc", 3.0),
    ("#5b3a8e", "7 4", "square", 2.0),
    ("#6f3f0b", "2 4", "triangle", 2.0),
)
FONT = "arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, what it says in words, and the rows it was drawn from."""

    svg: str
    summary: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall: a total stands on the axis, a step hangs from the one before."""

    label: str
    value: int
    total: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart; a value that was not published is None."""

    label: str
    values: tuple[float | None, ...]


def bar_chart(*, title: str, unit: str, labels: Sequence[str], values: Sequence[int | None], width: int = 640) -> Chart:
    """Return bars of counts; a hidden count (None) is an empty frame with [c]."""
    box = _Box(width, 250, top=30, right=10, bottom=44, left=44)
    # Room above the highest bar for its number.
    ceiling, ticks = _scale(1.06 * max([value for value in values if value is not None], default=0))
    parts = box.frame(unit, ceiling, ticks)
    room = box.inner_width / max(len(values), 1)
    for number, (label, value) in enumerate(zip(labels, values, strict=True)):
        centre = box.left + room * (number + 0.5)
        parts += _label(centre, box.floor + 18, label, room, 13)
        if value is None:
            parts.append(
                _rect(
                    centre - room * 0.3,
                    box.y(ceiling * 0.12, ceiling),
                    room * 0.6,
                    box.height_of(ceiling * 0.12, ceiling),
                    "#ececec",
                )
            )
            parts.append(_text(centre, box.y(ceiling * 0.12, ceiling) - 6, "[c]", bold=True))
            continue
        parts.append(
            _rect(centre - room * 0.3, box.y(value, ceiling), room * 0.6, box.height_of(value, ceiling), COUNCIL)
        )
        parts.append(_text(centre, box.y(value, ceiling) - 6, f"{value:,}", bold=True))
    said = [
        f"{value:,} in {label}" if value is not None else f"hidden in {label}"
        for label, value in zip(labels, values, strict=True)
    ]
    summary = f"Bar chart. {title}: {', '.join(said)}."
    rows = tuple(
        (label, f"{value:,}" if value is not None else "[c]") for label, value in zip(labels, values, strict=True)
    )
    return Chart(box.svg(title, summary, parts), summary, rows)


def waterfall(*, title: str, steps: Sequence[Step], width: int = 640) -> Chart:
    """Return a waterfall: totals solid, steps hatched, a nought a line."""
    box = _Box(width, 250, top=26, right=10, bottom=48, left=44)
    ceiling, ticks = _scale(1.06 * max((step.value for step in steps), default=0))
    parts = box.frame("", ceiling, ticks)
    room = box.inner_width / max(len(steps), 1)
    level = 0
    for number, step in enumerate(steps):
        centre = box.left + room * (number + 0.5)
        upper = step.value if step.total else level
        lower = 0 if step.total else level - step.value
        if number:
            parts.append(_dashes(centre - room * 0.68, centre - room * 0.32, box.y(level, ceiling)))
        height = box.height_of(upper - lower, ceiling)
        fill = COUNCIL if step.total else "url(#hatch)"
        parts.append(_rect(centre - room * 0.32, box.y(upper, ceiling), room * 0.64, max(height, 1.5), fill, COUNCIL))
        sign = "" if step.total or step.value == 0 else "−"
        parts.append(_text(centre, box.y(upper, ceiling) - 6, f"{sign}{step.value:,}", bold=True))
        parts += _label(centre, box.floor + 18, step.label, room, 13)
        level = upper if step.total else lower
    said = ". ".join(f"{step.label}: {step.value:,}" for step in steps)
    summary = f"Waterfall chart. {title}. {said}."
    return Chart(box.svg(title, summary, parts), summary, tuple((step.label, f"{step.value:,}") for step in steps))


def line_chart(*, title: str, unit: str, labels: Sequence[str], lines: Sequence[Line], width: int = 640) -> Chart:
    """Return lines with their names at their ends; two decimals. Up to three lines, told apart by mark and dash."""
    box = _Box(width, 250, top=30, right=150 if width > 400 else 104, bottom=34, left=44)
    known = [value for line in lines for value in line.values if value is not None]
    ceiling, ticks = _scale(max(known, default=0.0), whole=False)
    parts = box.frame(unit, ceiling, ticks)
    step = box.inner_width / max(len(labels) - 1, 1)
    every = 1 if width > 400 else 2
    for number, label in enumerate(labels):
        if number % every == 0:
            parts.append(_text(box.left + step * number, box.floor + 18, label, 13 if width > 400 else 12))
    ends: list[tuple[float, str, str]] = []
    for line, (colour, dash, mark, thick) in zip(lines, SERIES, strict=False):
        points = [
            (box.left + step * number, box.y(value, ceiling))
            for number, value in enumerate(line.values)
            if value is not None
        ]
        path = " ".join(f"{'M' if not number else 'L'}{x:.1f} {y:.1f}" for number, (x, y) in enumerate(points))
        parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick}" stroke-dasharray="{dash or "none"}"/>'
        )
        parts += [_mark(x, y, mark, colour) for x, y in points]
        if points:
            ends.append((points[-1][1], f"{line.label} {_last(line.values):.2f}", colour))
    at = -100.0
    for y, words, colour in sorted(ends):
        at = max(y, at + 17)
        parts.append(
            _text(box.left + box.inner_width + 10, at + 4, words, 13, colour=colour, anchor="start", bold=True)
        )
    said = ". ".join(
        f"{line.label}: {', '.join('not published' if value is None else f'{value:.2f}' for value in line.values)}"
        for line in lines
    )
    summary = f"Line chart. {title}, {labels[0]} to {labels[-1]}. {said}." if labels else f"Line chart. {title}."
    rows = tuple((line.label, *(("" if value is None else f"{value:.2f}") for value in line.values)) for line in lines)
    return Chart(box.svg(title, summary, parts), summary, rows)


def _last(values: Sequence[float | None]) -> float:
    return [value for value in values if value is not None][-1]


@dataclass(frozen=True, slots=True)
class _Box:
    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def floor(self) -> float:
        return self.height - self.bottom

    @property
    def inner_width(self) -> float:
        return self.width - self.left - self.right

    def height_of(self, value: float, ceiling: float) -> float:
        return (self.floor - self.top) * value / ceiling if ceiling else 0.0

    def y(self, value: float, ceiling: float) -> float:
        return self.floor - self.height_of(value, ceiling)

    def frame(self, unit: str, ceiling: float, ticks: Sequence[float]) -> list[str]:
        parts = [_text(4, 14, unit, 13, colour=QUIET, anchor="start")] if unit else []
        for tick in ticks:
            y = self.y(tick, ceiling)
            colour = INK if tick == 0 else GRID
            parts.append(
                f'<line x1="{self.left}" y1="{y:.1f}" x2="{self.left + self.inner_width:.1f}" y2="{y:.1f}" stroke="{colour}" stroke-width="1"/>'
            )
            words = f"{tick:,.0f}" if ticks[-1] >= 4 else f"{tick:.2f}"
            parts.append(_text(self.left - 8, y + 4, words, 13, colour=QUIET, anchor="end"))
        return parts

    def svg(self, title: str, summary: str, parts: Sequence[str]) -> str:
        hatch = (
            f'<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="7" height="7" fill="{TINT}"/><rect width="2" height="7" fill="{COUNCIL}"/></pattern></defs>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img" '
            f'font-family="{FONT}" focusable="false"><title>{escape(title)}</title><desc>{escape(summary)}</desc>'
            f"{hatch}{''.join(parts)}</svg>"
        )


def _scale(highest: float, *, whole: bool = True) -> tuple[float, list[float]]:
    """Return the top of the axis and its four or five ticks."""
    if highest <= 0:
        return (4.0, [0, 1, 2, 3, 4]) if whole else (0.2, [0, 0.05, 0.1, 0.15, 0.2])
    rough = highest / 4
    power = 10 ** (ceil(log10(rough)) - 1)
    step = next(power * size for size in (1, 2, 2.5, 5, 10) if power * size >= rough)
    if whole:
        step = max(1.0, float(ceil(step)))
    count = ceil(highest / step)
    return step * count, [step * number for number in range(count + 1)]


def _text(
    x: float, y: float, words: str, size: int = 14, *, colour: str = INK, anchor: str = "middle", bold: bool = False
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(words)}</text>'


def _label(x: float, y: float, words: str, room: float, size: int) -> list[str]:
    """Return a label under a bar, in two lines where one would touch the next."""
    if len(words) * size * 0.55 <= room or " " not in words:
        return [_text(x, y, words, size)]
    parts = words.split(" ")
    half = (len(parts) + 1) // 2
    return [_text(x, y, " ".join(parts[:half]), size), _text(x, y + size + 3, " ".join(parts[half:]), size)]


def _rect(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{stroke}"/>'


def _dashes(x1: float, x2: float, y: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y:.1f}" stroke="{QUIET}" stroke-dasharray="3 3"/>'


def _mark(x: float, y: float, shape: str, colour: str) -> str:
    if shape == "disc":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'
    if shape == "square":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="#ffffff" stroke="{colour}" stroke-width="2"/>'
    points = f"{x:.1f},{y - 5:.1f} {x + 5:.1f},{y + 4:.1f} {x - 5:.1f},{y + 4:.1f}"
    return f'<polygon points="{points}" fill="#ffffff" stroke="{colour}" stroke-width="2"/>'
