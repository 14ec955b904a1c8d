from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.forms.imports import LARGEST_UPLOAD, GiasForm, ImportForm
from casework.http import StaffRequest
from casework.models import Import, ImportFile, Job
from casework.policy import requires, takes_up_to
from casework.registry import ImportKind, import_kinds
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.services import imports as service
from casework.views.paging import page_links
from casework.views.tables import clock_time, columns, day_in_full

STATES = {
    "waiting": ("Being checked", "govuk-tag--blue"),
    "refused": ("Refused", "govuk-tag--orange"),
    "checked": ("Not applied yet", "govuk-tag--blue"),
    "applied": ("Applied", "govuk-tag--green"),
    "undone": ("Undone", "govuk-tag--grey"),
    "dropped": ("Let go", "govuk-tag--grey"),
}


@requires(Permission.BRING_FILES)
@require_safe
def imports(request: StaffRequest) -> HttpResponse:
    found = Import.objects.visible_to(request.user).select_related("uploaded_by", "file").defer("plan", "file__content")
    page = Paginator(found.order_by("-uploaded_at", "-pk"), 25).get_page(request.GET.get("page"))
    kinds = [
        {"text": each.label, "href": reverse("casework:bring-import", args=[kind])}
        for kind, each in import_kinds.items()
        if has_permission(request.user, each.permission)
    ]
    context = {
        "kinds": kinds,
        "columns": columns("File", "What it holds", "Brought", "State"),
        "rows": [{"cells": _cells(row)} for row in page],
        "page": page,
        "pagination": page_links(request, page),
    }
    return render(request, "casework/imports.html", context)


@takes_up_to(lambda: LARGEST_UPLOAD + 1024**2)
@requires(Permission.BRING_FILES)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_import(request: StaffRequest, kind: str) -> HttpResponse:
    how = _kind(request, kind)
    kind_of_form: Any = GiasForm if kind == "gias" else how.form or ImportForm
    chosen = {name: request.GET[name] for name in kind_of_form.from_address if name in request.GET}
    form = kind_of_form(
        request.POST or None, request.FILES or None, hint=how.hint, today=timezone.localdate(), initial=chosen
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                row = service.bring(
                    by=request.user,
                    at=timezone.now(),
                    kind=kind,
                    file_name=file.name,
                    content=file.read(),
                    options=form.options(),
                )
                leads_to = _progress(row, Job.objects.get(kind=service.CHECK, subject=row.pk))
                form_use.led_to(used, address=leads_to)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        return redirect(leads_to)
    context = {"form": form, "label": how.label, "back": _back()}
    return render(request, "casework/bring_import.html", context)


@requires(Permission.BRING_FILES)
@require_safe
def import_(request: StaffRequest, public_id: Any) -> HttpResponse:
    row = _found(request, public_id)
    state = _state(row)
    context = {
        "row": row,
        "state": state,
        "tag": {"text": STATES[state][0], "classes": STATES[state][1]},
        "label": import_kinds[row.kind].label,
        "brought": _when_and_who(row.uploaded_at, row.uploaded_by),
        "applied": _when_and_who(row.applied_at, row.applied_by),
        "undone": _when_and_who(row.undone_at, row.undone_by),
        "counts": [{"text": name, "number": f"{count:,}"} for name, count in row.counts.items()],
        "lists": [
            {
                "heading": each["heading"],
                "columns": columns(*each["columns"]),
                "rows": [_plain_row(cells) for cells in each["rows"]],
                "more": each["count"] - len(each["rows"]),
                "count": each["count"],
            }
            for each in row.plan.get("lists", [])
        ],
        "notes": row.plan.get("notes", []),
        "stays_because": row.plan.get("stays_because", ""),
        "nothing": state == "checked" and not row.plan.get("lists"),
        "fault_columns": columns("Row", "Column", "What to do"),
        "fault_rows": [_plain_row([str(each["row"] or ""), each["column"], each["message"]]) for each in row.faults],
        "back": _back(),
    }
    return render(request, "casework/import.html", context)


@requires(Permission.BRING_FILES)
@require_POST
def apply_import(request: StaffRequest, public_id: Any) -> HttpResponse:
    row = _found(request, public_id)
    try:
        job = service.ask_to_apply(by=request.user, at=timezone.now(), row=row)
    except service.NotReady:
        return _not_ready(request, row)
    return redirect(_progress(row, job))


@requires(Permission.BRING_FILES)
@require_POST
def undo_import(request: StaffRequest, public_id: Any) -> HttpResponse:
    row = _found(request, public_id)
    try:
        job = service.ask_to_undo(by=request.user, at=timezone.now(), row=row)
    except service.NotReady:
        return _not_ready(request, row)
    return redirect(_progress(row, job))


@requires(Permission.BRING_FILES)
@require_POST
def check_import(request: StaffRequest, public_id: Any) -> HttpResponse:
    row = _found(request, public_id)
    try:
        job = service.ask_to_check(by=request.user, at=timezone.now(), row=row)
    except service.NotReady:
        return _not_ready(request, row)
    return redirect(_progress(row, job))


@requires(Permission.BRING_FILES)
@require_POST
def drop_import(request: StaffRequest, public_id: Any) -> HttpResponse:
    row = _found(request, public_id)
    try:
        service.drop(row=row)
    except service.NotReady:
        return _not_ready(request, row)
    messages.success(request, "The file is let go. Nothing was changed.")
    return redirect("casework:imports")


def _kind(request: StaffRequest, kind: str) -> ImportKind:
    how = import_kinds.get(kind)
    if how is None or not has_permission(request.user, how.permission):
        raise Http404
    return how


def _found(request: StaffRequest, public_id: Any) -> Import:
    try:
        found: Import = (
            Import.objects.visible_to(request.user)
            .select_related("uploaded_by", "applied_by", "undone_by")
            .get(public_id=public_id)
        )
    except Import.DoesNotExist:
        raise Http404 from None
    return found


def _state(row: Import) -> str:
    """Return where the import stands, and "dropped" for one whose file was let go."""
    if row.applied_at or ImportFile.objects.filter(of=row).exists():
        return row.state
    return "dropped"


def _cells(row: Import) -> list[dict[str, Any]]:
    dropped = not row.applied_at and not hasattr(row, "file")
    state = "dropped" if dropped else row.state
    return [
        {"text": row.file_name, "href": reverse("casework:import", args=[row.public_id]), "header": True},
        {"text": import_kinds[row.kind].label},
        {"text": _when_and_who(row.uploaded_at, row.uploaded_by)},
        {"text": STATES[state][0]},
    ]


def _plain_row(cells: list[str]) -> dict[str, Any]:
    first, *rest = cells
    return {"cells": [{"text": first, "header": True}, *({"text": cell} for cell in rest)]}


def _when_and_who(at: Any, by: Any) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{day_in_full(local.date())}, {clock_time(local)}, by {by.name if by else 'a command'}"


def _progress(row: Import, job: Job) -> str:
    here = reverse("casework:import", args=[row.public_id])
    return f"{reverse('casework:job', args=[job.public_id])}?next={here}"


def _not_ready(request: StaffRequest, row: Import) -> HttpResponse:
    messages.error(request, "That cannot be done now: the file has been applied, undone or let go meanwhile.")
    return redirect("casework:import", row.public_id)


def _back() -> dict[str, str]:
    return {"text": "Imports", "href": reverse("casework:imports")}
