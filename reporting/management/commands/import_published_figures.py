from typing import Any

from django.core.management.base import BaseCommand

from reporting.data.published import import_published_figures


class Command(BaseCommand):
    help = "Import the published series of permanent exclusions and suspensions."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{import_published_figures()} published figures are held")
