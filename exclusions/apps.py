from django.apps import AppConfig


class ExclusionsConfig(AppConfig):
    name = "exclusions"

    def ready(self) -> None:
        from casework.registry import NavigationItem, PupilAction, pupil_actions, register_message, register_navigation
        from casework.roles import Permission
        from exclusions import carrying_over, duties, lists, school_lines, timeline
        from exclusions.letters.receipt import KIND as RECEIPT

        register_message(RECEIPT, "Receipt for a notice")
        timeline.register()
        duties.register()
        lists.register()
        school_lines.register()
        carrying_over.register()
        register_navigation(NavigationItem("My work", "exclusions:my-work", Permission.SEE_EXCLUSIONS, 10, "/my-work/"))
        register_navigation(
            NavigationItem("Exclusions", "exclusions:exclusions", Permission.SEE_EXCLUSIONS, 20, "/exclusions/")
        )
        register_navigation(
            NavigationItem(
                "Reason codes",
                "exclusions:reason-codes",
                Permission.SET_REASON_CODES,
                70,
                "/administration/reason-codes/",
            )
        )
        register_navigation(
            NavigationItem(
                "Readings of the law",
                "exclusions:readings",
                Permission.SET_READINGS,
                75,
                "/administration/readings/",
            )
        )
        register_navigation(NavigationItem("Calculator", "exclusions:calculator", None, 90, "/calculator/"))
        pupil_actions.append(PupilAction("Log a notice", "exclusions:log-notice", Permission.LOG_NOTICES, key="n"))
