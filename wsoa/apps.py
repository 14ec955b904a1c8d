from django.apps import AppConfig


class WsoaConfig(AppConfig):
    name = "wsoa"

    def ready(self) -> None:
        from casework.registry import NavigationItem, register_message, register_navigation
        from casework.roles import Permission
        from wsoa import plan_files, work_lines
        from wsoa.services import asks

        register_message(asks.KIND, "Round of a plan: where do your actions stand?", filling=asks.fill)
        plan_files.register()
        work_lines.register()
        register_navigation(NavigationItem("Plans", "wsoa:plans", Permission.SEE_PLANS, 45, "/plans/"))
