"""Every page template in its filled state. A template without a line here fails the accessibility test.

To add a page, add one line to `FILLED`: the template, who looks at it, and its address; or a function that goes there.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Page

from exclusions.models import Exclusion
from tests import notice_form as notice
from tests.functional.browser.panel_states import PANELS
from tests.functional.browser.plan_states import PLANS
from tests.functional.browser.served import Site
from tests.functional.browser.state import State, at
from tests.policy.objects import (
    bank_holiday,
    closure_of,
    document_of,
    import_of,
    invitation_secret,
    message_of,
    note_of,
    outcome_of,
    school_contact_of,
    step_of,
    term_change_of,
)


def drawn(template: str, **context: Any) -> State:
    """Return the state of a page that is shown when something goes wrong: drawn as it is then, at the site's address."""

    def go(site: Site, page: Page) -> None:
        body = render_to_string(template, {"council_name": settings.COUNCIL_NAME, **context})
        page.route("**/drawn/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        page.goto("/drawn/")

    return State("", go)


def confirmed(who: str, address: str) -> State:
    """Return the state of a page that asks first who it is, for somebody who has just said so."""

    def go(site: Site, page: Page) -> None:
        user = site.cast.everybody().get(who) or _newcomer()
        site.sign_in(page.context, user, confirmed=True)
        if who == "newcomer":
            Authenticator.objects.filter(user=user).delete()
        page.goto(address)

    return State("", go)


def _newcomer() -> Any:
    from casework.models import User
    from tests.cast import person

    return User.objects.filter(email="newcomer@marchshire.example").first() or person("newcomer", role="eas_officer")


def _code_page(site: Site, page: Page) -> None:
    from tests.cast import PASSWORD

    page.goto("/sign-in/")
    page.fill("#id_login", site.cast.asha.email)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_selector("#id_code")


def _found(site: Site, page: Page) -> None:
    page.goto("/search/")
    page.fill("#id_q", "Quillfeather")
    page.click("main button[type=submit]")
    page.wait_for_selector("table")


def _notice(site: Site, page: Page) -> None:
    page.goto(notice.DRAFTED)
    page.wait_for_selector("text=What this notice starts")


def _calculator(site: Site, page: Page) -> None:
    page.goto("/calculator/")
    page.fill("#id_first_day", "21/10/2026")
    page.fill("#id_governors_told", "21/10/2026")
    page.click("text=What came after")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=How each date was worked out")


def _calendar(site: Site, page: Page) -> None:
    page.goto("/account/calendar/")
    page.click("main button[value=make]")
    page.wait_for_selector("#feed-address")


def _exclusion(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/exclusions/{site.exclusion.case.reference}/{tail}"


def _voided(site: Site, page: Page) -> None:
    """Go where the notice is restored, and leave it restored for whoever looks next."""
    address = f"/exclusions/{site.exclusion.case.reference}/"
    changes = {"voided_at": None, "voided_by": None, "voided_because": ""}
    voided = {"voided_at": timezone.now(), "voided_by": site.cast.asha, "voided_because": "Logged twice"}
    Exclusion.objects.filter(pk=site.exclusion.pk).update(**voided)
    page.goto(f"{address}restore/")
    Exclusion.objects.filter(pk=site.exclusion.pk).update(**changes)


def _term_dates(site: Site) -> str:
    term_change_of(site.place.school)
    return "/term-dates/2026-27/"


def _checked_dates(site: Site, page: Page) -> None:
    page.goto("/term-dates/2027-28/set/?copy=1")
    page.click("main button[value=check]")
    page.wait_for_selector("text=The dates as they were understood")


def _person(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/people/{site.cast.ruth.pk}/{tail}"


def _contact(tail: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        school = site.place.school
        return f"/schools/{school.urn}/contacts/{school_contact_of(school).pk}/{tail}"

    return address


def _noted(site: Site) -> str:
    note_of(site.exclusion)
    return f"/exclusions/{site.exclusion.case.reference}/notes/"


def _with_document(tail: str) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        document_of(site.exclusion)
        return f"/exclusions/{site.exclusion.case.reference}/documents/{tail}"

    return address


def _messages(site: Site) -> str:
    message_of(site.exclusion)
    return "/messages/"


def _report(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/reports/{site.report.public_id}/{tail}"


FILLED: dict[str, State] = {
    **PANELS,
    **PLANS,
    "400.html": drawn("400.html"),
    "403.html": drawn("403.html"),
    "413.html": drawn("413.html", most="30 MB"),
    "429.html": drawn("429.html"),
    "403_csrf.html": drawn("403_csrf.html"),
    "404.html": at("asha", "/no-such-page/"),
    "500.html": drawn("500.html"),
    "503.html": drawn("503.html"),
    "account/login.html": at("", "/sign-in/?ended=1&kept=1"),
    "account/logout.html": at("asha", "/sign-out/"),
    "account/password_change.html": confirmed("asha", "/account/password/"),
    "account/reauthenticate.html": at("asha", "/account/confirm/"),
    "account/too_many_attempts.html": drawn("account/too_many_attempts.html"),
    "casework/accessibility_statement.html": at("", "/accessibility-statement/"),
    "casework/account.html": at("asha", "/account/"),
    "casework/add_pupil.html": at("asha", "/pupils/add/"),
    "casework/add_to_roll.html": at("asha", lambda site: f"/pupils/{site.pupil.public_id}/roll/"),
    "casework/calendar.html": State("asha", _calendar),
    "casework/add_contact.html": at("asha", lambda site: f"/schools/{site.place.school.urn}/contacts/add/"),
    "casework/change_contact.html": at("asha", _contact("")),
    "casework/end_contact.html": at("asha", _contact("end/")),
    "casework/bring_import.html": at("administrator", "/administration/imports/bring/gias/"),
    "casework/import.html": at("administrator", lambda site: f"/administration/imports/{import_of().public_id}/"),
    "casework/term_dates.html": at("administrator", _term_dates),
    "casework/set_term_dates.html": State("administrator", _checked_dates),
    "casework/bank_holidays.html": at("administrator", lambda site: f"/term-dates/bank-holidays/?{bank_holiday().pk}"),
    "casework/people.html": at("administrator", "/people/"),
    "casework/invite.html": at("administrator", "/people/invite/"),
    "casework/person.html": at("administrator", _person("")),
    "casework/change_person.html": at("administrator", _person("change/")),
    "casework/invitation.html": at("", lambda site: f"/invitation/{invitation_secret()}/"),
    "casework/imports.html": at("administrator", "/administration/imports/"),
    "casework/gallery.html": at("", "/gallery/"),
    "casework/help.html": at("asha", "/help/"),
    "casework/job.html": at("ruth", lambda site: f"/jobs/{site.job.public_id}/"),
    "casework/keys.html": at("asha", "/account/keys/"),
    "casework/privacy.html": at("", "/privacy/"),
    "casework/pupil.html": at("asha", lambda site: f"/pupils/{site.pupil.public_id}/"),
    "casework/lists.html": at("administrator", "/administration/lists/"),
    "casework/list.html": at("administrator", "/administration/lists/outcomes/"),
    "casework/list_item.html": at("administrator", "/administration/lists/outcomes/averted/"),
    "casework/council_profile.html": at("administrator", "/administration/council/"),
    "casework/handovers.html": at("asha", "/hand-over/"),
    "casework/school_owners.html": at("asha", "/schools/owners/"),
    "exclusions/change_owner.html": at("asha", _exclusion("owner/")),
    "exclusions/saved_filters.html": at("asha", "/exclusions/saved-filters/?kind=permanent"),
    "casework/pupil_entry.html": at("asha", lambda site: f"/pupils/{site.pupil.public_id}/contacts/add/"),
    "casework/declare_closure.html": at("asha", lambda site: f"/schools/{site.place.school.urn}/closures/declare/"),
    "casework/take_back_closure.html": at(
        "asha",
        lambda site: f"/schools/{site.place.school.urn}/closures/{closure_of(site.place.school).on}/take-back/",
    ),
    "casework/school.html": at("asha", lambda site: f"/schools/{site.place.school.urn}/"),
    "casework/sent_messages.html": at("asha", _messages),
    "casework/send_message_again.html": at(
        "asha", lambda site: f"/messages/{message_of(site.exclusion).pk}/send-again/"
    ),
    "casework/mailbox.html": at("asha", lambda site: _messages(site).replace("messages", "mailbox")),
    "casework/schools.html": at("asha", "/schools/"),
    "casework/search.html": State("asha", _found),
    "exclusions/arrange_provision.html": at("asha", _exclusion("provision/")),
    "exclusions/calculator.html": State("", _calculator),
    "exclusions/correct_notice.html": at("asha", _exclusion("correct/")),
    "exclusions/notes.html": at("asha", _noted),
    "exclusions/write_note.html": at("asha", _exclusion("notes/write/")),
    "exclusions/correct_note.html": at(
        "asha", lambda site: f"/exclusions/{site.exclusion.case.reference}/notes/{note_of(site.exclusion).pk}/correct/"
    ),
    "exclusions/documents.html": at("asha", _with_document("")),
    "exclusions/add_document.html": at("asha", _exclusion("documents/add/")),
    "exclusions/withdraw_document.html": at(
        "asha", lambda site: _with_document(f"{document_of(site.exclusion).public_id}/withdraw/")(site)
    ),
    "exclusions/void_notice.html": at("asha", _exclusion("void/")),
    "exclusions/restore_notice.html": State("asha", _voided),
    "exclusions/withdraw_outcome.html": at(
        "asha",
        lambda site: f"/exclusions/{site.exclusion.case.reference}/outcome/{outcome_of(site.exclusion).pk}/take-back/",
    ),
    "exclusions/check_notice.html": at("asha", notice.CHECK),
    "exclusions/duty.html": at("asha", _exclusion("duties/sixth-day/")),
    "exclusions/exclusion.html": at("asha", _exclusion("")),
    "exclusions/exclusions.html": at("asha", "/exclusions/?kind=suspension"),
    "exclusions/log_notice.html": State("asha", _notice),
    "exclusions/reading.html": at("administrator", "/administration/readings/AMB-1/"),
    "exclusions/readings.html": at("administrator", "/administration/readings/"),
    "exclusions/reason_code.html": at("administrator", "/administration/reason-codes/BW/"),
    "exclusions/reason_codes.html": at("administrator", "/administration/reason-codes/"),
    "exclusions/record_step.html": at("asha", _exclusion("steps/parent-letter/")),
    "exclusions/withdraw_step.html": at(
        "asha",
        lambda site: f"/exclusions/{site.exclusion.case.reference}/steps/{step_of(site.exclusion).pk}/take-back/",
    ),
    "exclusions/my_work.html": at("asha", "/my-work/"),
    "exclusions/record_outcome.html": at("asha", _exclusion("outcome/")),
    "exclusions/rule_set_check.html": at("administrator", "/administration/readings/rules/2026-07/"),
    "exclusions/thresholds.html": at("asha", "/exclusions/thresholds/"),
    "mfa/authenticate.html": State("", _code_page),
    "mfa/reauthenticate.html": at("asha", "/account/confirm/code/"),
    "mfa/recovery_codes/generate.html": confirmed("asha", "/account/authenticator/new-codes/"),
    "mfa/recovery_codes/index.html": confirmed("asha", "/account/authenticator/codes/"),
    "mfa/totp/activate_form.html": confirmed("newcomer", "/account/authenticator/"),
    "reporting/committee_report_twin.html": at("ruth", _report("restricted.html")),
    "reporting/report.html": at("ruth", _report("")),
    "reporting/report_section.html": at("ruth", _report("sections/conclusion/")),
    "reporting/reports.html": at("ruth", "/reports/"),
    "reporting/sign_report.html": at("ruth", _report("sign/")),
}


def page_templates() -> list[str]:
    """Return every template that is a page of its own: those that extend a layout, and those that are whole."""
    root = Path(__file__).parents[3] / "templates"
    found = []
    for file in sorted(root.rglob("*.html")):
        name = str(Path(file).relative_to(root))
        if name == "base.html" or name.startswith(("layouts/", "components/", "forms/")):
            continue
        text = file.read_text()
        if "{% extends " in text or "<html" in text.lower():
            found.append(name)
    return found
