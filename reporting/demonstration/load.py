"""Loading the demonstration: all of it or none, once."""

from datetime import date

from django.conf import settings
from django.db import connection, transaction

from casework.models import LocalAuthority, User
from exclusions.models import Provider, ReasonCode
from reporting.data.published import import_published_figures
from reporting.data.reference import load_reference_data
from reporting.demonstration.accounts import open_accounts
from reporting.demonstration.advice import give_advice
from reporting.demonstration.chance import new_chance
from reporting.demonstration.duties import keep_duties
from reporting.demonstration.panels import open_panels
from reporting.demonstration.paperwork import keep_paperwork
from reporting.demonstration.placements import place_children
from reporting.demonstration.places import open_schools
from reporting.demonstration.plans import bring_plans_in
from reporting.demonstration.records import keep_records
from reporting.demonstration.referrals import refer_children
from reporting.demonstration.rows import Cast, Rows
from reporting.demonstration.sittings import call_sittings
from reporting.demonstration.story import tell

FIRST_DAY = date(2021, 9, 1)
LOCK = 20261019
# Invented neighbours: a real council never stands beside an invented child.
NEIGHBOURS = (("997", "Eastmarch Council", "england"), ("996", "Cwm Derwydd Council", "wales"))
PROVIDERS = (
    ("Fennick House Tuition Service", "tuition-service"),
    ("Lanternfield Online School", "online-school"),
    ("Tarn Lane Tutors", "tutors"),
    ("Brackenway Workshop", "alternative-provision"),
    ("Ostlers Yard Project", "alternative-provision"),
)


class NotHere(Exception):
    """The demonstration is not loaded into a production installation."""


class TooEarly(ValueError):
    """The demonstration tells of years that had not yet been."""


@transaction.atomic
def load_demonstration(*, today: date, small: bool = False) -> dict[str, int]:
    """Load the invented county as it stands on a day; return rows by model, or nothing when it is already there.

    `small` loads few schools and no suspensions of past years, with the same permanent exclusions and totals.

    Raises NotHere in production and TooEarly for a day before September 2021; nothing is saved then.
    """
    if settings.SIXTH_DAY_MODE == "production":
        raise NotHere("The demonstration is never loaded in production: its passwords are printed.")
    if today < FIRST_DAY:
        raise TooEarly(f"The demonstration begins on {FIRST_DAY.isoformat()}: give that day or a later one.")
    with connection.cursor() as cursor:
        # Two starts at once: the second waits, then finds the data there.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        # Each audited row opens a subtransaction, which walks every foreign key still to be checked: checked at once,
        # there are none, and minutes become seconds.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    if User.objects.filter(is_demonstration=True).exists():
        return {}
    load_reference_data(today=today)
    import_published_figures()
    return _load(today, small=small)


def _load(today: date, *, small: bool) -> dict[str, int]:
    chance = new_chance()
    council = LocalAuthority.objects.get(code=settings.COUNCIL_AUTHORITY_CODE)
    neighbours = LocalAuthority.objects.bulk_create(
        LocalAuthority(code=code, name=name, nation=nation) for code, name, nation in NEIGHBOURS
    )
    places = open_schools(authority=council, chance=chance, today=today, small=small)
    first = next(place.row for place in places if place.row.name == "Tarrock Hill School")
    other = next(place.row for place in places if place.row.name == "Quillbrook Primary School")
    users = open_accounts(schools=(first, other))
    providers = Provider.objects.bulk_create(Provider(name=name, kind=kind) for name, kind in PROVIDERS)
    cast = Cast(
        authorities=[council, *neighbours],
        users=users,
        reasons={reason.code: reason for reason in ReasonCode.objects.all()},
        providers=providers,
    )
    rows = Rows(cast, chance, today)
    rows.make(tell(places, chance=chance, today=today, small=small))
    written = rows.write()
    keep_records(today=today, users=users, council=council.pk)
    duties = keep_duties(today=today, by=users["asha"])
    keep_paperwork(today=today, users=users)
    panels = open_panels(today=today, users=users)
    referred = refer_children(today=today, users=users)
    plans = bring_plans_in(today=today, users=users)
    sittings = call_sittings(today=today, users=users)
    placements = place_children(today=today, users=users) + give_advice(today=today, users=users)
    return {
        "School": len(places),
        "User": len(users),
        **written,
        "Duty": duties,
        "Panel": panels,
        "Referral": referred,
        "Sitting": sittings,
        "Placement": placements,
        "Plan": plans,
    }
