from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from casework.audit import record_reading
from casework.forms.pupils import AddPupilForm, AddToRollForm, FindPupilForm
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.models import LocalAuthority, Pupil, RollSpell
from casework.policy import may_see_address, requires
from casework.registry import pupil_actions, roll_notices
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.dates import NotADay, age, parse_day
from casework.rules.terms import YEAR_GROUP_LABELS
from casework.selectors import pupils as selectors
from casework.selectors.circumstances import known_about
from casework.selectors.pupil_page import pupil_page
from casework.selectors.same_child import Perhaps, same_child_perhaps
from casework.selectors.schools import listed
from casework.services import form_use, pupils
from casework.views.tables import day_in_full, evidence_table, found_table, pupil_tables

SCHOOLS_SHOWN = 6


@requires(Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Find children and schools; what is asked while somebody types is answered with the results alone."""
    today = timezone.localdate()
    form = FindPupilForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "searched": False, "found": []}
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["q"]
        found = selectors.find(by=request.user, typed=typed, on=today, limit=25)
        _record(request, [each.pupil.pk for each in found], "search", terms=typed)
        schools = (
            listed({"q": typed}, sort="name", on=today)[:SCHOOLS_SHOWN] if _may_be_a_school(request, typed) else []
        )
        context |= {"searched": True, "found": found, "schools": schools} | found_table(found)
    if request.POST.get("typing"):
        return render(request, "casework/_search_results.html", context)
    return render(request, "casework/search.html", context)


def _may_be_a_school(request: StaffRequest, typed: str) -> bool:
    """Tell whether the words may be a school's name or URN, and the person may see schools."""
    words = any(letter.isalpha() for letter in typed) or (typed.isdecimal() and len(typed) == 6)
    return words and has_permission(request.user, Permission.SEE_SCHOOLS)


@requires(Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def pupil(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Show a child as known on a day; another day is posted, since with the child it could name one."""
    today = timezone.localdate()
    child = child_of(request, public_id, "pupil")
    on, error_list = _day_asked(request, today)
    as_at = known_about(child, on=on)
    spell = as_at.roll_spell
    page = pupil_page(child)
    may_record = has_permission(request.user, Permission.RECORD_ABOUT_PUPILS)
    context = pupil_tables(page, as_at, may_record=may_record) | {
        "pupil": child,
        "on": on,
        "error_list": error_list,
        "page": page,
        "addresses": [{"address": each, "shown": may_see_address(request.user, each)} for each in page.addresses],
        "contact_addresses": all(may_see_address(request.user, each) for each in page.addresses),
        "may_record": may_record,
        "actions": _actions(request, child),
        "child": _bar(child, spell, today),
    }
    return render(request, "casework/pupil.html", context)


def _bar(child: Pupil, spell: RollSpell | None, today: date) -> dict[str, Any]:
    year = YEAR_GROUP_LABELS[spell.year_group].removeprefix("Year ") if spell else "Not known"
    return {
        "name": child.name,
        "facts": [
            {"term": "Born", "text": f"{day_in_full(child.date_of_birth)} ({age(child.date_of_birth, today)})"},
            {"term": "Year", "text": year},
            {"term": "UPN", "text": child.upn or "None held"},
            {"term": "School", "text": spell.school.name if spell else "On no roll that day"},
        ],
    }


@requires(Permission.ADD_PUPILS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_pupil(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    home = LocalAuthority.objects.filter(code=settings.COUNCIL_AUTHORITY_CODE).first()
    form = AddPupilForm(request.POST or None, today=today, initial={"home_authority": home and home.code})
    alike: list[Perhaps] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        alike = same_child_perhaps(
            by=request.user,
            on=today,
            **{name: data[name] for name in ("first_name", "last_name", "date_of_birth", "sex", "upn")},
        )
        _record(request, [each.pupil.pk for each in alike], "add a child: perhaps the same")
        if alike and not data["not_the_same"]:
            form.add_error(None, "A child like this is held already. Check whether it is the same child")
        else:
            return _added(request, form, today, alike)
    return render(request, "casework/add_pupil.html", _add_context(request, form, alike))


def _add_context(request: StaffRequest, form: AddPupilForm, alike: list[Perhaps]) -> dict[str, Any]:
    typed = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    return {
        "form": form,
        "alike": [evidence_table(each, typed) for each in alike],
        "next": _next(request),
    }


def _added(request: StaffRequest, form: AddPupilForm, today: date, alike: list[Perhaps]) -> HttpResponse:
    data = form.cleaned_data
    child = pupils.NewPupil(
        first_name=data["first_name"],
        last_name=data["last_name"],
        date_of_birth=data["date_of_birth"],
        sex=data["sex"],
        upn=data["upn"],
        home_authority=data["home_authority"],
        school=data["school"],
        year_group=data["year_group"],
    )
    try:
        with transaction.atomic():
            used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
            added = pupils.add(by=request.user, at=timezone.now(), child=child, on_roll_from=data["on_roll_from"])
            leads_to = _next(request)
            address = f"{leads_to}{'&' if '?' in leads_to else '?'}pupil={added.public_id}"
            form_use.led_to(used, address=address)
    except form_use.AlreadyUsed as twice:
        return redirect(twice.led_to)
    except pupils.UpnTaken:
        form.add_error("upn", "Another child holds this UPN. Find that child, or check the UPN with the school")
        return render(request, "casework/add_pupil.html", _add_context(request, form, alike))
    messages.success(request, "The child is added.")
    return redirect(address)


@requires(Permission.ADD_PUPILS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_to_roll(request: StaffRequest, public_id: Any) -> HttpResponse:
    today = timezone.localdate()
    child = child_of(request, public_id, "add a child to a roll")
    form = AddToRollForm(request.POST or None, today=today, born=child.date_of_birth)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        address = reverse("casework:pupil", args=[child.public_id])
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                pupils.add_to_roll(
                    by=request.user,
                    pupil=child,
                    school=data["school"],
                    year_group=data["year_group"],
                    first_day=data["first_day"],
                )
                form_use.led_to(used, address=address)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except pupils.AlreadyOnThatRoll:
            form.add_error("school", "The child is on that school’s roll from an earlier day already")
        except pupils.BeginsThatDay:
            form.add_error("first_day", "The child is on another school’s roll from that very day: check the day")
        else:
            messages.success(request, "The child is on the roll.")
            return redirect(address)
    notices = [each for notices in roll_notices for each in notices(child, today)]
    return render(request, "casework/add_to_roll.html", {"form": form, "pupil": child, "notices": notices})


def child_of(request: StaffRequest, public_id: Any, surface: str) -> Pupil:
    """Return the child, having recorded that the record is read."""
    try:
        child: Pupil = Pupil.objects.visible_to(request.user).select_related("home_authority").get(public_id=public_id)
    except Pupil.DoesNotExist:
        raise Http404 from None
    _record(request, [child.pk], surface)
    return child


def _actions(request: StaffRequest, child: Pupil) -> list[dict[str, str]]:
    actions = [
        {"text": action.text, "href": f"{reverse(action.url_name)}?pupil={child.public_id}"}
        for action in pupil_actions
        if has_permission(request.user, action.permission)
    ]
    if has_permission(request.user, Permission.RECORD_ABOUT_PUPILS):
        actions.append({"text": "Change details", "href": reverse("casework:change-details", args=[child.public_id])})
    if has_permission(request.user, Permission.ADD_PUPILS):
        actions.append({"text": "Add to a roll", "href": reverse("casework:add-to-roll", args=[child.public_id])})
    return actions


def _record(request: StaffRequest, pupils_shown: list[int], surface: str, terms: str | None = None) -> None:
    record_reading(
        by=request.user, at=timezone.now(), pupils=pupils_shown, surface=surface, request=request_id(), terms=terms
    )


def _day_asked(request: StaffRequest, today: date) -> tuple[date, list[dict[str, str]]]:
    typed = request.POST.get("on", "").strip()
    if not typed:
        return today, []
    try:
        return parse_day(typed, today=today), []
    except NotADay as problem:
        return today, [{"text": str(problem), "href": "#on"}]


def _next(request: StaffRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/"):
        return asked
    return reverse("casework:search")
