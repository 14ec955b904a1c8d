"""Fields and widgets that GOV.UK and Django lack: typed days, codes, choices in a row."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years in which a typed day may lie."""
A_YEAR_AHEAD = timedelta(days=366)
TOO_FAR_AHEAD = "The day lies more than a year ahead: check the year"


class DayAndTime(NamedTuple):
    """A day, and the time on the wall if it is known."""

    day: date
    time: time | None


def typed_day(day: date) -> str:
    """Return a day as people type it: 19/10/2026."""
    return f"{day.day}/{day.month}/{day.year}"


def in_a_likely_year(day: date) -> date:
    """Return the day. Raises ValidationError for a year that is a slip of the finger."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError("Check the year", code="year")
    return day


class TypedInput(forms.TextInput):
    """A text field that the browser must not fill in by itself."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "govuk-input--width-10"} | (attrs or {}))


class DayField(forms.Field):
    """A day typed as people say it: 19/10, 19 oct, mon. Cleans to a date.

    The form gives `today` (see GovukForm). What was typed stays in the field when it is no day, or of no likely year.
    With `most_ahead`, a day that lies further ahead of today is refused. With `to_come`, a day without a year is the next
    such day, where only the future makes sense.
    """

    widget = TypedInput
    today: date | None = None

    def __init__(self, *, most_ahead: timedelta | None = None, to_come: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most_ahead, self.to_come = most_ahead, to_come

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.most_ahead and value > self.known_today() + self.most_ahead:
            raise ValidationError(TOO_FAR_AHEAD, code="too_far_ahead")

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        # The rule lives below forms; imported here so that widgets can be drawn without it.
        from casework.rules.dates import NotADay, parse_day

        try:
            return in_a_likely_year(parse_day(text, today=self.known_today(), to_come=self.to_come))
        except NotADay as problem:
            raise ValidationError(self.worded(problem), code="invalid") from problem

    def known_today(self) -> date:
        if self.today is None:
            raise ImproperlyConfigured("Give the form today=..., so that days can be typed without a year.")
        return self.today

    def worded(self, problem: Exception) -> str:
        """Return the field's own wording for what is no day, or else the rule's."""
        return str(self.error_messages.get("invalid") or problem)

    def prepare_value(self, value: Any) -> Any:
        return typed_day(value) if isinstance(value, date) else value


class DayAndTimeField(DayField):
    """A day with, if it is known, a time: 19/10/2026 8:42. Cleans to a DayAndTime."""

    def to_python(self, value: Any) -> DayAndTime | None:  # type: ignore[override]
        if isinstance(value, DayAndTime):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        from casework.rules.dates import NotADay, parse_day_and_time

        try:
            day, clock = parse_day_and_time(text, today=self.known_today())
            return DayAndTime(in_a_likely_year(day), clock)
        except NotADay as problem:
            raise ValidationError(self.worded(problem), code="invalid") from problem

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            value = timezone.localtime(value) if timezone.is_aware(value) else value
            value = DayAndTime(value.date(), value.time())
        if isinstance(value, DayAndTime):
            clock = f" {value.time.hour}:{value.time.minute:02}" if value.time else ""
            return typed_day(value.day) + clock
        return super().prepare_value(value)


class ChoiceRadios(forms.RadioSelect):
    """Radios at officer density: in a row unless row=False; hints by the choice's value."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        row: bool = True,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(with_class(attrs, "app-choices--row" if row else ""), choices)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        hint = self.hints.get(str(value), "")
        if hint:
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', name)}-item-hint"
        return option


class ChoiceBoxes(forms.CheckboxSelectMultiple):
    """Checkboxes at officer density: in a column unless row=True; counts by the choice's value."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        row: bool = False,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(with_class(attrs, "app-choices--row" if row else ""), choices)
        self.counts = dict(counts or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["count"] = self.counts.get(str(value))
        return option


class CodeInput(forms.TextInput):
    """A short field for a code, with the code's wording beside it and a list of all codes."""

    template_name = "forms/widgets/code.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"} | (attrs or {}))
        self.codes: dict[str, str] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        typed = str(value or "").strip().upper()
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-codes"
        context["widget"] |= {"codes": self.codes, "wording": self.codes.get(typed, "")}
        return context


class CodeField(forms.CharField):
    """A code, or a word of its wording. Cleans to the code.

    `codes` are those that may be chosen, with their wording; `refused` are codes that may not, with
    the error to show ("Reason OT ended on 31 August 2020: choose another code"). Set either on the
    form's field when they depend on a day.
    """

    widget = CodeInput
    default_error_messages = {
        "unknown": "%(typed)s is not a code: choose one from the list",
        "several": "%(typed)s could be %(codes)s: type one of those codes",
    }

    def __init__(
        self,
        *,
        codes: Mapping[str, str] | None = None,
        refused: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.codes = dict(codes or {})
        self.refused = dict(refused or {})

    @property
    def codes(self) -> dict[str, str]:
        return self._codes

    @codes.setter
    def codes(self, codes: dict[str, str]) -> None:
        self._codes = codes
        if isinstance(self.widget, CodeInput):
            self.widget.codes = codes

    def __deepcopy__(self, memo: dict[int, Any]) -> "CodeField":
        copied: CodeField = super().__deepcopy__(memo)
        copied.codes = dict(self.codes)
        return copied

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value) or "")
        code = typed.upper()
        if not code or code in self.codes:
            return code
        if code in self.refused:
            raise ValidationError(self.refused[code], code="refused")
        found = [one for one, wording in self.codes.items() if typed.lower() in wording.lower()]
        if len(found) == 1:
            return found[0]
        problem = "several" if found else "unknown"
        parameters = {"typed": typed, "codes": " or ".join(found)}
        raise ValidationError(self.error_messages[problem], code=problem, params=parameters)


def with_class(attrs: dict[str, Any] | None, name: str) -> dict[str, Any]:
    """Return the attributes with one more class."""
    known = dict(attrs or {})
    known["class"] = " ".join(part for part in (name, str(known.get("class", ""))) if part)
    return known
