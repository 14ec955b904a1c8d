from django.urls import path, register_converter

from exclusions.views import (
    calculator,
    clock,
    corrections,
    documents,
    duties,
    exclusion,
    exclusions,
    my_work,
    notes,
    notice,
    notice_drafts,
    owners,
    readings,
    reason_codes,
    saved_filters,
    steps,
    thresholds,
)


class ReferenceConverter:
    """The reference printed on letters: the academic year, a hyphen, a number."""

    regex = r"\d{2}-\d{4,6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ExportFormConverter:
    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")
register_converter(ExportFormConverter, "export_form")

app_name = "exclusions"

urlpatterns = [
    path("api/v1/clock/", clock.clock, name="clock"),
    path("administration/reason-codes/", reason_codes.reason_codes, name="reason-codes"),
    path("administration/reason-codes/<slug:code>/", reason_codes.reason_code, name="reason-code"),
    path("administration/readings/", readings.readings, name="readings"),
    path("administration/readings/rules/<slug:code>/", readings.rule_set_check, name="rule-set-check"),
    path("administration/readings/<slug:ambiguity>/", readings.reading, name="reading"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("my-work/", my_work.my_work, name="my-work"),
    path("exclusions/", exclusions.exclusions, name="exclusions"),
    path("exclusions/export.<export_form:form>", exclusions.export_exclusions, name="export-exclusions"),
    path("exclusions/reassign/", owners.reassign, name="reassign"),
    path("exclusions/saved-filters/", saved_filters.saved_filters, name="saved-filters"),
    path(
        "exclusions/saved-filters/<int:number>/throw-away/",
        saved_filters.remove_saved_filter,
        name="remove-saved-filter",
    ),
    path("exclusions/log-a-notice/", notice.log_notice, name="log-notice"),
    path("exclusions/log-a-notice/check/", notice.check_notice, name="check-notice"),
    path("exclusions/log-a-notice/preview/", notice.preview_notice, name="preview-notice"),
    path("exclusions/log-a-notice/find/", notice.find_child, name="find-child"),
    path(
        "exclusions/log-a-notice/drafts/<uuid:public_id>/throw-away/",
        notice_drafts.throw_away_draft,
        name="throw-away-draft",
    ),
    path("exclusions/thresholds/", thresholds.thresholds, name="thresholds"),
    path("exclusions/<reference:reference>/", exclusion.exclusion, name="exclusion"),
    path("exclusions/<reference:reference>/owner/", owners.change_owner, name="change-owner"),
    path("exclusions/<reference:reference>/outcome/", exclusion.record_outcome, name="record-outcome"),
    path(
        "exclusions/<reference:reference>/outcome/<int:number>/take-back/",
        corrections.withdraw_outcome,
        name="withdraw-outcome",
    ),
    path("exclusions/<reference:reference>/notes/", notes.notes, name="notes"),
    path("exclusions/<reference:reference>/notes/write/", notes.write_note, name="write-note"),
    path("exclusions/<reference:reference>/notes/<int:number>/correct/", notes.correct_note, name="correct-note"),
    path("exclusions/<reference:reference>/documents/", documents.documents, name="documents"),
    path("exclusions/<reference:reference>/documents/add/", documents.add_document, name="add-document"),
    path("exclusions/<reference:reference>/documents/<uuid:public_id>/", documents.document_file, name="document-file"),
    path(
        "exclusions/<reference:reference>/documents/<uuid:public_id>/withdraw/",
        documents.withdraw_document,
        name="withdraw-document",
    ),
    path("exclusions/<reference:reference>/correct/", corrections.correct_notice, name="correct-notice"),
    path("exclusions/<reference:reference>/void/", corrections.void_notice, name="void-notice"),
    path("exclusions/<reference:reference>/restore/", corrections.restore_notice, name="restore-notice"),
    path("exclusions/<reference:reference>/provision/", exclusion.arrange_provision, name="arrange-provision"),
    path("exclusions/<reference:reference>/duties/<slug:key>/", duties.duty, name="duty"),
    path("exclusions/<reference:reference>/steps/<slug:step>/", steps.record_step, name="record-step"),
    path("exclusions/<reference:reference>/steps/<int:number>/take-back/", steps.withdraw_step, name="withdraw-step"),
]
