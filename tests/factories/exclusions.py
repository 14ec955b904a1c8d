"""Rows of exclusions for tests."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from casework.models import Pupil, School
from exclusions.models import Exclusion, Provider, ReasonCode
from exclusions.rules.reasons import DFE_REASONS
from exclusions.services import notices

LOGGED_AT = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)


class ProviderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Provider
        django_get_or_create = ("name",)

    name = "Marchshire Tuition Service"
    kind = "tuition-service"


def reason_codes() -> dict[str, ReasonCode]:
    """Return every reason code of the Department's list, written where it is not."""
    ReasonCode.objects.bulk_create(
        (
            ReasonCode(
                code=reason.code,
                label=reason.label,
                valid_from=reason.valid_from,
                valid_to=reason.valid_to,
                in_use=reason.in_use,
            )
            for reason in DFE_REASONS
        ),
        ignore_conflicts=True,
    )
    return {row.code: row for row in ReasonCode.objects.all()}


def exclusion(*, pupil: Pupil, school: School, by: Any, kind: str = "permanent", **changes: Any) -> Exclusion:
    """Log a notice as the service logs it: permanent from Monday 12 October 2026 unless told otherwise."""
    suspended = kind != "permanent"
    facts: dict[str, Any] = {
        "first_day": date(2026, 10, 12),
        "first_session": "LUNCH" if kind == "lunchtime" else "AM",
        "last_day": date(2026, 10, 13) if suspended else None,
        "last_session": {"permanent": "", "suspension": "PM", "lunchtime": "LUNCH"}[kind],
        "reasons": [reason_codes()["PP"]],
        "council_told_on": date(2026, 10, 12),
        "told_by": "email",
    }
    notice = notices.Notice(pupil=pupil, school=school, kind=kind, **(facts | changes))
    return notices.log(by=by, at=LOGGED_AT, notice=notice)
