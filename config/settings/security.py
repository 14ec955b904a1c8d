"""Headers, cookies, content security policy and hosts."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import DEMO_HOME, IS_PRODUCTION, MODE, Mode, flag, items, text


def demonstration_secret() -> str:
    """Return the secret of this installation's demonstration, made once and kept beside its data."""
    import secrets

    file = DEMO_HOME / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(50))
        file.chmod(0o600)
    return file.read_text().strip()


if IS_PRODUCTION:
    SECRET_KEY = text("SECRET_KEY")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")
    ALLOWED_HOSTS = items("ALLOWED_HOSTS")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the site's own host names.")
else:
    SECRET_KEY = demonstration_secret()
    ALLOWED_HOSTS = items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")

# TLS ends before the site in most councils; without it (the demonstration) these would lock everybody out.
HTTPS = IS_PRODUCTION
SECURE_SSL_REDIRECT = HTTPS and flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^livez/$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY", default=False) else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_ENGINE = "casework.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = items("CSRF_TRUSTED_ORIGINS")

# What somebody without an account may ask of the pages that are open to all, from one address; 0 is no limit.
OPEN_REQUESTS_AN_HOUR = 0 if MODE is Mode.TEST else 60

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # The picture that an authenticator app scans is made for one reader and has no address.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
