"""A form field on a page draws its whole GOV.UK group, and keeps what was typed."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceBoxes, ChoiceRadios, CodeField, DayAndTime, DayAndTimeField, DayField
from casework.forms.renderer import GovukFormRenderer

ON = date(2026, 10, 19)
CODES = {
    "PP": "Physical assault against a pupil",
    "PA": "Physical assault against an adult",
    "DB": "Persistent disruptive behaviour",
}


class NoticeForm(IdempotencyMixin, VersionMixin, GovukForm):
    default_renderer = GovukFormRenderer
    label_classes = {"reason": "govuk-visually-hidden"}

    kind = forms.ChoiceField(
        choices={"suspension": "Suspension", "permanent": "Permanent exclusion"},
        widget=ChoiceRadios(hints={"permanent": "They do not come back"}),
    )
    first = DayField(label="First day out", help_text="The school’s <own> calendar")
    told = DayAndTimeField(label="Council told on", required=False)
    reason = CodeField(
        label="Reason 1",
        codes=CODES,
        refused={"OT": "Reason OT ended on 31 August 2020: choose another code"},
        required=False,
    )
    phase = forms.MultipleChoiceField(choices={"primary": "Primary"}, widget=ChoiceBoxes, required=False)
    checked = forms.BooleanField(label="I have checked the letter", required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False)
    exam = forms.ChoiceField(label="Public exam missed?", choices={"no": "No"}, required=False)


GOOD = {
    "token": "7f1c5f0e-64a2-4c55-9f1b-3f4f0f6d2a11",
    "version": "3",
    "kind": "suspension",
    "first": "19 oct",
}


def form(**typed: str) -> NoticeForm:
    return NoticeForm(GOOD | typed, today=ON)


def test_field_draws_label_hint_error_and_input_in_the_published_order() -> None:
    html = str(form(first="32/10")["first"])

    order = ["govuk-form-group--error", "<label", 'id="id_first-hint"', 'id="id_first-error"', "<input"]
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)
    assert 'aria-describedby="id_first-hint id_first-error"' in html
    assert "govuk-input--error" in html
    assert "&lt;own&gt;" in html


def test_typed_day_that_cannot_be_read_stays_in_the_field() -> None:
    assert 'value="32/10"' in str(form(first="32/10")["first"])


def test_field_without_error_names_its_hint_alone() -> None:
    html = str(NoticeForm(today=ON)["first"])

    assert 'aria-describedby="id_first-hint"' in html
    assert "error" not in html
    assert " required" not in html


def test_radios_stand_in_a_fieldset_whose_error_leads_to_the_first() -> None:
    bound = form(kind="")
    html = str(bound["kind"])

    assert '<fieldset class="govuk-fieldset" aria-describedby="id_kind-error">' in html
    assert 'class="govuk-radios govuk-radios--small app-choices--row"' in html
    assert 'aria-describedby="id_kind_1-item-hint"' in html
    assert 'id="id_kind_0"' in html
    assert {"text": "Choose kind", "href": "#id_kind_0"} in bound.error_summary


def test_checkboxes_are_not_drawn_as_radios() -> None:
    html = str(form()["phase"])

    assert 'class="govuk-checkboxes govuk-checkboxes--small"' in html
    assert "govuk-radios" not in html


def test_password_has_what_the_published_script_looks_for() -> None:
    html = str(form()["password"])

    assert 'data-module="govuk-password-input"' in html
    assert "govuk-js-password-input-input" in html


def test_hidden_fields_are_bare() -> None:
    html = str(NoticeForm(initial={"version": 3}, today=ON)["version"])

    assert html == '<input type="hidden" name="version" value="3" id="id_version">'


def test_form_without_its_token_says_the_page_is_out_of_date() -> None:
    bound = form(token="", version="x")

    assert [line["text"] for line in bound.error_summary] == [
        "This page is out of date. Nothing was saved: open it again"
    ] * 2
    assert {line["href"] for line in bound.error_summary} == {""}


def test_two_pages_never_share_a_token() -> None:
    assert NoticeForm(today=ON)["token"].value() != NoticeForm(today=ON)["token"].value()


def test_errors_say_what_to_do_in_the_fields_own_words() -> None:
    bound = NoticeForm({}, today=ON)

    assert bound.errors["first"] == ["Enter first day out"]
    assert bound.fields["exam"].error_messages["required"] == "Answer: Public exam missed?"


def test_day_is_read_as_people_type_it() -> None:
    bound = form(first="19 oct", told="19/10/2026 8:42")

    assert bound.is_valid(), bound.errors
    assert bound.cleaned_data["first"] == ON
    assert bound.cleaned_data["told"] == DayAndTime(ON, time(8, 42))


def test_time_may_be_unknown() -> None:
    bound = form(told="19/10")

    assert bound.is_valid(), bound.errors
    assert bound.cleaned_data["told"] == DayAndTime(ON, None)


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        (DayAndTime(ON, None), "19/10/2026"),
        (DayAndTime(ON, time(8, 5)), "19/10/2026 8:05"),
        (DayAndTime(ON, time(0, 0)), "19/10/2026 0:00"),
        (datetime(2026, 6, 4, 14, 10, tzinfo=UTC), "4/6/2026 15:10"),
        ("as typed", "as typed"),
        (None, None),
    ],
)
def test_known_day_and_time_is_shown_as_people_type_it(known: object, shown: object) -> None:
    assert DayAndTimeField().prepare_value(known) == shown


@pytest.mark.parametrize(("year", "fits"), [(1899, False), (1900, True), (2200, True), (2201, False)])
def test_day_of_no_likely_year_is_refused(year: int, fits: bool) -> None:
    bound = form(first=f"19/10/{year}", told=f"19/10/{year} 8:42")

    expected = {} if fits else {"first": ["Check the year"], "told": ["Check the year"]}
    assert dict(bound.errors) == expected


def test_typed_day_needs_to_know_what_today_is() -> None:
    with pytest.raises(ImproperlyConfigured):
        DayField().clean("19/10")


@pytest.mark.parametrize(
    ("typed", "code"), [("PP", "PP"), ("db", "DB"), ("disruptive", "DB"), ("adult", "PA"), ("", "")]
)
def test_code_or_a_word_of_its_wording_gives_the_code(typed: str, code: str) -> None:
    bound = form(reason=typed)

    assert bound.is_valid(), bound.errors
    assert bound.cleaned_data["reason"] == code


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("OT", "Reason OT ended on 31 August 2020: choose another code"),
        ("assault", "assault could be PP or PA: type one of those codes"),
        ("ZZ", "ZZ is not a code: choose one from the list"),
    ],
)
def test_code_that_cannot_be_chosen_says_why(typed: str, error: str) -> None:
    assert form(reason=typed).errors["reason"] == [error]


def test_code_shows_its_wording_and_the_label_may_be_hidden() -> None:
    html = str(form(reason="db")["reason"])

    assert '<output for="id_reason">Persistent disruptive behaviour</output>' in html
    assert '<label class="govuk-label govuk-visually-hidden" for="id_reason">Reason 1</label>' in html


def test_codes_set_on_one_form_do_not_reach_another() -> None:
    first = form()
    field = first.fields["reason"]
    assert isinstance(field, CodeField)
    field.codes = {"XX": "Only here"}

    other = form().fields["reason"]

    assert isinstance(other, CodeField)
    assert other.codes == CODES


class AskedForm(GovukForm):
    email = forms.EmailField(max_length=30)
    other_email = forms.EmailField(error_messages={"invalid": "Enter the head’s e-mail address"})
    hours = forms.DecimalField(min_value=0.5, max_value=500_000, decimal_places=1)
    lessons = forms.IntegerField(min_value=1)


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("email", "head", "Enter an e-mail address in the form name@example.org"),
        ("email", "head@school.example.example", ""),
        ("email", "head@school.example.example.org", "Use 30 characters or fewer: this has 31"),
        ("other_email", "head", "Enter the head’s e-mail address"),
        ("hours", "0.4", "It must be 0.5 or more"),
        ("hours", "500000.5", "It must be 500,000 or less"),
        ("hours", "1.25", "Write 1 figure at most after the point"),
        ("hours", "many", "Enter a number"),
        ("lessons", "0", "It must be 1 or more"),
        ("lessons", "1.5", "Enter a whole number"),
    ],
)
def test_what_django_would_say_is_said_in_our_words(name: str, typed: str, message: str) -> None:
    good = {"email": "a@b.example", "other_email": "a@b.example", "hours": "25", "lessons": "5"}

    form = AskedForm(good | {name: typed})

    assert {field: list(said) for field, said in form.errors.items()} == ({name: [message]} if message else {})
