"""A school, typed: a country has thirty thousand, which no list to choose from could hold."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from casework.models import School

URN = re.compile(r"\b\d{6}\b")


class SchoolInput(forms.TextInput):
    """A text field with the council's own open schools offered as one types; any other is typed by its URN.

    A form may leave some out of what is offered, by their primary keys.
    """

    template_name = "forms/widgets/school.html"
    not_offered: Collection[int] = ()

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"} | (attrs or {}))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        own = School.objects.filter(authority__code=settings.COUNCIL_AUTHORITY_CODE, closed_on__isnull=True)
        own = own.exclude(pk__in=self.not_offered)
        offered = [spelt(school, urn) for school, urn in own.order_by("name").values_list("name", "urn")]
        typed = context["widget"]["attrs"]
        typed["list"] = f"{typed.get('id', name)}-schools"
        context["widget"]["offered"] = offered
        return context


class SchoolField(forms.CharField):
    """A school by its name or its URN. Cleans to a School, or to None where nothing was typed."""

    widget = SchoolInput
    default_error_messages = {
        "unknown": "Choose one from the list, or type the URN: no school held is “%(typed)s”",
        "several": "Choose one from the list, or type the URN: %(number)s schools are called %(typed)s",
        "closed": "%(name)s closed on %(closed)s: choose the school that is open",
    }

    def __init__(self, *, open_only: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Begin to type the name; or its URN, six figures")
        kwargs.setdefault("max_length", 170)
        super().__init__(**kwargs)
        self.open_only = open_only

    def clean(self, value: Any) -> School | None:
        typed = str(super().clean(value) or "")
        if not typed:
            return None
        school = self._found(typed)
        if self.open_only and school.closed_on:
            closed = f"{school.closed_on.day} {school.closed_on:%B %Y}"
            raise ValidationError(
                self.error_messages["closed"], code="closed", params={"name": school.name, "closed": closed}
            )
        return school

    def _found(self, typed: str) -> School:
        schools = School.objects.select_related("authority", "trust")
        if urn := URN.search(typed):
            found = list(schools.filter(urn=urn[0]))
        else:
            found = list(schools.filter(name__iexact=typed)[:20])
            # A school that became an academy is held twice under one name.
            found = [school for school in found if not school.closed_on] or found
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"typed": typed})
        if len(found) > 1:
            raise ValidationError(
                self.error_messages["several"], code="several", params={"typed": typed, "number": len(found)}
            )
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return spelt(value.name, value.urn) if isinstance(value, School) else value


def spelt(name: str, urn: str) -> str:
    """Return a school as the field offers it: its name, and the URN that tells it from others of that name."""
    return f"{name} ({urn})"
