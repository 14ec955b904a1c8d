from datetime import date

from django.urls import path, register_converter

from casework.rules.periods import AcademicYear
from casework.views import (
    account,
    calendar_feed,
    closures,
    council,
    health,
    imports,
    job,
    lists,
    mailbox,
    ownership,
    people,
    pupil_record,
    pupils,
    school_contacts,
    schools,
    term_dates,
)


class DayConverter:
    """A day as 2026-10-19. What is no day of the calendar is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class FeedTokenConverter:
    """The secret of a calendar feed: 32 bytes in the letters that an address may hold."""

    regex = r"[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class AcademicYearConverter:
    """An academic year as 2026-27."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> AcademicYear:
        return AcademicYear.parse(value.replace("-", "/"))

    def to_url(self, value: AcademicYear) -> str:
        return value.label.replace("/", "-")


register_converter(DayConverter, "day")
register_converter(AcademicYearConverter, "academic_year")
register_converter(FeedTokenConverter, "feed_token")

app_name = "casework"

urlpatterns = [
    path("", account.home, name="home"),
    path("healthz/", health.healthz, name="healthz"),
    path("livez/", health.livez, name="livez"),
    path("account/", account.account, name="account"),
    path("account/calendar/", calendar_feed.calendar, name="calendar"),
    path("calendar/<feed_token:token>.ics", calendar_feed.calendar_feed, name="calendar-feed"),
    path("account/keys/", account.keys, name="keys"),
    path("account/stay-signed-in/", account.stay_signed_in, name="stay-signed-in"),
    path("drafts/<slug:form>/", account.keep_draft, name="keep-draft"),
    path("accessibility-statement/", account.accessibility_statement, name="accessibility-statement"),
    path("privacy/", account.privacy, name="privacy"),
    path("help/", account.help_page, name="help"),
    path("search/", pupils.search, name="search"),
    path("pupils/add/", pupils.add_pupil, name="add-pupil"),
    path("pupils/<uuid:public_id>/", pupils.pupil, name="pupil"),
    path("pupils/<uuid:public_id>/roll/", pupils.add_to_roll, name="add-to-roll"),
    path("pupils/<uuid:public_id>/details/", pupil_record.change_details, name="change-details"),
    path("pupils/<uuid:public_id>/<slug:kind>/add/", pupil_record.add_entry, name="add-entry"),
    path("pupils/<uuid:public_id>/<slug:kind>/<int:number>/", pupil_record.change_entry, name="change-entry"),
    path(
        "pupils/<uuid:public_id>/<slug:kind>/<int:number>/take-back/",
        pupil_record.withdraw_entry,
        name="withdraw-entry",
    ),
    path("jobs/<uuid:public_id>/", job.job, name="job"),
    path("jobs/<uuid:public_id>/progress/", job.job_progress, name="job-progress"),
    path("messages/", mailbox.sent_messages, name="sent-messages"),
    path("messages/<int:number>/send-again/", mailbox.send_message_again, name="send-message-again"),
    path("administration/lists/", lists.lists, name="lists"),
    path("administration/lists/<slug:key>/", lists.kept_list, name="list"),
    path("administration/lists/<slug:key>/<slug:code>/", lists.list_item, name="list-item"),
    path("administration/council/", council.council_profile, name="council-profile"),
    path("council/<int:version>/colours.css", council.council_colours, name="council-colours"),
    path("council/<int:version>/logo", council.council_logo, name="council-logo"),
    path("hand-over/", ownership.handovers, name="handovers"),
    path("hand-over/<int:number>/give-back/", ownership.give_back, name="give-back"),
    path("schools/owners/", ownership.school_owners, name="school-owners"),
    path("schools/", schools.schools, name="schools"),
    path("schools/<int:urn>/", schools.school, name="school"),
    path("schools/<int:urn>/closures/declare/", closures.declare_closure, name="declare-closure"),
    path("schools/<int:urn>/closures/<day:on>/take-back/", closures.take_back_closure, name="take-back-closure"),
    path("schools/<int:urn>/contacts/add/", school_contacts.add_contact, name="add-contact"),
    path("schools/<int:urn>/contacts/<int:number>/", school_contacts.change_contact, name="change-contact"),
    path("schools/<int:urn>/contacts/<int:number>/end/", school_contacts.end_contact, name="end-contact"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/change/", people.change_person, name="change-person"),
    path("people/<int:number>/<slug:act>/", people.act_on_person, name="act-on-person"),
    path("invitation/<feed_token:token>/", people.invitation, name="invitation"),
    path("term-dates/", term_dates.term_dates, name="term-dates"),
    path("term-dates/bank-holidays/", term_dates.bank_holidays, name="bank-holidays"),
    path(
        "term-dates/bank-holidays/<day:on>/take-back/",
        term_dates.take_back_bank_holiday,
        name="take-back-bank-holiday",
    ),
    path("term-dates/<academic_year:year>/", term_dates.term_dates_of, name="term-dates-of"),
    path("term-dates/<academic_year:year>/set/", term_dates.set_term_dates, name="set-term-dates"),
    path("term-dates/<academic_year:year>/undo/<uuid:public_id>/", term_dates.undo_term_dates, name="undo-term-dates"),
    path("administration/imports/", imports.imports, name="imports"),
    path("administration/imports/bring/<slug:kind>/", imports.bring_import, name="bring-import"),
    path("administration/imports/<uuid:public_id>/", imports.import_, name="import"),
    path("administration/imports/<uuid:public_id>/apply/", imports.apply_import, name="apply-import"),
    path("administration/imports/<uuid:public_id>/undo/", imports.undo_import, name="undo-import"),
    path("administration/imports/<uuid:public_id>/check/", imports.check_import, name="check-import"),
    path("administration/imports/<uuid:public_id>/let-go/", imports.drop_import, name="drop-import"),
]
