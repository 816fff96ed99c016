"""Running groups that would fall under their minimum, their people, and who could fill them up."""

from collections.abc import Collection

from daybridge.scheduling.solver.index import Index, is_free_for, may_join
from daybridge.scheduling.solver.mending.case import Case
from daybridge.scheduling.solver.occupied import members
from daybridge.scheduling.solver.roster import Roster


def too_small(case: Case, free: frozenset[str]) -> tuple[str, ...]:
    """Groups still to come that are too small even if all of the `free` who may come do."""
    out = []
    for one, people in members(case.start).items():
        session = case.ix.sessions[one]
        stay = people - free
        held = len(stay) + _could(case.ix, free, one)
        if stay and held < session.min_size and not case.ix.is_past(session.day, session.start):
            out.append(one)
    return tuple(sorted(out))


def people(roster: Roster, sessions: Collection[str]) -> frozenset[str]:
    """Everybody in these groups."""
    return frozenset(who for who, week in roster.weeks.items() if not set(sessions).isdisjoint(week.sessions))


def recruits(case: Case, sessions: Collection[str], most: int) -> frozenset[str]:
    """A few others for each of these groups, those with the widest availability first."""
    out: set[str] = set()
    for one in sessions:
        session = case.ix.sessions[one]
        rows = [
            c
            for c in case.new.clients
            if may_join(c, session) and is_free_for(c, session) and one not in case.start.week(c.id).sessions
        ]
        rows.sort(key=lambda c: (-sum(w.end - w.start for w in c.windows), c.id))
        out.update(c.id for c in rows[:most])
    return frozenset(out)


def _could(ix: Index, free: frozenset[str], session_id: str) -> int:
    session = ix.sessions[session_id]
    return sum(1 for who in free if may_join(ix.clients[who], session) and is_free_for(ix.clients[who], session))
