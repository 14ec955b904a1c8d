"""How a sitting was governed, without a child: who sat, the quorum at each item, ties, decisions by kind."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from casework.models import User
from panels.models import ItemDeclaration, ItemRecord, Sitting, TieAnswerGiven
from panels.selectors import sittings
from panels.selectors.minutes import has_minutes
from panels.selectors.sittings import Agenda, Expected, SeenItem


@dataclass(frozen=True, slots=True)
class GovernedItem:
    """One item as it was governed; `record` is None where nothing is recorded of it."""

    seen: SeenItem
    record: ItemRecord | None


@dataclass(frozen=True, slots=True)
class Governance:
    """A sitting as it was governed, of the items that the person sees.

    `ties_declared` are those declared to an item itself; `ties_answered` the answers that a clerk has given, of which
    `ties_dismissed` say that a tie does not stand. `decisions` are how many of each kind, the commonest first;
    `officers_decided` how many officers decided on advice, `officers_no_tie` of how many with the word to have no tie.
    """

    agenda: Agenda
    members: tuple[Expected, ...]
    items: tuple[GovernedItem, ...]
    ties_declared: int
    ties_answered: int
    ties_dismissed: int
    decisions: tuple[tuple[str, int], ...]
    officers_decided: int = 0
    officers_no_tie: int = 0


def governance_of(user: User, sitting: Sitting, *, on: date) -> Governance | None:
    """Return how a sitting was governed as a person may know it on a day, None where it has not been held for them.

    Everything is counted of the items of the person's own agenda. The queries do not grow with the items.
    """
    agenda = sittings.agenda_of(user, sitting, on=on)
    if not has_minutes(sitting, on=on) or agenda.must_declare:
        return None
    rows = ItemRecord.objects.filter(
        item__in=[one.item.pk for one in agenda.items], recorded_at__isnull=False
    ).select_related("presided_by").with_officer()  # fmt: skip
    records = {row.item_id: row for row in rows}
    referrals = [one.item.referral_id for one in agenda.items if one.item.referral_id]
    answers = list(TieAnswerGiven.objects.filter(referral__in=referrals).values_list("ground", flat=True))
    decided = [row for row in records.values() if row.outcome and (row.officer or not row.is_advice)]
    officers = [row.officer for row in decided if row.officer]
    decisions = Counter(row.get_outcome_display() for row in decided)
    return Governance(
        agenda=agenda,
        members=tuple(sittings.expected(sitting)),
        items=tuple(GovernedItem(one, records.get(one.item.pk)) for one in agenda.items),
        ties_declared=ItemDeclaration.objects.filter(referral__in=referrals).count(),
        ties_answered=len(answers),
        ties_dismissed=sum(1 for ground in answers if ground),
        officers_decided=len(officers),
        officers_no_tie=sum(row.declared_no_tie for row in officers),
        decisions=tuple(sorted(decisions.items(), key=lambda each: (-each[1], each[0]))),
    )
