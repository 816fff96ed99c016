"""Look-ups over one problem: by id, who may join what, who must not meet whom, what covers what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from daybridge.scheduling.solver.model import Client, Problem, Requirement, Room, Session, Site, Staff, Topic, Window


def covers(windows: Iterable[Window], day: int, start: int, end: int) -> bool:
    """Whether one single window of that day holds all of [start, end)."""
    return any(d == day and a <= start and end <= b for d, a, b in windows)


def meet(a: int, b: int, c: int, d: int) -> bool:
    """Whether [a, b) and [c, d) share a minute."""
    return a < d and c < b


@dataclass(frozen=True, slots=True)
class Index:
    """One problem by id."""

    problem: Problem
    sites: dict[str, Site]
    rooms: dict[str, Room]
    staff: dict[str, Staff]
    topics: dict[str, Topic]
    sessions: dict[str, Session]
    clients: dict[str, Client]
    needs: dict[tuple[str, str], Requirement]
    apart: dict[str, tuple[tuple[str, str], ...]]
    """Client id to (other client id, kind of conflict)."""
    prerequisites: frozenset[str]
    """Every topic some other topic needs first."""

    def category(self, session_id: str) -> str:
        """The category of a session's topic."""
        return self.topics[self.sessions[session_id].topic].category

    def parts(self, start: int, end: int) -> set[int]:
        """Which parts of a day [start, end) touches."""
        parts = self.problem.rules.parts
        return {n for n, (a, b) in enumerate(parts) if meet(start, end, a, b)}

    def is_past(self, day: int, start: int) -> bool:
        """Whether a booking that starts then is frozen. Source: H24."""
        cut = self.problem.frozen
        return cut is not None and (day, start) < (cut.before_day, cut.before_start)


def index(problem: Problem) -> Index:
    """Index a problem."""
    return Index(
        problem=problem,
        sites=_by_id(problem.sites),
        rooms=_by_id(problem.rooms),
        staff=_by_id(problem.staff),
        topics=_by_id(problem.topics),
        sessions=_by_id(problem.sessions),
        clients=_by_id(problem.clients),
        needs={(c.id, r.id): r for c in problem.clients for r in c.requirements},
        apart=_apart(problem),
        prerequisites=frozenset(pre for topic in problem.topics for pre in topic.prerequisites),
    )


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Of = TypeVar("Of", bound=_Named)


def _by_id(rows: tuple[Of, ...]) -> dict[str, Of]:
    return {one.id: one for one in rows}


def _apart(problem: Problem) -> dict[str, tuple[tuple[str, str], ...]]:
    apart: dict[str, list[tuple[str, str]]] = {}
    for conflict in problem.conflicts:
        apart.setdefault(conflict.a, []).append((conflict.b, conflict.kind))
        apart.setdefault(conflict.b, []).append((conflict.a, conflict.kind))
    return {key: tuple(sorted(pairs)) for key, pairs in apart.items()}


def may_join(client: Client, session: Session) -> bool:
    """Whether the group is meant for the client: site, population, language, gender, tags, membership. Source: H08."""
    return (
        client.site == session.site
        and client.population == session.population
        and session.language in client.languages
        and (not session.gender or session.gender == client.gender)
        and all(tag in client.tags for tag in session.tags)
        and (session.members is None or client.id in session.members)
    )


def is_free_for(client: Client, session: Session) -> bool:
    """Whether the session lies inside one of the client's windows. Source: H09."""
    return covers(client.windows, session.day, session.start, session.end)


def has_lunch(staff: Staff, day: int, busy: Iterable[tuple[int, int]], slot: int) -> bool:
    """Whether the staff member still gets lunch that day, or has no shift that needs one. Source: H07."""
    lunch = staff.lunch
    if lunch is None or not any(
        d == day and b - a >= lunch.min_shift and a <= lunch.earliest and b >= lunch.latest for d, a, b in staff.windows
    ):
        return True
    taken = list(busy)
    return any(
        all(not meet(t, t + lunch.minutes, a, b) for a, b in taken)
        for t in range(lunch.earliest, lunch.latest - lunch.minutes + 1, slot)
    )
