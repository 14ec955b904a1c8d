"""Every component with invented contents, for whoever writes a page. Development and demonstration only."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from casework.forms.base import GovukForm
from casework.forms.fields import ChoiceBoxes, ChoiceRadios, CodeField, DayAndTimeField, DayField

ON = date(2026, 10, 19)
CODES = {
    "PP": "Physical assault against a pupil",
    "PA": "Physical assault against an adult",
    "DB": "Persistent disruptive behaviour",
    "OW": "Offensive weapon or prohibited item",
}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


class GalleryForm(GovukForm):
    kind = forms.ChoiceField(
        choices={"suspension": "Suspension", "permanent": "Permanent exclusion", "lunchtime": "Lunchtime"},
        widget=ChoiceRadios,
    )
    first = DayField(label="First day out", help_text="Cadderley High School’s calendar")
    told = DayAndTimeField(label="Council told on", help_text="Day, and time if known")
    reason = CodeField(label="Reason 1", codes=CODES, help_text="Type a code or a word")
    social_care = forms.ChoiceField(choices={"": "Not known: ask the school", "none": "None", "need": "Child in need"})
    phase = forms.MultipleChoiceField(
        choices={"primary": "Primary", "secondary": "Secondary"},
        widget=ChoiceBoxes(counts={"primary": 38, "secondary": 159}),
    )
    narrative = forms.CharField(
        label="What happened, in the words of the parents’ letter", widget=forms.Textarea(attrs={"rows": 3})
    )
    checked = forms.BooleanField(label="I have checked the letter")
    evidence = forms.FileField(label="The school’s letter", required=False)
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


def gallery(request: HttpRequest) -> HttpResponse:
    typed = {"first": "32/10", "told": "19/10/2026 8:42", "reason": "PA", "kind": "suspension"}
    wrong = "wrong" in request.GET
    form = GalleryForm(typed if wrong else None, initial=typed, today=ON)
    return render(
        request,
        "casework/gallery.html",
        {
            "form": form,
            "back": {"text": "Back", "href": "/"},
            "child": CHILD,
            "sub_navigation": SUB_NAVIGATION,
            "days": strip(),
            "weeks": weeks(),
            "counts": COUNTS,
            "columns": COLUMNS,
            "rows": ROWS,
            "pages": PAGES,
            "facts": FACTS,
            "tasks": TASKS,
            "events": EVENTS,
            "groups": GROUPS,
            "chosen": [{"text": "This term", "href": "?term="}],
            "page_keys": PAGE_KEYS,
            "tags": TAGS,
            "table_head": [{"text": "Term"}, {"text": "Days", "format": "numeric"}],
            "table_rows": [[{"text": "Autumn"}, {"text": "6.5", "format": "numeric"}]],
            "crumbs": [{"text": "Reports", "href": "/reports/"}, {"text": "Committee report"}],
        },
    )


def strip() -> list[dict[str, Any]]:
    """Return the days of an invented permanent exclusion from 14 October 2026."""
    days: list[dict[str, Any]] = []
    days += [counted("Wed", "14 Oct", 1, "gone"), counted("Thu", "15 Oct", 2, "gone")]
    days += [off("Fri", "16 Oct", "Closed: boiler"), off("Sat 17 Oct", "to Sun 18 Oct", "Weekend", "weekend")]
    days += [counted("Mon", "19 Oct", 3, "gone") | {"today": True}]
    days += [counted("Tue", "20 Oct", 4), counted("Wed", "21 Oct", 5)]
    days += [counted("Thu", "22 Oct", 6, "due"), counted("Fri", "23 Oct", 7, "other")]
    days += [off("24 Oct", "to 1 Nov", "Half term", "holiday"), off("Mon", "2 Nov", "INSET")]
    days += [counted(WEEKDAYS[n - 2], f"{n} Nov", n + 5, "later") for n in range(3, 7)]
    days += [off("Sat 7 Nov", "to Sun 8 Nov", "Weekend", "weekend")]
    days += [counted(WEEKDAYS[n - 9], f"{n} Nov", n + 3, "later") for n in range(9, 14)]
    days[0]["pins"] = [
        {"text": "Parents, council and governors told: met", "lane": 1},
        {"text": "Social worker not told: 2 school days late", "lane": 2, "late": True},
    ]
    days[7]["pins"] = [{"text": "Day six: education must have started", "detail": "(regulations)", "lane": 2}]
    days[8]["pins"] = [{"text": "Day six on the other reading", "detail": "(guidance, paragraph 90)", "lane": 1}]
    days[-1]["pins"] = [{"text": "Governors must have met", "lane": 1, "back": True}]
    return days


def counted(weekday: str, day: str, count: int, state: str = "ahead") -> dict[str, Any]:
    return {"weekday": weekday, "date": day, "count": count, "state": state}


def off(weekday: str, day: str, why: str, fold: str = "") -> dict[str, Any]:
    return {"weekday": weekday, "date": day, "why": why, "state": "off", "fold": fold}


def weeks() -> list[dict[str, Any]]:
    """Return the weeks of an invented suspension."""
    return [
        {"label": "19 Oct", "days": [{"text": n, "state": "in"} for n in range(1, 6)]},
        {"label": "26 Oct", "days": [{"text": "Half term", "state": "off", "span": 5}]},
        {
            "label": "2 Nov",
            "days": [
                {"text": "INSET", "state": "off"},
                {"text": 6, "state": "due"},
                {"text": 7, "state": "in"},
                {"text": "Back"},
                {"text": ""},
            ],
        },
    ]


CHILD = {
    "name": "Kieran Holloway",
    "href": "/pupils/1/",
    "facts": [
        {"term": "Born", "text": "3 May 2012 (14)"},
        {"term": "Year", "text": "10"},
        {"term": "UPN", "text": "H999412321014"},
        {"term": "School", "text": "Tarrock Hill School", "href": "/schools/1/"},
        {"term": "On 14 October", "text": "SEN support, child in need, not looked after"},
    ],
}
SUB_NAVIGATION = {
    "label": "This exclusion",
    "items": [
        {"text": "Overview", "href": "?overview=", "active": True},
        {"text": "Notice", "href": "?notice="},
        {"text": "Letters (2)", "href": "?letters="},
        {"text": "Timeline", "href": "?timeline="},
    ],
}
COUNTS = [
    {"value": 2, "text": "overdue", "href": "?overdue=", "late": True},
    {"value": 4, "text": "due today", "href": "?today="},
    {"value": 5, "text": "later this week", "href": "?week="},
    {"value": 0, "text": "no education today", "href": "?education="},
]
COLUMNS = [
    {"text": "Select", "hidden": True, "classes": "app-w-tick"},
    {"text": "Child, school", "href": "?sort=child", "sort": "none"},
    {"text": "First day", "href": "?sort=first", "sort": "descending"},
    {"text": "Term days", "numeric": True, "classes": "app-w-10"},
    {"text": "Where it stands"},
]


def tick(name: str) -> Any:
    return format_html('<input class="app-tick" type="checkbox" name="case" aria-label="Select {}">', name)


def tag(text: str, colour: str) -> Any:
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


ROWS = [
    {
        "ticked": name == "Kieran Holloway",
        "cells": [
            {"html": tick(name)},
            {"text": name, "second": school, "href": "/exclusions/1/", "header": True},
            {"text": first, "second": reference},
            {"text": days, "numeric": True},
            {"html": tag(state, colour)},
        ],
    }
    for name, school, first, reference, days, state, colour in (
        ("Kieran Holloway", "Year 10, Tarrock Hill School", "Wed 14 Oct", "26-0147", 6.5, "2 school days late", "red"),
        ("Amelie Forsdyke", "Year 8, Wexcombe Academy", "Wed 14 Oct", "26-0146", 3, "Ended", "grey"),
        ("Noor Castellane", "Year 11, Cadderley High School", "Mon 12 Oct", "26-0144", 8, "Running", "blue"),
    )
]
PAGES = {
    "items": [
        {"number": 1, "href": "?page=1", "current": True},
        {"number": 2, "href": "?page=2"},
        {"ellipsis": True},
        {"number": 18, "href": "?page=18"},
    ],
    "next": {"href": "?page=2"},
}
FACTS = [
    {
        "key": {"text": "First reading"},
        "value": {"text": "Thursday 22 October. The sixth school day of the exclusion."},
        "actions": {
            "items": [{"text": "Working", "href": "?working=", "visually_hidden_text": "of the first reading"}]
        },
    },
    {"key": {"text": "Rules used"}, "value": {"text": "July 2026. Not yet checked against the published guidance."}},
]
TASKS = [
    {
        "title": {"text": "Tell the social worker"},
        "href": "?tell=",
        "status": {"tag": {"text": "Due", "classes": "govuk-tag--blue"}},
    },
    {"title": {"text": "Letter to parents"}, "status": {"text": "Met"}},
]
EVENTS = [
    {
        "label": {"text": "Notice logged"},
        "byline": {"text": "Asha Merriman"},
        "datetime": {"timestamp": "2026-10-19T08:42:00+01:00", "text": "Monday 19 October, 8:42am"},
        "text": "From the head, by e-mail.",
    }
]
GROUPS = [
    {
        "legend": "Kind",
        "name": "kind",
        "items": [
            {"value": "permanent", "text": "Permanent", "count": 31},
            {"value": "suspension", "text": "Suspension", "count": 176, "checked": True},
        ],
    }
]
PAGE_KEYS = [
    {"keys": ["j", "k"], "text": "next, previous row"},
    {"keys": ["x"], "text": "select"},
    {"keys": ["f"], "text": "filters"},
]
TAGS = [
    {"text": "2 school days late", "classes": "govuk-tag--red"},
    {"text": "Due", "classes": "govuk-tag--blue"},
    {"text": "Not due", "classes": "govuk-tag--grey"},
    {"text": "Met", "classes": "govuk-tag--green"},
    {"text": "Met 1 school day late", "classes": "govuk-tag--orange"},
    {"text": "Averted", "classes": "govuk-tag--turquoise"},
    {"text": "Rescinded", "classes": "govuk-tag--purple"},
]
