"""Every page of the site by name, with its address."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.policy.objects import parameter
from tests.policy.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
EXPECTED = Path(__file__).with_name("expected.csv")


@dataclass(frozen=True)
class Page:
    """One pattern: its name with its app, its route, its parameters."""

    name: str
    route: str
    parameters: tuple[str, ...]

    def address(self, world: World, *, absent: bool = False) -> str:
        """Return the page's address for rows that are there, or for a row that is not."""
        found = {name: parameter(self.name, name) for name in self.parameters}
        values = {
            name: each.absent if absent and each.absent is not None else each.there(world)
            for name, each in found.items()
        }
        return reverse(self.name, kwargs=values)

    @property
    def names_a_row(self) -> bool:
        """Tell whether the address names a row, which may be absent."""
        return any(parameter(self.name, name).absent is not None for name in self.parameters)


def pages() -> list[Page]:
    """Return every page of the site."""
    return [
        Page(
            name=f"{namespace}:{pattern.name}" if namespace else str(pattern.name),
            route=route + str(pattern.pattern),
            parameters=tuple(pattern.pattern.converters),
        )
        for route, namespace, pattern in _walk(get_resolver())
    ]


def _walk(
    resolver: URLResolver, route: str = "", namespace: str | None = None
) -> list[tuple[str, str | None, URLPattern]]:
    found: list[tuple[str, str | None, URLPattern]] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += _walk(entry, route + str(entry.pattern), entry.namespace or namespace)
        else:
            found.append((route, namespace, entry))
    return found


def expected() -> dict[str, dict[str, str]]:
    """Return the declared outcome of each page: who is allowed, and what each method answers them."""
    with EXPECTED.open(newline="") as file:
        return {row["page"]: row for row in csv.DictReader(line for line in file if not line.startswith("#"))}
