"""The site as gunicorn serves it."""

import gc
import os
import sys

from django.core.checks import Tags, run_checks
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()


def refuse_to_serve() -> str:
    """Return why the site may not serve on this database, or nothing.

    A database that cannot be asked yet is no reason: nobody can sign in either, and /healthz/ says so.
    """
    try:
        problems = run_checks(tags=[Tags.database], databases=["default"])
    except OperationalError:
        return ""
    return "\n".join(f"{problem.msg} {problem.hint}" for problem in problems if problem.is_serious())


if why := refuse_to_serve():
    sys.exit(why)

# What the site loaded stays as long as the process: looking through it again for garbage held up every hundredth page
# by a tenth of a second.
gc.collect()
gc.freeze()
