from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.tables import columns, day_in_full
from exclusions.forms.readings import ReadingForm, RuleSetCheckForm
from exclusions.models import ReadingChoice
from exclusions.rules.ambiguities import SETTING_LABELS
from exclusions.rules.readings import Ambiguity, Setting
from exclusions.selectors import readings as selectors
from exclusions.services import readings as service


@requires(Permission.SET_READINGS)
@require_safe
def readings(request: StaffRequest) -> HttpResponse:
    lines = selectors.reading_lines(on=timezone.localdate())
    context = {
        "columns": columns("Reference", "Question and its two readings", "In force", "Since", "By"),
        "rows": [_row(line) for line in lines],
        "rule_set_columns": columns("Rules", "State", "Checked by", "On"),
        "rule_set_rows": [_rule_set_row(line) for line in selectors.rule_set_lines()],
    }
    return render(request, "exclusions/readings.html", context)


@requires(Permission.SET_READINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: StaffRequest, ambiguity: str) -> HttpResponse:
    today = timezone.localdate()
    line = selectors.reading_line(_ambiguity(ambiguity), on=today)
    initial = {"version": line.version, "setting": line.setting.value, "in_force_from": today}
    form = ReadingForm(request.POST or None, question=line.question, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        address = reverse("exclusions:readings")
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data.pop("token"))
                data["setting"] = Setting(data["setting"])
                service.choose(by=request.user, at=timezone.now(), ambiguity=line.question.ambiguity, **data)
                form_use.led_to(used, address=address)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.ChangedMeanwhile:
            line = selectors.reading_line(line.question.ambiguity, on=today)
            form = form.reopened(version=line.version, what="this choice")
        else:
            messages.success(request, f"{line.question.ambiguity} is saved.")
            return redirect(address)
    context = {
        "line": line,
        "question": line.question,
        "form": form,
        "setting": SETTING_LABELS[line.setting],
        "rules": ", ".join(line.question.rules),
        "columns": columns("In force from", "Reading", "By", "Why"),
        "rows": [_choice_row(choice) for choice in line.history],
        "back": {"text": "Readings of the law", "href": reverse("exclusions:readings")},
    }
    return render(request, "exclusions/reading.html", context)


@requires(Permission.SET_READINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_check(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    line = _rule_set_line(code)
    initial: dict[str, Any] = {"version": line.version, "is_checked": line.is_checked}
    if line.is_checked and line.last:
        initial |= {"checked_by": line.last.checked_by, "checked_on": line.last.checked_on}
    form = RuleSetCheckForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        address = reverse("exclusions:readings")
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data.pop("token"))
                service.say_checked(by=request.user, at=timezone.now(), on=today, rules=line.rules, **data)
                form_use.led_to(used, address=address)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.CheckedInFuture:
            form.add_error("checked_on", "The day must be today or in the past")
        except service.ChangedMeanwhile:
            line = _rule_set_line(code)
            form = form.reopened(version=line.version, what="this check")
        else:
            messages.success(request, f"The check of {_name(line)} is saved.")
            return redirect(address)
    context = {
        "name": _name(line),
        "in_force_from": day_in_full(line.rules.in_force_from),
        "form": form,
        "back": {"text": "Readings of the law", "href": reverse("exclusions:readings")},
    }
    return render(request, "exclusions/rule_set_check.html", context)


def _ambiguity(reference: str) -> Ambiguity:
    try:
        return Ambiguity(reference)
    except ValueError:
        raise Http404 from None


def _rule_set_line(code: str) -> selectors.RuleSetLine:
    for line in selectors.rule_set_lines():
        if line.rules.code == code:
            return line
    raise Http404


def _name(line: selectors.RuleSetLine) -> str:
    """Return 'Rules of July 2026', without what the label says of them."""
    return line.rules.label.partition(":")[0]


def _row(line: selectors.ReadingLine) -> dict[str, Any]:
    question, choice = line.question, line.in_force
    since = {"text": "The beginning", "second": "nobody has chosen"}
    if choice:
        since = {"text": day_in_full(choice.in_force_from), "second": f"chosen on {_chosen_on(choice)}"}
    to_come = [each for each in line.to_come if choice is None or each.in_force_from > choice.in_force_from]
    in_force = {"text": SETTING_LABELS[line.setting]}
    if to_come:
        in_force["second"] = (
            f"{SETTING_LABELS[to_come[0].setting].lower()} from {day_in_full(to_come[0].in_force_from)}"
        )
    return {
        "cells": [
            {
                "text": question.ambiguity.value,
                "href": reverse("exclusions:reading", args=[question.ambiguity.value]),
                "header": True,
            },
            {"text": question.question, "second": f"1. {question.reading_1}. 2. {question.reading_2}."},
            in_force,
            since,
            {"text": choice.chosen_by.name if choice else ""},
        ]
    }


def _choice_row(choice: ReadingChoice) -> dict[str, Any]:
    return {
        "cells": [
            {"text": day_in_full(choice.in_force_from), "header": True},
            {"text": SETTING_LABELS[choice.setting]},
            {"text": choice.chosen_by.name, "second": f"on {_chosen_on(choice)}"},
            {"text": choice.why},
        ]
    }


def _rule_set_row(line: selectors.RuleSetLine) -> dict[str, Any]:
    last = line.last if line.is_checked else None
    return {
        "cells": [
            {
                "text": _name(line),
                "href": reverse("exclusions:rule-set-check", args=[line.rules.code]),
                "header": True,
            },
            {"text": "Checked" if last else "Not yet checked against the published guidance"},
            {"text": last.checked_by if last else ""},
            {"text": day_in_full(last.checked_on) if last else ""},
        ]
    }


def _chosen_on(choice: ReadingChoice) -> str:
    return day_in_full(timezone.localtime(choice.chosen_at).date())
