"""What never changes while a problem is solved: who could join which session, which appointment times exist."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.choices import Choices, choices_of
from daybridge.scheduling.solver.index import Index, index
from daybridge.scheduling.solver.model import Appointment, Problem


@dataclass(frozen=True, slots=True)
class Ground:
    """A problem, its index, and the choices of all its clients."""

    ix: Index
    choices: dict[str, Choices]
    joiners: dict[str, tuple[str, ...]]
    """Session id to the clients who could join it."""
    numbers: dict[str, int]
    """Client id to its place in the problem."""


def survey(problem: Problem, only: Collection[str] | None = None) -> Ground:
    """Look the whole problem over once; or `only` these clients, when nobody else will be free."""
    ix = index(problem)
    past = _past(ix)
    clients = [c for c in problem.clients if only is None or c.id in only]
    choices = {c.id: choices_of(ix, c, past.get(c.id, Week())) for c in clients}
    numbers = {client.id: number for number, client in enumerate(problem.clients)}
    return Ground(ix, choices, _joiners(problem, choices), numbers)


def _joiners(problem: Problem, choices: Mapping[str, Choices]) -> dict[str, tuple[str, ...]]:
    joiners: dict[str, list[str]] = {s.id: [] for s in problem.sessions}
    for who, choice in choices.items():
        for session in choice.sessions:
            joiners[session.id].append(who)
    return {one: tuple(who) for one, who in joiners.items()}


def _past(ix: Index) -> dict[str, Week]:
    """Frozen bookings by client. Source: H24."""
    out: dict[str, Week] = {}
    for row in ix.problem.frozen.bookings if ix.problem.frozen else ():
        who = str(row[1])
        week = out.get(who, Week())
        if row[0] == "group" and row[2] in ix.sessions:
            out[who] = week._replace(sessions=(*week.sessions, str(row[2])))
        elif row[0] == "appt" and (who, row[2]) in ix.needs and row[3] in ix.staff:
            appt = Appointment(who, str(row[2]), str(row[3]), int(row[4]), int(row[5]))
            out[who] = week._replace(appointments=(*week.appointments, appt))
    return out
