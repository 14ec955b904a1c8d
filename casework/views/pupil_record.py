"""The entries of a child's record: added, changed, taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms import pupil_record as forms
from casework.forms.base import GovukForm
from casework.http import StaffRequest
from casework.models import Address, Circumstance, Contact, OtherName, OtherUpn, Pupil, SocialWorker
from casework.models.pupil import Withdrawable
from casework.policy import may_see_address, requires
from casework.roles import Permission
from casework.services import form_use
from casework.services import pupil_record as services
from casework.views.pupils import child_of
from casework.views.tables import day_in_full


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its rows, its forms, what it is called, and the service that adds one."""

    model: type[Withdrawable]
    form: type[GovukForm]
    noun: str
    lead: str
    add: Callable[[StaffRequest, Pupil, dict[str, Any]], Any]
    change_form: type[GovukForm] | None = None


def _circumstance(request: StaffRequest, pupil: Pupil, said: dict[str, Any]) -> Any:
    kind, _, value = said.pop("what").partition(":")
    return services.record_circumstance(by=request.user, pupil=pupil, kind=kind, value=value, **said)


def _at(service: Callable[..., Any]) -> Callable[[StaffRequest, Pupil, dict[str, Any]], Any]:
    return lambda request, pupil, said: service(by=request.user, at=timezone.now(), pupil=pupil, **said)


def _plain(service: Callable[..., Any]) -> Callable[[StaffRequest, Pupil, dict[str, Any]], Any]:
    return lambda request, pupil, said: service(by=request.user, pupil=pupil, **said)


KINDS = {
    "circumstances": Kind(
        Circumstance,
        forms.CircumstanceForm,
        "circumstance",
        "What was recorded before stays as it was known then. Notices keep what they froze.",
        _circumstance,
    ),
    "addresses": Kind(
        Address,
        forms.AddressForm,
        "address",
        "The address before ends the day before.",
        _plain(services.record_address),
    ),
    "names": Kind(
        OtherName, forms.OtherNameForm, "other name", "The child is found by it too.", _at(services.add_other_name)
    ),
    "upns": Kind(
        OtherUpn, forms.OtherUpnForm, "other UPN", "The child is found by it too.", _at(services.add_other_upn)
    ),
    "contacts": Kind(
        Contact,
        forms.ContactForm,
        "contact",
        "Somebody to speak to, or somebody who must be told nothing.",
        _plain(services.add_contact),
        forms.ChangeContactForm,
    ),
    "social-workers": Kind(
        SocialWorker,
        forms.SocialWorkerForm,
        "social worker",
        "The social worker before ends the day before.",
        _plain(services.add_social_worker),
        forms.ChangeSocialWorkerForm,
    ),
}


@requires(Permission.SEE_PUPILS, Permission.RECORD_ABOUT_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_entry(request: StaffRequest, public_id: Any, kind: str) -> HttpResponse:
    entry_kind, pupil = _kind(kind), child_of(request, public_id, f"add a {KINDS[kind].noun}")
    form = entry_kind.form(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        saved = _saved(request, form, pupil, said.pop("token"), lambda: entry_kind.add(request, pupil, said))
        if saved:
            return saved
    return _page(request, pupil, form, f"Add {_article(entry_kind.noun)}", entry_kind.lead)


@requires(Permission.SEE_PUPILS, Permission.RECORD_ABOUT_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_entry(request: StaffRequest, public_id: Any, kind: str, number: int) -> HttpResponse:
    entry_kind, pupil = _kind(kind), child_of(request, public_id, f"change a {KINDS[kind].noun}")
    entry = _entry(entry_kind, pupil, number)
    if entry_kind.change_form is None or not isinstance(entry, Contact | SocialWorker):
        raise Http404
    held = {name: getattr(entry, name) for name in entry_kind.form.base_fields if name != "token"}
    if isinstance(entry, SocialWorker):
        held["authority"] = entry.authority and entry.authority.code
    if isinstance(entry, Contact) and not _may_see_contact_address(request, pupil):
        held["address"] = ""
    form = entry_kind.change_form(
        request.POST or None, today=timezone.localdate(), initial=held | {"version": entry.version}
    )
    if isinstance(entry, Contact) and not _may_see_contact_address(request, pupil):
        del form.fields["address"]
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token, version = said.pop("token"), said.pop("version")

        def work() -> None:
            services.change(by=request.user, entry=entry, version=version, said=said)

        try:
            saved = _saved(request, form, pupil, token, work)
        except services.ChangedMeanwhile:
            entry.refresh_from_db()
            form, saved = form.reopened(version=entry.version, what=f"this {entry_kind.noun}"), None
        if saved:
            return saved
    return _page(request, pupil, form, f"Change {_article(entry_kind.noun)}", "What it said before is kept.")


@requires(Permission.SEE_PUPILS, Permission.RECORD_ABOUT_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_entry(request: StaffRequest, public_id: Any, kind: str, number: int) -> HttpResponse:
    entry_kind, pupil = _kind(kind), child_of(request, public_id, f"take back a {KINDS[kind].noun}")
    entry = _entry(entry_kind, pupil, number)
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def work() -> None:
            services.withdraw(by=request.user, at=timezone.now(), entry=entry, because=data["because"])

        saved = _saved(request, form, pupil, data["token"], work)
        if saved:
            return saved
    lead = "It counts no more from now on, and stays on the page as taken back. Notices keep what they froze."
    return _page(request, pupil, form, f"Take back {_article(entry_kind.noun)}", lead, button="Take it back")


@requires(Permission.SEE_PUPILS, Permission.RECORD_ABOUT_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_details(request: StaffRequest, public_id: Any) -> HttpResponse:
    pupil = child_of(request, public_id, "change a child's details")
    fields = ("first_name", "last_name", "date_of_birth", "sex", "ethnicity", "upn")
    held = {name: getattr(pupil, name) for name in fields} | {
        "version": pupil.version,
        "home_authority": pupil.home_authority.code,
    }
    form = forms.DetailsForm(request.POST or None, today=timezone.localdate(), initial=held)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token, version = said.pop("token"), said.pop("version")
        keep_name, source = said.pop("keep_name"), said.pop("source")

        def work() -> None:
            services.change_details(
                by=request.user,
                at=timezone.now(),
                pupil=pupil,
                version=version,
                details=said | {"upn": said["upn"] or None},
                keep_name=keep_name,
                source=source,
            )

        try:
            saved = _saved(request, form, pupil, token, work)
        except services.ChangedMeanwhile:
            pupil.refresh_from_db()
            form, saved = form.reopened(version=pupil.version, what="this child’s details"), None
        if saved:
            return saved
    return _page(request, pupil, form, "Change details", "A UPN that is replaced is kept as a former one.")


def _saved(
    request: StaffRequest, form: GovukForm, pupil: Pupil, token: Any, work: Callable[[], Any]
) -> HttpResponse | None:
    """Do the work once and lead back to the child; what is wrong with it goes to its field, and then None comes back."""
    address = reverse("casework:pupil", args=[pupil.public_id])
    try:
        with transaction.atomic():
            used = form_use.use(by=request.user, at=timezone.now(), token=token)
            work()
            form_use.led_to(used, address=address)
    except form_use.AlreadyUsed as twice:
        return redirect(twice.led_to)
    except services.MustEnd as clash:
        form.add_error(
            "last_day", f"Another entry begins on {day_in_full(clash.before)}: say on which day before that this ended"
        )
    except services.BeforeBirth as early:
        form.add_error("first_day", f"The child was born on {day_in_full(early.born)}: check the day")
    except services.BeginsThatDay:
        form.add_error("first_day", "Another entry begins on that very day: take that one back first, or check the day")
    except services.HeldAlready:
        form.add_error("upn" if "upn" in form.fields else "last_name", "The child has that on file already")
    except services.UpnTaken:
        form.add_error("upn", "Another child has this UPN now. Find that child, or check the UPN with the school")
    except services.TakenBackAlready:
        form.add_error(None, "Somebody else has taken this entry back already")
    else:
        messages.success(request, "The child’s record is changed.")
        return redirect(address)
    return None


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _entry(kind: Kind, pupil: Pupil, number: int) -> Withdrawable:
    which: Any = {"pupil": pupil, "pk": number, "withdrawn_at": None}
    entry: Withdrawable | None = kind.model._default_manager.filter(**which).first()
    if entry is None:
        raise Http404
    return entry


def _may_see_contact_address(request: StaffRequest, pupil: Pupil) -> bool:
    """Tell whether the person may be shown where a contact lives: it may be where the child lives."""
    return all(may_see_address(request.user, each) for each in pupil.addresses.all())


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _page(
    request: StaffRequest, pupil: Pupil, form: GovukForm, title: str, lead: str, *, button: str = "Save"
) -> HttpResponse:
    context = {"form": form, "pupil": pupil, "title": title, "lead": lead, "button": button}
    return render(request, "casework/pupil_entry.html", context)
