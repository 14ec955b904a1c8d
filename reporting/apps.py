from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from casework.registry import NavigationItem, register_job, register_navigation
        from casework.roles import Permission
        from reporting.services import committee_report

        register_job(committee_report.JOB_KIND, committee_report.do_build)
        register_navigation(NavigationItem("Reports", "reporting:reports", Permission.SEE_REPORTS, 50, "/reports/"))
