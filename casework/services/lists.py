"""Keeping the lists: items added and changed, never deleted."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from casework.models import ListItem, User
from casework.registry import editable_lists
from casework.selectors.lists import items


class LabelTaken(Exception):
    """The list has an item of these words, or of words as good as the same."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the item since the page was opened."""


def add(*, by: User, key: str, label: str, counts_as: str, valid_from: date | None, valid_to: date | None) -> ListItem:
    """Add an item to a list; its code comes from its words and never changes. Raises LabelTaken."""
    code = slugify(label)[:40]
    if not code or code in editable_lists[key].built_in or _has(key, label):
        raise LabelTaken
    try:
        with transaction.atomic():
            return ListItem.objects.create(
                list=key, code=code, label=label, counts_as=counts_as, valid_from=valid_from, valid_to=valid_to
            )
    except IntegrityError as error:
        raise LabelTaken from error


def change(
    *, by: User, key: str, code: str, version: int, label: str, counts_as: str, valid_from: date | None,
    valid_to: date | None,
) -> ListItem:  # fmt: skip
    """Give an item other words or other dates; records that have it keep it.

    `version` is the one that the page showed, 0 for a built-in item that nobody had changed. Raises LabelTaken where
    another item has the words, and ChangedMeanwhile.
    """
    if _has(key, label, but=code):
        raise LabelTaken
    with transaction.atomic():
        row = ListItem.objects.select_for_update().filter(list=key, code=code).first()
        if (row.version if row else 0) != version:
            raise ChangedMeanwhile
        if row is None:
            row = ListItem(list=key, code=code)
            if code not in editable_lists[key].built_in:
                raise ChangedMeanwhile
        row.label, row.valid_from, row.valid_to, row.version = label, valid_from, valid_to, version + 1
        row.counts_as = "" if code in editable_lists[key].built_in else counts_as
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise ChangedMeanwhile from error
    return row


def _has(key: str, label: str, *, but: str = "") -> bool:
    """Tell whether an item other than `but` has the words, in whatever case and with whatever stops."""
    return any(_folded(item.label) == _folded(label) for item in items(key) if item.code != but)


def _folded(label: str) -> str:
    return slugify(label, allow_unicode=True) or label.casefold()
