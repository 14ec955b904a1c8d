"""Which readings of the law are in force, and which rule sets somebody has checked against their text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from exclusions.models import ReadingChoice, RuleSetCheck
from exclusions.rules.ambiguities import QUESTIONS, Question
from exclusions.rules.readings import DEFAULT_SETTINGS, Ambiguity, Setting, Settings
from exclusions.rules.rule_sets import RULE_SETS, RuleSet


@dataclass(frozen=True, slots=True)
class ChosenReadings:
    """Every choice that was made, so that many exclusions can be worked out with one query."""

    choices: tuple[ReadingChoice, ...]

    def on(self, day: date) -> Settings:
        """Return the settings in force on a day: the first day of the exclusion that is judged."""
        found: dict[Ambiguity, Setting] = dict(DEFAULT_SETTINGS)
        for choice in sorted(self.choices, key=lambda choice: (choice.in_force_from, choice.version)):
            if choice.in_force_from <= day:
                found[Ambiguity(choice.ambiguity)] = Setting(choice.setting)
        return MappingProxyType(found)


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One ambiguity as its page shows it: the setting today, the choice behind it if there is one, and all choices."""

    question: Question
    setting: Setting
    in_force: ReadingChoice | None
    history: tuple[ReadingChoice, ...]

    @property
    def version(self) -> int:
        """The number of the last choice, 0 before the first."""
        return self.history[0].version if self.history else 0

    @property
    def to_come(self) -> tuple[ReadingChoice, ...]:
        """Choices whose day has not come, or that a later one took the place of before it did; latest first."""
        return self.history[: self.history.index(self.in_force)] if self.in_force else self.history


@dataclass(frozen=True, slots=True)
class RuleSetLine:
    """One rule set whose text had not been read when it was written down, and what was said of it since."""

    rules: RuleSet
    last: RuleSetCheck | None

    @property
    def is_checked(self) -> bool:
        """Whether somebody has checked it, and nobody has taken that back."""
        return self.last is not None and self.last.is_checked

    @property
    def version(self) -> int:
        """The number of the last word on it, 0 before the first."""
        return self.last.version if self.last else 0


def chosen_readings() -> ChosenReadings:
    """Return every choice of a reading, in one query."""
    return ChosenReadings(tuple(ReadingChoice.objects.all()))


def settings_on(day: date) -> Settings:
    """Return the readings in force on a day, the default ones where nobody chose. One query.

    The day is the first day of the exclusion that is judged. Of several choices the one in force from the latest day
    holds, and of two from the same day the later made.
    """
    return chosen_readings().on(day)


def reading_lines(*, on: date) -> tuple[ReadingLine, ...]:
    """Return every ambiguity with its setting on a day and all choices ever made, latest first. One query."""
    by_ambiguity: dict[str, list[ReadingChoice]] = {}
    for choice in ReadingChoice.objects.select_related("chosen_by").order_by("-version"):
        by_ambiguity.setdefault(choice.ambiguity, []).append(choice)
    return tuple(_line(question, by_ambiguity.get(ambiguity, ()), on) for ambiguity, question in QUESTIONS.items())


def reading_line(ambiguity: Ambiguity, *, on: date) -> ReadingLine:
    """Return one ambiguity with its setting on a day and all choices ever made, latest first. One query."""
    choices = ReadingChoice.objects.filter(ambiguity=ambiguity).select_related("chosen_by").order_by("-version")
    return _line(QUESTIONS[ambiguity], tuple(choices), on)


def rule_set_lines() -> tuple[RuleSetLine, ...]:
    """Return the rule sets whose text had not been read when they were written down, with the last word on each."""
    last: Mapping[str, RuleSetCheck] = {check.rule_set: check for check in RuleSetCheck.objects.order_by("version")}
    return tuple(RuleSetLine(rules, last.get(rules.code)) for rules in RULE_SETS if not rules.checked)


def last_check(rules: RuleSet) -> RuleSetCheck | None:
    """Return who checked a rule set whose text had not been read, and when; None while its warning stands.

    None also for a rule set that needs no check, without a query.
    """
    if rules.checked:
        return None
    last = RuleSetCheck.objects.filter(rule_set=rules.code).order_by("version").last()
    return last if last and last.is_checked else None


def rules_in_words(rules: RuleSet) -> str:
    """Return a rule set as pages name it: with its warning, or with who checked it and when."""
    check = last_check(rules)
    if check is None:
        return rules.label
    name = rules.label.partition(":")[0]
    on = check.checked_on
    return f"{name}: checked against the published guidance by {check.checked_by} on {on.day} {on:%B %Y}"


def _line(question: Question, choices: Sequence[ReadingChoice], on: date) -> ReadingLine:
    begun = [choice for choice in choices if choice.in_force_from <= on]
    in_force = max(begun, key=lambda choice: (choice.in_force_from, choice.version), default=None)
    setting = Setting(in_force.setting) if in_force else question.default
    return ReadingLine(question, setting, in_force, tuple(choices))
