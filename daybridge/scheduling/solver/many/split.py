"""Split a problem into parts that share no room, no staff and no people who must be kept apart. Exact, no heuristic."""

from dataclasses import replace

from daybridge.scheduling.solver.model import Frozen, Problem


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

    home = {client.id: client.site for client in problem.clients}
    pairs = [(home[pair.a], home[pair.b]) for pair in problem.conflicts]
    users: dict[str, str] = {}
    for session in problem.sessions:
        for room in session.room_options:
            pairs.append((users.setdefault(room, session.site), session.site))
    for one, other in pairs:
        parent[root(one)] = root(other)
    out: dict[str, set[str]] = {}
    for site in problem.sites:
        out.setdefault(root(site.id), set()).add(site.id)
    return list(out.values())


def _part(problem: Problem, sites: set[str]) -> Problem:
    sessions = tuple(s for s in problem.sessions if s.site in sites)
    clients = tuple(c for c in problem.clients if c.site in sites)
    mine = {c.id for c in clients}
    staff = {f.id for f in problem.staff if f.site in sites}
    staff |= {who for s in sessions for who in s.staff_options}
    staff |= {who for c in clients for need in c.requirements for who in need.staff}
    rooms = {r.id for r in problem.rooms if r.site in sites} | {room for s in sessions for room in s.room_options}
    frozen = problem.frozen
    if frozen is not None:
        rows = tuple(row for row in frozen.bookings if row[1] in mine)
        frozen = Frozen(frozen.before_day, frozen.before_start, rows)
    return replace(
        problem,
        sites=tuple(s for s in problem.sites if s.id in sites),
        rooms=tuple(r for r in problem.rooms if r.id in rooms),
        staff=tuple(f for f in problem.staff if f.id in staff),
        sessions=sessions,
        clients=clients,
        conflicts=tuple(pair for pair in problem.conflicts if pair.a in mine),
        frozen=frozen,
    )
