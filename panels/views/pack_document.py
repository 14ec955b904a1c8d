"""A pack as the typesetter takes it: the agenda, then each item's page, all of it text."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from casework.council import council
from casework.typesetting import typeset
from casework.views.tables import clock_time, day_in_full
from panels.models import Referral, Sitting
from panels.rules.papers import Paper
from panels.selectors import referrals
from panels.selectors.pack import Copy
from panels.selectors.terms import is_pseudonymised
from panels.views.referral_page import papers_context

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "pack.typ"
FORMS = {"print": "For print, A4", "tablet": "For a tablet"}


def pages_of(sitting: Sitting, copies: Iterable[Copy], *, on: date) -> dict[int, dict[str, Any]]:
    """Return the page of each item that stands in any of the copies, by the item's key: read once, whoever gets it."""
    pseudonymised = is_pseudonymised(sitting.panel, on=sitting.on)
    items = {one.item.pk: one.item for each in copies for one in each.items}
    return {
        key: _page(item.referral, pseudonymised=pseudonymised, on=on)
        if item.referral
        else {"heading": item.title, "route": "Business", "facts": [], "summary": "", "papers": [], "schools": []}
        for key, item in items.items()
    }


def pdf(
    sitting: Sitting, copy: Copy, pages: dict[int, dict[str, Any]], *, form: str, printed_by: str, at: datetime
) -> bytes:
    """Return one person's copy as a PDF/UA-1 file. Raises NotTypeset."""
    now = timezone.localtime(at)
    made = f"{day_in_full(now.date())}, {clock_time(now)}"
    by = "" if printed_by == copy.reader.name else f", printed by {printed_by}"
    data = {
        "form": form,
        "council": council().name,
        "panel": sitting.panel.name,
        "sitting": f"{sitting.on:%A} {day_in_full(sitting.on)}, {clock_time(sitting.starts_at)}",
        "place": sitting.place,
        "reader": copy.reader.name,
        "made": f"Copy of {copy.reader.name}{by}, {made}",
        "items": [
            pages[one.item.pk] | {"number": one.number, "minutes": one.item.minutes} for one in copy.items
        ],
    }  # fmt: skip
    return typeset(TEMPLATE, data)


def _page(referral: Referral, *, pseudonymised: bool, on: date) -> dict[str, Any]:
    context = papers_context(referral, referrals.candidates(referral), on=on)
    written = {each["name"]: each for each in context["papers"]}
    return {
        "heading": referral.reference if pseudonymised else f"{referral.reference}, {referral.pupil.name}",
        "route": referral.get_route_display(),
        "facts": [[row["key"]["text"], row["value"]["text"]] for row in context["facts"]],
        "summary": written[Paper.SUMMARY.value]["text"] or "Not written yet.",
        "papers": [
            [each["label"], each["text"] or "Not written yet."]
            for name, each in written.items()
            if name != Paper.SUMMARY.value
        ],
        "schools": [[cell["text"] for cell in row["cells"]] for row in context["candidate_rows"]],
    }
