"""One client alone in an empty clinic: could the prescription be met at all?"""

from dataclasses import replace

from daybridge.scheduling.solver.explaining.lifting import sessions
from daybridge.scheduling.solver.index import is_free_for, may_join
from daybridge.scheduling.solver.model import Client, Frozen, Problem, Session


def alone(problem: Problem, client_id: str) -> Problem:
    """The problem of one client with everybody else thought away; groups that could ever run may run for one.

    Source: scheduling design, section 9: the empty clinic test.
    """
    client = next(c for c in problem.clients if c.id == client_id)
    frozen, past = _past_of(problem, client_id)
    rows = tuple(s for s in problem.sessions if s.id in past or _could_run(problem, client, s))
    one = replace(problem, clients=(client,), sessions=rows, conflicts=(), frozen=frozen)
    return sessions(lambda s: replace(s, min_size=min(1, s.min_size), must_run=None))(one)


def _past_of(problem: Problem, client_id: str) -> tuple[Frozen | None, set[str]]:
    """What is past of the client alone, and the sessions in it."""
    if problem.frozen is None:
        return None, set()
    mine = tuple(row for row in problem.frozen.bookings if row[1] == client_id)
    return replace(problem.frozen, bookings=mine), {str(row[2]) for row in mine if row[0] == "group"}


def _could_run(problem: Problem, client: Client, session: Session) -> bool:
    """Whether there are a team, a room and people enough for the session, the client among them."""
    if session.site != client.site or not (session.staff_options and session.room_options):
        return False
    others = (c for c in problem.clients if c.id != client.id)
    return sum(1 for c in others if may_join(c, session) and is_free_for(c, session)) + 1 >= session.min_size


def can_reach_alone(problem: Problem, client_id: str) -> bool:
    """Whether the client could reach hours and days in an empty clinic. Loads OR-Tools."""
    return can_reach(alone(problem, client_id))


def can_reach(problem: Problem) -> bool:
    """Whether the only client of the problem can reach hours and days in it. Loads OR-Tools."""
    from daybridge.scheduling.solver.explaining.commitments import Question

    who = problem.clients[0].id
    return Question(problem, [("must_reach", who)]).core((("must_reach", who),)) is None
