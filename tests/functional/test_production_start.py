"""What production refuses to start with, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

from tests.cast import person
from tests.factories import casework as rows

ROOT = Path(__file__).parents[2]
SECRET = "k" * 60


def database_url() -> str:
    """Return the address of the test database, as production is told it."""
    settings = connection.get_connection_params()
    place = {"host": settings["host"]} if str(settings.get("host", "")).startswith("/") else {}
    where = "" if place else f"{settings.get('host', '')}:{settings.get('port', 5432)}"
    secret = f":{quote(str(settings['password']))}" if settings.get("password") else ""
    return f"postgres://{settings['user']}{secret}@{where}/{settings['dbname']}?{urlencode(place)}".rstrip("?")


def start(code: str = "import config.wsgi", **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the site as gunicorn does, with production's environment changed as told; "" takes a variable away."""
    production = {
        "PATH": os.environ["PATH"], "SIXTH_DAY_MODE": "production", "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "sixth-day.example", "DATABASE_URL": "postgres://nobody@localhost:1/none",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    given = {name: value for name, value in (production | environment).items() if value}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=given, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SECRET_KEY": ""}, "Set the environment variable SECRET_KEY."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must have at least 50 characters."),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": " , "}, "Set ALLOWED_HOSTS"),
        ({"DATABASE_URL": ""}, "Set DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///x"}, "DATABASE_URL must begin with postgres://"),
        ({"SIXTH_DAY_MODE": "staging"}, "SIXTH_DAY_MODE must be"),
        ({"JOB_LEASE_SECONDS": "soon"}, "JOB_LEASE_SECONDS must be a whole number"),
    ],
)
def test_production_does_not_start_on_a_wrong_environment(environment: dict[str, str], said: str) -> None:
    done = start("import django; django.setup()", **environment)

    assert done.returncode != 0
    assert said in done.stderr
    assert SECRET not in done.stderr


def test_serving_is_production_unless_the_environment_says_otherwise() -> None:
    done = start(
        "from django.conf import settings; print(settings.SIXTH_DAY_MODE, settings.DEBUG)", SIXTH_DAY_MODE="", DEBUG="1"
    )

    assert done.stdout.split() == ["production", "False"]


@pytest.mark.django_db(transaction=True)
def test_site_is_not_served_while_an_account_has_a_printed_password() -> None:
    rows.LocalAuthorityFactory.create()
    assert start(DATABASE_URL=database_url()).returncode == 0

    person("printed", role="eas_officer", is_demonstration=True)
    refused = start(DATABASE_URL=database_url())

    assert refused.returncode != 0
    assert "demonstration account" in refused.stderr


@pytest.mark.django_db(transaction=True)
def test_deployment_check_names_the_printed_password_too() -> None:
    person("printed", role="eas_officer", is_demonstration=True)

    check = "import sys; sys.argv = ['manage.py', 'check', '--database', 'default']; import manage; manage.main()"
    done = start(check, DATABASE_URL=database_url())

    assert done.returncode != 0
    assert "casework.E002" in done.stderr
