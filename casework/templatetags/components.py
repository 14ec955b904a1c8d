"""Template tags that the components in templates/components/ are built from.

A value named `html` is printed as markup only if it is marked safe (rendered by a template or by
`format_html`); a plain string is escaped, so nothing typed by a person can become markup.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape as escape_text
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from casework.forms.renderer import error_summary

register = template.Library()

NOTHING = format_html_join("", "", ())


def escape(value: object) -> str:
    """Return a value as text in which nothing is markup, in quotation marks too."""
    return escape_text(str(value))


@register.simple_tag
def attributes(given: object = None) -> SafeString:
    """Return ` name="value"` pairs, as the package's own `attributes` parameter is read.

    A value may be a mapping of `value` and `optional`: an optional value that is None or False is
    left out, and one that is True is the bare name.
    """
    if isinstance(given, SafeString):
        return given
    if not isinstance(given, Mapping):
        return NOTHING
    parts: list[SafeString] = []
    for name, item in given.items():
        optional = isinstance(item, Mapping) and item.get("optional") is True
        value = item.get("value") if isinstance(item, Mapping) else item
        if optional and (value is None or value is False):
            continue
        if optional and value is True:
            parts.append(format_html(" {}", name))
        else:
            parts.append(format_html(' {}="{}"', name, as_text(value)))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def optional(name: str, value: object = None) -> SafeString:
    """Return ` name="value"`, or nothing when the value is empty; True gives the bare name."""
    if value is None or value is False or value == "":
        return NOTHING
    text = value if isinstance(value, SafeString) else escape(value)
    return SafeString(f" {name}" if value is True else f' {name}="{text}"')


@register.simple_tag
def stated(name: str, value: object = None) -> SafeString:
    """Return ` name="value"` whenever a value was given at all: False is printed as `false`."""
    if value is None or value == "":
        return NOTHING
    return format_html(' {}="{}"', name, as_text(value))


@register.simple_tag
def inner(html: object = None, text: object = None) -> object:
    """Return the markup if there is any, otherwise the text; a text of 0 is printed."""
    if html:
        return html
    return "" if text is None else text


@register.simple_tag
def words(*given: object) -> str:
    """Join the words that are not empty with single spaces: class names, ids."""
    return " ".join(str(word) for word in given if word)


@register.simple_tag
def numbered(name: object, number: object) -> str:
    """Return an id made of a name and a number."""
    return f"{name}-{number}"


@register.simple_tag
def error_list_of(form: object = None, given: object = None) -> list[dict[str, str]]:
    """Return the lines of the error summary: those given, or else those of the page's form."""
    if given:
        return list(given) if isinstance(given, Sequence) else []
    return error_summary(form) if isinstance(form, BaseForm) else []


@register.simple_tag
def described(described_by: object, identifier: object, hint: object, error_message: object) -> str:
    """Return the ids for `aria-describedby`: those given, then the hint's, then the error's."""
    return words(
        described_by,
        f"{identifier}-hint" if hint else "",
        f"{identifier}-error" if error_message else "",
    )


@register.simple_tag
def choice_id(item: Mapping[str, Any], prefix: object, index: int) -> str:
    """Return a radio's or checkbox's id: the first has no number, so that errors link to it."""
    if item.get("id"):
        return str(item["id"])
    return f"{prefix}-{index}" if index > 1 else str(prefix)


@register.simple_tag
def chosen(item: Mapping[str, Any], state: str, *, value: object = None, values: object = None) -> bool:
    """Say whether an item is checked or selected, by its own state or by the value(s) given."""
    own = item.get(state)
    if own:
        return True
    if own is False:
        return False
    worth = item["value"] if "value" in item else item.get("text")
    if isinstance(values, Sequence) and not isinstance(values, str):
        return worth in values
    return bool(value) and worth == value


@register.filter
def have_actions(rows: Sequence[Mapping[str, Any]] | None) -> bool:
    """Say whether any row of a summary list has an action."""
    return any(row and (row.get("actions") or {}).get("items") for row in rows or ())


@register.filter
def kept(items: Sequence[object] | None) -> list[object]:
    """Leave out the items that are empty, so that a view may build a list with conditions."""
    return [item for item in items or () if item]


@register.filter
def given(values: object, name: str) -> bool:
    """Say whether a mapping has this name at all, whatever its value."""
    return isinstance(values, Mapping) and name in values


@register.simple_block_tag(end_name="endcomponent")  # type: ignore[attr-defined, untyped-decorator, unused-ignore]
def component(content: SafeString, name: str, **parameters: object) -> SafeString:
    """Draw a component around the markup between the tags, which it takes as its `html`."""
    return render_to_string(f"components/{name}.html", {**parameters, "html": content})


@register.simple_block_tag(end_name="endcapture")  # type: ignore[attr-defined, untyped-decorator, unused-ignore]
def capture(content: SafeString) -> SafeString:
    """Keep the markup between the tags under a name: `{% capture as summary %}`."""
    return content


@register.simple_tag
def control(item: Mapping[str, Any]) -> SafeString:
    """Draw the component an item names in `component`, with the item's other parameters."""
    return render_to_string(f"components/{item['component']}.html", dict(item))


@register.simple_tag
def total_bar(*, label: str, value: str, days: float | Decimal, marks: str = "5,15,45", limit: int = 45) -> SafeString:
    """Draw days used against the limit; `value` is what stands beside the label in words."""
    numbers = [int(mark) for mark in marks.split(",")]
    spots = [
        {"x": bar_x(mark, limit), "text": mark, "anchor": "end" if mark == limit else "middle"} for mark in numbers
    ]
    listed = ", ".join(str(mark) for mark in numbers)
    return render_to_string(
        "components/total_bar.html",
        {
            "label": label,
            "value": value,
            "description": f"{days:g} of {limit} school days, marked at {listed}",
            "used": round(bar_x(days, limit) - bar_x(0, limit), 1),
            "marks": spots,
        },
    )


def bar_x(days: float | Decimal, limit: int) -> float:
    """Return where a number of days stands on a bar 322 wide that begins at 4; never past its end."""
    return round(4 + 322 * min(float(days), limit) / limit, 1)


@register.simple_tag
def dense_table(
    *,
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    caption: str,
    caption_shown: bool = False,
    fixed: bool = False,
    classes: str = "",
) -> SafeString:
    """Draw a dense table, each cell with the name of its column for phones.

    A row whose first cells are covered by a rowspan above gives them as None.
    """
    names = ["" if column.get("hidden") else str(column["text"]) for column in columns]
    drawn = [
        {
            "classes": words("app-ticked" if row.get("ticked") else "", row.get("classes")),
            "html": SafeString(
                "".join(cell(name, one) for name, one in zip(names, row["cells"], strict=True) if one is not None)
            ),
        }
        for row in rows
    ]
    return render_to_string(
        "components/dense_table.html",
        {
            "columns": columns,
            "rows": drawn,
            "caption": caption,
            "caption_shown": caption_shown,
            "fixed": fixed,
            "classes": classes,
        },
    )


LONG_WORD = re.compile(r"\S{30}")


def cell(name: str, one: Mapping[str, Any]) -> SafeString:
    """Draw a cell of a dense table, beside its column's name.

    In Python: a page of a list has hundreds, and the template language took longer over them than the database over
    the list.
    """
    html = one.get("html")
    text = str(html) if isinstance(html, SafeString) else escape(inner(html, one.get("text")))
    if tag := one.get("tag"):
        text = f'<strong class="govuk-tag {escape(tag.get("classes", ""))}">{escape(tag["text"])}</strong>'
    if href := one.get("href"):
        hidden = one.get("hidden_text")
        after = f'<span class="govuk-visually-hidden">: {escape(hidden)}</span>' if hidden else ""
        more = attributes(one.get("link_attributes"))
        text = f'<a class="govuk-link" href="{escape(href)}"{more}>{text}{after}</a>'
    elif one.get("bold"):
        text = f"<b>{text}</b>"
    second = one.get("second")
    below = f'<span class="app-second">{conditional_escape(second)}</span>' if second else ""
    look = words(
        "app-num" if one.get("numeric") else "",
        "app-empty" if one.get("empty") else "",
        # Else one word without a space would widen its column beyond the page.
        "app-breaks" if LONG_WORD.search(f"{one.get('text') or ''} {second or ''}") else "",
        one.get("classes"),
    )
    around = f"{optional('class', look)}{optional('rowspan', one.get('rowspan'))}{attributes(one.get('attributes'))}"
    if one.get("header"):
        return SafeString(f'<th scope="row" role="rowheader"{around}><div>{text}{below}</div></th>')
    return SafeString(f'<td role="cell"{optional("data-label", name)}{around}><div>{text}{below}</div></td>')


@register.simple_tag
def options(given: Sequence[Mapping[str, Any]]) -> SafeString:
    """Draw the options of a select, of which a county's schools alone make hundreds: value, text, selected."""
    return SafeString(
        "".join(
            f'<option value="{escape(one["value"])}"{" selected" if one.get("selected") else ""}>{escape(one["text"])}</option>'
            for one in given
        )
    )


@register.simple_tag
def boxes(group: Mapping[str, Any]) -> SafeString:
    """Draw a filter's boxes: name, items (value, text, count, checked). A list's filters have some sixty."""
    name = escape(group["name"])
    return SafeString(
        "".join(
            f'<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" name="{name}" '
            f'value="{escape(item["value"])}" id="filter-{name}-{number}"{" checked" if item.get("checked") else ""}>'
            f'<label class="govuk-label govuk-checkboxes__label" for="filter-{name}-{number}">{escape(item["text"])}'
            f"{_count(item)}</label></div>"
            for number, item in enumerate(group["items"], start=1)
        )
    )


def _count(item: Mapping[str, Any]) -> str:
    return "" if item.get("count") is None else f' <span class="app-n">{item["count"]:,}</span>'


@register.filter
def as_text(value: object) -> object:
    """Return a value as the package prints it: booleans in lower case, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
