"""Committee reports: opened, built, written, signed. What is signed never changes."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from casework.council import council
from casework.models import Job, LocalAuthority, User
from casework.rules.periods import Period
from casework.selectors.calendars import authority_calendar
from casework.services import jobs
from casework.services.jobs import Progress
from reporting.models import CommitteeReport, ReportFile, ReportSection
from reporting.reports import committee_report, files
from reporting.reports.committee_report import Composed, Cover, day_in_words
from reporting.reports.sections import BY_KEY, NEEDED_TO_SIGN, SECTIONS
from reporting.rules.narrative import BRACES
from reporting.selectors import report_figures

JOB_KIND = "build_committee_report"
ACCESSES = ("restricted", "public")
SMALL_NUMBER = re.compile(r"(?<![\d.,/£-])\b([1-4]|one|two|three|four)\b(?![\d/,]|\.\d)", re.IGNORECASE)
# A term that ended longer ago than this was ended before the service began to keep reports.
CATCH_UP_DAYS = 100


class AlreadySigned(Exception):
    """A signed report never changes: start a new version."""


class NotSigned(Exception):
    """A new version follows a signed one only."""


class NotReadyToSign(Exception):
    """Something is still to be done; `missing` names it."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class ChangedMeanwhile(Exception):
    """Somebody else has changed what the page showed."""


def open_report(*, by: User | None, at: datetime, period: Period) -> CommitteeReport:
    """Open the first version of the report of a period, or return the latest that there is.

    Its narrative carries over from the last report of the same kind of period. A second call at the same moment
    returns what the first opened.
    """
    latest: CommitteeReport | None = CommitteeReport.objects.filter(period=period.key).order_by("-version").first()
    return latest or _open(by=by, at=at, period=period, version=1, before=_last_before(period))


def open_for_ended_terms(*, on: date, at: datetime) -> list[CommitteeReport]:
    """Open a report for each term of the council's own calendar that has ended and has none; return those opened.

    However often it is called, from however many places at once, each term has one.
    """
    authority = LocalAuthority.objects.filter(code=settings.COUNCIL_AUTHORITY_CODE).first()
    if authority is None:
        return []
    calendar = authority_calendar(authority.pk)
    last_days: dict[str, date] = {}
    for spell in calendar.spells:
        term = calendar.statutory_term(spell.first)
        last_days[f"{term.school_year.label}-{term.name}"] = spell.last
    opened = []
    for key, last in last_days.items():
        if not 0 < (on - last).days <= CATCH_UP_DAYS or CommitteeReport.objects.filter(period=key).exists():
            continue
        report = open_report(by=None, at=at, period=Period.parse(key))
        build(by=None, at=at, report=report)
        opened.append(report)
    return opened


def start_new_version(*, by: User, at: datetime, report: CommitteeReport) -> CommitteeReport:
    """Open the version after a signed report, with its narrative. Raises NotSigned.

    A second call returns the version that the first opened.
    """
    if report.signed_at is None:
        raise NotSigned
    later = (
        CommitteeReport.objects.filter(period=report.period, version__gt=report.version).order_by("-version").first()
    )
    return later or _open(by=by, at=at, period=Period.parse(report.period), version=report.version + 1, before=report)


def set_cover(
    *, report: CommitteeReport, edit_version: int, committee: str, meeting_on: date | None, item: str, officer: str
) -> None:
    """Set what stands on the cover. Raises AlreadySigned and ChangedMeanwhile; nothing is saved then."""
    changed = CommitteeReport.objects.filter(pk=report.pk, edit_version=edit_version, signed_at__isnull=True).update(
        committee=committee,
        meeting_on=meeting_on,
        item=item,
        responsible_officer=officer,
        edit_version=F("edit_version") + 1,
    )
    if not changed:
        _refuse(report)


def write_section(*, by: User, at: datetime, section: ReportSection, version: int, body: str) -> None:
    """Keep a section's narrative. Raises AlreadySigned, ChangedMeanwhile, UnknownFigure; nothing is saved then."""
    with transaction.atomic():
        report = CommitteeReport.objects.select_for_update().get(pk=section.report_id)
        if report.signed_at:
            raise AlreadySigned
        if report.figures:
            _check_figures_named(report, section.key, body)
        changed = ReportSection.objects.filter(pk=section.pk, version=version).update(
            body=body, edited_by=by, edited_at=at, carried_over=False, version=F("version") + 1
        )
        if not changed:
            raise ChangedMeanwhile


def build(*, by: User | None, at: datetime, report: CommitteeReport) -> Job:
    """Ask for the figures and files of an unsigned report to be made, and return the job.

    While one is under way it is returned, and no second is asked for. Raises AlreadySigned.
    """
    if report.signed_at:
        raise AlreadySigned
    mine = Job.objects.filter(kind=JOB_KIND, subject=report.pk)
    under_way: Job | None = mine.filter(finished_at__isnull=True, failed_at__isnull=True).first()
    if under_way:
        return under_way
    key = f"{JOB_KIND}:{report.pk}:{mine.count() + 1}"
    with transaction.atomic():
        return jobs.ask_for(by=by, at=at, kind=JOB_KIND, subject=report.pk, natural_key=key)


def do_build(progress: Progress, report_id: int) -> None:
    """Make the figures and the four files of a report, and keep them together or not at all.

    A report that was signed meanwhile is left as it was signed.
    """
    at = progress.at
    report = CommitteeReport.objects.get(pk=report_id)
    progress.show(done=0, total=6, message="Counting")
    figures = gather(Period.parse(report.period), as_at=at.date())
    made: list[ReportFile] = []
    narratives = narratives_of(report)
    for number, access in enumerate(ACCESSES):
        progress.show(done=1 + number * 2, total=6, message=f"Setting the {access} version")
        made += render(report, figures, narratives, access, at=at, version_words=_version_words(report, None))
    progress.show(done=5, total=6, message="Keeping the files")
    with progress.keeping():
        held = CommitteeReport.objects.select_for_update().get(pk=report_id)
        if held.signed_at:
            return
        _keep_files(report, made)
        CommitteeReport.objects.filter(pk=report_id).update(
            figures=figures, figures_as_at=at.date(), built_at=at, edit_version=F("edit_version") + 1
        )


def sign(*, by: User, at: datetime, report: CommitteeReport, edit_version: int) -> CommitteeReport:
    """Sign a report: its figures are frozen as built, its files are made for the last time and their hashes kept.

    Raises AlreadySigned, ChangedMeanwhile, and NotReadyToSign with what is missing; nothing is changed then.
    """
    with transaction.atomic():
        held: CommitteeReport = CommitteeReport.objects.select_for_update().get(pk=report.pk)
        if held.signed_at:
            raise AlreadySigned
        if held.edit_version != edit_version:
            raise ChangedMeanwhile
        if missing := missing_to_sign(held):
            raise NotReadyToSign(missing)
        narratives = narratives_of(held)
        words = _version_words(held, at)
        made = [
            file
            for access in ACCESSES
            for file in render(held, held.figures or {}, narratives, access, at=at, version_words=words)
        ]
        _keep_files(held, made)
        held.signed_at, held.signed_by = at, by
        held.edit_version += 1
        held.save(update_fields=["signed_at", "signed_by", "edit_version"])
    return held


def missing_to_sign(report: CommitteeReport) -> tuple[str, ...]:
    """Return what is still to be done before a report can be signed, in words; nothing when it can."""
    missing = [] if report.figures else ["the figures are not built"]
    written = {section.key: section.body.strip() for section in report.sections.all()}
    missing += [f"section “{BY_KEY[key].heading}” is empty" for key in NEEDED_TO_SIGN if not written.get(key)]
    if report.meeting_on is None:
        missing.append("the day of the meeting is not set")
    return tuple(missing)


def small_numbers_typed(report: CommitteeReport) -> list[tuple[str, str]]:
    """Return each sentence of the narrative that a person typed a number from 1 to 4 into, with its section.

    Such a number is not protected by the report: whoever signs must know that no child can be told from it.
    """
    return [
        (BY_KEY[key].heading, sentence.strip())
        for key, body in narratives_of(report).items()
        for sentence in re.split(r"(?<=[.;!?])\s+|\n", body)
        if SMALL_NUMBER.search(BRACES.sub("", sentence))
    ]


def gather(period: Period, *, as_at: date) -> dict[str, Any]:
    """Return the figures of a period for the council's own area."""
    return report_figures.gather(period, as_at=as_at, published_area=settings.PUBLISHED_AREA)


def composed(report: CommitteeReport, access: str) -> Composed:
    """Return a version of the report as its figures and narrative now stand. Raises as `compose` does."""
    cover = cover_of(report, _version_words(report, report.signed_at))
    return committee_report.compose(
        figures=report.figures or {}, narratives=narratives_of(report), cover=cover, access=access
    )


def document_for(period: Period, *, access: str, on: date) -> dict[str, Any]:
    """Return the document of a period's report as it would be built on the day; nothing is saved.

    A signed report is given as it was signed. Otherwise the narrative is the draft's, or the opening words.
    """
    held = CommitteeReport.objects.filter(period=period.key).order_by("-version").first()
    if held and held.signed_at:
        return composed(held, access).document
    report = held or CommitteeReport(
        period=period.key, committee=settings.COMMITTEE_NAME, responsible_officer=settings.RESPONSIBLE_OFFICER
    )
    cover = cover_of(report, _version_words(report, None), on)
    narratives = narratives_of(held) if held else opening_narratives()
    figures = gather(period, as_at=on)
    return committee_report.compose(figures=figures, narratives=narratives, cover=cover, access=access).document


def narratives_of(report: CommitteeReport) -> dict[str, str]:
    """Return the narrative of each section by its key."""
    return {section.key: section.body for section in report.sections.all()}


def opening_narratives() -> dict[str, str]:
    """Return the words with which a first report opens."""
    return {section.key: section.opening for section in SECTIONS}


def cover_of(report: CommitteeReport, version_words: str, as_at: date | None = None) -> Cover:
    """Return the cover of a report, saved or not."""
    period = Period.parse(report.period)
    stands = as_at or report.figures_as_at
    return Cover(
        council=council().name,
        title=f"School exclusions, {period.label[0].lower()}{period.label[1:]}",
        committee=report.committee,
        meeting=day_in_words(report.meeting_on) if report.meeting_on else "Date to be set",
        item=report.item or "To be set",
        officer=report.responsible_officer,
        contact=f"{settings.COUNCIL_EMAIL}, {settings.COUNCIL_TELEPHONE}",
        version=version_words,
        as_at=f"Figures as at {stands.day} {stands:%B %Y}" if stands else "",
    )


def render(
    report: CommitteeReport, figures: Mapping[str, Any], narratives: Mapping[str, str], access: str, *, at: datetime, version_words: str
) -> list[ReportFile]:  # fmt: skip
    """Return the PDF and the web page of one version, unsaved."""
    cover = cover_of(report, version_words, date.fromisoformat(figures["as_at"]))
    document = committee_report.compose(figures=figures, narratives=narratives, cover=cover, access=access).document
    made = {"pdf": files.pdf(document), "html": files.web_page(document)}
    return [
        ReportFile(
            report=report,
            access=access,
            form=form,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            built_at=at,
        )
        for form, content in made.items()
    ]


def _keep_files(report: CommitteeReport, made: list[ReportFile]) -> None:
    ReportFile.objects.filter(report=report).delete()
    ReportFile.objects.bulk_create(made)


def _version_words(report: CommitteeReport, signed_at: datetime | None) -> str:
    if signed_at is None:
        return f"Version {report.version}, draft"
    day = timezone.localtime(signed_at).date()
    return f"Version {report.version}, signed {day.day} {day:%B %Y}"


def _open(
    *, by: User | None, at: datetime, period: Period, version: int, before: CommitteeReport | None
) -> CommitteeReport:
    carried = narratives_of(before) if before else {}
    try:
        with transaction.atomic():
            report = CommitteeReport.objects.create(
                period=period.key,
                version=version,
                opened_at=at,
                opened_by=by,
                committee=before.committee if before else settings.COMMITTEE_NAME,
                meeting_on=before.meeting_on if before and before.period == period.key else None,
                item=before.item if before else "",
                responsible_officer=before.responsible_officer if before else settings.RESPONSIBLE_OFFICER,
            )
            ReportSection.objects.bulk_create(
                ReportSection(
                    report=report,
                    key=section.key,
                    body=carried.get(section.key, section.opening),
                    carried_over=section.key in carried,
                )
                for section in SECTIONS
            )
    except IntegrityError:
        return CommitteeReport.objects.get(period=period.key, version=version)
    return report


def _last_before(period: Period) -> CommitteeReport | None:
    """Return the newest report of the same kind of period, a year or a term, whose narrative carries over."""
    same = CommitteeReport.objects.exclude(period=period.key)
    same = same.filter(period__contains="-") if period.term else same.exclude(period__contains="-")
    last: CommitteeReport | None = same.order_by("-opened_at", "-pk").first()
    return last


def _check_figures_named(report: CommitteeReport, key: str, body: str) -> None:
    cover = cover_of(report, "")
    narratives = {**opening_narratives(), key: body}
    committee_report.compose(figures=report.figures or {}, narratives=narratives, cover=cover, access="restricted")


def _refuse(report: CommitteeReport) -> None:
    held = CommitteeReport.objects.get(pk=report.pk)
    raise AlreadySigned if held.signed_at else ChangedMeanwhile
