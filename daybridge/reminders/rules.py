"""When somebody is reminded, never at night and never twice; how an address for calendars stands. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from daybridge.kit import rulebook
from daybridge.kit.errors import Refused
from daybridge.kit.periods import Period, local_instant

RULES = rulebook.load(Path(__file__).parent / "rulebook.toml")
SOON = timedelta(hours=1)  # a reminder that comes later than this before the session is no help


class Way(StrEnum):
    """How somebody wants to be reminded."""

    OFF = "off"
    EMAIL = "email"
    TEXT = "text"


class State(StrEnum):
    """Where one message stands. It is claimed before it is sent, so that it is sent at most once."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


MOVES: dict[State, set[State]] = {
    State.DUE: {State.CLAIMED},
    State.CLAIMED: {State.SENT, State.FAILED},
    State.SENT: set(),
    State.FAILED: set(),
}


def hours_before() -> tuple[int, int]:
    """How many hours before a session one is reminded. Source: rulebook REM-1, REM-2."""
    return RULES.number("REM-1"), RULES.number("REM-2")


def is_quiet(at: datetime, zone: ZoneInfo) -> bool:
    """Whether nobody is written to now, by the local clock. Source: rulebook REM-3, REM-4."""
    here = at.astimezone(zone)
    minute = here.hour * 60 + here.minute
    return minute >= RULES.number("REM-3") or minute < RULES.number("REM-4")


def send_at(starts_at: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """When to remind of a session: `hours` before; in quiet hours the next morning, or the evening before them when
    the morning would be too late. Source: rulebook REM-1 to REM-4.
    """
    wanted = starts_at - timedelta(hours=hours)
    if not is_quiet(wanted, zone):
        return wanted
    here = wanted.astimezone(zone)
    is_evening = here.hour * 60 + here.minute >= RULES.number("REM-3")
    morning = local_instant(here.date() + timedelta(days=is_evening), RULES.number("REM-4"), zone)
    if morning <= starts_at - SOON:
        return morning
    evening = here.date() - timedelta(days=not is_evening)
    return local_instant(evening, RULES.number("REM-3") - 15, zone)


def heads(sessions: Iterable[Period]) -> list[Period]:
    """Of sessions in a row only the first: one message for a morning or an evening. Source: rulebook REM-5."""
    found: list[Period] = []
    last: datetime | None = None
    for one in sorted(sessions):
        if last is None or one.start - last >= timedelta(minutes=RULES.number("REM-5")):
            found.append(one)
        last = max(last, one.end) if last else one.end
    return found


def is_due(head: Period, booked_at: datetime, now: datetime, when: datetime) -> bool:
    """Whether a reminder meant for `when` goes out now: not early, not after the session began, and not for what was
    booked after that moment; who has just booked knows.
    """
    return booked_at < when <= now < head.start


def check_room(standing: int) -> None:
    """Raise Refused when somebody has as many calendar addresses as one may have. Source: rulebook REM-7."""
    if standing >= RULES.number("REM-7"):
        raise Refused("There are enough calendar addresses already. End one that is no longer used first.")


def horizon(now: datetime) -> Period:
    """What a calendar shows: two weeks back and some weeks ahead. Source: rulebook REM-6."""
    return Period(now - timedelta(weeks=2), now + timedelta(weeks=RULES.number("REM-6")))
