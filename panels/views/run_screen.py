"""The screen of a sitting, prepared: the room, the agenda, the item's papers, the decision."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.views.tables import clock_time
from panels.forms.run import RunItemForm
from panels.models import ItemRecord, Sitting
from panels.rules.advice import WAITS
from panels.rules.terms import MEMBER_ROLE_LABELS
from panels.selectors import referrals
from panels.selectors.advice import officer_in_words
from panels.selectors.in_the_room import Running
from panels.selectors.placing import no_place_in_words
from panels.selectors.sittings import SeenItem
from panels.selectors.turns import excluded_from
from panels.services import records as service
from panels.views.referral_page import papers_context
from panels.views.turns_tables import choices_table

NOT_REOPENED: dict[type[Exception], str] = {
    service.NotRecorded: "It is not recorded, or the child was referred to the panel anew since",
    service.DayPast: "The day of the sitting is past, on which alone it could be reopened",
    service.OfficerDecided: "An officer has decided on the advice: it can no longer be reopened",
    service.MinutesApproved: "Its minutes are approved. The clerk corrects them, with a reason",
}


def why_not_reopened(run: Running) -> str:
    """Return why an item is not reopened today, whoever asks; empty where it may be."""
    try:
        service.must_be_reopenable(run.record, run.agenda.sitting, on=timezone.localdate())
    except tuple(NOT_REOPENED) as wrong:
        return NOT_REOPENED[type(wrong)]
    return ""


def screen_context(sitting: Sitting, run: Running, form: RunItemForm) -> dict[str, Any]:
    """Return what the screen shows of an item; children are named by their reference alone."""
    referral = run.seen.item.referral
    context: dict[str, Any] = {
        "form": form,
        "sitting": sitting,
        "panel": sitting.panel,
        "run": run,
        "seen": run.seen,
        "referral": referral,
        "title": _title(run.seen),
        "members": [_member(run, one, form) for one in run.members],
        "agenda": [_line(sitting, run, one) for one in run.agenda.items],
        "number_out": len(run.out),
        "clock": _clock(run),
        "saved": _saved(run.record),
        "back_href": _href(sitting, run.preceding) if run.preceding else "",
        "next_title": _title(run.following) if run.following else "",
        "officer_said": _officer_said(run.record),
        "may_reopen": run.may_record and not why_not_reopened(run),
    }
    if referral:
        candidates = referrals.candidates(referral)
        context |= papers_context(referral, candidates, on=sitting.on)
        context["excluded_from"] = excluded_from(referral.pupil, candidates, on=sitting.on)
        context["no_place"] = no_place_in_words(referral, on=timezone.localdate())
        context["choices"] = choices_table(referral, on=sitting.on)
    return context


def _title(seen: SeenItem) -> str:
    return seen.item.referral.reference if seen.item.referral else seen.item.title


def _href(sitting: Sitting, seen: SeenItem) -> str:
    return reverse("panels:run-item", args=[sitting.panel.code, sitting.on, seen.item.pk])


def _member(run: Running, one: Any, form: RunItemForm) -> dict[str, Any]:
    chosen = [str(value) for value in (form["present"].value() or [])]
    key = str(one.membership.person_id)
    return {
        "key": key,
        "name": one.person.name,
        "role": MEMBER_ROLE_LABELS[one.membership.role],
        "present": key in chosen,
        "left": one.present and key in run.room.out,
    }


def _line(sitting: Sitting, run: Running, one: SeenItem) -> dict[str, Any]:
    held = run.records.get(one.item.pk)
    is_now = one.item.pk == run.seen.item.pk
    return {"number": one.number, "title": _title(one), "href": _href(sitting, one), "now": is_now,
            "state": _state(held, is_now=is_now)}  # fmt: skip


def _state(held: ItemRecord | None, *, is_now: bool) -> str:
    if held and held.recorded_at:
        if held.is_advice:
            return "Advised"
        return "Deferred" if held.outcome == "more_information" else "Done"
    return "Now" if is_now else "To come"


def _officer_said(held: ItemRecord | None) -> str:
    """Return what an officer made of the panel's advice, or that it waits; empty where the panel decides."""
    if held is None or held.recorded_at is None or not held.is_advice:
        return ""
    return officer_in_words(held.officer, held) if held.officer else f"{WAITS}."


def _clock(run: Running) -> str:
    minutes = run.seen.item.minutes
    held = run.record
    if held is None:
        return f"{minutes} minutes"
    ended = held.recorded_at or timezone.now()
    return f"Has run {max(0, int((ended - held.begun_at).total_seconds() // 60))} minutes of {minutes}"


def _saved(held: ItemRecord | None) -> str:
    return f"Saved {clock_time(timezone.localtime(held.kept_at))}" if held else "Nothing written yet"
