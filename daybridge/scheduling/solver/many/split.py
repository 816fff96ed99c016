"""Split a problem into parts that share no room, no staff and no people who must be kept apart. Exact, no heuristic."""

from dataclasses import replace

from daybridge.scheduling.solver.model import Client, Frozen, Problem, Room, Session, Staff


def split(problem: Problem) -> list[Problem]:
    """The parts, in the order of their first sites; one part per site unless something couples two."""
    groups = _groups(problem)
    if len(groups) <= 1:
        return [problem]
    return [_part(problem, group) for group in groups]


def _groups(problem: Problem) -> list[set[str]]:
    parent = {site.id: site.id for site in problem.sites}

    def root(site: str) -> str:
        while parent[site] != site:
            site = parent[site]
        return site

    for one, other in _coupled(problem):
        parent[root(one)] = root(other)
    out: dict[str, set[str]] = {}
    for site in problem.sites:
        out.setdefault(root(site.id), set()).add(site.id)
    return list(out.values())


def _coupled(problem: Problem) -> list[tuple[str, str]]:
    """Sites that share people to keep apart or a room."""
    home = {client.id: client.site for client in problem.clients}
    pairs = [(home[pair.a], home[pair.b]) for pair in problem.conflicts]
    users: dict[str, str] = {}
    for session in problem.sessions:
        pairs += [(users.setdefault(room, session.site), session.site) for room in session.room_options]
    return pairs


def _part(problem: Problem, sites: set[str]) -> Problem:
    sessions = tuple(s for s in problem.sessions if s.site in sites)
    clients = tuple(c for c in problem.clients if c.site in sites)
    mine = {c.id for c in clients}
    return replace(
        problem,
        sites=tuple(s for s in problem.sites if s.id in sites),
        rooms=_rooms(problem, sites, sessions),
        staff=_staff(problem, sites, sessions, clients),
        sessions=sessions,
        clients=clients,
        conflicts=tuple(pair for pair in problem.conflicts if pair.a in mine),
        frozen=_past(problem.frozen, mine),
    )


def _rooms(problem: Problem, sites: set[str], sessions: tuple[Session, ...]) -> tuple[Room, ...]:
    named = {room for s in sessions for room in s.room_options}
    return tuple(r for r in problem.rooms if r.site in sites or r.id in named)


def _staff(
    problem: Problem, sites: set[str], sessions: tuple[Session, ...], clients: tuple[Client, ...]
) -> tuple[Staff, ...]:
    named = {who for s in sessions for who in s.staff_options}
    named |= {who for c in clients for need in c.requirements for who in need.staff}
    return tuple(f for f in problem.staff if f.site in sites or f.id in named)


def _past(frozen: Frozen | None, clients: set[str]) -> Frozen | None:
    if frozen is None:
        return None
    return replace(frozen, bookings=tuple(row for row in frozen.bookings if row[1] in clients))
