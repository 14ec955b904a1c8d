"""How figures of measures are shown: as numbers, and as a small picture whose words say the same."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from wsoa.rules.measures import number_in_words

WIDTH, HEIGHT, MARGIN = 130, 34, 5


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


def share_bar(per_cent: int) -> SafeString:
    """Draw a share of a whole as a bar; the words that say it stand beside it."""
    return format_html(
        '<svg class="app-share" width="104" height="10" viewBox="0 0 104 10" aria-hidden="true" focusable="false">'
        '<rect class="app-share__all" x="1" y="1" width="102" height="8"/>'
        '<rect class="app-share__part" x="2" y="2" width="{width}" height="6"/></svg>',
        width=per_cent,
    )
