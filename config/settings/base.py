"""Applications, templates, language and static files."""

import pghistory

from config.settings import environment
from config.settings.environment import BASE_DIR, IS_PRODUCTION, MODE, flag, number, text

DEBUG = flag("DEBUG", default=False) and not IS_PRODUCTION
SIXTH_DAY_MODE = str(MODE)
DEMO_HOME = environment.DEMO_HOME

INSTALLED_APPS = [
    "config.apps.SixthDayConfig",
    "reporting",
    "panels",
    "wsoa",
    "exclusions",
    "casework",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_filters",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "casework.middleware.headers",
    "casework.middleware.database_outage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the one that reads the body for its token.
    "casework.middleware.body_limit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "casework.middleware.session_limits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "casework.middleware.second_factor",
    "casework.middleware.policy",
    "casework.middleware.write_audit",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casework.context.site",
            ],
        },
    }
]
FORM_RENDERER = "casework.forms.renderer.GovukFormRenderer"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION

# Process memory only: no other program can write what we would unpickle.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

COUNCIL_NAME = text("COUNCIL_NAME", "Marchshire Council")
COUNCIL_EMAIL = text("COUNCIL_EMAIL", "education.access@marchshire.example")
COUNCIL_TELEPHONE = text("COUNCIL_TELEPHONE", "01632 960 417")
# The council's own three-digit authority code; 999 is the dummy code of the demonstration.
COUNCIL_AUTHORITY_CODE = text("COUNCIL_AUTHORITY_CODE", "999")
# The area whose published series is the council's own. The demonstration's council is invented and reads another's.
PUBLISHED_AREA = text("PUBLISHED_AREA", "Shropshire")
COMMITTEE_NAME = text("COMMITTEE_NAME", "Children and Young People Overview Committee")
RESPONSIBLE_OFFICER = text("RESPONSIBLE_OFFICER", "Ruth Ellerby, Head of Education Access")
SHOW_GALLERY = not IS_PRODUCTION

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
LARGEST_DOCUMENT = number("LARGEST_DOCUMENT_MB", 10) * 1024**2
DOCUMENTS_A_CASE = number("DOCUMENTS_A_CASE_MB", 200) * 1024**2
DOCUMENTS_A_PERSON_A_DAY = number("DOCUMENTS_A_PERSON_A_DAY_MB", 500) * 1024**2
# The dotted name of a function that takes bytes and returns a casework.scanning.Verdict.
DOCUMENT_SCANNER = text("DOCUMENT_SCANNER", "")
SILENCED_SYSTEM_CHECKS: list[str] = []

PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
CSRF_FAILURE_VIEW = "casework.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
