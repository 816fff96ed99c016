"""Hypothetical blocks of groups for people short of hours: when, for whom, which topics, who could lead them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from daybridge.scheduling.solver.index import Index, covers, is_free_for, may_join
from daybridge.scheduling.solver.model import Client, Session, Topic
from daybridge.scheduling.solver.roster import Roster

TEMPLATES: tuple[tuple[int, ...], ...] = ((90, 90), (60, 60, 60))
"""Minutes of the sessions of a block: three program hours in a row."""


class Meant(NamedTuple):
    """For whom a block is."""

    site: str
    population: str
    language: str


@dataclass(frozen=True, slots=True)
class Block:
    """Sessions in a row on one day; `could` are the people short of hours who could come to all of them."""

    day: int
    part: int
    start: int
    meant: Meant
    sessions: tuple[Session, ...]
    could: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long the block is."""
        return sum(session.minutes for session in self.sessions)


def blocks(ix: Index, roster: Roster, short: Sequence[Client], templates: Sequence[Sequence[int]]) -> list[Block]:
    """The best block of every part of every day for every kind of people short of hours, most promising first."""
    best: dict[tuple[Meant, int, int], Block] = {}
    for one in sorted({Meant(c.site, c.population, language) for c in short for language in c.languages}):
        for block in _for(ix, roster, one, short, templates):
            known = best.get((one, block.day, block.part))
            if known is None or len(block.could) > len(known.could):
                best[one, block.day, block.part] = block
    return sorted(best.values(), key=lambda b: (-len(b.could), b.day, b.start, b.meant))


def _for(
    ix: Index, roster: Roster, meant: Meant, short: Sequence[Client], templates: Sequence[Sequence[int]]
) -> Iterator[Block]:
    """Every possible block for one kind of people."""
    people = [c for c in short if (c.site, c.population) == meant[:2] and meant.language in c.languages]
    for at in _starts(ix, meant, people):
        for template in templates:
            block = _block(ix, roster, (meant, at), people, template)
            if block is not None:
                yield block


def _starts(ix: Index, meant: Meant, people: Sequence[Client]) -> Iterator[tuple[int, int, int]]:
    """Days and times at which groups start or somebody becomes free, by part of the day."""
    usual = {s.start for s in ix.problem.sessions if s.site == meant.site}
    for day in range(7):
        free = {window.start for c in people for window in c.windows if window.day == day}
        for number, (begin, end) in enumerate(ix.problem.rules.parts):
            for start in sorted(t for t in usual | free if begin <= t < end and not ix.is_past(day, t)):
                yield day, number, start


def _block(
    ix: Index,
    roster: Roster,
    what: tuple[Meant, tuple[int, int, int]],
    people: Sequence[Client],
    template: Sequence[int],
) -> Block | None:
    meant, (day, part, start) = what
    end = start + sum(template)
    coming = [c for c in people if covers(c.windows, day, start, end)]
    if not coming or not covers(ix.sites[meant.site].open, day, start, end):
        return None
    sessions = _sessions(ix, roster, (meant, (day, start)), coming, template)
    if sessions is None:
        return None
    could = tuple(c.id for c in coming if all(_fits(ix, c, s) for s in sessions))
    least = max(s.min_size for s in sessions)
    return Block(day, part, start, meant, sessions, could) if len(could) >= least else None


def _sessions(
    ix: Index,
    roster: Roster,
    what: tuple[Meant, tuple[int, int]],
    coming: Sequence[Client],
    template: Sequence[int],
) -> tuple[Session, ...] | None:
    """The sessions of a block one after the other; None where nobody could lead one of them."""
    meant, (day, begin) = what
    out: list[Session] = []
    for minutes in template:
        topics = _topics(ix, roster, coming, minutes, [s.topic for s in out])
        possible = (_session(ix, meant, topic, (day, begin)) for topic in topics)
        session = next((one for one in possible if one is not None), None)
        if session is None:
            return None
        out.append(replace(session, id=f"{session.id}.{len(out) + 1}"))
        begin += minutes
    return tuple(out)


def _fits(ix: Index, client: Client, session: Session) -> bool:
    return may_join(client, session) and is_free_for(client, session) and _has(ix, client, session)


def _has(ix: Index, client: Client, session: Session) -> bool:
    category = ix.topics[session.topic].category
    return any(line.category == category and line.max > 0 for line in client.mix)


def _topics(ix: Index, roster: Roster, people: Sequence[Client], minutes: int, used: Sequence[str]) -> list[Topic]:
    """Topics of that length, those that most of the people could still attend this week first."""
    points: Counter[str] = Counter()
    for client in people:
        left, done = _left(ix, roster, client, used), set(client.completed_topics)
        for topic in ix.problem.topics:
            if left[topic.category] > 0 and set(topic.prerequisites) <= done:
                points[topic.id] += 1
    rows = [ix.topics[one] for one in points if one not in used and ix.topics[one].minutes == minutes]
    return sorted(rows, key=lambda topic: (-points[topic.id], topic.id))


def _left(ix: Index, roster: Roster, client: Client, used: Sequence[str]) -> Counter[str]:
    """How many sessions of a category may still come."""
    left = Counter({line.category: line.max for line in client.mix})
    left.subtract(ix.category(one) for one in roster.week(client.id).sessions)
    left.subtract(ix.topics[one].category for one in used)
    return left


def _session(ix: Index, meant: Meant, topic: Topic, at: tuple[int, int]) -> Session | None:
    """A session of the topic then, sized like others of the site, with everybody qualified who works."""
    day, start = at
    like, staff = _like(ix, meant, topic), _leaders(ix, meant, topic, at)
    rooms = tuple(r.id for r in ix.problem.rooms if r.site == meant.site)
    if not (like and staff and rooms):
        return None
    model = sorted(like, key=lambda s: (s.min_size, s.id))[len(like) // 2]
    return replace(
        model, id=f"+{day}.{start}.{meant.population}.{meant.language}", topic=topic.id, day=day, start=start,
        minutes=topic.minutes, population=meant.population, language=meant.language, gender=None, tags=(),
        members=None, stream=None, planned=False, must_run=None, staff_options=staff, room_options=rooms,
    )  # fmt: skip


def _like(ix: Index, meant: Meant, topic: Topic) -> list[Session]:
    """Sessions to take sizes from: of the topic, else for the same people, else any of the site."""
    here = [s for s in ix.problem.sessions if s.site == meant.site]
    same = [s for s in here if s.population == meant.population]
    return [s for s in same if s.topic == topic.id] or same or here


def _leaders(ix: Index, meant: Meant, topic: Topic, at: tuple[int, int]) -> tuple[str, ...]:
    day, start = at
    able = [f for f in ix.problem.staff if f.site == meant.site and meant.language in f.languages]
    if topic.credentials:
        able = [f for f in able if set(topic.credentials) & set(f.credentials)]
    return tuple(f.id for f in able if covers(f.windows, day, start, start + topic.minutes))
