"""The invented county's panels: their terms, who sits on them, and what connects each member."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.models import School, Trust, User
from panels.models import Panel
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, FairnessModel, MemberRole, PanelKind
from panels.rules.versions import ROUTES_OF
from panels.services import connections, membership, panels, terms
from panels.services.connections import Facts
from panels.services.terms import Terms
from reporting.demonstration.accounts import DOMAIN
from reporting.demonstration.scores import publish_scores

OPENED_ON = date(2021, 9, 1)
PANELS = (
    ("spp", "Specialist Placement Panel", PanelKind.SPECIALIST_PLACEMENT),
    ("fap-primary", "Fair Access Panel, primary", PanelKind.FAIR_ACCESS_PRIMARY),
    ("fap-secondary", "Fair Access Panel, secondary", PanelKind.FAIR_ACCESS_SECONDARY),
)
# Those who sit on the Specialist Placement Panel besides people who have an account of the demonstration.
EXPERTS = (
    ("Ottilie Brandreth", "Educational psychologist", MemberRole.PSYCHOLOGIST, "ZX4 2AB", "Ropewalk"),
    ("Kit Hallowell", "Social care, team manager", MemberRole.SOCIAL_CARE, "ZX9 7DE", "Tanner’s Row"),
    ("Perpetua Lunn", "Virtual school, head", MemberRole.VIRTUAL_SCHOOL, "ZX2 1GH", "Mill Lane"),
    ("Barnabas Oake", "Community paediatrics", MemberRole.HEALTH, "ZX11 5BJ", "Fellgate"),
)
# Of each phase: all but the last two sit today. A small county has fewer.
HEADS = 7
DELEGATION = "The panel decides in the name of the director of children’s services, within the scheme of delegation."
CRITERIA = "The child’s needs, the parents’ wishes, the nearest school that can meet them, and what each school took."


def open_panels(*, today: date, users: Mapping[str, User]) -> int:
    """Open the county's three panels with terms, members and connections as they stand on a day; return how many."""
    by = users["piers"]
    for code, name, kind in PANELS:
        panel = panels.open_panel(by=by, code=code, name=name, kind=kind, opened_on=OPENED_ON)
        _lay_down(panel, by=by, today=today)
        if kind is PanelKind.FAIR_ACCESS_SECONDARY and (day := _this_year(today)) > OPENED_ON:
            publish_scores(panel, by=users["asha"], at=_moment(day), on=day)
        _appoint(panel, by=by, today=today, users=users)
    _connect(users, today=today)
    return len(PANELS)


def _lay_down(panel: Panel, *, by: User, today: date) -> None:
    """Add the terms; those of the Fair Access Panels were changed at the beginning of this academic year."""
    kind = PanelKind(panel.kind)
    first = _fair_access(kind, FairnessModel.ROTATION)
    if kind is PanelKind.SPECIALIST_PLACEMENT:
        quorum = (Need(1, MemberRole.OFFICER), Need(1, MemberRole.PSYCHOLOGIST), Need(5))
        first = Terms(
            DecisionModel.CHAIR, quorum, ROUTES_OF[kind], looked_after_placed_elsewhere=False, former_years=5,
            delegation=DELEGATION, criteria=CRITERIA,
        )  # fmt: skip
    versions = [(OPENED_ON, first)]
    this_year = _this_year(today)
    if kind is PanelKind.FAIR_ACCESS_SECONDARY and this_year > OPENED_ON:
        versions.append((this_year, _fair_access(kind, FairnessModel.WEIGHTED)))
    if kind is PanelKind.FAIR_ACCESS_PRIMARY and this_year > OPENED_ON:
        # Since then the panel advises, and an officer decides.
        advises = replace(first, decision_model=DecisionModel.ADVISES, casting_vote=False)
        versions.append((this_year, advises))
    for number, (day, laid_down) in enumerate(versions):
        terms.add(
            by=by, at=_moment(day), on=day, panel=panel, version=number, in_force_from=day, terms=laid_down
        )  # fmt: skip


def _this_year(today: date) -> date:
    return date(today.year if today.month >= 9 else today.year - 1, 9, 1)


def _fair_access(kind: PanelKind, fairness: FairnessModel) -> Terms:
    return Terms(
        DecisionModel.MAJORITY, (Need(3, MemberRole.HEAD), Need(5)), ROUTES_OF[kind], casting_vote=True,
        fairness=fairness, former_years=3, reply_within=5, delegation=DELEGATION, criteria=CRITERIA,
    )  # fmt: skip


def _appoint(panel: Panel, *, by: User, today: date, users: Mapping[str, User]) -> None:
    """Give the seats out; one head's has ended, and one begins in a month."""
    seats: list[tuple[User, MemberRole, int | None]] = [
        (users["gwen"], MemberRole.CHAIR, None),
        (users["idris"], MemberRole.HEAD, 1),
        (users["winifred"], MemberRole.OTHER, 2),
        (users["judith"], MemberRole.OFFICER, None),
        (users["asha"], MemberRole.CLERK, None),
    ]
    if panel.kind == PanelKind.SPECIALIST_PLACEMENT:
        seats += [(_account(name, post), role, None) for name, post, role, _, _ in EXPERTS]
    else:
        phase = "primary" if panel.kind == PanelKind.FAIR_ACCESS_PRIMARY else "secondary"
        heads = [_head(school) for school in _schools(phase)]
        seats += [(head, MemberRole.HEAD, None) for head in heads[:-2]]
        _once_and_soon(panel, heads[-2:], by=by, today=today)
    for person, role, order in seats:
        _seat(panel, person, role, by=by, order=order)


def _once_and_soon(panel: Panel, heads: Sequence[User], *, by: User, today: date) -> None:
    once, soon = heads
    _seat(panel, once, MemberRole.HEAD, by=by, last_day=OPENED_ON + timedelta(days=364))
    _seat(panel, soon, MemberRole.HEAD, by=by, first_day=today + timedelta(days=30), on=today)


def _seat(
    panel: Panel, person: User, role: MemberRole, *, by: User, order: int | None = None, first_day: date = OPENED_ON,
    last_day: date | None = None, on: date = OPENED_ON,
) -> None:  # fmt: skip
    membership.appoint(
        by=by,
        at=_moment(on),
        panel=panel,
        person=person,
        role=role,
        vice_chair_order=order,
        first_day=first_day,
        last_day=last_day,
    )


def _connect(users: Mapping[str, User], *, today: date) -> None:
    schools = {school.name: school for school in School.objects.filter(closed_on__isnull=True)}
    idris, winifred, gwen = users["idris"], users["winifred"], users["gwen"]
    said: list[tuple[User, Facts]] = [
        (idris, Facts("works_at", schools["Yarrickdale Middle School"], first_day=date(2018, 9, 1))),
        (idris, Facts("child_at", schools["Tarrock Hill School"], first_day=date(2023, 9, 1))),
        (idris, Facts("family_name", family_name="Fennimore")),
        (winifred, Facts("works_at", schools["Oxmarsh Community School"], first_day=date(2024, 9, 1))),
        (winifred, Facts("works_at", schools["Cadderley High School"], last_day=date(2024, 8, 31))),
        (winifred, Facts("family_name", family_name="Tarleton")),
        (gwen, Facts("governs", schools["Quillbrook Primary School"], first_day=date(2019, 1, 7))),
        (gwen, Facts("serves_trust", trust=Trust.objects.earliest("group_id"), first_day=date(2022, 1, 1))),
        (gwen, Facts("declared", family_name="Tolleson-Marsh")),
        (users["judith"], Facts("family_name", family_name="Ambrose")),
        (users["asha"], Facts("family_name", family_name="Merriman")),
    ]
    for person, facts in said:
        since = max(OPENED_ON, facts.last_day or facts.first_day or OPENED_ON)
        connections.say(by=person, at=_moment(min(since, today)), person=person, facts=facts)
    for name, _, _, postcode, street in EXPERTS:
        person = User.objects.get(email=_email(name))
        clerk = users["asha"]
        facts = Facts("address", postcode=postcode, street=street)
        connections.say(by=clerk, at=_moment(OPENED_ON), person=person, facts=facts)
    for school in (*_schools("primary"), *_schools("secondary")):
        head = _head(school)
        facts = Facts("works_at", school, first_day=max(school.opened_on, date(2017, 9, 1)))
        connections.say(by=head, at=_moment(OPENED_ON), person=head, facts=facts)


def _schools(phase: str) -> list[School]:
    """Return the schools whose heads sit on a panel, one who did and one who will: the first by URN, a name once."""
    found = School.objects.filter(closed_on__isnull=True, phase=phase, kind__in=("maintained", "academy"))
    by_head = {school.head: school for school in found.exclude(head__in=("", "Idris Fennimore")).order_by("-urn")}
    return sorted(by_head.values(), key=lambda school: school.urn)[:HEADS]


def _head(school: School) -> User:
    return _account(school.head, f"Head, {school.name}")


def _account(name: str, post: str) -> User:
    """Return somebody's account, which nobody has opened: the demonstration's own are those that sign in."""
    email = _email(name)
    held = User.objects.filter(email=email).first()
    return held or User.objects.create_user(email, name=name, post=post, role="panel_member")


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=ZoneInfo("Europe/London"))
