"""The components that are our own: the strip of days, totals, the dense table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def drawn(source: str, **context: Any) -> str:
    return Template("{% load components %}" + source).render(Context(context))


def test_strip_is_one_list_with_one_item_a_day_and_folds_labelled() -> None:
    days = [
        {"weekday": "Fri", "date": "16 Oct", "count": 3, "state": "gone"},
        {"weekday": "Sat 17 Oct", "date": "to Sun 18 Oct", "why": "Weekend", "state": "off", "fold": "weekend"},
        {
            "weekday": "Mon",
            "date": "19 Oct",
            "count": 4,
            "state": "due",
            "today": True,
            "pins": [{"text": "Social worker not told: 2 school days late", "lane": 2, "late": True}],
        },
    ]

    html = render_to_string("components/strip_of_days.html", {"label": "School days", "days": days, "lanes": 2})

    assert html.count('<li class="app-strip__day') == 3
    assert "Weekend" in html
    assert 'aria-current="date"' in html
    assert "app-pin--2 app-pin--late" in html
    assert "style=" not in html


def test_total_bar_says_in_words_what_it_draws() -> None:
    html = drawn('{% total_bar label="Autumn term" value="6.5 days" days=6.5 marks="5,15" %}')

    assert 'aria-label="6.5 of 45 school days, marked at 5, 15"' in html
    assert 'width="46.5"' in html
    assert html.count("<line") == 2


def test_total_bar_past_the_limit_does_not_leave_its_frame() -> None:
    html = drawn('{% total_bar label="2026/27" value="47 days" days=47 %}')

    assert 'width="322.0"' in html
    assert "47 of 45 school days" in html


def test_dense_table_puts_each_cell_beside_its_columns_name(markup: Callable[[str], list[object]]) -> None:
    columns = [{"text": "Select", "hidden": True}, {"text": "Child"}, {"text": "Days", "numeric": True}]
    rows = [{"cells": [{"text": "."}, {"text": "Kieran", "header": True, "href": "/k/"}, {"text": 0, "numeric": True}]}]

    html = drawn('{% dense_table columns=columns rows=rows caption="Pupils" %}', columns=columns, rows=rows)

    assert markup(html)
    assert 'data-label="Days"' in html
    assert 'data-label="Select"' not in html
    assert 'role="rowheader"' in html
    assert ">0<" in html


def test_dense_table_breaks_a_word_that_is_longer_than_a_column() -> None:
    rows = [{"cells": [{"text": "x" * 30}, {"text": "x" * 29, "second": "y" * 29}, {"text": "a", "second": "y" * 30}]}]
    columns = [{"text": "A"}, {"text": "B"}, {"text": "C"}]

    html = drawn('{% dense_table columns=columns rows=rows caption="c" %}', columns=columns, rows=rows)

    assert [cell.startswith(' data-label="A"') or "app-breaks" in cell for cell in html.split("<td role=\"cell\"")[1:]] == [
        True, False, True,
    ]  # fmt: skip
    assert html.count("app-breaks") == 2


def test_dense_table_refuses_a_row_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match="zip"):
        drawn('{% dense_table columns=columns rows=rows caption="c" %}', columns=[{"text": "A"}], rows=[{"cells": []}])


def test_weeks_say_day_six_aloud() -> None:
    weeks = [
        {"label": "2 Nov", "days": [{"text": "Half term", "state": "off", "span": 4}, {"text": 6, "state": "due"}]}
    ]

    html = render_to_string("components/weeks.html", {"caption": "Days out, by week", "weeks": weeks})

    assert 'colspan="4"' in html
    assert '<span class="govuk-visually-hidden">Day six: </span>6' in html


@pytest.mark.parametrize("page", ["400", "500", "503"])
def test_error_page_needs_no_context(page: str) -> None:
    html = render_to_string(f"{page}.html")

    assert "<h1" in html
    assert "csrf" not in html


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_has_nothing_the_content_policy_forbids(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert " style=" not in source
    assert "<style" not in source
    assert 'href="#"' not in source
    assert "javascript:" not in source
    assert "onclick=" not in source
    assert "<script>" not in source
    assert "|safe" not in source
