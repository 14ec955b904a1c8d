from reporting.models.committee_report import CommitteeReport, ReportFile, ReportSection
from reporting.models.published import PublishedFigure

__all__ = ["CommitteeReport", "PublishedFigure", "ReportFile", "ReportSection"]
