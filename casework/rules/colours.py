"""Whether a colour can be read, by WCAG 2.2's own reckoning of contrast."""

import re

HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
READABLE = 4.5
"""The least contrast of text to its ground. Source: WCAG 2.2, success criterion 1.4.3."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written as #rrggbb, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tint(colour: str, share: float = 0.15) -> str:
    """Return the colour thinned with white: `share` of it is left."""
    parts = [round(255 - (255 - part) * share) for part in _parts(colour)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #14466b.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:], 16)
