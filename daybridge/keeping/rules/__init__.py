"""How long a record is kept, what a purge may become, what an export without names may say. Pure."""

from daybridge.keeping.rules.book import RULES
from daybridge.keeping.rules.purging import (
    ITEM_MOVES,
    MOVES,
    TASK,
    ItemState,
    PurgeState,
    check_reason,
    check_second_person,
)
from daybridge.keeping.rules.retention import (
    ClassDue,
    Facts,
    KeepingClass,
    Standing,
    check_years,
    classes_from,
    standing,
    years_later,
)

__all__ = [
    "ITEM_MOVES", "MOVES", "RULES", "TASK", "ClassDue", "Facts", "ItemState", "KeepingClass", "PurgeState", "Standing",
    "check_reason", "check_second_person", "check_years", "classes_from", "standing", "years_later",
]  # fmt: skip
