"""The narrative of a report: figures in braces, paragraphs and lists."""

import pytest

from reporting.rules import narrative


def test_fill_puts_each_figure_in_its_place() -> None:
    assert narrative.fill("Of { notified}, {averted} ended.", {"notified": "75", "averted": "24"}) == "Of 75, 24 ended."


def test_fill_refuses_a_name_that_no_figure_has() -> None:
    with pytest.raises(narrative.UnknownFigure, match="{notifed}"):
        narrative.fill("{notifed}", {"notified": "75"})


def test_figures_named_gives_the_names_in_order() -> None:
    assert narrative.figures_named("{a} and { b }") == ("a", "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", [("One.", ()), ("Two.", ())]),
        ("A line\r\nthat goes on.", [("A line that goes on.", ())]),
        ("Asked to:\n- note;\n- say.", [("Asked to:", ()), ("", ("note;", "say."))]),
        ("", []),
    ],
)
def test_paragraphs_are_parted_by_blank_lines(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(each.text, each.items) for each in narrative.paragraphs(text)] == expected
