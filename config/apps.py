from django.apps import AppConfig
from django.core.checks import Tags, register


class SixthDayConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from casework.identity import no_demonstration_account_in_production
        from casework.policy import every_page_declares_its_access
        from config import celery  # noqa: F401 - shared tasks find the application through it

        register(every_page_declares_its_access, Tags.security)
        register(no_demonstration_account_in_production, Tags.database)
