"""How the timeline tells what happens to any case."""

from collections.abc import Mapping
from typing import Any

from casework.registry import register_sentence


def register() -> None:
    """Give each event of this app its sentence."""
    register_sentence("owner_changed", _owner_changed)


def _owner_changed(data: Mapping[str, Any]) -> str:
    to, was, reason = data["to"] or "nobody", data["from"], data["reason"]
    words = f"Owner: {to}, was {was}." if was else f"Owner: {to}."
    return f"{words} {reason[:1].upper()}{reason[1:]}." if reason else words
