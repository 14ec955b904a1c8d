"""What stands on the file of recent cases besides the notice: notes and calls, receipts, documents, a slip put right."""

import uuid
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from struct import pack
from zoneinfo import ZoneInfo

from casework.models import Message, User
from casework.services import documents, drafts, notes
from casework.services.notes import Written
from exclusions.letters.receipt import KIND, receipt_of
from exclusions.models import Exclusion, StrategyTried
from exclusions.rules.strategies import EFFECT_LABELS, STRATEGY_LABELS
from exclusions.selectors.standing import standing_of
from exclusions.services import corrections, notices, receipts, voiding

LONDON = ZoneInfo("Europe/London")
CALLS = (
    ("call", "Mother", "She has had the letter. Asks who will tell her where education begins."),
    ("call", "School’s exclusions lead", "The letter went home by hand. Work for five days is set."),
    ("note", "", "The school sends the behaviour log tomorrow."),
    ("mail", "Head", "Asked for the day on which the governors meet."),
    ("visit", "Parents, at home", "Talked through what the tuition service offers."),
    ("meeting", "School, family, early help", "A phased return was agreed, to be looked at again after two weeks."),
)
LETTER = "Notes of a telephone call with the school.\r\nThe letter to parents went home by hand.\r\n"


def keep_paperwork(*, today: date, users: Mapping[str, User]) -> None:
    """Put notes, receipts, documents and drafts on the cases of the last days; void one notice and correct another.

    Totals stay as the story tells them: the notice that is voided is one more.
    """
    chance = Random(20261021)  # noqa: S311 - nobody guesses an invented telephone call
    recent = list(
        Exclusion.objects.standing()
        .filter(first_day__range=(today - timedelta(days=16), today - timedelta(days=1)), case__owner__isnull=False)
        .filter(logged_at__lt=datetime.combine(today - timedelta(days=1), time(0), tzinfo=LONDON))
        .select_related("case__owner", "case__pupil", "school__authority", "school__trust", "home_authority")
        .order_by("-first_day", "-pk")[:40]
    )
    if len(recent) < 4:
        return
    for exclusion in recent[:16]:
        _write_notes(exclusion, chance)
    StrategyTried.objects.bulk_create(
        StrategyTried(exclusion=exclusion, strategy=strategy, effect=chance.choice(list(EFFECT_LABELS)))
        for exclusion in recent[::2]
        for strategy in chance.sample(list(STRATEGY_LABELS), 2)
    )
    _receipts(recent)
    _documents(recent)
    suspended = [each for each in recent if each.kind == "suspension"]
    _void_a_duplicate(suspended[0], users["tom"])
    _correct(suspended[1], users["asha"])
    _drafts(suspended[:2], users["asha"], today)


def _write_notes(exclusion: Exclusion, chance: Random) -> None:
    by, at = _owner(exclusion), exclusion.logged_at + timedelta(hours=1)
    for kind, whom, text in chance.sample(CALLS, chance.choice((1, 2, 3))):
        on = at.astimezone(LONDON)
        written = Written(kind=kind, on=on.date(), text=text, clock=on.time().replace(second=0), with_whom=whom)
        notes.write(by=by, at=at, case=exclusion.case, written=written)
        at += timedelta(minutes=25)


def _owner(exclusion: Exclusion) -> User:
    owner = exclusion.case.owner
    if owner is None:
        raise ValueError("Only cases with an owner were asked for.")
    return owner


def _receipts(recent: Sequence[Exclusion]) -> None:
    """Write the receipts of some notices as they were settled: most kept, one failed, one that may have gone."""
    states = {2: ("failed", "SMTPRecipientsRefused"), 5: ("uncertain", "SMTPServerDisconnected")}
    rows = []
    for place, exclusion in enumerate(recent[:14]):
        recipient = receipts.address_at(exclusion.school, on=exclusion.first_day)
        answer = standing_of(exclusion).sixth_day
        if not recipient or not answer:
            continue
        receipt = receipt_of(exclusion, day_six=answer.due, other_day_six=answer.other_reading)
        state, failure = states.get(place, ("kept", ""))
        rows.append(
            Message(
                kind=KIND,
                natural_key=f"{KIND} {exclusion.pk}",
                case=exclusion.case,
                recipient=recipient,
                subject=receipt.subject,
                body=receipt.body,
                asked_at=exclusion.logged_at,
                asked_by=exclusion.case.owner,
                state=state,
                attempts=1,
                settled_at=exclusion.logged_at + timedelta(seconds=20),
                failure=failure,
            )
        )
    Message.objects.bulk_create(rows)


def _documents(recent: Sequence[Exclusion]) -> None:
    for exclusion, title, data in zip(
        recent, ("Note of a call", "Photograph of the door"), (LETTER.encode(), _picture()), strict=False
    ):
        documents.add(
            by=_owner(exclusion),
            at=exclusion.logged_at + timedelta(hours=3),
            case=exclusion.case,
            title=title,
            data=data,
        )


def _picture() -> bytes:
    """Return a small grey PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\x00" + bytes([150 + row]) * 32 for row in range(32))
    header = pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _notice_of(exclusion: Exclusion, **changes: str) -> notices.Notice:
    reasons = [each.reason for each in exclusion.exclusion_reasons.select_related("reason").order_by("position")]
    facts = {
        name: getattr(exclusion, name)
        for name in (
            "school", "kind", "first_day", "first_session", "last_day", "last_session", "council_told_on",
            "council_told_time", "exam_missed", "narrative", "decided_on", "decided_by", "told_by", "parents_told_on",
            "parents_told_time", "recorded_because", "tried_words",
        )
    }  # fmt: skip
    tried = dict(exclusion.strategies.values_list("strategy", "effect"))
    return notices.Notice(pupil=exclusion.case.pupil, reasons=reasons, tried=tried, **(facts | changes))


def _void_a_duplicate(exclusion: Exclusion, by: User) -> None:
    """Log a notice that is on file already, as happens, and void it."""
    at = exclusion.logged_at + timedelta(hours=4)
    twice = notices.log(by=by, at=at, notice=_notice_of(exclusion))
    voiding.void(
        by=by,
        at=at + timedelta(minutes=10),
        exclusion=twice,
        version=twice.version,
        because=f"Logged twice: it is {exclusion.case.reference}.",
    )


def _correct(exclusion: Exclusion, by: User) -> None:
    corrections.correct(
        by=by,
        at=exclusion.logged_at + timedelta(hours=5),
        exclusion=exclusion,
        version=exclusion.version,
        corrected=corrections.Corrected(_notice_of(exclusion, decided_by="The acting head")),
        because="The school’s second e-mail says who decided.",
    )


def _drafts(exclusions: Sequence[Exclusion], by: User, today: date) -> None:
    at = datetime.combine(today - timedelta(days=1), time(16, 40), tzinfo=LONDON)
    for exclusion, kind in zip(exclusions, ("suspension", "permanent"), strict=False):
        typed = {"pupil": [str(exclusion.case.pupil.public_id)], "kind": [kind], "first_day": ["yesterday"]}
        drafts.keep(by=by, at=at, form="log-a-notice", draft=uuid.uuid5(uuid.NAMESPACE_OID, kind), typed=typed)
        at += timedelta(minutes=9)
