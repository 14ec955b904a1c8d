"""A download of the register of schools: what it would change, what it changed, and undoing it."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.imports import CannotUndo
from casework.models import (
    Import,
    ImportChange,
    ImportFile,
    LocalAuthority,
    RollSpell,
    School,
    SchoolContact,
    SchoolLink,
    Trust,
    User,
)
from casework.services import imports
from casework.tasks import drop_old_files
from tests.cast import Cast
from tests.conftest import NOW, Place
from tests.factories.casework import RollSpellFactory, SchoolFactory
from tests.gias_files import a_school, download, links

pytestmark = pytest.mark.django_db
FIELDS = ("urn", "name", "phase", "kind", "trust__group_id", "opened_on", "closed_on", "telephone", "authority__code")


def brought(
    data: bytes, by: User, *, kind: str = "gias", name: str = "edubasealldata20260901.csv", **options: Any
) -> Import:
    """Take a file in and check it."""
    row = imports.bring(by=by, at=NOW, kind=kind, file_name=name, content=data, options=options)
    imports.check(at=NOW, row=row)
    return row


def applied(row: Import, by: User) -> Import:
    imports.apply(by=by, at=NOW, row=row)
    row.refresh_from_db()
    return row


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that an import may touch, by what names it."""
    return {
        "schools": sorted(School.objects.values_list(*FIELDS, "head", "terms_in_year"), key=str),
        "trusts": sorted(Trust.objects.values_list("group_id", "name")),
        "authorities": sorted(LocalAuthority.objects.values_list("code", "name", "gss_code")),
        "links": sorted(SchoolLink.objects.values_list("predecessor__urn", "successor__urn", "kind", "source")),
    }


@pytest.fixture
def before(cast: Cast, place: Place) -> School:
    """A maintained school that will become an academy."""
    school: School = SchoolFactory.create(
        urn="100001", name="Elm Bank School", authority=place.authority, establishment_number="4101", head="A. Head"
    )
    return school


CONVERSION = [
    a_school("100001", "Elm Bank School", number="4101", status="2", closed="31-08-2026"),
    a_school(
        "150001",
        "Elm Bank Academy",
        number="4101",
        type="34",
        opened="01-09-2026",
        trust="2044",
        trust_name="Three Becks",
    ),
    a_school("150002", "Café Row Primary", number="2002", phase="2", telephone=""),
]


def test_check_says_what_is_new_changed_closed_and_converted_and_changes_nothing(cast: Cast, before: School) -> None:
    was = everything()

    row = brought(download(CONVERSION), cast.administrator)

    assert row.state == "checked"
    assert row.counts == {
        "New schools": 2,
        "Changed schools": 1,
        "Closed": 1,
        "Became academies": 1,
        "The same as held": 0,
    }
    lists = {each["heading"]: each["rows"] for each in row.plan["lists"]}
    assert lists["New schools"] == [
        ["Elm Bank Academy", "150001", "secondary", "1 September 2026"],
        ["Café Row Primary", "150002", "primary", "1 September 1990"],
    ]
    assert lists["Schools that closed"] == [["Elm Bank School", "100001", "31 August 2026"]]
    assert lists["Schools that became academies"] == [["Elm Bank School", "100001", "Elm Bank Academy", "150001"]]
    assert ["Elm Bank School", "Closed", "nothing", "31 August 2026"] in lists["Changed, field by field"]
    assert {"Marchbridge High School", "Underhill Primary School"} == {
        name for name, _ in lists["Held, and not in the file: left as they are"]
    }
    assert everything() == was


def test_applying_writes_schools_trusts_and_the_conversion(cast: Cast, before: School, place: Place) -> None:
    row = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)

    academy = School.objects.get(urn="150001")
    assert (academy.name, academy.kind, academy.phase, academy.opened_on) == (
        "Elm Bank Academy", "academy", "secondary", date(2026, 9, 1),
    )  # fmt: skip
    assert academy.trust is not None
    assert (academy.trust.group_id, academy.trust.name) == ("2044", "Three Becks")
    before.refresh_from_db()
    assert (before.closed_on, before.head) == (date(2026, 8, 31), "A. Head")
    link = SchoolLink.objects.get()
    assert (link.predecessor, link.successor, link.kind, link.on) == (before, academy, "converted", date(2026, 9, 1))
    assert (row.state, row.applied_by) == ("applied", cast.administrator)
    assert not ImportFile.objects.exists()
    place.school.refresh_from_db()
    assert place.school.closed_on is None


def test_undo_brings_back_what_was_and_keeps_what_happened(cast: Cast, before: School) -> None:
    was = everything()
    row = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)

    imports.undo(by=cast.administrator, at=NOW, row=row)

    assert everything() == was
    row.refresh_from_db()
    assert (row.state, row.undone_by) == ("undone", cast.administrator)
    assert ImportChange.objects.filter(of=row).count() == 5


def test_the_history_of_each_row_is_written(cast: Cast, before: School) -> None:
    from django.apps import apps

    events = apps.get_model("casework", "SchoolEvent").objects
    row = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)

    assert set(events.filter(urn="100001").values_list("pgh_label", flat=True)) == {"insert", "update"}
    imports.undo(by=cast.administrator, at=NOW, row=row)
    assert list(events.filter(urn="150001").order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "delete",
    ]


def test_the_same_file_again_changes_nothing(cast: Cast, before: School) -> None:
    applied(brought(download(CONVERSION), cast.administrator), cast.administrator)

    again = brought(download(CONVERSION), cast.administrator)

    assert again.counts["The same as held"] == 3
    assert sum(again.counts.values()) == 3
    applied(again, cast.administrator)
    assert not ImportChange.objects.filter(of=again).exists()


def test_undo_is_refused_while_a_child_is_on_the_roll_of_a_school_it_added(
    cast: Cast, before: School, pupil: Any
) -> None:
    row = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)
    spell: RollSpell = RollSpellFactory.create(
        pupil=pupil, school=School.objects.get(urn="150002"), first_day=date(2026, 9, 1)
    )
    was = everything()

    with pytest.raises(CannotUndo, match=r"1 roll spell belongs to schools that the import added"):
        imports.undo(by=cast.administrator, at=NOW, row=row)

    row.refresh_from_db()
    assert (row.state, everything()) == ("applied", was)
    spell.delete()
    imports.undo(by=cast.administrator, at=NOW, row=row)


def test_undo_is_refused_while_a_contact_hangs_on_a_school_it_added(cast: Cast, before: School) -> None:
    row = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)
    SchoolContact.objects.create(
        school=School.objects.get(urn="150002"),
        role="head",
        name="H",
        telephone="01632 960 1",
        first_day=date(2026, 9, 1),
    )

    with pytest.raises(CannotUndo, match="school contact"):
        imports.undo(by=cast.administrator, at=NOW, row=row)


def test_undo_is_refused_after_a_later_change_of_the_same_school(cast: Cast, before: School) -> None:
    row = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)
    School.objects.filter(urn="100001").update(name="Elm Bank Infants")

    with pytest.raises(CannotUndo, match=r"1 school was changed after the import, such as 100001"):
        imports.undo(by=cast.administrator, at=NOW, row=row)


def test_undo_is_refused_while_a_later_import_belongs_to_its_schools(cast: Cast, before: School) -> None:
    first = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)
    heads = brought(b"URN,Year,Headcount\n150002,2026,210\n", cast.administrator, kind="headcounts", name="heads.csv")
    second = applied(heads, cast.administrator)

    with pytest.raises(CannotUndo, match="headcounts or links, belong to schools"):
        imports.undo(by=cast.administrator, at=NOW, row=first)

    imports.undo(by=cast.administrator, at=NOW, row=second)
    imports.undo(by=cast.administrator, at=NOW, row=first)


def test_a_file_that_would_now_change_other_rows_is_not_applied(cast: Cast, before: School) -> None:
    row = brought(download(CONVERSION), cast.administrator)
    School.objects.filter(urn="100001").update(name="Elm Bank Infants")

    with pytest.raises(imports.Moved):
        imports.apply(by=cast.administrator, at=NOW, row=row)

    assert not School.objects.filter(urn="150001").exists()


def test_an_import_is_applied_once(cast: Cast, before: School) -> None:
    row = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)

    with pytest.raises(imports.NotReady):
        imports.apply(by=cast.administrator, at=NOW, row=row)


def test_only_the_schools_of_the_authorities_chosen_are_taken(cast: Cast, before: School) -> None:
    rows = [
        *CONVERSION,
        a_school("160001", "Far Away School", la="203", la_name="Greenwich"),
        a_school("x", "Bad", la="204"),
    ]

    own = brought(download(rows), cast.administrator)
    listed = brought(download(rows), cast.administrator, authorities=["203"])
    every = brought(download(rows), cast.administrator, authorities="every")

    assert (own.counts["New schools"], listed.counts["New schools"]) == (2, 1)
    assert [(fault["row"], fault["column"]) for fault in every.faults] == [(6, "A (URN)")]
    applied(listed, cast.administrator)
    assert School.objects.get(urn="160001").authority.name == "Greenwich"


def test_colleges_proposed_schools_and_schools_closed_long_ago_are_left_out_and_counted(
    cast: Cast, before: School
) -> None:
    rows = [
        CONVERSION[2],
        a_school("160001", "A College", type="18"),
        a_school("160002", "Perhaps School", status="4"),
        a_school("160003", "Sixth Form", phase="6"),
        a_school("160004", "Closed Long Ago", status="2", closed=""),
    ]

    row = brought(download(rows), cast.administrator)

    assert row.counts["New schools"] == 1
    assert row.plan["notes"] == ["4 rows are of colleges, proposed schools and others that are not taken."]


def test_what_the_register_leaves_empty_takes_nothing_away(cast: Cast, before: School) -> None:
    School.objects.filter(pk=before.pk).update(telephone="01632 960 999")

    row = brought(
        download([a_school("100001", "Elm Bank School", number="4101", opened="", telephone="")]), cast.administrator
    )

    assert row.counts["The same as held"] == 1


def test_columns_may_stand_in_any_order_and_others_may_come_or_go(cast: Cast, before: School) -> None:
    from casework.rules.gias import NEEDED

    row = brought(download(CONVERSION, columns=["New column", *reversed(NEEDED)]), cast.administrator)

    assert row.counts["New schools"] == 2


def test_the_file_of_links_adds_successions_between_schools_held(cast: Cast, before: School) -> None:
    applied(brought(download(CONVERSION), cast.administrator), cast.administrator)
    data = links(
        [
            ("150002", "100001", "Predecessor - amalgamated"),
            ("100001", "150001", "Successor"),
            ("100001", "150002", "Successor - amalgamated"),
            ("999999", "100001", "Predecessor"),
            ("100001", "150002", "Sixth Form Centre Link"),
        ]
    )

    row = brought(data, cast.administrator, kind="gias-links", name="links_edubasealldata20260901.csv")

    assert row.counts == {"New links": 1}
    assert row.plan["notes"] == ["1 links are between schools that are not held."]
    applied(row, cast.administrator)
    assert SchoolLink.objects.filter(predecessor=before, successor__urn="150002", kind="amalgamated").exists()
    imports.undo(by=cast.administrator, at=NOW, row=row)
    assert SchoolLink.objects.count() == 1


def test_file_that_nobody_applies_is_let_go_after_thirty_days(cast: Cast, before: School, today: date) -> None:
    old = brought(download(CONVERSION), cast.administrator)
    new = brought(download(CONVERSION), cast.administrator)
    done = applied(brought(download(CONVERSION), cast.administrator), cast.administrator)
    Import.objects.filter(pk__in=[old.pk, done.pk]).update(uploaded_at=NOW - timedelta(days=30))

    drop_old_files()

    assert list(ImportFile.objects.values_list("of", flat=True)) == [new.pk]
    with pytest.raises(imports.NotReady):
        imports.apply(by=cast.administrator, at=NOW, row=old)
    done.refresh_from_db()
    assert done.state == "applied"
