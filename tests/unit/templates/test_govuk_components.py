"""Each of our components draws what GOV.UK Frontend's own fixtures say it draws."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string

PACKAGE = "govuk"

# Fixtures we do not draw, each with the reason. Everything else the package publishes is compared.
EMPTY_HIDDEN_TEXT = "ours takes False, not an empty text, to leave the hidden word out: see below"
DROP_ZONE = "the script's drop zone is not used: the browser's own field says enough"
INTERRUPTION = "the service has no interruption page"
OTHER_LANGUAGE = "the service is in English only"
NOT_DRAWN: dict[str, dict[str, str]] = {
    "error-message": {
        "translated": EMPTY_HIDDEN_TEXT,
        "visually hidden text removed": EMPTY_HIDDEN_TEXT,
    },
    "file-upload": {
        "enhanced": DROP_ZONE,
        "enhanced, with error message and hint": DROP_ZONE,
        "enhanced, multiple files": DROP_ZONE,
        "enhanced, custom wrapper classes and attributes": DROP_ZONE,
        "translated": OTHER_LANGUAGE,
    },
    "panel": {
        "interruption": INTERRUPTION,
        "interruption-with-content-with-long-line-length": INTERRUPTION,
        "interruption-with-headings-content-and-lists": INTERRUPTION,
        "interruption with custom classes": INTERRUPTION,
        "interruption, with actions classes and attributes": INTERRUPTION,
        "interruption, submit action": INTERRUPTION,
        "interruption, button link": INTERRUPTION,
        "interruption, no actions": INTERRUPTION,
        "interruption, no actions items": INTERRUPTION,
    },
    "password-input": {"with translations": OTHER_LANGUAGE},
}


def test_every_fixture_we_do_not_draw_is_published(
    published_names: Callable[[str, str], set[str]],
) -> None:
    unknown = {
        f"{component}: {name}"
        for component, names in NOT_DRAWN.items()
        for name in names
        if name not in published_names(PACKAGE, component)
    }

    assert unknown == set()


def test_component_draws_what_the_package_draws(
    example: tuple[str, dict[str, Any]],
    draw: Callable[[str, dict[str, Any]], str],
    markup: Callable[[str], list[object]],
) -> None:
    component, fixture = example

    drawn = draw(component, fixture["options"])

    assert markup(drawn) == markup(fixture["html"])


def test_error_message_without_its_hidden_word(
    draw: Callable[[str, dict[str, Any]], str], markup: Callable[[str], list[object]]
) -> None:
    drawn = draw("error-message", {"text": "Enter a name", "visuallyHiddenText": False})

    assert markup(drawn) == [("p", [("class", "govuk-error-message")], ["Enter a name"])]


@pytest.mark.parametrize("component", ["tag", "button", "hint", "inset-text"])
def test_html_that_is_not_marked_safe_is_escaped(component: str) -> None:
    drawn = render_to_string(f"components/{component.replace('-', '_')}.html", {"html": "<script>alert(1)</script>"})

    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
