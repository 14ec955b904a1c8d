"""Compare markup as a browser reads it: not its spaces, nor the order of attributes."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
VOID = {"br", "hr", "img", "input", "link", "meta", "col", "wbr"}

Markup = list[object]


class Reader(HTMLParser):
    """Turns markup into nested lists of (tag, attributes, children) and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Markup = []
        self.open: list[tuple[str, Markup]] = [("", self.root)]
        self.text = ""

    def end_text(self) -> None:
        text = re.sub(r"\s+", " ", self.text).strip()
        if text:
            self.open[-1][1].append(text)
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_text()
        children: Markup = []
        tidy = sorted((name, " ".join((value or "").split())) for name, value in attrs)
        self.open[-1][1].append((tag, tidy, children))
        if tag not in VOID:
            self.open.append((tag, children))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.end_text()
        if tag in VOID:
            return
        opened, _ = self.open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.text += data


def read_markup(html: str) -> Markup:
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.end_text()
    assert len(reader.open) == 1, f"never closed: {[tag for tag, _ in reader.open]}"
    return reader.root


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()


def as_parameters(value: Any, name: str = "") -> Any:
    """Give the package's parameters our spelling, and mark what it calls HTML as safe."""
    if isinstance(value, dict):
        if name == "attributes":
            return value
        return {snake(key): as_parameters(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [as_parameters(item) for item in value]
    is_markup = name.lower().endswith("html") or name in {"start", "end", "navigationStart", "navigationEnd"}
    # The package's own fixtures, never anything a person typed.
    return mark_safe(value) if is_markup and isinstance(value, str) else value  # noqa: S308


@pytest.fixture
def markup() -> Callable[[str], Markup]:
    return read_markup


@pytest.fixture
def draw() -> Callable[[str, dict[str, Any]], str]:
    """Render one of our components with a package's own parameters."""

    def drawn(component: str, options: dict[str, Any]) -> str:
        name = component.replace("-", "_")
        return str(render_to_string(f"components/{name}.html", as_parameters(options)))

    return drawn


def published(package: str, component: str) -> list[dict[str, Any]]:
    file = FIXTURES / package / f"{component}.json"
    fixtures: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["fixtures"]
    return fixtures


@pytest.fixture
def published_names() -> Callable[[str, str], set[str]]:
    """Return the names of a component's published fixtures."""
    return lambda package, component: {one["name"] for one in published(package, component)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that takes `example` every published fixture of its package but the listed ones."""
    if "example" not in metafunc.fixturenames:
        return
    package: str = metafunc.module.PACKAGE
    not_drawn: dict[str, dict[str, str]] = metafunc.module.NOT_DRAWN
    examples = [
        (path.stem, fixture)
        for path in sorted((FIXTURES / package).glob("*.json"))
        for fixture in published(package, path.stem)
        if fixture["name"] not in not_drawn.get(path.stem, {})
    ]
    ids = [f"{component}: {fixture['name']}" for component, fixture in examples]
    metafunc.parametrize("example", examples, ids=ids)
