"""Why a client's week is short of the prescription: codes and parameters, never names and never sentences.

Light on purpose: what a coordinator can see at a glance. It proves nothing; that comes with the solver.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.board import Board, clear, office_free, seats
from daybridge.scheduling.solver.days import QUICK, legal_days
from daybridge.scheduling.solver.index import covers, index, is_free_for, may_join
from daybridge.scheduling.solver.model import Client, Problem, Requirement, Schedule, Session
from daybridge.scheduling.solver.offers import View, blocked_parts, candidates, free_slots, possible_starts, view
from daybridge.scheduling.solver.place import held_by, strictly_joinable
from daybridge.scheduling.solver.recommend import board_of
from daybridge.scheduling.solver.weeks import best_weeks

Params = Mapping[str, int | str | tuple[str, ...]]

CODES = {
    "short": "minutes, target_minutes, days, days_min: what the week has and what is prescribed",
    "a-week-exists": "minutes: this week would do without moving anybody; ask recommend()",
    "no-group": "no session at the site is meant for this client (population, language, gender, tags, members)",
    "not-available": "sessions: they lie outside the client's availability",
    "kept-apart": "sessions: somebody the client must not meet is there",
    "full": "sessions: no seat left",
    "not-running": "sessions: they do not run and would stay under their minimum",
    "prerequisite": "topics: they must come first and are not in the week",
    "category-maximum": "category, maximum: no more of these count this week",
    "short-day": "day, possible_minutes, per_diem_minutes: too little can be had that day to count",
    "too-few-days": "days, days_min: days on which a legal day is possible",
    "days-maximum": "days_max: no further day is allowed",
    "appointment-no-shared-time": "requirement: no time fits the client's and the requirement's windows",
    "appointment-staff-away": "requirement: none of the staff works when the client can come",
    "appointment-offices-full": "requirement: staff are free, offices are not",
    "appointment-staff-busy": "requirement: staff are taken whenever the client can come",
    "appointment-not-placed": "requirement: a free time exists",
}
"""Every reason: its code and what its parameters mean."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands between a client and the prescribed hours."""

    code: str
    params: Params


def shortfall(problem: Problem, schedule: Schedule, client_id: str) -> tuple[Reason, ...]:
    """Why the client's hours or days are short in `schedule`; empty if they are met.

    Codes are the keys of CODES. Raises BadInput for an unknown client or a schedule of another problem.
    """
    ix = index(problem)
    if client_id not in ix.clients:
        raise BadInput("The problem has no client {id}.", id=client_id)
    client = ix.clients[client_id]
    board = board_of(ix, client.site, schedule)
    first = _short(board, client)
    if first is None:
        return ()
    reasons = [first, *_sessions(board, client), *_categories(board, client), *_appointments(board, client)]
    held = held_by(board, client_id)
    clear(board, client_id)
    choices = view(board, client, strictly_joinable(board, client, held))
    return (*reasons, *_days(choices), *_better(choices, held))


def _short(board: Board, client: Client) -> Reason | None:
    ix, week = board.ix, board.week(client.id)
    sessions = [ix.sessions[one] for one in week.sessions]
    needs = [ix.needs[client.id, a.requirement] for a in week.appointments]
    minutes = sum(s.minutes for s in sessions) + sum(need.minutes for need in needs if need.counts)
    days = len({s.day for s in sessions} | {a.day for a in week.appointments})
    if minutes >= client.target_minutes and days >= client.days_min:
        return None
    return Reason(
        "short",
        {
            "minutes": minutes,
            "target_minutes": client.target_minutes,
            "days": days,
            "days_min": client.days_min,
        },
    )


def _sessions(board: Board, client: Client) -> Iterator[Reason]:
    ix, mine = board.ix, board.week(client.id).sessions
    meant = [s for s in ix.problem.sessions if s.site == client.site and may_join(client, s)]
    if not meant:
        yield Reason("no-group", {})
    possible = {s.id for s in candidates(board, client)}
    found: dict[str, list[str]] = {}
    for session in meant:
        code = _why_not(board, client, session, session.id in possible)
        if session.id not in mine and code:
            found.setdefault(code, []).append(session.id)
    for code in sorted(found):
        yield Reason(code, {"sessions": tuple(found[code])})
    missing = {pre for s in meant for pre in ix.topics[s.topic].prerequisites}
    missing -= set(client.completed_topics) | {ix.sessions[one].topic for one in mine}
    if missing:
        yield Reason("prerequisite", {"topics": tuple(sorted(missing))})


def _why_not(board: Board, client: Client, session: Session, possible: object) -> str:
    """The first thing against joining this session, or nothing."""
    if not is_free_for(client, session):
        return "not-available"
    if board.ix.is_past(session.day, session.start) or not _has_category(board, client, session):
        return ""
    if not possible:
        return "kept-apart"
    if session.id in board.people:
        return "full" if board.size(session.id) >= seats(board, session) else ""
    return "not-running" if session.min_size > 1 else ""


def _has_category(board: Board, client: Client, session: Session) -> bool:
    return any(line.category == board.ix.category(session.id) and line.max > 0 for line in client.mix)


def _categories(board: Board, client: Client) -> Iterator[Reason]:
    counts = Counter(board.ix.category(one) for one in board.week(client.id).sessions)
    for line in client.mix:
        if counts[line.category] >= line.max > 0:
            yield Reason("category-maximum", {"category": line.category, "maximum": line.max})
    days = {board.ix.sessions[one].day for one in board.week(client.id).sessions}
    days |= {appt.day for appt in board.week(client.id).appointments}
    if len(days) >= client.days_max:
        yield Reason("days-maximum", {"days_max": client.days_max})


def _appointments(board: Board, client: Client) -> Iterator[Reason]:
    placed = {appt.requirement for appt in board.week(client.id).appointments}
    for need in client.requirements:
        if need.id not in placed:
            yield Reason(_why_no_time(board, client, need), {"requirement": need.id})


def _why_no_time(board: Board, client: Client, need: Requirement) -> str:
    starts = [(day, start) for day, start in possible_starts(client, need) if not board.ix.is_past(day, start)]
    if not starts:
        return "appointment-no-shared-time"
    if any(free_slots(board, client, need, blocked_parts(board, client))):
        return "appointment-not-placed"
    working = [
        (day, start)
        for day, start in starts
        if any(covers(board.ix.staff[who].windows, day, start, start + need.minutes) for who in need.staff)
    ]
    if not working:
        return "appointment-staff-away"
    if not any(office_free(board, day, (start, start + need.minutes)) for day, start in working):
        return "appointment-offices-full"
    return "appointment-staff-busy"


def _days(choices: View) -> Iterator[Reason]:
    """Days that cannot count at all, and whether enough days can."""
    client, good = choices.client, 0
    for day in sorted({window.day for window in client.windows}):
        if any(one.is_attended for one in legal_days(choices, day, QUICK)):
            good += 1
        offered = sum(offer.session.minutes for offer in choices.offers.get(day, ()))
        if not any(one.minutes for one in legal_days(choices, day, QUICK)) and client.per_diem_minutes:
            yield Reason(
                "short-day",
                {"day": day, "possible_minutes": offered, "per_diem_minutes": client.per_diem_minutes},
            )
    if good < client.days_min:
        yield Reason("too-few-days", {"days": good, "days_min": client.days_min})


def _better(choices: View, held: set[str]) -> Iterator[Reason]:
    for candidate in best_weeks(choices, QUICK):
        if candidate.reached and held <= set(candidate.week.sessions):
            yield Reason("a-week-exists", {"minutes": candidate.minutes})
            return
