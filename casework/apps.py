from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework import import_kinds, timeline
        from casework.registry import (
            EditableList,
            NavigationItem,
            register_job,
            register_list,
            register_message,
            register_navigation,
        )
        from casework.roles import Permission
        from casework.services import invitations, messages, people

        import_kinds.register()
        register_job(messages.SEND, messages.work)
        register_message(invitations.KIND, "Invitation to an account", filling=invitations.fill)
        register_message(people.NOTICE, "Notice about an account")
        register_message(people.DORMANT_WARNING, "Account not used for 30 days")
        register_navigation(
            NavigationItem("Messages", "casework:sent-messages", Permission.SEE_MESSAGES, 65, "/messages/")
        )
        timeline.register()
        register_list(
            "meeting-kinds",
            EditableList(
                title="Kinds of meeting",
                description="What a note of a meeting may be about.",
                built_in={
                    "pupil-planning": "Pupil planning meeting",
                    "reintegration": "Reintegration meeting",
                    "strategy": "Strategy meeting",
                    "review": "Review",
                },
            ),
        )
        register_navigation(
            NavigationItem("Lists", "casework:lists", Permission.SET_LISTS, 72, "/administration/lists/")
        )
        register_navigation(
            NavigationItem("Council", "casework:council-profile", Permission.SET_LISTS, 73, "/administration/council/")
        )
        register_navigation(NavigationItem("Pupils", "casework:search", Permission.SEE_PUPILS, 30, "/pupils/"))
        register_navigation(NavigationItem("Schools", "casework:schools", Permission.SEE_SCHOOLS, 60, "/schools/"))
        register_navigation(
            NavigationItem("Term dates", "casework:term-dates", Permission.SET_TERM_DATES, 62, "/term-dates/")
        )
        register_navigation(NavigationItem("People", "casework:people", Permission.MANAGE_PEOPLE, 68, "/people/"))
        register_navigation(
            NavigationItem("Imports", "casework:imports", Permission.BRING_FILES, 66, "/administration/imports/")
        )
