"""Who presides over an item: the chair, or a stand-in whom the chair cannot choose, change or remove."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exclusions.rules.sources import Source


@dataclass(frozen=True, slots=True)
class Presiding:
    """Who presides, or nobody: then the item cannot be heard. `working` names each one asked, in order, and why not.

    `says` may be shown to the room: it tells that somebody has left for the item and never the reason.
    """

    member: str | None
    is_stand_in: bool
    says: str
    working: tuple[tuple[str, str], ...]
    source: tuple[Source, ...]

    @property
    def can_be_heard(self) -> bool:
        """Whether anybody is left to preside."""
        return self.member is not None


def presiding(
    chair: str, vice_chairs: Sequence[str], *, out: Collection[str], in_the_room: Collection[str], source: Source
) -> Presiding:
    """Return who presides over an item: the chair, else the first standing vice-chair of the terms who can.

    Whoever is out of the item, or not in the room, is passed over. Nobody else may be put in: when the last
    vice-chair is passed over the item cannot be heard. The answer follows from the terms and from who is out, so that
    there is nothing in it for the chair to change.

    Raises nothing. Source: the panel's terms, which the caller names.
    """
    asked: list[tuple[str, str]] = []
    for member in dict.fromkeys((chair, *vice_chairs)):
        if member in out:
            asked.append((member, "has left for this item"))
        elif member not in in_the_room:
            asked.append((member, "is not in the room"))
        else:
            asked.append((member, "presides"))
            stands_in = member != chair
            says = "A vice-chair stands in for this item." if stands_in else "The chair presides."
            return Presiding(member, stands_in, says, tuple(asked), (source,))
    return Presiding(None, False, "Nobody may preside: this item cannot be heard.", tuple(asked), (source,))


def may_change_stand_in(by: str, *, chair: str, out: Collection[str]) -> bool:
    """Tell whether somebody may name or change who stands in for the chair on an item.

    Never the chair, on any item, and nobody who is out of the item; the clerk's right to is the access policy's
    matter. Source: the panel's terms, stand-in chair.
    """
    return by != chair and by not in out


def may_touch_item(by: str, *, out: Collection[str]) -> bool:
    """Tell whether somebody may open an item, reopen it or read its minutes: nobody who is out of it, chair or not.

    Source: the panel's terms, conflicts of interest.
    """
    return by not in out
