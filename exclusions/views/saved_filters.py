from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.http import StaffRequest
from casework.models import SavedFilter
from casework.policy import requires, signed_in
from casework.roles import Permission
from casework.services import form_use
from casework.services import saved_filters as services
from exclusions.forms.saved_filters import SavedFilterForm

PAGE = "exclusions"


@requires(Permission.SEE_EXCLUSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def saved_filters(request: StaffRequest) -> HttpResponse:
    """Show a person's saved filters, and save what the address holds under a name."""
    taken = False
    offered = request.GET.urlencode()
    form = SavedFilterForm(request.POST or None, initial={"query": offered})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        address = f"{reverse('exclusions:exclusions')}?{data['query']}"
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                services.save(
                    by=request.user,
                    at=timezone.now(),
                    page=PAGE,
                    name=data["name"],
                    query=data["query"],
                    replace=data["replace"],
                )
                form_use.led_to(used, address=reverse("exclusions:saved-filters"))
        except form_use.AlreadyUsed:
            # The same click again: its filter may be longer than the address that is kept of a form.
            return redirect(address)
        except services.TooMany:
            form.add_error("name", f"You have {services.MOST} saved filters: throw one away first")
        except services.NameTaken:
            taken = True
            form.add_error("name", "You have another filter of this name: tick that it is replaced, or change the name")
        else:
            messages.success(request, f"The filter “{data['name']}” is saved.")
            return redirect(address)
    context: dict[str, Any] = {
        "form": form,
        "taken": taken,
        "saving": bool(offered) or form.is_bound,
        "saved": SavedFilter.objects.filter(user=request.user, page=PAGE).order_by("name"),
        "list_href": reverse("exclusions:exclusions"),
    }
    return render(request, "exclusions/saved_filters.html", context)


@signed_in
@require_POST
def remove_saved_filter(request: StaffRequest, number: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=number, user=request.user, page=PAGE)
    services.remove(by=request.user, saved=saved)
    messages.success(request, f"The filter “{saved.name}” is thrown away.")
    return redirect("exclusions:saved-filters")
