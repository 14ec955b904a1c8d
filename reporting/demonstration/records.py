"""What the county holds of children besides their exclusions, and whose cases are whose."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from casework.models import Contact, OtherName, OtherUpn, Pupil, SavedFilter, School, SchoolOwner, SocialWorker, User
from casework.rules.upn import make_upn

MOTHERS = "Marian Pauline Denise Sandra Joanne Tracey Lorraine Angela Karen Michelle Donna Beverley".split()  # noqa: SIM905
FATHERS = "Derek Clive Gary Wayne Trevor Nigel Dean Craig Stuart Graham Neil Barry".split()  # noqa: SIM905
WORKERS = ("Bernice Tolworth", "Hal Pemberley", "Odette Marsh", "Corin Vale", "Sunniva Reed")
TEAMS = ("North family safeguarding team", "South family safeguarding team", "Children with disabilities team")
SAVED = (
    ("EHC plan this term", "period=term&sen=E"),
    ("Looked after this year", "period=year&social_care=looked+after"),
)


def keep_records(*, today: date, users: Mapping[str, User], council: int) -> None:
    """Add contacts, social workers, other names and numbers of the children of this year, and owners of schools."""
    # A chance of its own: what the story tells must not change with what is told beside it.
    chance = Random(20261020)  # noqa: S311 - nobody guesses an invented mother
    at = datetime.combine(today - timedelta(days=20), time(10, 15), tzinfo=ZoneInfo("Europe/London"))
    lately = today - timedelta(days=45)
    pupils = list(Pupil.objects.filter(cases__exclusion__first_day__gte=lately).distinct().order_by("-pk")[:500])
    Contact.objects.bulk_create(contact for pupil in pupils for contact in _contacts(pupil, chance))
    known = {
        pk for pk in Pupil.objects.filter(
            pk__in=[pupil.pk for pupil in pupils], circumstances__kind="social_worker", circumstances__value="yes",
            circumstances__last_day__isnull=True,
        ).values_list("pk", flat=True)
    }  # fmt: skip
    SocialWorker.objects.bulk_create(
        SocialWorker(
            pupil=pupil,
            name=chance.choice(WORKERS),
            team=chance.choice(TEAMS),
            authority_id=council,
            telephone=f"01632 9602{chance.randrange(10, 99)}",
            first_day=today - timedelta(days=chance.randrange(30, 500)),
        )
        for pupil in pupils
        if pupil.pk in known
    )
    _other_names(pupils, chance, at, users["asha"])
    _owners(today, users)
    SavedFilter.objects.bulk_create(
        SavedFilter(user=users["asha"], page="exclusions", name=name, query=query, saved_at=at) for name, query in SAVED
    )


def _contacts(pupil: Pupil, chance: Random) -> list[Contact]:
    number = f"01632 96{chance.randrange(1000, 9999)}"
    mother = Contact(
        pupil=pupil,
        name=f"{chance.choice(MOTHERS)} {pupil.last_name}",
        relationship="Mother",
        parental_responsibility="yes",
        telephone=number,
        first_day=pupil.date_of_birth,
    )
    if chance.random() < 0.5:
        return [mother]
    father = Contact(
        pupil=pupil,
        name=f"{chance.choice(FATHERS)} {pupil.last_name}",
        relationship="Father",
        parental_responsibility=chance.choice(("yes", "yes", "unknown")),
        telephone=f"07700 900{chance.randrange(100, 999)}",
        must_not_be_told=chance.random() < 0.04,
        first_day=pupil.date_of_birth,
    )
    return [mother, father]


def _other_names(pupils: list[Pupil], chance: Random, at: datetime, by: User) -> None:
    for pupil in pupils[::15]:
        OtherName.objects.create(
            pupil=pupil,
            kind="formerly",
            first_name=pupil.first_name,
            last_name=f"{chance.choice(('Fen', 'Marl', 'Oss', 'Tarr'))}{chance.choice(('wick', 'low', 'ing', 'den'))}",
            source="School’s admission form",
            recorded_at=at,
            recorded_by=by,
        )
    for place, pupil in enumerate(pupils[::25]):
        OtherUpn.objects.create(
            pupil=pupil,
            upn=make_upn("999", "4999", 2019, place),
            kind="former",
            source="School census",
            recorded_at=at,
            recorded_by=by,
        )


def _owners(today: date, users: Mapping[str, User]) -> None:
    schools = School.objects.filter(closed_on__isnull=True).order_by("name").values_list("pk", flat=True)
    SchoolOwner.objects.bulk_create(
        SchoolOwner(school_id=pk, owner=users["asha" if place % 3 else "tom"], first_day=today - timedelta(days=90))
        for place, pk in enumerate(schools)
        if place % 4
    )
