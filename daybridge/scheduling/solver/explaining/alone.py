"""One client alone in an empty clinic: could the prescription be met at all?"""

from dataclasses import replace

from daybridge.scheduling.solver.explaining.lifting import sessions
from daybridge.scheduling.solver.index import is_free_for, may_join
from daybridge.scheduling.solver.model import Problem


def alone(problem: Problem, client_id: str) -> Problem:
    """The problem of one client with everybody else thought away; groups that could ever run may run for one.

    Source: scheduling design, section 9: the empty clinic test.
    """
    client = next(c for c in problem.clients if c.id == client_id)
    rows = []
    for session in problem.sessions:
        if session.site != client.site or not (session.staff_options and session.room_options):
            continue
        others = (c for c in problem.clients if c.id != client_id)
        if sum(1 for c in others if may_join(c, session) and is_free_for(c, session)) + 1 >= session.min_size:
            rows.append(session)
    frozen = problem.frozen
    if frozen is not None:
        mine = tuple(row for row in frozen.bookings if row[1] == client_id)
        frozen = replace(frozen, bookings=mine)
        past = {str(row[2]) for row in mine if row[0] == "group"}
        rows += [s for s in problem.sessions if s.id in past and s not in rows]
    one = replace(problem, clients=(client,), sessions=tuple(rows), conflicts=(), frozen=frozen)
    return sessions(lambda s: replace(s, min_size=min(1, s.min_size), must_run=None))(one)


def can_reach_alone(problem: Problem, client_id: str) -> bool:
    """Whether the client could reach hours and days in an empty clinic. Loads OR-Tools."""
    return can_reach(alone(problem, client_id))


def can_reach(problem: Problem) -> bool:
    """Whether the only client of the problem can reach hours and days in it. Loads OR-Tools."""
    from daybridge.scheduling.solver.explaining.commitments import Question

    who = problem.clients[0].id
    return Question(problem, [("must_reach", who)]).core((("must_reach", who),)) is None
