"""Whether a consent holds, and why one does not. Pure."""

from collections.abc import Sequence
from datetime import datetime

from daybridge.consent.rules.facts import Given, Happening, History
from daybridge.consent.rules.words import ConsentState
from daybridge.kit.errors import Refused

_ENDED = {
    ConsentState.DRAFT: "It is not signed yet.",
    ConsentState.REFUSED: "The client said no to it.",
    ConsentState.EXPIRED: "It has ended.",
    ConsentState.REVOKED: "The client took it back.",
}

CHANGED = "Its words, its choices or its signatures are not those that were signed. Tell the privacy officer."


def is_in_force(given: Given, at: datetime, happened: Sequence[Happening] = (), latest: datetime | None = None) -> bool:
    """Whether a consent holds at `at` (aware, site-local): signed by then, not ended, not past its last day or event.

    A state that says ended is believed whatever the clock says, and the clock is never believed to be before `latest`,
    so a clock set back opens nothing. One that was changed after signing is not relied on. Source: CON-1, CON-8;
    42 CFR 2.31(c).
    """
    return why_not(given, at, happened, latest) == ""


def why_not(given: Given, at: datetime, happened: Sequence[Happening] = (), latest: datetime | None = None) -> str:
    """Why a consent does not hold at `at`, in a sentence; "" when it does."""
    if given.state != ConsentState.ACTIVE:
        return _ENDED[ConsentState(given.state)]
    if given.ended_at is not None:
        return "It has ended."
    if not given.is_intact:
        return CHANGED
    if given.signed_at is None or given.signed_at > at:
        return "It is not signed yet."
    if given.expires_on is not None and newest(at, latest).date() > given.expires_on:
        return "Its last day is over."
    if _came_true(given, given.signed_at, happened):
        return "What it was to end with has happened."
    return ""


def newest(at: datetime, latest: datetime | None) -> datetime:
    """The later of now and the newest instant the record has seen, in the zone of `at`."""
    return at if latest is None or latest <= at else latest.astimezone(at.tzinfo)


def _came_true(given: Given, signed_at: datetime, happened: Sequence[Happening]) -> bool:
    ends_with = {one for one in (given.expires_event, given.expires_condition) if one}
    return any(one.event in ends_with and one.at >= signed_at for one in happened)


def held(history: History, at: datetime) -> tuple[Given, ...]:
    """The consents of a history that hold at `at`."""
    return tuple(one for one in history.consents if is_in_force(one, at, history.happened, history.latest))


def check_not_in_force(consents: Sequence[Given], kind: str, at: datetime) -> None:
    """Raise Refused when a consent of this kind already holds: a form posted twice, or two people at once."""
    if any(one.kind == kind and is_in_force(one, at) for one in consents):
        raise Refused("This form is already signed and in force.")
