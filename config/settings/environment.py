"""What the environment says. Everything that differs between installations is read here."""

import os
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]


class Mode(StrEnum):
    """How this process runs. Serving is production unless the environment says otherwise."""

    PRODUCTION = "production"
    DEMONSTRATION = "demonstration"
    TEST = "test"


def text(name: str, default: str | None = None) -> str:
    """Return the variable, else the default; raise when neither is there."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return a yes-or-no variable ("1", "true", "yes", "on" are yes)."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return a whole number; raise when the variable holds anything else."""
    value = os.environ.get(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def items(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without its blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


try:
    MODE = Mode(os.environ.get("SIXTH_DAY_MODE", Mode.PRODUCTION))
except ValueError as error:
    raise ImproperlyConfigured("SIXTH_DAY_MODE must be production, demonstration or test.") from error

IS_PRODUCTION = MODE is Mode.PRODUCTION
DEMO_HOME = Path(os.environ.get("DEMO_HOME") or BASE_DIR / ".demo").resolve()
