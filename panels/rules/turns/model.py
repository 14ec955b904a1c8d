"""What every turn model answers in the same way; each model says only how a school stands and who comes first."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from typing import ClassVar

from panels.rules.terms import FairnessModel
from panels.rules.turns.answers import (
    BalanceLine,
    Balances,
    Candidate,
    Departure,
    Suggestion,
    WhatIf,
    YearStatement,
)
from panels.rules.turns.departures import needs_reason
from panels.rules.turns.ledger import NEVER, LastTurn, Ledger, PlacedChild, TurnPlacement, TurnSchool
from panels.rules.turns.rounding import shown_in_tenths, signed, to_tenths

WHAT_IF = "what if"


@dataclass(frozen=True, slots=True)
class Standing:
    """A school's exact standing under a model: what it took, its share if there are shares, and its balance."""

    taken: Fraction
    share: Fraction | None
    balance: Fraction
    notes: tuple[str, ...] = ()


class TurnModel(ABC):
    """One way of sharing places out. Every answer is exact, and the same for the same ledger.

    Schools with the same balance stand in the order of their last placement, the one that has waited longest first;
    then the lower URN first.
    """

    model: ClassVar[FairnessModel]

    @property
    @abstractmethod
    def rule_in_words(self) -> str:
        """How the model works, to be printed and read aloud."""

    @abstractmethod
    def cost(self, child: PlacedChild) -> Fraction:
        """Return what placing a child adds to a school's tally, in places or points. Source: the protocol."""

    @abstractmethod
    def standing(self, ledger: Ledger, on: date) -> dict[int, Standing]:
        """Return how each listed school stands on a day, by URN. Source: the protocol."""

    def key(self, line: BalanceLine, school: TurnSchool, last: LastTurn) -> tuple[Fraction, LastTurn, int]:
        """Return by what a school is put in order, least first. `last` is its last standing placement, or `NEVER`.

        Source: the protocol.
        """
        return (line.balance, last, line.urn)

    def balances(self, ledger: Ledger, *, on: date) -> Balances:
        """Return every school's standing on a day, least first, and the total, exact and to one decimal.

        Schools that left since the ledger opened are listed too, so that the balances add up. Raises what the model
        raises for a ledger that it cannot read. Source: School Admissions Code 2021 paras 3.14 to 3.16, under which
        the schools agree the protocol (R52).
        """
        standing = self.standing(ledger, on)
        last = ledger.last_turns(on)
        places = Counter(one.urn for one in ledger.counted(on))
        lines = []
        for school in (one for one in ledger.listed(on) if one.urn in standing):
            its_last = last.get(school.urn, NEVER)
            line = BalanceLine(
                urn=school.urn,
                name=school.name,
                places=places[school.urn],
                taken=standing[school.urn].taken,
                share=standing[school.urn].share,
                balance=standing[school.urn].balance,
                shown=Decimal(0),
                last_placed_on=None if its_last == NEVER else its_last[0],
                takes_part=school.takes_part(on),
                notes=(*standing[school.urn].notes, *self._given_back(ledger, on, school)),
            )
            lines.append((self.key(line, school, its_last), line))
        lines.sort(key=itemgetter(0))
        shown = shown_in_tenths([line.balance for _, line in lines])
        total = sum((one.balance for one in standing.values()), Fraction(0))
        in_order = tuple(replace(line, shown=its) for (_, line), its in zip(lines, shown, strict=True))
        made = places.total()
        says = f"{made} {'placement' if made == 1 else 'placements'}. Balances add up to {to_tenths(total)}."
        return Balances(self.model, on, in_order, total, to_tenths(total), says)

    def suggest(self, ledger: Ledger, candidates: Sequence[Candidate], *, on: date) -> Suggestion:
        """Return whose turn it is among the candidates on a day, with sentences that can be read aloud.

        Candidates passed over keep their turn. Raises NotASchoolOfThePanel for a candidate that takes no part that
        day, and what `balances` raises. Source: as `balances`.
        """
        for one in candidates:
            ledger.school(one.urn, on)
        by_urn = {one.urn: one for one in candidates}
        lines = [line for line in self.balances(ledger, on=on).lines if line.urn in by_urn]
        left = [line for line in lines if not by_urn[line.urn].passed_over]
        working = [self.rule_in_words]
        working += [
            f"{line.name} is passed over and keeps its turn: {by_urn[line.urn].passed_over}."
            for line in lines
            if by_urn[line.urn].passed_over
        ]
        if not left:
            return Suggestion(self.model, None, (), (*working, "No candidate is left, so no school is suggested."))
        working += [self.place_in_words(line) for line in left]
        first = left[0]
        working.append(f"By turn the place goes to {first.name}.")
        if by_urn[first.urn].refused_unlawfully:
            working.append(
                f"{first.name} refused without lawful ground: its turn stands, and a direction may be sought."
            )
        return Suggestion(self.model, first.urn, tuple(line.urn for line in left), tuple(working))

    def what_if(
        self, ledger: Ledger, child: PlacedChild, candidate: int, candidates: Sequence[Candidate], *, on: date
    ) -> WhatIf:
        """Return what placing a child at one candidate on a day would do.

        Places are among all schools that take part. Raises NotASchoolOfThePanel for a school that takes no part that
        day, and what `balances` raises. Source: as `balances`.
        """
        return self.what_ifs(ledger, child, [candidate], self.suggest(ledger, candidates, on=on), on=on)[0]

    def what_ifs(
        self, ledger: Ledger, child: PlacedChild, schools: Sequence[int], suggestion: Suggestion, *, on: date
    ) -> list[WhatIf]:
        """Return what placing a child at each of some schools would do, in their order, beside whose turn it is.

        How the schools stand before is reckoned once for all of them. Raises as `what_if`. Source: as `balances`.
        """
        before = self.balances(ledger, on=on)
        return [self._what_if(ledger, child, each, before, suggestion, on) for each in schools]

    def _what_if(
        self, ledger: Ledger, child: PlacedChild, candidate: int, before: Balances, suggestion: Suggestion, on: date
    ) -> WhatIf:
        school = ledger.school(candidate, on)
        made = [one for one in ledger.placements if one.on <= on]
        then = replace(ledger, placements=(*made, TurnPlacement(WHAT_IF, candidate, on, child)))
        after = self.balances(then, on=on)
        departs = needs_reason(suggestion, candidate)
        is_next = suggestion.urn == candidate
        shown = before.of(candidate).shown, after.of(candidate).shown
        meaning = "Next by turn." if is_next else "A reason is needed to choose it." if departs else ""
        return WhatIf(
            self.model,
            candidate,
            *shown,
            _place(before, candidate),
            _place(after, candidate),
            len(ledger.members(on)),
            is_next,
            departs,
            f"{school.name}: {signed(shown[0])} now, {signed(shown[1])} after. {meaning}".strip(),
        )

    def year_statement(self, ledger: Ledger, *, last: date) -> YearStatement:
        """Return what is published of the year from the day the ledger opened to `last`, both included.

        It holds no reference of a child. Departures stand in the order in which they were made, those of places since
        given back too. Raises what `balances` raises. Source: as `balances`.
        """
        made = [one for one in ledger.placements if ledger.opened_on <= one.on <= last]
        departures = tuple(
            Departure(one.on, one.urn, one.suggested, one.reason, one.by_officer)
            for one in made
            if one.suggested is not None and one.departs
        )
        back = len(ledger.given_back(last))
        balances = self.balances(ledger, on=last)
        return YearStatement(self.model, ledger.opened_on, last, balances, len(made) - back, back, departures)

    def place_in_words(self, line: BalanceLine) -> str:
        """Return a school's standing as a sentence. Source: the model's own words."""
        waited = f"last placed on {line.last_placed_on.isoformat()}" if line.last_placed_on else "no child placed yet"
        return f"{line.name}: balance {signed(line.shown)}, {waited}."

    def _given_back(self, ledger: Ledger, on: date, school: TurnSchool) -> list[str]:
        return [
            f"{to_tenths(self.cost(one.child))} back: "
            + ("it was not made to admit" if one.not_admitted else f"place ended in week {one.ended_in_week}")
            for one in ledger.given_back(on)
            if one.urn == school.urn
        ]


def _place(balances: Balances, urn: int) -> int:
    """Return a school's place in the order of those that take part, from 1."""
    return [line.urn for line in balances.lines if line.takes_part].index(urn) + 1
