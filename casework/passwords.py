"""What a password must be beside long: the check that Django's own validators lack."""

from typing import Any

from django.core.exceptions import ValidationError

SEVERAL = "Choose a password of several different characters, not spaces alone or one character again and again"


class NotOneCharacter:
    """Refuse a password that is only white space, or one character repeated, with or without spaces between."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where fewer than two different characters are left without the white space."""
        if len(set("".join(password.split()))) < 2:
            raise ValidationError(SEVERAL, code="password_of_one_character")

    def get_help_text(self) -> str:
        """Return what a password must be."""
        return SEVERAL
