"""Choosing between readings of the law, and saying that a rule set was checked."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from casework.models import User
from casework.services import jobs
from exclusions.duties import AFTER_READING_CHOICE
from exclusions.models import ReadingChoice, RuleSetCheck
from exclusions.rules.readings import Ambiguity, Setting
from exclusions.rules.rule_sets import RuleSet


class ChangedMeanwhile(Exception):
    """Somebody chose, or ticked, after the page was shown."""


class CheckedInFuture(Exception):
    """The day of the check has not come yet."""


def choose(
    *, by: User, at: datetime, ambiguity: Ambiguity, version: int, setting: Setting, in_force_from: date, why: str
) -> ReadingChoice:
    """Choose which readings of an ambiguity are in force for exclusions that begin on or after a day.

    Asks for the duties of those that are open to be reckoned again. `version` is that of the last choice that the page
    showed, 0 before the first. Raises ChangedMeanwhile; nothing is saved then.
    """
    try:
        with transaction.atomic():
            if ReadingChoice.objects.filter(ambiguity=ambiguity).count() != version:
                raise ChangedMeanwhile
            choice = ReadingChoice.objects.create(
                ambiguity=ambiguity.value,
                setting=setting.value,
                in_force_from=in_force_from,
                why=why,
                version=version + 1,
                chosen_at=at,
                chosen_by=by,
            )
            natural_key = f"{AFTER_READING_CHOICE} {choice.pk}"
            jobs.ask_for(by=by, at=at, kind=AFTER_READING_CHOICE, subject=choice.pk, natural_key=natural_key)
            return choice
    except IntegrityError:
        raise ChangedMeanwhile from None


def say_checked(
    *,
    by: User,
    at: datetime,
    on: date,
    rules: RuleSet,
    version: int,
    is_checked: bool,
    checked_by: str,
    checked_on: date,
) -> RuleSetCheck:
    """Record that somebody laid a rule set beside the published text, or that this is taken back.

    `on` is today. `version` is that of the last word that the page showed, 0 before the first. Raises CheckedInFuture
    and ChangedMeanwhile; nothing is saved then.
    """
    if checked_on > on:
        raise CheckedInFuture
    try:
        with transaction.atomic():
            if RuleSetCheck.objects.filter(rule_set=rules.code).count() != version:
                raise ChangedMeanwhile
            return RuleSetCheck.objects.create(
                rule_set=rules.code,
                is_checked=is_checked,
                checked_by=checked_by,
                checked_on=checked_on,
                version=version + 1,
                recorded_at=at,
                recorded_by=by,
            )
    except IntegrityError:
        raise ChangedMeanwhile from None
