from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from casework.models import User


class Command(BaseCommand):
    help = "Shut every demonstration account: no password, no authenticator, no role's pages."
    # The check that refuses production while such accounts exist must not refuse their removal.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            accounts = User.objects.filter(is_demonstration=True)
            for user in accounts:
                user.set_unusable_password()
                user.is_active = False
                user.is_demonstration = False
                user.save(update_fields=["password", "is_active", "is_demonstration"])
                Authenticator.objects.filter(user=user).delete()
        self.stdout.write("Every demonstration account is shut.")
