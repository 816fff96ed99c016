"""When a consent may be taken back: at any time, but for one the law lets somebody bind themselves by. Pure."""

from collections.abc import Sequence
from datetime import date

from daybridge.consent.rules.facts import Given, Happening
from daybridge.consent.rules.words import FormKind
from daybridge.kit.errors import Refused

DECIDED = "final-disposition"  # the code of the event that a court's case was decided
NOT_YET = "When this was signed, it was agreed that it cannot be taken back yet. The page says from when on it can be."


def may_revoke(given: Given, on: date, happened: Sequence[Happening] = ()) -> bool:
    """Whether a consent may be taken back on a local day. Only those who sent a client from a court can be promised a
    while, and no longer than until the case is decided. Source: CON-34; 42 CFR 2.31(a)(6), 2.35(c)."""
    if given.kind != FormKind.COURT_REFERRAL:
        return True
    if given.revocable_on is not None and on < given.revocable_on:
        return False
    return not given.revocable_event or any(one.event == given.revocable_event for one in happened)


def check_may_revoke(given: Given, on: date, happened: Sequence[Happening] = ()) -> None:
    """Raise Refused while a consent cannot be taken back. Source: CON-34; 42 CFR 2.35(c)."""
    if not may_revoke(given, on, happened):
        raise Refused(NOT_YET)
