"""How free the groups of a problem are."""

from enum import StrEnum


class Choice(StrEnum):
    """PINNED keeps room and lead where that can be, WIDE offers whoever and whatever could."""

    PINNED = "pinned"
    WIDE = "wide"
