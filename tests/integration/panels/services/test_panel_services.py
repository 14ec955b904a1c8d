"""Opening, renaming and closing a panel."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from panels.models import Panel
from panels.rules.terms import MemberRole, PanelKind
from panels.services import panels as service
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories import panels as rows


def open_panel(cast: Cast, code: str = "spp", name: str = "Specialist Placement Panel") -> Panel:
    return service.open_panel(
        by=cast.administrator, code=code, name=name, kind=PanelKind.SPECIALIST_PLACEMENT, opened_on=TODAY
    )


def test_panel_is_opened(cast: Cast) -> None:
    panel = open_panel(cast)

    assert (panel.code, panel.kind, panel.opened_on, panel.closed_on) == ("spp", "specialist_placement", TODAY, None)


@pytest.mark.parametrize("code", ["fap-secondary", "open", "my-connections"])
def test_code_that_another_panel_or_page_has_is_refused(code: str, cast: Cast, fap: Panel) -> None:
    with pytest.raises(service.CodeTaken):
        open_panel(cast, code=code)


def test_name_of_another_panel_is_refused_when_opening_and_renaming(cast: Cast, fap: Panel) -> None:
    panel = open_panel(cast)

    with pytest.raises(service.NameTaken):
        open_panel(cast, code="other", name=fap.name)
    with pytest.raises(service.NameTaken):
        service.rename(by=cast.administrator, panel=panel, version=1, name=fap.name)


def test_panel_that_was_renamed_meanwhile_is_not_renamed(cast: Cast, fap: Panel) -> None:
    service.rename(by=cast.administrator, panel=fap, version=1, name="FAP")

    with pytest.raises(service.Stale) as stale:
        service.rename(by=cast.administrator, panel=fap, version=1, name="Another")
    assert stale.value.version == 2
    assert Panel.objects.get().name == "FAP"


def test_closing_ends_every_membership_with_the_panel(cast: Cast, fap: Panel) -> None:
    rows.member(fap, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    gone = rows.member(fap, cast.member, by=cast.administrator, last_day=date(2025, 8, 31))

    ended = service.close(by=cast.administrator, at=NOW, panel=fap, version=1, closed_on=TODAY)

    assert ended == 1
    chair = fap.memberships.get(person=cast.chair)
    assert (chair.last_day, chair.ended_by, chair.ended_because) == (TODAY, cast.administrator, "The panel closed")
    gone.refresh_from_db()
    assert gone.last_day == date(2025, 8, 31)


def test_panel_with_members_to_come_is_not_closed_before_they_are_ended(cast: Cast, fap: Panel) -> None:
    rows.member(fap, cast.chair, by=cast.administrator, first_day=date(2026, 12, 1))

    with pytest.raises(service.MembersToCome):
        service.close(by=cast.administrator, at=NOW, panel=fap, version=1, closed_on=TODAY)
    assert Panel.objects.get().closed_on is None


def test_panel_closes_once_and_not_before_it_opened(cast: Cast, fap: Panel) -> None:
    with pytest.raises(service.ClosesBeforeItOpens):
        service.close(by=cast.administrator, at=NOW, panel=fap, version=1, closed_on=date(2021, 8, 31))
    service.close(by=cast.administrator, at=NOW, panel=fap, version=1, closed_on=TODAY)

    with pytest.raises(service.AlreadyClosed):
        service.close(by=cast.administrator, at=NOW, panel=fap, version=2, closed_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Panel.objects.update(closed_on=date(2021, 8, 31))
