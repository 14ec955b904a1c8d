"""Sign-in: accounts with an authenticator app, throttled in the database."""

from datetime import timedelta

from config.settings.environment import MODE, Mode

AUTH_USER_MODEL = "casework.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "casework.passwords.NotOneCharacter"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "casework.identity.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {"login": "casework.forms.sign_in.SignInForm"}
MFA_FORMS = {
    "authenticate": "casework.forms.sign_in.CodeForm",
    "reauthenticate": "casework.forms.sign_in.CodeForm",
}
ACCOUNT_RATE_LIMITS = False if MODE is Mode.TEST else {"login": "30/m/ip", "login_failed": "10/m/ip,10/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sixth Day"
MFA_TOTP_TOLERANCE = 1

# A delay, never a lock: a lock would let anybody shut an officer out.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = "config.settings.accounts.cool_off"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "casework.identity.address_tried"
AXES_LOCKOUT_TEMPLATE = "account/too_many_attempts.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False


def cool_off(*_: object) -> timedelta:
    """Return how long an account and address rest after ten wrong passwords."""
    return timedelta(minutes=5)
