from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "panels"

    def ready(self) -> None:
        from casework.registry import NavigationItem, register_navigation
        from casework.roles import Permission

        work = frozenset({Permission.SEE_PANELS, Permission.PREPARE_PANELS, Permission.SIT_ON_PANELS})
        register_navigation(NavigationItem("Panels", "panels:panels", work, 40, "/panels/"))
        # Beside the other things that administrators set, and no role holds both: tests/unit/panels/test_roles.py.
        register_navigation(NavigationItem("Panels", "panels:panels", Permission.SET_PANELS, 61, "/panels/"))
