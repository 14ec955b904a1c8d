from django.apps import AppConfig


class WsoaConfig(AppConfig):
    name = "wsoa"

    def ready(self) -> None:
        from casework.registry import NavigationItem, register_navigation
        from casework.roles import Permission

        register_navigation(NavigationItem("Plans", "wsoa:plans", Permission.SEE_PLANS, 45, "/plans/"))
