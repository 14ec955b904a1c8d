from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework import scanning
from casework.http import StaffRequest
from casework.models import Document, DocumentContent
from casework.policy import requires, takes_up_to
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import documents as service
from casework.services import form_use
from casework.uploads.documents import CONTENT_TYPES
from casework.uploads.refused import Refused
from casework.views.paging import page_links
from exclusions.forms.documents import DocumentForm, WithdrawDocumentForm, megabytes
from exclusions.models import Exclusion
from exclusions.views.exclusion import case_context, find

A_PAGE = 25


@requires(Permission.SEE_EXCLUSIONS)
@require_safe
def documents(request: StaffRequest, reference: str) -> HttpResponse:
    """List the documents of a case, newest first; of one withdrawn only that, by whom and why."""
    today = timezone.localdate()
    found = find(request, reference, today, "documents of an exclusion")
    held = found.case.documents.select_related("added_by", "withdrawn_by").order_by("-added_at", "-pk")
    page = Paginator(held, A_PAGE).get_page(request.GET.get("page"))
    context = case_context(found, today) | {
        "documents": page,
        "page": page,
        "pagination": page_links(request, page),
        "may_write": has_permission(request.user, Permission.WRITE_NOTES),
    }
    return render(request, "exclusions/documents.html", context)


@takes_up_to(lambda: 3 * settings.LARGEST_DOCUMENT)
@requires(Permission.SEE_EXCLUSIONS, Permission.WRITE_NOTES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "add a document")
    form = DocumentForm(request.POST or None, request.FILES or None, today=today)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                service.add(
                    by=request.user,
                    at=timezone.now(),
                    case=found.case,
                    title=data["title"],
                    data=data["file"].read(),
                )
                form_use.led_to(used, address=_address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except (Refused, scanning.Infected, scanning.CannotBeAsked, *_NO_ROOM) as why:
            form.add_error("file", _refusal(why))
        else:
            messages.success(request, "The document is kept.")
            return redirect(_address(found))
    return render(request, "exclusions/add_document.html", case_context(found, today) | {"form": form})


@requires(Permission.SEE_EXCLUSIONS)
@require_safe
def document_file(request: StaffRequest, reference: str, public_id: Any) -> HttpResponse:
    """Hand out a document, its reading recorded first; never shown in the browser's own window."""
    found = find(request, reference, timezone.localdate(), "document of an exclusion")
    document = _document(found, public_id)
    if document.withdrawn_at:
        raise Http404
    content = DocumentContent.objects.values_list("content", flat=True).get(document=document)
    response = HttpResponse(bytes(content), content_type=CONTENT_TYPES[document.type])
    name = f"{found.case.reference}-{str(document.public_id)[:8]}.{document.type}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@requires(Permission.SEE_EXCLUSIONS, Permission.WRITE_NOTES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_document(request: StaffRequest, reference: str, public_id: Any) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "withdraw a document")
    document = _document(found, public_id)
    if document.withdrawn_at:
        return redirect(_address(found))
    form = WithdrawDocumentForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                service.withdraw(by=request.user, at=timezone.now(), document=document, because=because)
                form_use.led_to(used, address=_address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.AlreadyWithdrawn:
            return redirect(_address(found))
        messages.success(request, "The document is withdrawn. Nobody can open it any more.")
        return redirect(_address(found))
    context = case_context(found, today) | {"form": form, "document": document}
    return render(request, "exclusions/withdraw_document.html", context)


_NO_ROOM = (service.HeldAlready, service.CaseIsFull, service.TooMuchToday)


def _refusal(why: Exception) -> str:
    if isinstance(why, scanning.Infected):
        return "The virus scanner stopped this file. Do not open it; tell your IT service"
    if isinstance(why, scanning.CannotBeAsked):
        return "The virus scanner could not be asked, so the file is not kept. Try again in some minutes"
    if isinstance(why, service.HeldAlready):
        return f"This case holds the same file already, as “{why.title}”"
    if isinstance(why, service.CaseIsFull):
        return (
            f"The documents of one case may have {megabytes(settings.DOCUMENTS_A_CASE)} MB together: this is too much"
        )
    if isinstance(why, service.TooMuchToday):
        most = megabytes(settings.DOCUMENTS_A_PERSON_A_DAY)
        return f"You have added nearly {most} MB in the last 24 hours, the most that one person may. Try tomorrow"
    return str(why).rstrip(".")


def _document(found: Exclusion, public_id: Any) -> Document:
    document = found.case.documents.filter(public_id=public_id).first()
    if document is None:
        raise Http404
    return document


def _address(found: Exclusion) -> str:
    return reverse("exclusions:documents", args=[found.case.reference])
