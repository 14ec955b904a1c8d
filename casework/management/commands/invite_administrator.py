from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from casework.models import Invitation
from casework.services import invitations, people
from casework.services.people import ADMINISTRATOR, Details


class Command(BaseCommand):
    help = "Make an administrator's account and print the link that opens it: how a new installation gets its first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--site", default="http://localhost:8000/", help="The site's address.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as wrong:
            raise CommandError("This is no email address.") from wrong
        details = Details(name=options["name"], post="", role=ADMINISTRATOR)
        try:
            user = people.invite(
                by=None, at=timezone.now(), email=options["email"], details=details, site=options["site"]
            )
        except people.AddressTaken as taken:
            raise CommandError("An account has this email address already.") from taken
        secret = invitations.secret_of(Invitation.objects.get(user=user))
        self.stdout.write(f"Good for seven days, and once: {options['site'].rstrip('/')}/invitation/{secret}/")
