"""Breaking the glass: a record out of reach is opened in need, for a short time, with a reason, and reviewed. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from daybridge.access.rules.book import RULES
from daybridge.access.rules.table import Permission
from daybridge.kit.errors import Refused

# What an opened record shows, of what the person may do elsewhere: enough to help now. Never counseling notes, and
# nothing that writes. Source: 45 CFR 164.312(a)(2)(ii); 42 CFR 2.51.
OPENS = frozenset({
    Permission.CLIENT_LIST, Permission.CHART_READ, Permission.CONSENT_SEE, Permission.PLAN_SEE, Permission.WEEK_SEE,
})  # fmt: skip


class GlassState(StrEnum):
    """Where one opening stands; read off its times, never stored."""

    OPEN = "open"
    ENDED = "ended"
    REVIEWED = "reviewed"


GLASS_MOVES: dict[GlassState, frozenset[GlassState]] = {
    GlassState.OPEN: frozenset({GlassState.ENDED, GlassState.REVIEWED}),
    GlassState.ENDED: frozenset({GlassState.REVIEWED}),
    GlassState.REVIEWED: frozenset(),
}


class Outcome(StrEnum):
    """What a review found."""

    NEEDED = "needed"
    TALKED = "talked-over"
    NOT_NEEDED = "not-needed"


OUTCOMES: dict[Outcome, str] = {
    Outcome.NEEDED: "It was needed",
    Outcome.TALKED: "Talked over with the person; no harm",
    Outcome.NOT_NEEDED: "It was not needed: weigh it as a breach",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """The times of one opening; aware. `ends_at` moves up when it is ended by hand."""

    opened_at: datetime
    ends_at: datetime
    reviewed_at: datetime | None = None


def glass_state(opening: Opening, now: datetime) -> GlassState:
    """The state at `now`; the last minute itself is over."""
    if opening.reviewed_at:
        return GlassState.REVIEWED
    return GlassState.ENDED if now >= opening.ends_at else GlassState.OPEN


def ends(opened_at: datetime) -> datetime:
    """When an opening closes by itself. Source: rulebook ACC-4."""
    return opened_at + timedelta(minutes=RULES.number("ACC-4"))


def review_due(opened_at: datetime) -> datetime:
    """When the privacy officer must have reviewed it. Source: rulebook ACC-5."""
    return opened_at + timedelta(hours=RULES.number("ACC-5"))


def check_reason(reason: str) -> None:
    """Raise Refused for a reason that says nothing. Source: rulebook ACC-6."""
    least = RULES.number("ACC-6")
    if len(" ".join(reason.split())) < least:
        raise Refused("Say in at least {least} characters why you need this record now.", least=least)


def check_tries(failed: int) -> None:
    """Raise Refused after too many searches that found nobody. Source: rulebook ACC-7."""
    if failed >= RULES.number("ACC-7"):
        raise Refused("Too many searches in an hour. Call the privacy officer.")
