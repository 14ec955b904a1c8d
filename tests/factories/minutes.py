"""Records of items and their minutes for tests."""

from typing import Any

from casework.models import User
from panels.models import AgendaItem, ItemRecord
from tests.conftest import NOW

WORDS = {
    "discussion": "Room was checked.",
    "reasons": "Works well in small groups.",
    "actions": "Asha: write to the school",
}


def recorded(item: AgendaItem, *, by: User, **changes: Any) -> ItemRecord:
    """Write that an item was recorded under somebody; the decision does not stand on the referral by this."""
    facts: dict[str, Any] = {
        **WORDS,
        "outcome": "mainstream" if item.referral_id else "",
        "cost_seen": "after" if item.referral_id else "",
        "begun_at": NOW,
        "kept_at": NOW,
        "kept_by": by,
        "recorded_at": NOW,
        "recorded_by": by,
        "presided_by": by,
        "quorum_said": "Quorum met: 3 members present, 2 needed.",
    }
    made: ItemRecord = ItemRecord.objects.create(item=item, **(facts | changes))
    return made
