from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest


def page_links(request: HttpRequest, page: Page[Any], *, parameter: str = "page") -> dict[str, Any]:
    """Return what the pagination component draws, keeping every filter of the address.

    A page with a second list names that list's own `parameter`.
    """

    def href(number: int) -> str:
        query = request.GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    items: list[dict[str, Any]] = [
        {"ellipsis": True}
        if str(number) == str(page.paginator.ELLIPSIS)
        else {"number": number, "href": href(int(number)), "current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "items": items,
        "previous": {"href": href(page.previous_page_number())} if page.has_previous() else None,
        "next": {"href": href(page.next_page_number())} if page.has_next() else None,
    }
