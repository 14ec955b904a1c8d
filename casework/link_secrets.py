"""The secrets of links that open something without an account: known to the link alone, and here by their hash."""

import base64
import hashlib
import hmac

from django.conf import settings


def hash_of(secret: str) -> str:
    """Return the SHA-256 hash by which a secret is known."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signed(said: str) -> str:
    """Return the secret of what is said, signed with the site's key, so that no row of the database tells it."""
    made = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
