"""What a repair answers: the new week, what changed for whom and why, and who is still short."""

import time
from collections.abc import Collection
from dataclasses import dataclass, replace

from daybridge.scheduling.solver import score
from daybridge.scheduling.solver.check import Booking, bookings, check
from daybridge.scheduling.solver.index import Index
from daybridge.scheduling.solver.mending.case import Case, whole_problem
from daybridge.scheduling.solver.mending.past import begins
from daybridge.scheduling.solver.model import Problem, Schedule, SessionRun
from daybridge.scheduling.solver.roster import Roster, schedule_of
from daybridge.scheduling.solver.sites import with_site


@dataclass(frozen=True, slots=True)
class Change:
    """One client's bookings that went and came. `reason`: event | displaced | made-room."""

    client: str
    before: tuple[Booking, ...]
    after: tuple[Booking, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What changed of a group. `code`: staff | room | cancelled | opened; ids before and after."""

    session: str
    code: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """Somebody the event concerns who lacks minutes or days of attendance."""

    client: str
    minutes: int
    days: int


@dataclass(frozen=True, slots=True)
class RepairResult:
    """The week after a repair; see solver/README.md. `unkept` are the rules this week breaks and the
    published one did not: commitments (H23).

    `others` counts people the event is not about, `others_bookings` theirs that went or came. `untouched` is the week
    that touches none of them, where this one does. `unreachable` cannot reach their hours even alone. `worse` had
    their hours before and lost them though the event is not about them.
    """

    status: str
    schedule: Schedule
    problem: Problem
    changes: tuple[Change, ...]
    sessions: tuple[SessionChange, ...]
    others: int
    others_bookings: int
    short: tuple[Short, ...]
    unreachable: tuple[str, ...]
    unkept: tuple[tuple[str, ...], ...]
    worse: tuple[str, ...]
    untouched: Schedule | None
    ring: int
    seconds: float


def client_changes(case: Case, after: Schedule) -> tuple[Change, ...]:
    """Bookings still to come that went or came, by client."""
    ix, was, now = case.ix, bookings(case.part), bookings(after)
    rows: dict[str, tuple[list[Booking], list[Booking]]] = {}
    for number, different in enumerate((was - now, now - was)):
        for row in different:
            if str(row[1]) in ix.clients and not ix.is_past(*begins(ix, row)):
                rows.setdefault(str(row[1]), ([], []))[number].append(row)
    return tuple(
        Change(
            who,
            tuple(sorted(gone, key=str)),
            tuple(sorted(come, key=str)),
            "event" if who in case.about else "displaced" if who in case.hit else "made-room",
        )
        for who, (gone, come) in sorted(rows.items())
    )


def session_changes(before: Schedule, after: Schedule) -> tuple[SessionChange, ...]:
    """Groups that were cancelled, opened, or have another room or team."""
    was, now = {run.id: run for run in before.sessions}, {run.id: run for run in after.sessions}
    out: list[SessionChange] = []
    for one in sorted(set(was) | set(now)):
        out += _compared(one, was.get(one), now.get(one))
    return tuple(out)


def _compared(one: str, old: SessionRun | None, new: SessionRun | None) -> list[SessionChange]:
    if old is None or new is None:
        return [SessionChange(one, "opened" if new else "cancelled", _where(old), _where(new))]
    rows = [("staff", old.staff, new.staff), ("room", (old.room,), (new.room,))]
    return [SessionChange(one, code, was, now) for code, was, now in rows if was != now]


def _where(run: SessionRun | None) -> tuple[str, ...]:
    return (run.room, *run.staff) if run else ()


def still_short(ix: Index, roster: Roster, concerned: Collection[str]) -> tuple[Short, ...]:
    """Minutes and days each of the concerned lacks."""
    out = []
    for who in sorted(concerned):
        client, week = ix.clients[who], roster.week(who)
        minutes = max(0, client.target_minutes - score.minutes(ix, client, week))
        days = max(0, client.days_min - len({day for day, _, _ in score.events(ix, client, week)}))
        if minutes or days:
            out.append(Short(who, minutes, days))
    return tuple(out)


def answer(case: Case, roster: Roster, ring: int, untouched: Roster | None, began: float) -> RepairResult:
    """One answer in full. `untouched` is the roster that touches nobody else, if this one does."""
    part = schedule_of(case.ix, roster)
    report, weeks = check(case.judged, part), bookings(part)
    broken = [v for v in report.violations if v not in case.known]
    moved = [row for row in weeks ^ case.before.bookings if row[1] not in case.own]
    short = still_short(case.ix, roster, case.own & set(case.ix.clients))
    others = {str(row[1]) for row in moved}
    reached = set(report.reached)
    return RepairResult(
        status="unmet" if broken else "repaired",
        schedule=_whole(case, part, report.objective),
        problem=whole_problem(case),
        changes=client_changes(case, part),
        sessions=session_changes(case.part, part),
        others=len(others),
        others_bookings=len(moved),
        short=short,
        unreachable=_unreachable(case, short),
        unkept=tuple((v.rule, *v.about) for v in broken),
        worse=tuple(sorted(case.reached - case.own - reached)),
        untouched=_whole(case, schedule_of(case.ix, untouched), None) if untouched else None,
        ring=ring,
        seconds=time.monotonic() - began,
    )


def _unreachable(case: Case, short: tuple[Short, ...]) -> tuple[str, ...]:
    return tuple(one.client for one in short if case.alone.get(one.client) is False)


def _whole(case: Case, part: Schedule, objective: int | None) -> Schedule:
    """The published schedule with the site's part replaced; its claimed objective where that is all."""
    if case.is_whole:
        return replace(part, objective=objective)
    return with_site(case.new, case.published, part)
