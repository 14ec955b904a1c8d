"""The pack of a sitting: each person's own copy, and for the clerk everybody's, to print."""

import io
import zipfile
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires, requires_any
from casework.rights import has_permission
from casework.roles import Permission
from casework.views.tables import columns
from panels.models import Sitting
from panels.rules.terms import MEMBER_ROLE_LABELS
from panels.selectors import pack as selectors
from panels.selectors import sittings as sitting_selectors
from panels.selectors.pack import Copy
from panels.views.finding_sittings import back_to_sitting, sitting_of
from panels.views.pack_document import FORMS, pages_of, pdf
from panels.views.sittings import SITTING


@requires_any(*SITTING)
@require_safe
def pack(request: StaffRequest, code: str, day: date) -> HttpResponse:
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    own = selectors.copy_of(request.user, found, by=request.user, on=today)
    may_print = has_permission(request.user, Permission.PREPARE_PANELS)
    context = {
        "sitting": found,
        "panel": found.panel,
        "must_declare": sitting_selectors.agenda_of(request.user, found, on=today).must_declare,
        "number": len(own.items),
        "forms": [
            {"text": label, "href": reverse("panels:pack-file", args=[code, found.on, form])}
            for form, label in FORMS.items()
        ],
        "columns": columns("Member", "Sits as", "Copy"),
        "rows": _rows(request, found, today) if may_print else [],
        "may_print": may_print,
        "back": back_to_sitting(found),
    }
    return render(request, "panels/pack.html", context)


@requires_any(*SITTING)
@require_safe
def pack_file(request: StaffRequest, code: str, day: date, form: str) -> HttpResponse:
    """Give the person their own copy."""
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    return _file(request, found, selectors.copy_of(request.user, found, by=request.user, on=today), form, today)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_safe
def pack_file_of(request: StaffRequest, code: str, day: date, number: int, form: str) -> HttpResponse:
    """Give the clerk the copy of somebody who sits on the day."""
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    reader = next((one.person for one in sitting_selectors.expected(found) if one.person.pk == number), None)
    if reader is None:
        raise Http404
    return _file(request, found, selectors.copy_of(reader, found, by=request.user, on=today), form, today)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_safe
def packs(request: StaffRequest, code: str, day: date) -> HttpResponse:
    """Give the clerk every copy that may be printed, in one file."""
    today, now = timezone.localdate(), timezone.now()
    found = sitting_of(request, code, day, on=today)
    copies = [one for one in selectors.copies(found, by=request.user, on=today) if one.items]
    if not copies:
        raise Http404
    _record(request, copies)
    pages = pages_of(found, copies, on=today)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number, copy in enumerate(copies, start=1):
            made = pdf(found, copy, pages, form="print", printed_by=request.user.name, at=now)
            archive.writestr(f"{number:02d}-{slugify(copy.reader.name)}.pdf", made)
    return _download(file.getvalue(), "application/zip", f"packs-{found.panel.code}-{found.on}.zip")


def _file(request: StaffRequest, sitting: Sitting, copy: Copy, form: str, today: date) -> HttpResponse:
    if form not in FORMS or not copy.items:
        raise Http404
    _record(request, [copy])
    pages = pages_of(sitting, [copy], on=today)
    made = pdf(sitting, copy, pages, form=form, printed_by=request.user.name, at=timezone.now())
    return _download(made, "application/pdf", f"pack-{sitting.panel.code}-{sitting.on}.pdf")


def _record(request: StaffRequest, copies: list[Copy]) -> None:
    """Record that the records of the children in the copies are read, before any of them is made."""
    pupils = {one.item.referral.pupil_id for copy in copies for one in copy.items if one.item.referral}
    record_reading(
        by=request.user, at=timezone.now(), pupils=sorted(pupils), surface="pack of a sitting", request=request_id()
    )


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _rows(request: StaffRequest, sitting: Sitting, today: date) -> list[dict[str, Any]]:
    rows = []
    copies = selectors.copies(sitting, by=request.user, on=today)
    for each, copy in zip(sitting_selectors.expected(sitting), copies, strict=True):
        href = reverse("panels:pack-file-of", args=[sitting.panel.code, sitting.on, each.person.pk, "print"])
        waits = "Has not declared yet" if not each.declared and each.membership.role != "clerk" else "No items"
        cell: dict[str, Any] = {"text": "Download", "href": href, "hidden_text": each.person.name}
        rows.append(
            {
                "cells": [
                    {"text": each.person.name, "second": each.person.post, "header": True},
                    {"text": MEMBER_ROLE_LABELS[each.membership.role]},
                    cell if copy.items else {"text": waits, "empty": True},
                ]
            }
        )
    return rows
