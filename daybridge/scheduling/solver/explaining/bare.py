"""A problem with nothing left in it but what decides whether commitments can be kept."""

from collections.abc import Collection
from dataclasses import replace

from daybridge.scheduling.solver.index import is_free_for, may_join
from daybridge.scheduling.solver.model import Client, Problem, Session, Weights

FREE = Weights(**dict.fromkeys(Weights.__slots__, 0))
"""Nothing costs anything: only what must be is asked."""


def bare(problem: Problem, committed: Collection[str]) -> Problem:
    """The same question about the `committed` clients; the others are there to fill groups.

    Wishes go, and the appointments of others that count for nothing.
    """
    return replace(problem, weights=FREE, clients=tuple(_bare(c, c.id in committed) for c in problem.clients))


def _bare(client: Client, is_committed: bool) -> Client:
    needs = client.requirements
    if not is_committed:
        needs = tuple(replace(need, mandatory=False) for need in needs if need.counts)
    return replace(
        client,
        requirements=needs,
        target_minutes=client.target_minutes if is_committed or client.waitlist else 0,
        udt=0,
        pref_windows=None,
        last_week_sessions=(),
        last_week_appts=(),
        mix=tuple(replace(line, min=0) for line in client.mix),
    )


def near(problem: Problem, about: Collection[str]) -> Problem:
    """Only people who could share a session with those in `about` (ids of clients and sessions).

    Sessions that matter only to others may run however few attend: the question may become easier, never harder.
    """
    shared = _shared(problem, about)
    rows = [s for s in problem.sessions if s.id in shared]
    kept = {c.id for c in problem.clients if c.id in about or any(_could(c, s) for s in rows)}
    return replace(
        problem,
        clients=tuple(c for c in problem.clients if c.id in kept),
        sessions=tuple(s if s.id in shared else replace(s, min_size=1, must_run=None) for s in problem.sessions),
        conflicts=tuple(pair for pair in problem.conflicts if {pair.a, pair.b} <= kept),
    )


def _shared(problem: Problem, about: Collection[str]) -> set[str]:
    """Sessions in `about`, or that clients in it could join."""
    clients = [c for c in problem.clients if c.id in about]
    return {s.id for s in problem.sessions if s.id in about or any(_could(c, s) for c in clients)}


def _could(client: Client, session: Session) -> bool:
    return may_join(client, session) and is_free_for(client, session)
