"""What a state of a page is: who looks at it, and how they come there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.functional.browser.served import Site

Go = Callable[[Site, Page], Any]


@dataclass(frozen=True)
class State:
    """How to bring a page before one's eyes: as whom ("" for nobody), and how to go there."""

    who: str
    go: Go


def at(who: str, address: Callable[[Site], str] | str) -> State:
    """Return the state of a page that its address is enough for."""
    return State(who, lambda site, page: page.goto(address if isinstance(address, str) else address(site)))
