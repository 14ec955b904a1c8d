"""Loaded by pytest before Django is: tests never run on production or demonstration settings."""

import os

os.environ["SIXTH_DAY_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Playwright's driver leaves an event loop in the thread that it is called from; the browser tests' own queries are
# no part of any view, so they may run beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
