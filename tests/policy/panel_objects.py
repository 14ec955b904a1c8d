"""A panel with its terms and its members, for the pages that name one."""

from datetime import date, timedelta

from casework.models import Contact, Pupil, School, User
from exclusions.models import Exclusion
from panels.models import (
    AgendaItem,
    CandidateSchool,
    Connection,
    ItemAction,
    ItemRecord,
    Membership,
    OfficerDecision,
    Panel,
    PlacementFollowUp,
    PlacementStep,
    Referral,
    ScorePublication,
    Sitting,
)
from panels.rules.papers import Paper
from panels.rules.terms import DecisionModel, MemberRole, PanelKind
from panels.rules.versions import ROUTES_OF
from panels.selectors import sittings
from panels.selectors.item_links import as_kept, item_links
from panels.views.ties import mark_of
from tests.cast import person
from tests.conftest import NOW, TODAY
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import placements as placement_rows
from tests.factories import referrals as referral_rows
from tests.factories import scores as score_rows
from tests.factories import sittings as sitting_rows

CODE = "fap-secondary"


def panel_there() -> Panel:
    """Return the panel on which the cast sits: chair, member and officer, with a clerk; written once."""
    held: Panel | None = Panel.objects.filter(code=CODE).first()
    if held:
        return held
    cast = {name: User.objects.get(email=f"{name}@marchshire.example") for name in ("chair", "member", "imran", "asha")}
    administrator = User.objects.get(email="administrator@marchshire.example")
    panel = rows.panel(CODE, name="Fair Access Panel, secondary")
    rows.terms(panel, by=administrator)
    seats = {
        "chair": MemberRole.CHAIR,
        "member": MemberRole.HEAD,
        "imran": MemberRole.OFFICER,
        "asha": MemberRole.CLERK,
    }
    for name, role in seats.items():
        rows.member(panel, cast[name], by=administrator, role=role)
    rows.connection(cast["member"])
    tied = person("joan", role="panel_member", with_app=False)
    rows.member(panel, tied, by=administrator)
    sitting = sitting_rows.sitting(panel, by=cast["asha"], on=TODAY)
    sitting_rows.declared(sitting, cast["chair"], cast["member"], cast["imran"])
    return panel


def member_there() -> Membership:
    """Return the membership of the member."""
    found: Membership = panel_there().memberships.get(person__email="member@marchshire.example")
    return found


def connection_there() -> Connection:
    """Return what the member declared."""
    found: Connection = Connection.objects.filter(person=member_there().person).earliest("pk")
    return found


def referral_there(pupil: Pupil) -> Referral:
    """Return the referral of the child to the panel, with papers that are whole and a school considered; written once."""
    panel = panel_there()
    held: Referral | None = Referral.objects.filter(panel=panel, reference="7KQ4M2").select_related("panel").first()
    if held:
        return held
    clerk = User.objects.get(email="asha@marchshire.example")
    made: Referral = Referral.objects.create(
        reference="7KQ4M2",
        panel=panel,
        pupil=pupil,
        exclusion=Exclusion.objects.filter(case__pupil=pupil, kind="permanent").first(),
        route="specialist_panel",
        referred_on=TODAY,
        referred_at=NOW,
        referred_by=clerk,
        in_year_tried="Three schools asked",
        **{paper.value: f"What is said of {paper.value}." for paper in Paper},
    )
    referral_rows.candidate(made, School.objects.get(name="Underhill Primary School"), by=clerk)
    return made


def candidate_there(pupil: Pupil) -> CandidateSchool:
    """Return the school that is considered for the child."""
    found: CandidateSchool = referral_there(pupil).candidates.get()
    return found


def sitting_there() -> Sitting:
    """Return the sitting of today, before which everybody has declared."""
    found: Sitting = Sitting.objects.select_related("panel").get(panel=panel_there(), on=TODAY)
    return found


def scores_there() -> ScorePublication:
    """Return the scores of the schools of the panel that is there, in force since September."""
    found = ScorePublication.objects.filter(panel=panel_there()).first()
    if found:
        return found
    clerk = User.objects.get(email="asha@marchshire.example")
    return score_rows.scores(panel_there(), by=clerk, from_=date(2026, 9, 1))


def placed_there(pupil: Pupil) -> Referral:
    """Return a referral of the child that was decided before: a school was named, and asked; written once."""
    panel = panel_there()
    held: Referral | None = Referral.objects.filter(panel=panel, reference="9XW3T7").select_related("panel").first()
    if held:
        return held
    clerk = User.objects.get(email="asha@marchshire.example")
    made: Referral = Referral.objects.create(
        reference="9XW3T7", panel=panel, pupil=pupil, route="mid_year", referred_on=date(2026, 9, 9), referred_at=NOW,
        referred_by=clerk, decided_on=date(2026, 9, 9), outcome="school_named",
    )  # fmt: skip
    school = School.objects.get(name="Underhill Primary School")
    day = date(2026, 9, 9)
    placement_rows.placed(made, school, by=clerk, on=day, starts_on=date(2026, 9, 15), referred_on=day)
    placement_rows.step(made, school, "asked", day, by=clerk)
    placement_rows.step(made, school, "started", date(2026, 9, 15), by=clerk)
    placement_rows.follow_up(made, school, 6, "there", date(2026, 10, 28), by=clerk)
    return made


def placement_step_there(pupil: Pupil) -> PlacementStep:
    """Return the step of that placement: the school was asked."""
    found: PlacementStep = placed_there(pupil).placement_steps.get(step="asked")
    return found


def follow_up_there(pupil: Pupil) -> PlacementFollowUp:
    """Return what was found of that placement after six weeks."""
    found: PlacementFollowUp = placed_there(pupil).placement_follow_ups.get()
    return found


def item_there(pupil: Pupil) -> AgendaItem:
    """Return the item of the child's referral on the sitting's agenda; written once."""
    referral, sitting = referral_there(pupil), sitting_there()
    clerk = User.objects.get(email="asha@marchshire.example")
    item, _ = AgendaItem.objects.get_or_create(
        sitting=sitting,
        referral=referral,
        defaults={
            "position": 1,
            "links": as_kept(item_links([referral])[referral.pk]),
            "listed_at": NOW,
            "listed_by": clerk,
        },
    )
    return item


def business_there() -> AgendaItem:
    """Return business on the sitting's agenda, of which nothing is recorded, so that it may be taken off; written once."""
    sitting, title = sitting_there(), "Turns of the year"
    held: AgendaItem | None = AgendaItem.objects.filter(sitting=sitting, title=title).first()
    clerk = User.objects.get(email="asha@marchshire.example")
    return held or sitting_rows.business(sitting, title, by=clerk)


def unlisted_there(pupil: Pupil) -> Referral:
    """Return a referral of the child to a panel on no agenda, so that it may be withdrawn; written once."""
    held: Referral | None = Referral.objects.filter(reference="4GH6P2").select_related("panel").first()
    if held:
        return held
    panel = rows.panel("unlisted", name="Panel that has not sat", kind="other")
    made: Referral = Referral.objects.create(
        reference="4GH6P2", panel=panel, pupil=pupil, route="other", referred_on=TODAY, referred_at=NOW,
        referred_by=User.objects.get(email="asha@marchshire.example"),
    )  # fmt: skip
    return made


def record_there(pupil: Pupil) -> ItemRecord:
    """Return what the chair recorded of the item of the child's referral; written once."""
    item = item_there(pupil)
    held: ItemRecord | None = ItemRecord.objects.filter(item=item).first()
    return held or minutes_rows.recorded(item, by=User.objects.get(email="chair@marchshire.example"))


def action_there(pupil: Pupil) -> ItemAction:
    """Return an action that the panel set at the item of the child's referral, late and the clerk's; written once."""
    clerk = User.objects.get(email="asha@marchshire.example")
    facts = {"owner": clerk, "due": date(2026, 11, 3), "set_at": NOW}
    action, _ = ItemAction.objects.get_or_create(
        item=item_there(pupil), text=f"Write to the school of {pupil.first_name}", defaults=facts
    )
    return action


def advised_there(pupil: Pupil) -> Referral:
    """Return a referral of the child to a panel that advises, on which an officer has not decided yet; written once."""
    held: Referral | None = Referral.objects.filter(reference="5NB8R3").select_related("panel").first()
    if held:
        return held
    clerk = User.objects.get(email="asha@marchshire.example")
    panel = rows.panel("advising", name="Panel that advises", kind="specialist_placement")
    rows.terms(
        panel, by=User.objects.get(email="administrator@marchshire.example"), decision_model=DecisionModel.ADVISES,
        casting_vote=False, routes=ROUTES_OF[PanelKind.SPECIALIST_PLACEMENT], looked_after_placed_elsewhere=False,
    )  # fmt: skip
    made: Referral = Referral.objects.create(
        reference="5NB8R3", panel=panel, pupil=pupil, route="permanent_exclusion", referred_on=TODAY, referred_at=NOW,
        referred_by=clerk,
    )  # fmt: skip
    item = AgendaItem.objects.create(
        sitting=sitting_rows.sitting(panel, by=clerk, on=TODAY), referral=made, position=1,
        links=as_kept(item_links([made])[made.pk]), listed_at=NOW, listed_by=clerk,
    )  # fmt: skip
    minutes_rows.recorded(item, by=User.objects.get(email="chair@marchshire.example"), is_advice=True)
    return made


def officer_decided_there(pupil: Pupil) -> OfficerDecision:
    """Return what an officer decided of an earlier referral of the child to the panel that advises; written once."""
    held: OfficerDecision | None = OfficerDecision.objects.first()
    if held:
        return held
    clerk, manager = (User.objects.get(email=f"{name}@marchshire.example") for name in ("asha", "ruth"))
    first = advised_there(pupil)
    made: Referral = Referral.objects.create(
        reference="6PC9S4", panel=first.panel, pupil=pupil, route="permanent_exclusion", referred_on=TODAY,
        referred_at=NOW, referred_by=clerk, decided_on=TODAY, outcome="mainstream",
    )  # fmt: skip
    item = AgendaItem.objects.create(
        sitting=Sitting.objects.get(panel=first.panel), referral=made, position=2,
        links=as_kept(item_links([made])[made.pk]), listed_at=NOW, listed_by=clerk,
    )  # fmt: skip
    minutes_rows.recorded(item, by=User.objects.get(email="chair@marchshire.example"), is_advice=True)
    decision: OfficerDecision = OfficerDecision.objects.create(
        item=item, record_version=1, follows=True, declared_no_tie=True, advised_outcome="mainstream",
        decided_on=TODAY, decided_at=NOW + timedelta(hours=1), decided_by=manager,
    )  # fmt: skip
    return decision


def parent_there(pupil: Pupil) -> str:
    """Return what stands in the address of a letter for a parent of the child, to whom one is due."""
    record_there(pupil)
    contact, _ = Contact.objects.get_or_create(
        pupil=pupil,
        name="Octavia Quillfeather",
        defaults={"relationship": "Mother", "parental_responsibility": "yes", "first_day": date(2020, 1, 1)},
    )
    return f"parent-{contact.pk}"


def tie_there(pupil: Pupil) -> str:
    """Return what stands in the address of another member's tie to the item, by the family's name."""
    item = item_there(pupil)
    member = User.objects.get(email="joan@marchshire.example")
    if not member.panel_connections.exists():
        rows.connection(member, kind="declared", family_name=pupil.last_name)
    (conflicts,) = sittings.conflicts_at(item.sitting, [item], [member], on=TODAY).values()
    (standing,) = conflicts.why[0].ties
    assert item.referral
    return mark_of(item.referral, str(member.pk), standing)
