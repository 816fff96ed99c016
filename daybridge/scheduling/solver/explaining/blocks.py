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
    meant = sorted({Meant(c.site, c.population, language) for c in short for language in c.languages})
    best: dict[tuple[Meant, int, int], Block] = {}
    for one in meant:
        people = [c for c in short if (c.site, c.population) == one[:2] and one.language in c.languages]
        for day, part, start in _starts(ix, one, people):
            for template in templates:
                block = _block(ix, roster, one, (day, part, start), people, template)
                known = best.get((one, day, part))
                if block is not None and (known is None or len(block.could) > len(known.could)):
                    best[one, day, part] = block
    return sorted(best.values(), key=lambda b: (-len(b.could), b.day, b.start, b.meant))


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
    meant: Meant,
    at: tuple[int, int, int],
    people: Sequence[Client],
    template: Sequence[int],
) -> Block | None:
    day, part, start = at
    end = start + sum(template)
    coming = [c for c in people if covers(c.windows, day, start, end)]
    if not coming or not covers(ix.sites[meant.site].open, day, start, end):
        return None
    sessions: list[Session] = []
    for minutes in template:
        begin = sessions[-1].end if sessions else start
        topics = _topics(ix, roster, coming, minutes, [s.topic for s in sessions])
        possible = (_session(ix, meant, topic, (day, begin)) for topic in topics)
        session = next((one for one in possible if one is not None), None)
        if session is None:
            return None
        sessions.append(replace(session, id=f"{session.id}.{len(sessions) + 1}"))
    could = tuple(
        c.id for c in coming if all(may_join(c, s) and is_free_for(c, s) and _has(ix, c, s) for s in sessions)
    )
    least = max(s.min_size for s in sessions)
    return Block(day, part, start, meant, tuple(sessions), could) if len(could) >= least else None


def _has(ix: Index, client: Client, session: Session) -> bool:
    category = ix.topics[session.topic].category
    return any(line.category == category and line.max > 0 for line in client.mix)


def _topics(ix: Index, roster: Roster, people: Sequence[Client], minutes: int, used: Sequence[str]) -> list[Topic]:
    """Topics of that length, those that most of the people could still attend this week first."""
    points: Counter[str] = Counter()
    for client in people:
        count = Counter(ix.category(one) for one in roster.week(client.id).sessions)
        count.update(ix.topics[one].category for one in used)
        left = {line.category: line.max - count[line.category] for line in client.mix}
        done = set(client.completed_topics)
        for topic in ix.problem.topics:
            if topic.minutes == minutes and topic.id not in used and left.get(topic.category, 0) > 0:
                points[topic.id] += 1 if set(topic.prerequisites) <= done else 0
    return [ix.topics[one] for one in sorted(points, key=lambda one: (-points[one], one)) if points[one]]


def _session(ix: Index, meant: Meant, topic: Topic, at: tuple[int, int]) -> Session | None:
    """A session of the topic then, sized like others of the site, with everybody qualified who works."""
    day, start = at
    like = [s for s in ix.problem.sessions if s.site == meant.site and s.population == meant.population]
    like = [s for s in like if s.topic == topic.id] or like or [s for s in ix.problem.sessions if s.site == meant.site]
    staff = [
        f.id
        for f in ix.problem.staff
        if f.site == meant.site
        and meant.language in f.languages
        and (not topic.credentials or set(topic.credentials) & set(f.credentials))
        and covers(f.windows, day, start, start + topic.minutes)
    ]
    rooms = [r.id for r in ix.problem.rooms if r.site == meant.site]
    if not like or not staff or not rooms:
        return None
    model = sorted(like, key=lambda s: (s.min_size, s.id))[len(like) // 2]
    return replace(
        model, id=f"+{day}.{start}.{meant.population}.{meant.language}", topic=topic.id, day=day, start=start,
        minutes=topic.minutes, population=meant.population, language=meant.language, gender=None, tags=(),
        members=None, stream=None, planned=False, must_run=None, staff_options=tuple(staff), room_options=tuple(rooms),
    )  # fmt: skip
