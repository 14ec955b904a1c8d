from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.http import StaffRequest
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.views.paging import page_links
from casework.views.tables import columns
from wsoa.selectors.plans import listed
from wsoa.selectors.vacant import vacant_leads


@requires(Permission.SEE_PLANS)
@require_safe
def plans(request: StaffRequest) -> HttpResponse:
    page = Paginator(listed(), 50).get_page(request.GET.get("page"))
    numbers = [{"text": text, "numeric": True} for text in ("Priorities", "Outcomes", "Measures", "Actions", "Slips")]
    may_keep = has_permission(request.user, Permission.KEEP_PLANS)
    context = {
        # The first page of whoever keeps plans and no cases.
        "vacant": vacant_leads(on=timezone.localdate()) if may_keep else [],
        "columns": [*columns("Plan", "Kind"), *numbers],
        "rows": [{"cells": _cells(plan)} for plan in page],
        "page": page,
        "may_keep": may_keep,
        "pagination": page_links(request, page),
    }
    return render(request, "wsoa/plans.html", context)


def _cells(plan: Any) -> list[dict[str, Any]]:
    counts = (plan.priority_count, plan.outcome_count, plan.measure_count, plan.action_count)
    slips = {"text": f"{plan.slip_count:,}", "numeric": True}
    if plan.slip_count:
        slips |= {"href": reverse("wsoa:slips", args=[plan.code]), "hidden_text": plan.title}
    return [
        {
            "text": plan.title,
            "href": reverse("wsoa:plan", args=[plan.code]),
            "header": True,
            "second": plan.answers,
        },
        {"text": plan.get_kind_display()},
        *({"text": f"{number:,}", "numeric": True} for number in counts),
        slips,
    ]
