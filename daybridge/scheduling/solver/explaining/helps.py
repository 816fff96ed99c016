"""What would help most: blocks, seats, second facilitators, offices, therapist hours, by how many people they help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from daybridge.scheduling.solver import score
from daybridge.scheduling.solver.explaining.blocks import TEMPLATES, Block, blocks
from daybridge.scheduling.solver.index import Index, index, is_free_for, may_join
from daybridge.scheduling.solver.mending.damage import refuse_strangers
from daybridge.scheduling.solver.mending.spans import merged
from daybridge.scheduling.solver.model import Client, Problem, Schedule, Session, Staff, Window
from daybridge.scheduling.solver.occupied import members, seats
from daybridge.scheduling.solver.roster import Roster, roster_of
from daybridge.scheduling.solver.sites import by_site, schedule_of_site
from daybridge.scheduling.solver.wire import plain

MOST_TRIED = 40
"""Ideas of one kind solved at most for one site, the most promising ones."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One thing that would let more people reach their hours.

    `code`: block | seat | second-facilitator | office | therapist-hour. `params` say where and when (block: site, day,
    part, start, minutes, population, language, sessions as in an instance). `newly_reached`: client ids.
    `facilitator_minutes`: work it takes. `change_cost`: what the new week costs less (negative) or more than this one.
    """

    code: str
    params: dict[str, Any]
    newly_reached: tuple[str, ...]
    facilitator_minutes: int
    change_cost: int


@dataclass(frozen=True, slots=True)
class _Idea:
    code: str
    params: dict[str, Any]
    problem: Problem
    people: tuple[str, ...]


def what_if(
    problem: Problem, schedule: Schedule, templates: Sequence[Sequence[int]] | None = None, max_results: int = 5
) -> list[Relaxation]:
    """The changes that help most people, best first; only such as help anybody. Loads OR-Tools.

    Everybody who has the hours stays put; those short of them are placed anew, first with nothing changed (whoever
    reaches the hours so is not counted), then with each change. `templates` are the minutes of sessions in a block.
    Raises BadInput for a schedule of another problem.
    """
    refuse_strangers(problem, schedule)
    out: list[Relaxation] = []
    for part in by_site(problem):
        out += _of_site(part, schedule_of_site(part, schedule), templates or TEMPLATES)
    out.sort(key=lambda r: (-len(r.newly_reached), r.facilitator_minutes, r.change_cost, r.code, str(r.params)))
    return out[:max_results]


def _of_site(problem: Problem, schedule: Schedule, templates: Sequence[Sequence[int]]) -> Iterator[Relaxation]:
    from daybridge.scheduling.solver.explaining.trial import Trial

    ix, roster = index(problem), roster_of(schedule)
    short = [c for c in problem.clients if not score.has_reached(ix, c, roster.week(c.id))]
    if not short:
        return
    trial = Trial(problem, roster, short)
    short = [c for c in short if c.id not in trial.reached]
    for idea in _ideas(ix, trial.roster, short, templates):
        gain = trial.gain(idea.problem, idea.people)
        if gain.people:
            yield Relaxation(idea.code, idea.params, gain.people, gain.facilitator_minutes, gain.cost)


def _ideas(ix: Index, roster: Roster, short: Sequence[Client], templates: Sequence[Sequence[int]]) -> Iterator[_Idea]:
    found = blocks(ix, roster, short, templates)
    yield from (_block(ix.problem, block) for block in found[:MOST_TRIED])
    yield from _fuller(ix, roster, short)
    everybody = tuple(c.id for c in short)
    if any(c.requirements for c in short):
        sites = tuple(replace(s, offices=s.offices + 1) for s in ix.problem.sites)
        yield _Idea("office", {"site": sites[0].id}, replace(ix.problem, sites=sites), everybody)
        yield from _therapists(ix, roster, short)


def _block(problem: Problem, block: Block) -> _Idea:
    params = {
        "site": block.meant.site, "day": block.day, "part": block.part, "start": block.start, "minutes": block.minutes,
        "population": block.meant.population, "language": block.meant.language,
        "sessions": [plain(session) for session in block.sessions],
    }  # fmt: skip
    return _Idea("block", params, replace(problem, sessions=(*problem.sessions, *block.sessions)), block.could)


def _fuller(ix: Index, roster: Roster, short: Sequence[Client]) -> Iterator[_Idea]:
    """One seat more, or a second facilitator, in the full groups of a part of a day."""
    for (day, part), sessions in sorted(_full(ix, roster).items()):
        people = tuple(c.id for c in short if any(may_join(c, s) and is_free_for(c, s) for s in sessions))
        where = {"site": sessions[0].site, "day": day, "part": part}
        yield _seat(ix, roster, sessions, where, people)
        thin = [s for s in sessions if _is_thin(ix, roster, s)]
        if thin:
            double = {s.id: replace(s, max_facilitators=s.max_facilitators + 1) for s in thin}
            params = where | {"sessions": list(double)}
            yield _Idea("second-facilitator", params, _swapped(ix.problem, double), people)


def _full(ix: Index, roster: Roster) -> dict[tuple[int, int], list[Session]]:
    """Full groups still to come, by day and part of the day."""
    people, out = members(roster), dict[tuple[int, int], list[Session]]()
    for one, run in sorted(roster.runs.items()):
        session = ix.sessions[one]
        is_full = len(people.get(one, ())) >= seats(ix, session, run)
        if is_full and not ix.is_past(session.day, session.start):
            out.setdefault((session.day, min(ix.parts(session.start, session.end))), []).append(session)
    return out


def _seat(
    ix: Index, roster: Roster, sessions: Sequence[Session], where: dict[str, Any], people: tuple[str, ...]
) -> _Idea:
    rooms = {roster.runs[s.id].room for s in sessions}
    roomier = tuple(replace(r, capacity=r.capacity + (r.id in rooms)) for r in ix.problem.rooms)
    larger = {
        s.id: replace(s, max_size=s.max_size + 1, max_per_facilitator=s.max_per_facilitator + 1) for s in sessions
    }
    problem = replace(_swapped(ix.problem, larger), rooms=roomier)
    return _Idea("seat", where | {"sessions": list(larger)}, problem, people)


def _is_thin(ix: Index, roster: Roster, session: Session) -> bool:
    """Whether it is facilitators the session lacks, not chairs."""
    run = roster.runs[session.id]
    led = session.max_per_facilitator * len(run.team)
    return led < min(session.max_size, ix.rooms[run.room].capacity) and len(session.staff_options) > len(run.team)


def _swapped(problem: Problem, new: dict[str, Session]) -> Problem:
    return replace(problem, sessions=tuple(new.get(s.id, s) for s in problem.sessions))


def _therapists(ix: Index, roster: Roster, short: Sequence[Client]) -> Iterator[_Idea]:
    """An hour more at the end of each shift of a therapist somebody short still lacks an appointment with."""
    people: dict[str, list[str]] = {}
    for client in short:
        for who in _lacking(roster, client):
            people.setdefault(who, []).append(client.id)
    for who, waiting in sorted(people.items()):
        longer = _longer(ix.staff[who])
        staff = tuple(longer if f.id == who else f for f in ix.problem.staff)
        params = {"site": longer.site, "staff": who}
        yield _Idea("therapist-hour", params, replace(ix.problem, staff=staff), tuple(waiting))


def _lacking(roster: Roster, client: Client) -> list[str]:
    """Staff with whom the client lacks an appointment that counts."""
    placed = {a.requirement for a in roster.week(client.id).appointments}
    due = [need for need in client.requirements if need.counts and need.id not in placed]
    return list(dict.fromkeys(who for need in due for who in need.staff))


def _longer(staff: Staff) -> Staff:
    windows = tuple(Window(w.day, w.start, min(1440, w.end + 60)) for w in staff.windows)
    return replace(staff, windows=merged(windows), max_minutes_day=staff.max_minutes_day + 60)
