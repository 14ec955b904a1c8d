from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from casework.audit import record_reading
from casework.council import council
from casework.exports import download
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires
from casework.roles import Permission
from casework.typesetting import typeset
from casework.views.tables import columns
from wsoa.models import Plan
from wsoa.selectors.one_page import OnePage, one_page
from wsoa.selectors.one_page_document import figures, one_page_document
from wsoa.views.figures import share_bar
from wsoa.views.finding import back_to, plan_of

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "plan-on-a-page.typ"
TAGS: Mapping[str, str] = MappingProxyType(
    {
        "blue": "govuk-tag--blue", "green": "govuk-tag--green", "amber": "govuk-tag--yellow",
        "red": "govuk-tag--red", "grey": "govuk-tag--grey",
    }
)  # fmt: skip
FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "done": "state=complete", "late": "state=overdue", "slipped": "show=slipped", "stale": "show=stale",
        "held-up": "show=held-up",
    }
)  # fmt: skip


@requires(Permission.SEE_PLANS)
@require_safe
def on_a_page(request: StaffRequest, code: str) -> HttpResponse:
    found = plan_of(code)
    page, document = _written(found)
    actions = reverse("wsoa:actions", args=[found.code])
    context = {
        "plan": found,
        "document": document,
        "counts": [
            {"value": number, "text": text, "href": f"{actions}?{FILTERS[name]}", "late": name == "late" and number > 0}
            for name, number, text in figures(page)
        ],
        "columns": columns("Priority", "State today", "Its actions", "Complete", "Its measures"),
        "rows": [
            _priority_row(each, f"{actions}?priority={now.priority.position}")
            for each, now in zip(document["priorities"], page.priorities, strict=True)
        ],
        "measure_columns": [
            *columns("Measure"),
            *({"text": text, "numeric": True} for text in ("Latest", "Target")),
            *columns("State"),
        ],
        "measure_rows": [
            _measure_row(each, reverse("wsoa:measure", args=[found.code, now.measure.pk]))
            for each, now in zip(document["measures"], page.measures, strict=True)
        ],
        "back": back_to(found),
    }
    return render(request, "wsoa/on_a_page.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def on_a_page_pdf(request: StaffRequest, code: str) -> HttpResponse:
    found = plan_of(code)
    # No child stands in a plan; that it left the service, and with whom, is told all the same.
    record_reading(
        by=request.user, at=timezone.now(), pupils=(), surface="export of a plan, on a page", request=request_id(),
        terms=found.code,
    )  # fmt: skip
    _, document = _written(found)
    name = f"{found.code}-on-a-page-{timezone.localdate():%Y-%m-%d}.pdf"
    return download(typeset(TEMPLATE, document), name, "application/pdf")


def _written(found: Plan) -> tuple[OnePage, dict[str, Any]]:
    today = timezone.localdate()
    page = one_page(found, on=today)
    return page, one_page_document(page, plan=found, on=today, council=council().name)


def _priority_row(each: dict[str, Any], href: str) -> dict[str, Any]:
    share = format_html(
        '{}<span class="app-second">{}, {}</span>', share_bar(each["part"]), each["share"], each["done"]
    )
    return {
        "cells": [
            {"text": each["title"], "href": href, "header": True},
            {"html": _tags([each["state"]])} if each["state"] else {"text": "No action", "empty": True},
            {"html": _tags(each["counts"]), "empty": not each["counts"]},
            {"html": share} if each["share"] else {"text": "No action", "empty": True},
            {"html": _tags(each["measures"])} if each["measures"] else {"text": "None with a state", "empty": True},
        ]
    }


def _tags(counts: list[dict[str, str]]) -> SafeString:
    drawn = ((TAGS[each["colour"]], each["text"]) for each in counts)
    return format_html_join(" ", '<strong class="govuk-tag {}">{}</strong>', drawn)


def _measure_row(each: dict[str, Any], href: str) -> dict[str, Any]:
    state = {"html": _tags([each["state"]])} if each["state"] else {"text": each["because"], "empty": True}
    return {
        "cells": [
            {"text": each["title"], "href": href, "header": True, "second": each["below"]},
            {"text": each["value"], "numeric": True, "second": each["on"]},
            {"text": each["target"], "numeric": True, "second": each["by"]},
            state,
        ]
    }
