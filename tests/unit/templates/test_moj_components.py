"""Each of our MoJ components draws what MoJ Frontend's own templates draw.

The package ships no fixtures: its templates were rendered once, with the parameters kept beside the
result, by `manage.py vendor_frontend`.
"""

from collections.abc import Callable
from typing import Any

PACKAGE = "moj"

NOT_DRAWN: dict[str, dict[str, str]] = {}


def test_component_draws_what_the_package_draws(
    example: tuple[str, dict[str, Any]],
    draw: Callable[[str, dict[str, Any]], str],
    markup: Callable[[str], list[object]],
) -> None:
    component, fixture = example
    options = dict(fixture["options"])
    if component == "timeline":
        # The package words the date itself; ours is worded by the view, so take its words.
        options["items"] = worded(options["items"], fixture["html"])

    drawn = draw(component, options)

    assert markup(drawn) == markup(fixture["html"])


def worded(items: list[dict[str, Any]], html: str) -> list[dict[str, Any]]:
    words = [part.split(">", 1)[1].split("</time>")[0].strip() for part in html.split("<time ")[1:]]
    return [
        {**item, "datetime": {"timestamp": item["datetime"]["timestamp"], "text": text}}
        for item, text in zip(items, words, strict=True)
    ]
