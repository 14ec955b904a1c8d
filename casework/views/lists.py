from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms.lists import ListItemForm
from casework.http import StaffRequest
from casework.policy import requires
from casework.registry import EditableList, editable_lists
from casework.roles import Permission
from casework.selectors import lists as selectors
from casework.services import form_use
from casework.services import lists as services
from casework.views.tables import columns, day_in_full

WORDS_TAKEN = "The list has an item of these words already"


@requires(Permission.SET_LISTS)
@require_safe
def lists(request: StaffRequest) -> HttpResponse:
    kept = [
        {"text": each.title, "href": reverse("casework:list", args=[key]), "description": each.description}
        for key, each in sorted(editable_lists.items(), key=lambda item: item[1].title)
    ]
    return render(request, "casework/lists.html", {"lists": kept})


@requires(Permission.SET_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def kept_list(request: StaffRequest, key: str) -> HttpResponse:
    """Show the items of a list, and add one."""
    kept = _list(key)
    form = ListItemForm(request.POST or None, today=timezone.localdate(), kept=kept, initial={"version": 0})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                services.add(
                    by=request.user,
                    key=key,
                    label=data["label"],
                    counts_as=data.get("counts_as", ""),
                    valid_from=data["valid_from"],
                    valid_to=data["valid_to"],
                )
                form_use.led_to(used, address=reverse("casework:list", args=[key]))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except services.LabelTaken:
            form.add_error("label", WORDS_TAKEN)
        else:
            messages.success(request, f"“{data['label']}” is added.")
            return redirect("casework:list", key)
    context = {"kept": kept, "form": form, "back": _back()} | _table(key, kept)
    return render(request, "casework/list.html", context)


@requires(Permission.SET_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def list_item(request: StaffRequest, key: str, code: str) -> HttpResponse:
    kept = _list(key)
    item = next((each for each in selectors.items(key) if each.code == code), None)
    if item is None:
        raise Http404
    held = {name: getattr(item, name) for name in ("label", "valid_from", "valid_to", "version")}
    form = ListItemForm(request.POST or None, today=timezone.localdate(), kept=kept, fixed=True, initial=held)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                services.change(
                    by=request.user,
                    key=key,
                    code=code,
                    version=data["version"],
                    label=data["label"],
                    counts_as=item.counts_as,
                    valid_from=data["valid_from"],
                    valid_to=data["valid_to"],
                )
                form_use.led_to(used, address=reverse("casework:list", args=[key]))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except services.LabelTaken:
            form.add_error("label", WORDS_TAKEN)
        except services.ChangedMeanwhile:
            now = next(each for each in selectors.items(key) if each.code == code)
            form = form.reopened(version=now.version, what="this item")
        else:
            messages.success(request, f"“{data['label']}” is saved.")
            return redirect("casework:list", key)
    back = {"text": kept.title, "href": reverse("casework:list", args=[key])}
    return render(request, "casework/list_item.html", {"kept": kept, "item": item, "form": form, "back": back})


def _list(key: str) -> EditableList:
    if key not in editable_lists:
        raise Http404
    return editable_lists[key]


def _back() -> dict[str, str]:
    return {"text": "Lists", "href": reverse("casework:lists")}


def _table(key: str, kept: EditableList) -> dict[str, Any]:
    part = ["Counts as"] if kept.counts_as else []
    rows = [
        {
            "cells": [
                {"text": item.label, "href": reverse("casework:list-item", args=[key, item.code]), "header": True},
                *([{"text": kept.built_in.get(item.counts_as, "")}] if kept.counts_as else []),
                {"text": "Built in" if item.built_in else "Added"},
                {"text": day_in_full(item.valid_from) if item.valid_from else "Always"},
                {"text": day_in_full(item.valid_to) if item.valid_to else ""},
            ]
        }
        for item in selectors.items(key)
    ]
    return {"columns": columns("Item", *part, "Origin", "First day", "Last day"), "rows": rows}
