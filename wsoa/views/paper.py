from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.audit import record_reading
from casework.council import council
from casework.exports import download, workbook_response
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.typesetting import typeset
from casework.views.tables import columns
from wsoa.letters.plan_word import word_file
from wsoa.models import Plan
from wsoa.rules.layouts import LAYOUT_OF_SLUG
from wsoa.rules.terms import LAYOUT_LABELS, Layout
from wsoa.selectors import plan_paper
from wsoa.selectors.plan_document import plan_document
from wsoa.views.finding import plan_of
from wsoa.views.plan import plan_context

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "plan-paper.typ"


@requires(Permission.SEE_PLANS)
@require_safe
def paper(request: StaffRequest, code: str) -> HttpResponse:
    found = plan_of(code)
    context = plan_context(found, "paper") | {
        "columns": columns("Layout", *(text for text, _ in FORMS.values())),
        "may_keep": has_permission(request.user, Permission.KEEP_PLANS),
        "rows": [_layout_row(found, slug, layout) for slug, layout in LAYOUT_OF_SLUG.items()],
    }
    return render(request, "wsoa/paper.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def paper_file(request: StaffRequest, code: str, layout: str, form: str) -> HttpResponse:
    found = plan_of(code)
    if layout not in LAYOUT_OF_SLUG or form not in FORMS:
        raise Http404
    # No child stands in a plan; that it left the service, and with whom, is told all the same.
    record_reading(
        by=request.user,
        at=timezone.now(),
        pupils=(),
        surface=f"export of a plan, {form}",
        request=request_id(),
        terms=found.code,
    )
    _, write = FORMS[form]
    return write(request, found, LAYOUT_OF_SLUG[layout])


def _workbook(request: StaffRequest, plan: Plan, layout: Layout) -> HttpResponse:
    sheets = plan_paper.sheets(plan, layout=layout, on=timezone.localdate())
    return workbook_response(plan.code, sheets, made_at=timezone.localtime(), by=request.user.name)


def _pdf(request: StaffRequest, plan: Plan, layout: Layout) -> HttpResponse:
    today = timezone.localdate()
    document = plan_document(plan, layout=layout, on=today, council=council().name)
    return download(typeset(TEMPLATE, document), f"{plan.code}-{today:%Y-%m-%d}.pdf", "application/pdf")


def _word(request: StaffRequest, plan: Plan, layout: Layout) -> HttpResponse:
    now = timezone.localtime()
    document = plan_document(plan, layout=layout, on=now.date(), council=council().name)
    return download(word_file(document, made_at=now), f"{plan.code}-{now:%Y-%m-%d}.docx", WORD)


FORMS: Mapping[str, tuple[str, Callable[[StaffRequest, Plan, Layout], HttpResponse]]] = {
    "pdf": ("PDF", _pdf),
    "docx": ("Word", _word),
    "xlsx": ("Excel", _workbook),
}


def _layout_row(plan: Plan, slug: str, layout: Layout) -> dict[str, Any]:
    own = "The plan’s own" if layout.value == plan.layout else ""
    links = [
        {
            "text": text, "href": reverse("wsoa:paper-file", args=[plan.code, slug, form]),
            "hidden_text": f"{text}, {LAYOUT_LABELS[layout.value]}",
        }
        for form, (text, _) in FORMS.items()
    ]  # fmt: skip
    return {"cells": [{"text": LAYOUT_LABELS[layout.value], "header": True, "second": own}, *links]}
