"""Sessions that could run at all, and in which rooms with whom."""

from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.index import covers, has_lunch
from daybridge.scheduling.solver.model import Session, Staff


def leaders(ground: Ground, session: Session) -> list[str]:
    """Staff who could lead the session if they did nothing else. H05 to H07."""
    staff = (ground.ix.staff[who] for who in dict.fromkeys(session.staff_options))
    return [one.id for one in staff if one.site == session.site and _can_lead(ground, one, session)]


def _can_lead(ground: Ground, staff: Staff, session: Session) -> bool:
    span = (session.start, session.end)
    return (
        covers(staff.windows, session.day, *span)
        and session.minutes <= min(staff.max_group_minutes_day, staff.max_minutes_day)
        and has_lunch(staff, session.day, [span], ground.ix.problem.slot_minutes)
    )


def rooms_for(ground: Ground, session: Session) -> list[str]:
    """Rooms that seat the smallest group."""
    return [r for r in dict.fromkeys(session.room_options) if ground.ix.rooms[r].capacity >= session.min_size]


def living(ground: Ground) -> frozenset[str]:
    """Sessions that could run: people enough, a room, somebody to lead."""
    return frozenset(
        s.id
        for s in ground.ix.problem.sessions
        if len(ground.joiners[s.id]) >= max(1, s.min_size)
        and s.max_facilitators > 0
        and rooms_for(ground, s)
        and leaders(ground, s)
    )
