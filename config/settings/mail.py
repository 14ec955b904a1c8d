"""How messages go out: by SMTP in production; kept and shown on a page of their own in the demonstration."""

from config.settings.environment import IS_PRODUCTION, flag, number, text

# Nothing leaves the machine: a demonstration's addresses are invented, and somebody may own them.
MAIL_IS_KEPT = not IS_PRODUCTION

# Until a server is named, messages wait as failed and are listed: none is lost.
EMAIL_BACKEND = text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 587)
EMAIL_HOST_USER = text("EMAIL_HOST_USER", "").strip()
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = number("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", text("COUNCIL_EMAIL", "education.access@marchshire.example"))
