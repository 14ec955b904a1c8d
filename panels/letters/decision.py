"""What a parent and a school are told of a panel's decision: letters by post, and a mail that names no child."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string

from casework.council import council
from panels.models import ItemRecord, Referral
from panels.rules.outcomes import support_in_words

KIND = "panel_decision"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is sent."""

    subject: str
    body: str


def to_parent(referral: Referral, record: ItemRecord, *, reader: str, address: str, sat_on: date, on: date) -> str:
    """Return the letter to a parent as it is drafted."""
    return _drawn("panel_decision_parent", referral, record, sat_on, reader=reader, address=address, on=on)


def to_school(referral: Referral, record: ItemRecord, *, reader: str, sat_on: date, on: date) -> str:
    """Return the letter to the school that is named as it is drafted."""
    return _drawn("panel_decision_school", referral, record, sat_on, reader=reader, on=on)


def mail_to_school(referral: Referral, record: ItemRecord, *, sat_on: date) -> Mail:
    """Return the mail by which the school is told that a letter comes: the reference and the days, and no name."""
    what = "Decision on a panel’s advice" if record.officer else "Decision of a panel"
    return Mail(f"{what}: {referral.reference}", _drawn("panel_decision_mail", referral, record, sat_on))


def _officer(record: ItemRecord) -> dict[str, object] | None:
    """Return what an officer decided on the panel's advice, None where the panel decides."""
    row = record.officer
    if row is None:
        return None
    return {
        "name": row.decided_by.name,
        "post": row.decided_by.post,
        "on": row.decided_on,
        "follows": row.follows,
        "advised": row.advised,
        "because": row.because,
    }


def _drawn(template: str, referral: Referral, record: ItemRecord, sat_on: date, **more: object) -> str:
    context = {
        "council": council().name,
        "email": settings.COUNCIL_EMAIL,
        "telephone": settings.COUNCIL_TELEPHONE,
        "panel": referral.panel.name,
        "reference": referral.reference,
        "child": referral.pupil.name,
        "born": referral.pupil.date_of_birth,
        "sat_on": sat_on,
        "outcome": record.get_outcome_display(),
        "school": record.school.name if record.school else "",
        "starts_on": record.starts_on,
        "review_on": record.review_on,
        "support": support_in_words(record.conditions, record.support),
        "reasons": record.reasons,
        "officer": _officer(record),
    }
    return render_to_string(f"letters/{template}.txt", context | more).strip() + "\n"
