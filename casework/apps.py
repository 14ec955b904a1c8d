from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework import import_kinds, timeline
        from casework.registry import NavigationItem, register_job, register_navigation
        from casework.roles import Permission
        from casework.services import messages

        import_kinds.register()
        register_job(messages.SEND, messages.work)
        register_navigation(
            NavigationItem("Messages", "casework:sent-messages", Permission.SEE_MESSAGES, 65, "/messages/")
        )
        timeline.register()
        register_navigation(NavigationItem("Pupils", "casework:search", Permission.SEE_PUPILS, 30, "/pupils/"))
        register_navigation(NavigationItem("Schools", "casework:schools", Permission.SEE_SCHOOLS, 60, "/schools/"))
        register_navigation(
            NavigationItem("Imports", "casework:imports", Permission.IMPORT_SCHOOLS, 66, "/administration/imports/")
        )
