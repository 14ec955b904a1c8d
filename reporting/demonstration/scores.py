"""The scores of the secondary panel's schools, by which its terms weigh their rolls."""

from datetime import date, datetime
from fractions import Fraction
from random import Random

from casework.models import User
from panels.models import Panel
from panels.rules.terms import PanelKind
from panels.rules.turns.baseline_scores import Profile
from panels.rules.turns.ledger import TurnSchool
from panels.selectors.turns import schools_of
from panels.services import scores


def publish_scores(panel: Panel, *, by: User, at: datetime, on: date) -> None:
    """Publish the scores of a panel's schools from a day on, which is also today."""
    chance = Random(20261022)  # noqa: S311 - nobody guesses an invented school's pressures
    schools = [each for each in schools_of(PanelKind(panel.kind), on=on) if each.takes_part(on) and each.roll]
    profiles = [_profile(school, chance) for school in schools]
    scores.publish(by=by, at=at, on=on, panel=panel, version=0, in_force_from=on, profiles=profiles)


def _profile(school: TurnSchool, chance: Random) -> Profile:
    """Return pressures that go together as they do: where more have free meals, attainment on entry is lower."""
    meals = chance.randint(80, 420)
    tenth = Fraction(1, 1000)
    return Profile(
        school.urn, school.roll, plans=tenth * chance.randint(20, 60), free_meals=tenth * meals,
        attainment=Fraction(1070 - meals // 10 + chance.randint(-8, 8), 10),
        additional_language=tenth * chance.randint(10, 240), mobility=tenth * chance.randint(15, 90),
        deprivation=tenth * min(900, meals + chance.randint(0, 150)),
    )  # fmt: skip
