import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin
from casework.forms.fields import ChoiceBoxes, ChoiceRadios, DayField
from casework.models import School, Trust
from casework.rules.calendar import SATURDAY
from casework.rules.periods import AcademicYear
from casework.rules.term_dates import BadDates, YearDates, read_dates
from casework.rules.terms import PHASE_LABELS
from casework.services.term_dates import Scope
from casework.uploads import Limits, Table, Unreadable, read_table

LIMITS = Limits(bytes=2 * 1024**2, rows=200, columns=20, cell=200)
AUTHORITY, EVERYBODY, TRUST, PHASE, CHOSEN = "authority", "everybody", "trust", "phase", "chosen"
FIRST_HELD, LAST_HELD = 2000, 2100
"""The years in which a bank holiday may lie."""
WHOM = {
    AUTHORITY: "The authority’s own, which every school without dates of its own follows",
    EVERYBODY: "Every school, also those with dates of their own",
    TRUST: "The schools of one trust",
    PHASE: "The schools of one phase",
    CHOSEN: "The schools chosen below",
}


class TermDatesForm(GovukForm, IdempotencyMixin):
    lines = forms.CharField(
        label="Dates",
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text=(
            "One spell in a line, such as Autumn 3 Sep 2026 - 23 Oct 2026, or the cells of a spreadsheet."
            " INSET 2 Sep 2026 is a day without pupils."
        ),
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        help_text="CSV or Excel with the columns Term, First day and Last day. It is put in place of the dates above.",
    )
    whom = forms.ChoiceField(
        label="Whose dates are they", choices=list(WHOM.items()), widget=ChoiceRadios(row=False), initial=AUTHORITY
    )
    trust = forms.ModelChoiceField(
        label="Trust", queryset=Trust.objects.order_by("name", "pk"), required=False, empty_label="Choose a trust"
    )
    phase = forms.ChoiceField(label="Phase", choices=[("", "Choose a phase"), *PHASE_LABELS.items()], required=False)
    schools = forms.ModelMultipleChoiceField(
        label="Schools", queryset=School.objects.none(), required=False, to_field_name="urn", widget=ChoiceBoxes()
    )
    # Whose INSET days stand in the dates that were offered: the authority's, a school's by its URN, or nobody's.
    prefilled = forms.CharField(required=False, widget=forms.HiddenInput)
    # What was shown for checking: what differs from it is shown again before it is saved.
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, year: AcademicYear, open_schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.open_schools = open_schools
        self.fields["schools"].queryset = open_schools  # type: ignore[attr-defined]
        self.dates: YearDates | None = None
        self.from_file = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        text = data.get("lines", "")
        if data.get("file") and "file" not in self.errors:
            try:
                text = self.from_file = _lines(read_table(data["file"].read(), name=data["file"].name, limits=LIMITS))
            except Unreadable as wrong:
                for fault in wrong.faults[:10]:
                    self.add_error("file", str(fault))
                return data
        try:
            self.dates = read_dates(text, year=self.year)
        except BadDates as bad:
            for each in bad.faults[:10]:
                self.add_error("lines", str(each))
        self._clean_whom(data)
        return data

    def _clean_whom(self, data: dict[str, Any]) -> None:
        asked = {TRUST: ("trust", "Choose the trust"), PHASE: ("phase", "Choose the phase")}
        asked[CHOSEN] = ("schools", "Choose at least one school")
        field, message = asked.get(str(data.get("whom")), ("", ""))
        if field and not data.get(field) and field not in self.errors:
            self.add_error(field, message)
        elif field in {"trust", "phase"} and field not in self.errors and not self.scope().schools:
            self.add_error(field, "No school of this choice is open in the year")

    def scope(self) -> Scope:
        """Return for whom the dates are, from answers that are right."""
        data = self.cleaned_data
        whom = data["whom"]
        # A file is no offered text from which somebody took a line away.
        offered = "" if self.from_file else data["prefilled"]
        if whom == AUTHORITY:
            return Scope("The authority’s own", insets_said=offered == AUTHORITY)
        if whom == EVERYBODY:
            said = offered == AUTHORITY
            return Scope("Every school", tuple(self.open_schools), everybody=True, insets_said=said)
        if whom == TRUST:
            return Scope(f"Schools of {data['trust'].name}", tuple(self.open_schools.filter(trust=data["trust"])))
        if whom == PHASE:
            label = PHASE_LABELS[data["phase"]].lower()
            return Scope(f"Schools of the {label} phase", tuple(self.open_schools.filter(phase=data["phase"])))
        chosen = tuple(data["schools"])
        if len(chosen) == 1:
            return Scope(chosen[0].name, chosen, insets_said=offered == chosen[0].urn)
        return Scope(f"{len(chosen)} schools chosen", chosen)

    def fingerprint(self, *, taken: Sequence[date]) -> str:
        """Return what tells these dates for these schools, with the INSET days that they take away, from any others."""
        scope = self.scope()
        said = repr((self.dates, scope.label, [school.urn for school in scope.schools], list(taken)))
        return hashlib.sha256(said.encode()).hexdigest()


class BankHolidayForm(GovukForm, IdempotencyMixin):
    on = DayField(label="Day", help_text="For example 8/5/2028")
    name = forms.CharField(label="Name", max_length=80, help_text="For example Bank holiday for the coronation")

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not FIRST_HELD <= on.year <= LAST_HELD:
            raise forms.ValidationError("Check the year")
        if on.weekday() >= SATURDAY:
            raise forms.ValidationError("This day is at a weekend, when no school is open: check the day")
        return on


def _lines(table: Table) -> str:
    """Return a table's rows as lines to paste. Raises Unreadable for a row without a day."""
    table.need("Term", "First day", "Last day")
    lines, faults = [], []
    for row in table.rows:
        term, first, last = row["Term"], row["First day"], row["Last day"]
        inset = term.casefold().startswith(("inset", "staff", "training", "closed"))
        if not first:
            faults.append(row.fault("First day", "Write the first day of the term."))
        elif not last and not inset:
            faults.append(row.fault("Last day", "Write the last day of the term."))
        lines.append(f"INSET {first} {row.get('Reason')}".strip() if inset else f"{term} {first} - {last}")
        try:
            if not faults:
                # An INSET day alone is no year: a term before it lets its own line be judged.
                read_dates(f"Autumn 2 Sep - 3 Sep\n{lines[-1]}" if inset else lines[-1], year=_ANY_YEAR)
        except BadDates as bad:
            faults.append(row.fault("Term", bad.faults[0].message))
    if faults:
        raise Unreadable(*faults)
    return "\n".join(lines)


_ANY_YEAR = AcademicYear(2026)
