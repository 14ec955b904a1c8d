from django.urls import path, register_converter

from reporting.views import reports


class AccessConverter:
    """The two versions of a report."""

    regex = "public|restricted"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FileFormConverter(AccessConverter):
    regex = "pdf|html"


register_converter(AccessConverter, "report_access")
register_converter(FileFormConverter, "file_form")

app_name = "reporting"

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/open/", reports.open_report, name="open-report"),
    path("reports/<uuid:public_id>/", reports.report, name="report"),
    path("reports/<uuid:public_id>/build/", reports.build_report, name="build-report"),
    path("reports/<uuid:public_id>/sections/<slug:key>/", reports.report_section, name="report-section"),
    path("reports/<uuid:public_id>/sign/", reports.sign_report, name="sign-report"),
    path("reports/<uuid:public_id>/new-version/", reports.new_version, name="new-version"),
    path("reports/<uuid:public_id>/<report_access:access>.<file_form:form>", reports.report_file, name="report-file"),
]
