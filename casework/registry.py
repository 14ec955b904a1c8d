"""What the apps above hand down: timeline sentences, kinds of job and tabs. Filled in each app's `ready()`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from casework.rights import has_permission
from casework.roles import Permission

if TYPE_CHECKING:
    from casework.imports import Plan
    from casework.models import CalendarChange, Import, Job, Message, Pupil, School, TimelineEvent, User
    from casework.services.jobs import Progress

Sentence = Callable[[Mapping[str, Any]], str]
Work = Callable[["Progress", int], None]


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link of the service navigation, shown to holders of the permission, or to anybody where there is none.

    Several permissions: shown to holders of any of them.
    """

    text: str
    url_name: str
    permission: Permission | frozenset[Permission] | None
    order: int
    # The first part of the addresses under which the link is the current one.
    root: str

    def is_for(self, user: Any) -> bool:
        """Tell whether the person is shown the link."""
        if self.permission is None:
            return True
        named = self.permission if isinstance(self.permission, frozenset) else (self.permission,)
        return any(has_permission(user, permission) for permission in named)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a child as its page lists it."""

    reference: str
    text: str
    href: str
    on: date


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """What a school's page tells of its children: a heading, then links of text and address, or what to say without."""

    heading: str
    links: tuple[tuple[str, str], ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """What the first page tells a person beside the duties: a heading with its count, then links of text and address."""

    heading: str
    number: int
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PupilAction:
    """Something to do about a child, linked from the child's page with `?pupil=` and its public id."""

    text: str
    url_name: str
    permission: Permission
    # The single key that leads there from any page, where it has one.
    key: str = ""


@dataclass(frozen=True, slots=True)
class CaseAction:
    """Something to do about a case of an exclusion, linked from its page with `?case=` and its reference."""

    text: str
    url_name: str
    permission: Permission
    # Whether it is done of permanent exclusions alone.
    permanent_only: bool = False


@dataclass(frozen=True, slots=True)
class DutyKind:
    """A kind of duty as pages name it; `next_step` returns what to do about it and where, by case reference.

    `page` returns the address of the case's page. Nobody at the council is asked to chase a duty that is not `chased`.
    """

    label: str
    order: int
    next_step: Callable[[str], tuple[str, str]]
    page: Callable[[str], str]
    chased: bool = True


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of file that people may bring: checked first, then applied, and undone while nothing hangs on it.

    `plan` returns what the file would change, as `casework/imports.Plan`, and raises `uploads.Unreadable`; `apply`
    does it within a transaction and returns nothing; `undo` raises `imports.CannotUndo`.
    """

    label: str
    permission: Permission
    # What the page says of the file that is wanted.
    hint: str
    plan: "Callable[[Import, bytes], Plan]"
    apply: "Callable[[Import, Plan], None]"
    undo: "Callable[[Import], None]"
    # The form that brings it, where more is asked than the file: given what casework's own is given, with `options()`.
    form: Callable[..., Any] | None = None
    # Whether the uploader's own name of the file is kept; never where that name may be a child's.
    keeps_name: bool = False


@dataclass(frozen=True, slots=True)
class EditableList:
    """A list that an administrator keeps without code.

    `built_in` holds the items that are always there, code and words. Where `counts_as` is true, each item that is added
    plays the part of a built-in one in law and in figures, and so must name it.
    """

    title: str
    description: str
    built_in: Mapping[str, str]
    counts_as: bool = False


CalendarWatcher = Callable[["CalendarChange"], "Job"]
# Returns which events of a timeline a person must not see on a day, by primary key.
TimelineGuard = Callable[["User", "Collection[TimelineEvent]", date], set[int]]
# Returns which messages a person must not know of on a day, by primary key.
MessageGuard = Callable[["User", date], set[int]]
CaseLines = Callable[["Pupil"], list[CaseLine]]
RollNotices = Callable[["Pupil", date], list[str]]
WorkLines = Callable[["User", date], list[WorkLine]]
SchoolLines = Callable[["School", "User", date], list[SchoolLine]]

timeline_sentences: dict[str, Sentence] = {}
job_kinds: dict[str, Work] = {}
navigation_items: list[NavigationItem] = []
case_lines: list[CaseLines] = []
roll_notices: list[RollNotices] = []
school_lines: list[SchoolLines] = []
work_lines: list[WorkLines] = []
pupil_actions: list[PupilAction] = []
case_actions: list[CaseAction] = []
timeline_guards: list[TimelineGuard] = []
message_guards: list[MessageGuard] = []
# Asked, in the transaction that changes a calendar, for the work that follows.
calendar_watchers: list[CalendarWatcher] = []
duty_kinds: dict[str, DutyKind] = {}
editable_lists: dict[str, EditableList] = {}
# What is sent, by kind, as lists name it.
message_kinds: dict[str, str] = {}
# What is put into a message only as it leaves, since whoever may read the rows may not know it: the text, filled.
message_fillings: dict[str, Callable[["Message"], str]] = {}
import_kinds: dict[str, ImportKind] = {}


def register_sentence(event: str, sentence: Sentence) -> None:
    """Say how an event of the timeline is told; its argument is the event's data."""
    if event in timeline_sentences:
        raise ValueError(f"The event {event} has a sentence already.")
    timeline_sentences[event] = sentence


def register_job(kind: str, work: Work) -> None:
    """Say which service does the work of a kind of job."""
    if kind in job_kinds:
        raise ValueError(f"The kind of job {kind} is registered already.")
    job_kinds[kind] = work


def register_import(kind: str, how: ImportKind) -> None:
    """Say how a kind of file is checked, applied and undone."""
    if kind in import_kinds:
        raise ValueError(f"The kind of import {kind} is registered already.")
    import_kinds[kind] = how


def register_message(kind: str, label: str, filling: "Callable[[Message], str] | None" = None) -> None:
    """Say how lists name a kind of message. Nothing of a kind that nobody registered can be sent.

    `filling` returns the text with what only its reader may know, such as the secret of an invitation.
    """
    if kind in message_kinds:
        raise ValueError(f"The kind of message {kind} is registered already.")
    message_kinds[kind] = label
    if filling:
        message_fillings[kind] = filling


def register_duty(key: str, kind: DutyKind) -> None:
    """Say how pages name a kind of duty, and what to do about it."""
    if key in duty_kinds:
        raise ValueError(f"The duty {key} is registered already.")
    duty_kinds[key] = kind


def register_list(key: str, kept: EditableList) -> None:
    """Say which list an administrator may keep."""
    if key in editable_lists:
        raise ValueError(f"The list {key} is registered already.")
    editable_lists[key] = kept


def register_navigation(item: NavigationItem) -> None:
    """Add a link to the service navigation."""
    navigation_items.append(item)
    navigation_items.sort(key=lambda each: each.order)


def register_case_lines(lines: CaseLines) -> None:
    """Say which cases of its kind an app has for a child."""
    case_lines.append(lines)


def register_school_lines(lines: SchoolLines) -> None:
    """Say what an app has to tell a person about the children of a school on a day; nothing to whoever may not know."""
    school_lines.append(lines)


def register_work_lines(lines: WorkLines) -> None:
    """Say what an app has to tell a person on the first page on a day; nothing to whoever may not know."""
    work_lines.append(lines)


def register_roll_notices(notices: RollNotices) -> None:
    """Say what an app knows, on a day, that bears on taking a child off a roll; in sentences to show."""
    roll_notices.append(notices)
