"""What is wrong with a problem before anything is placed: never left to the placement to find."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from daybridge.scheduling.solver.model import Client, Problem, Requirement, Session, Window


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault: a code, where it is, and the offending id or value."""

    code: str
    path: str
    value: str = ""


def validate(problem: Problem) -> list[Issue]:
    """Every fault of the problem, in a fixed order; empty when it can be placed.

    Codes: duplicate-id, unknown-id, off-grid, empty-window, touching-windows, min-above-max, prerequisite-cycle,
    target-above-maximum, bad-day, not-positive.
    """
    if problem.slot_minutes <= 0:
        return [Issue("not-positive", "slot_minutes", str(problem.slot_minutes))]
    return [
        *_duplicates(problem),
        *_topics(problem),
        *_sessions(problem),
        *_people(problem),
        *_conflicts(problem),
    ]


def _duplicates(problem: Problem) -> Iterator[Issue]:
    for kind in ("sites", "rooms", "staff", "topics", "sessions", "clients"):
        yield from _repeated(kind, getattr(problem, kind))
    for client in problem.clients:
        yield from _repeated(f"clients.{client.id}.requirements", client.requirements)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _repeated(path: str, rows: Iterable[_Named]) -> Iterator[Issue]:
    seen: set[str] = set()
    for one in rows:
        if one.id in seen:
            yield Issue("duplicate-id", path, one.id)
        seen.add(one.id)


def _topics(problem: Problem) -> Iterator[Issue]:
    needs = {t.id: t.prerequisites for t in problem.topics}
    for topic in problem.topics:
        yield from _unknown(f"topics.{topic.id}.prerequisites", topic.prerequisites, needs)
        if topic.id in _ancestors(topic.id, needs):
            yield Issue("prerequisite-cycle", f"topics.{topic.id}", topic.id)


def _ancestors(topic: str, needs: dict[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = list(needs.get(topic, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(needs.get(one, ()))
    return found


def _sessions(problem: Problem) -> Iterator[Issue]:
    known = _Known(
        {s.id for s in problem.sites},
        {t.id for t in problem.topics},
        {f.id for f in problem.staff},
        {r.id for r in problem.rooms},
        {c.id for c in problem.clients},
    )
    for session in problem.sessions:
        yield from _session(session, known, problem.slot_minutes)


class _Known(NamedTuple):
    """Ids there are."""

    sites: set[str]
    topics: set[str]
    staff: set[str]
    rooms: set[str]
    clients: set[str]


def _session(session: Session, known: _Known, slot: int) -> Iterator[Issue]:
    path = f"sessions.{session.id}"
    yield from _unknown(f"{path}.site", [session.site], known.sites)
    yield from _unknown(f"{path}.topic", [session.topic], known.topics)
    yield from _unknown(f"{path}.staff_options", session.staff_options, known.staff)
    yield from _unknown(f"{path}.room_options", session.room_options, known.rooms)
    yield from _unknown(f"{path}.members", session.members or (), known.clients)
    yield from _duration(path, session.minutes, slot)
    if not 0 <= session.day <= 6:
        yield Issue("bad-day", path, str(session.day))
    if session.min_size > session.max_size:
        yield Issue("min-above-max", f"{path}.min_size", str(session.min_size))


def _people(problem: Problem) -> Iterator[Issue]:
    sites = {s.id for s in problem.sites}
    for site in problem.sites:
        yield from _windows(f"sites.{site.id}.open", site.open)
    for room in problem.rooms:
        yield from _unknown(f"rooms.{room.id}.site", [room.site], sites)
    for staff in problem.staff:
        yield from _unknown(f"staff.{staff.id}.site", [staff.site], sites)
        yield from _windows(f"staff.{staff.id}.windows", staff.windows)
    yield from _clients(problem, sites)


def _clients(problem: Problem, sites: set[str]) -> Iterator[Issue]:
    session_ids, staff_ids = {s.id for s in problem.sessions}, {f.id for f in problem.staff}
    topic_ids = {t.id for t in problem.topics}
    for client in problem.clients:
        path = f"clients.{client.id}"
        yield from _unknown(f"{path}.site", [client.site], sites)
        yield from _unknown(f"{path}.must_attend", client.must_attend or (), session_ids)
        yield from _unknown(f"{path}.completed_topics", client.completed_topics, topic_ids)
        yield from _client(path, client)
        for need in client.requirements:
            yield from _requirement(f"{path}.requirements.{need.id}", need, problem.slot_minutes, staff_ids)


def _client(path: str, client: Client) -> Iterator[Issue]:
    yield from _windows(f"{path}.windows", client.windows)
    yield from _windows(f"{path}.pref_windows", client.pref_windows or ())
    if client.target_minutes > client.max_minutes:
        yield Issue("target-above-maximum", f"{path}.target_minutes", str(client.target_minutes))
    if client.days_min > client.days_max:
        yield Issue("min-above-max", f"{path}.days_min", str(client.days_min))
    for line in client.mix:
        if line.min > line.max:
            yield Issue("min-above-max", f"{path}.mix.{line.category}", str(line.min))


def _requirement(path: str, need: Requirement, slot: int, staff_ids: set[str]) -> Iterator[Issue]:
    yield from _unknown(f"{path}.staff", need.staff, staff_ids)
    yield from _duration(path, need.minutes, slot)
    if need.grid <= 0:
        yield Issue("not-positive", f"{path}.grid", str(need.grid))
    yield from _windows(f"{path}.windows", need.windows or ())


def _conflicts(problem: Problem) -> Iterator[Issue]:
    clients = {c.id for c in problem.clients}
    for number, conflict in enumerate(problem.conflicts):
        yield from _unknown(f"conflicts[{number}]", [conflict.a, conflict.b], clients)
        if conflict.kind not in ("same_session", "same_part"):
            yield Issue("unknown-id", f"conflicts[{number}].kind", conflict.kind)


def _unknown(path: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[Issue]:
    return (Issue("unknown-id", path, one) for one in ids if one not in known)


def _duration(path: str, minutes: int, slot: int) -> Iterator[Issue]:
    if minutes <= 0:
        yield Issue("not-positive", path, str(minutes))
    elif minutes % slot:
        yield Issue("off-grid", path, str(minutes))


def _windows(path: str, windows: Iterable[Window]) -> Iterator[Issue]:
    ordered = sorted(windows)
    for window in ordered:
        if window.start >= window.end:
            yield Issue("empty-window", path, str(tuple(window)))
        if not 0 <= window.day <= 6:
            yield Issue("bad-day", path, str(window.day))
    for before, after in itertools.pairwise(ordered):
        if before.day == after.day and after.start <= before.end:
            yield Issue("touching-windows", path, str(tuple(after)))
