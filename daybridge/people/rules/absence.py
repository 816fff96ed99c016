"""Who is away, and who can step in. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from daybridge.kit.errors import Refused
from daybridge.kit.periods import Period
from daybridge.people.rules.posts import Held, family_of, in_force

LEAVES = {
    "vacation": "Vacation", "sick": "Sick", "family": "Family", "training": "Training", "other": "Another reason",
}  # fmt: skip
LONGEST_LEAVE = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who might step in: what they hold and speak, their weekly hours, and when they are taken or away."""

    held: tuple[Held, ...]
    languages: Sequence[str] = ()
    gender: str = ""
    hours: Sequence[tuple[int, int, int]] = ()
    busy: Sequence[Period] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of a stand-in. `credentials`: those a topic asks for; else the family of the absent one's own."""

    period: Period
    zone: ZoneInfo
    credentials: Sequence[str] = ()
    family: str = ""
    language: str = ""
    gender: str = ""


def check_leave(kind: str, starts_at: datetime, ends_at: datetime) -> None:
    """Raise Refused unless a leave has a known reason, ends after it begins, and lasts at most a year."""
    if kind not in LEAVES:
        raise Refused("Choose why they are away.")
    if ends_at <= starts_at:
        raise Refused("They have to be back after they go.")
    if ends_at - starts_at > LONGEST_LEAVE:
        raise Refused("A leave lasts at most a year; enter the rest when it comes.")


def joined(periods: Iterable[Period]) -> list[Period]:
    """Periods in order, those that touch or overlap made one."""
    out: list[Period] = []
    for one in sorted(periods):
        if out and one.start <= out[-1].end:
            out[-1] = Period(out[-1].start, max(out[-1].end, one.end))
        else:
            out.append(one)
    return out


def clipped(one: Period, to: Period) -> Period:
    """The part of a period inside another that it overlaps."""
    return Period(max(one.start, to.start), min(one.end, to.end))


def may_stand_in(one: Candidate, wanted: Wanted) -> bool:
    """Whether somebody can take a session over: credential, language, gender, at work then, and free."""
    start = wanted.period.start.astimezone(wanted.zone)
    return (
        _fits(one, wanted, start.date())
        and (not wanted.language or wanted.language in one.languages)
        and (not wanted.gender or wanted.gender == one.gender)
        and works(one.hours, wanted.period, wanted.zone)
        and not any(wanted.period.overlaps(taken) for taken in one.busy)
    )


def _fits(one: Candidate, wanted: Wanted, day: date) -> bool:
    good = in_force(one.held, day)
    if wanted.credentials:
        return bool(good & set(wanted.credentials))
    return not wanted.family or wanted.family in map(family_of, good)


def works(hours: Iterable[tuple[int, int, int]], period: Period, zone: ZoneInfo) -> bool:
    """Whether a period lies inside one stretch of weekly hours, by the wall clock; over midnight it never does."""
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    first = start.hour * 60 + start.minute
    last = end.hour * 60 + end.minute + 1440 * (end.date() - start.date()).days
    return any(day == start.weekday() and since <= first and last <= until for day, since, until in hours)
