from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "panels"

    def ready(self) -> None:
        from casework.registry import (
            CaseAction,
            NavigationItem,
            PupilAction,
            case_actions,
            message_guards,
            pupil_actions,
            register_message,
            register_navigation,
            register_roll_notices,
        )
        from casework.roles import Permission
        from panels import timeline, work_lines
        from panels.letters.decision import KIND as DECISION
        from panels.selectors.leaving_roll import roll_notices
        from panels.selectors.letters import kept_messages
        from panels.services.actions import KIND as ACTIONS_LATE

        timeline.register()
        work_lines.register()
        register_roll_notices(roll_notices)
        register_message(DECISION, "Decision of a panel")
        register_message(ACTIONS_LATE, "Late actions of a panel")
        message_guards.append(kept_messages)
        case_actions.append(CaseAction("Refer to a panel", "panels:refer", Permission.PREPARE_PANELS, True))
        pupil_actions.append(PupilAction("Refer to a panel", "panels:refer", Permission.PREPARE_PANELS))

        work = frozenset({Permission.SEE_PANELS, Permission.PREPARE_PANELS, Permission.SIT_ON_PANELS})
        register_navigation(NavigationItem("Panels", "panels:panels", work, 40, "/panels/"))
        # Beside the other things that administrators set, and no role holds both: tests/unit/panels/test_roles.py.
        register_navigation(NavigationItem("Panels", "panels:panels", Permission.SET_PANELS, 61, "/panels/"))
