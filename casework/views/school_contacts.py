from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.schools import AddContactForm, ChangeContactForm, EndContactForm
from casework.http import StaffRequest
from casework.models import School, SchoolContact
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use, school_contacts

ENDS_TOO_SOON = "That would end whoever holds the role before they began: choose a later day"


@requires(Permission.SEE_SCHOOLS, Permission.KEEP_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_contact(request: StaffRequest, urn: str) -> HttpResponse:
    school = School.objects.filter(urn=urn).first()
    if school is None:
        raise Http404
    form = AddContactForm(request.POST or None, today=timezone.localdate())
    here = reverse("casework:school", args=[school.urn])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data.pop("token"))
                school_contacts.add(by=request.user, at=timezone.now(), school=school, **data)
                form_use.led_to(used, address=here)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except school_contacts.EndsBeforeItBegins:
            form.add_error("first_day", ENDS_TOO_SOON)
        else:
            messages.success(request, "The contact is added.")
            return redirect(here)
    return render(request, "casework/add_contact.html", _context(school) | {"form": form})


@requires(Permission.SEE_SCHOOLS, Permission.KEEP_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_contact(request: StaffRequest, urn: str, number: int) -> HttpResponse:
    contact = _contact(urn, number)
    initial = {name: getattr(contact, name) for name in ("name", "telephone", "email", "first_day", "version")}
    form = ChangeContactForm(request.POST or None, today=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            school_contacts.correct(by=request.user, at=timezone.now(), contact=contact, **form.cleaned_data)
        except school_contacts.Stale as stale:
            form = form.reopened(version=stale.version, what="this contact")
        except school_contacts.EndsBeforeItBegins:
            form.add_error("first_day", "The first day must be the last day or earlier")
        else:
            messages.success(request, "The contact is changed.")
            return redirect("casework:school", urn=contact.school.urn)
    return render(
        request, "casework/change_contact.html", _context(contact.school) | {"form": form, "contact": contact}
    )


@requires(Permission.SEE_SCHOOLS, Permission.KEEP_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_contact(request: StaffRequest, urn: str, number: int) -> HttpResponse:
    contact = _contact(urn, number)
    form = EndContactForm(
        request.POST or None,
        today=timezone.localdate(),
        initial={"version": contact.version, "last_day": contact.last_day},
    )
    if request.method == "POST" and form.is_valid():
        try:
            school_contacts.end(by=request.user, at=timezone.now(), contact=contact, **form.cleaned_data)
        except school_contacts.Stale as stale:
            form = form.reopened(version=stale.version, what="this contact")
        except school_contacts.EndsBeforeItBegins:
            form.add_error("last_day", "The last day must be the first day or later")
        else:
            messages.success(request, "The last day is recorded.")
            return redirect("casework:school", urn=contact.school.urn)
    return render(request, "casework/end_contact.html", _context(contact.school) | {"form": form, "contact": contact})


def _contact(urn: str, number: int) -> SchoolContact:
    try:
        found: SchoolContact = SchoolContact.objects.select_related("school").get(pk=number, school__urn=urn)
    except SchoolContact.DoesNotExist:
        raise Http404 from None
    return found


def _context(school: School) -> dict[str, Any]:
    return {"school": school, "back": {"text": school.name, "href": reverse("casework:school", args=[school.urn])}}
