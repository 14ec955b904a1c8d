"""How figures of measures are shown: as numbers, and as a small picture whose words say the same."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT, MARGIN = 130, 34, 5


def number_in_words(value: Decimal | None, *, none: str = "") -> str:
    """Return a number of a measure without noughts behind the point, with commas: 1,204.5."""
    return none if value is None else f"{value.normalize():,f}"


def trend(values: Sequence[Decimal], *, target: Decimal | None) -> SafeString:
    """Draw the readings, the first one left: a line, the last point, and the target dashed. Empty without two readings."""
    if len(values) < 2:
        return SafeString("")
    known = [*values, *([target] if target is not None else [])]
    low, high = min(known), max(known)

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1)

    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    points = [(round(MARGIN + number * step, 1), y(value)) for number, value in enumerate(values)]
    said = f"{', '.join(number_in_words(value) for value in values)}"
    aim = f"; target {number_in_words(target)}" if target is not None else ""
    dashed = (
        format_html('<path class="app-trend__target" d="M0 {y}H{w}"/>', y=y(target), w=WIDTH)
        if target is not None
        else ""
    )
    return format_html(
        '<svg class="app-trend" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" aria-label="Readings: {said}{aim}">'
        '{dashed}<polyline class="app-trend__line" points="{points}"/><circle class="app-trend__last" cx="{cx}" cy="{cy}" r="3"/></svg>',
        w=WIDTH, h=HEIGHT, said=said, aim=aim, dashed=dashed, points=" ".join(f"{x},{y}" for x, y in points),
        cx=points[-1][0], cy=points[-1][1],
    )  # fmt: skip
