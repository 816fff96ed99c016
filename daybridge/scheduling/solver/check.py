"""Judge a schedule: every hard rule H01 to H25 and the objective. Shares only look-ups with the placement."""

import itertools
from collections import Counter
from dataclasses import dataclass

from daybridge.scheduling.solver import objective
from daybridge.scheduling.solver.facts import Event, Facts, Violation, read
from daybridge.scheduling.solver.index import has_lunch
from daybridge.scheduling.solver.model import Client, Problem, Schedule, Session

Booking = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a schedule breaks (nothing, if `ok`) and costs; `reached` are the ids of clients who get their hours."""

    violations: tuple[Violation, ...]
    objective: int
    terms: dict[str, int]
    reached: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.violations


def check(problem: Problem, schedule: Schedule) -> CheckReport:
    """Judge `schedule` against `problem`. Never raises on a schedule that breaks rules: it says which."""
    facts = read(problem, schedule)
    _one_place_at_a_time(facts)
    _staff_days(facts)
    _offices(facts)
    _test_capacity(facts)
    for client in problem.clients:
        _minutes(facts, client)
        _sessions(facts, client)
        _tests(facts, client)
        _commitments(facts, client)
    _must_run(facts)
    _apart(facts)
    _past(facts)
    terms = objective.terms(facts)
    total = sum(terms.values())
    if schedule.objective is not None and schedule.objective != total:
        facts.bad("H25", schedule.objective, total)
    reached = tuple(c.id for c in problem.clients if facts.reached(c))
    return CheckReport(tuple(facts.found), total, terms, reached)


def bookings(schedule: Schedule) -> set[Booking]:
    """Every booking a client would see: ("group", client, session) and ("appt", client, need, staff, day, start)."""
    groups: set[Booking] = {("group", client, run.id) for run in schedule.sessions for client in run.clients}
    return groups | {("appt", a.client, a.requirement, a.staff, a.day, a.start) for a in schedule.appointments}


def _one_place_at_a_time(facts: Facts) -> None:
    for rule, table in (("H03", facts.rooms), ("H04", facts.staff), ("H10", facts.clients)):
        for who, events in table.items():
            ordered = sorted(events)
            for before, after in itertools.pairwise(ordered):
                if before.day == after.day and after.start < before.end:
                    facts.bad(rule, who, before.day, before.what, after.what)


def _staff_days(facts: Facts) -> None:
    for (who, day), minutes in facts.group_minutes.items():
        if minutes > facts.ix.staff[who].max_group_minutes_day:
            facts.bad("H06", who, day, minutes)
    for (who, day), minutes in facts.contact_minutes.items():
        if minutes > facts.ix.staff[who].max_minutes_day:
            facts.bad("H06", who, day, minutes)
    _lunches(facts)


def _lunches(facts: Facts) -> None:
    for who, events in facts.staff.items():
        for day in sorted({event.day for event in events}):
            busy = [(e.start, e.end) for e in events if e.day == day]
            if not has_lunch(facts.ix.staff[who], day, busy, facts.ix.problem.slot_minutes):
                facts.bad("H07", who, day)


def _offices(facts: Facts) -> None:
    def beside(event: Event, events: list[Event]) -> int:
        return sum(1 for e in events if e.day == event.day and e.start <= event.start < e.end)

    for site, events in facts.offices.items():
        for event in events:
            if beside(event, events) > facts.ix.sites[site].offices:
                facts.bad("H20", site, event.day, event.start)


def _test_capacity(facts: Facts) -> None:
    per_day = Counter((facts.ix.clients[who].site, day) for who, days in facts.tests.items() for day in days)
    for (site, day), count in per_day.items():
        if count > facts.ix.sites[site].udt_capacity_per_day:
            facts.bad("H21", site, day, count)


def _minutes(facts: Facts, client: Client) -> None:
    counted = facts.counted(client)
    for day, minutes in counted.items():
        if 0 < minutes < client.per_diem_minutes:
            facts.bad("H11", client.id, day, minutes)
        if minutes > client.max_minutes_day:
            facts.bad("H12", client.id, day, minutes)
    if sum(counted.values()) > client.max_minutes:
        facts.bad("H13", client.id, sum(counted.values()))
    if len(facts.days(client.id)) > client.days_max:
        facts.bad("H14", client.id, len(facts.days(client.id)))


def _sessions(facts: Facts, client: Client) -> None:
    mine = [facts.ix.sessions[one] for one in facts.attends.get(client.id, ())]
    most = {line.category: line.max for line in client.mix}
    for category, count in Counter(facts.ix.category(s.id) for s in mine).items():
        if count > most.get(category, 0):
            facts.bad("H15", client.id, category, count)
    for (day, topic), count in Counter((s.day, s.topic) for s in mine).items():
        if count > 1:
            facts.bad("H16", client.id, topic, day)
    _order(facts, client, mine)


def _order(facts: Facts, client: Client, mine: list[Session]) -> None:
    """A topic comes after those it needs. Source: H17."""
    for later in mine:
        for topic in facts.ix.topics[later.topic].prerequisites:
            earlier = (s for s in mine if s.topic == topic and (s.day, s.end) <= (later.day, later.start))
            if topic not in client.completed_topics and not any(earlier):
                facts.bad("H17", client.id, later.id, topic)


def _tests(facts: Facts, client: Client) -> None:
    days, gap = sorted(facts.tests.get(client.id, ())), facts.ix.problem.rules.udt_min_day_gap
    close = any(after - before < gap for before, after in itertools.pairwise(days))
    if len(days) > client.udt or close or set(days) - facts.days(client.id):
        facts.bad("H21", client.id, *days)


def _commitments(facts: Facts, client: Client) -> None:
    reached = facts.reached(client)
    if client.waitlist and facts.days(client.id) and not reached:
        facts.bad("H22", client.id)
    if client.must_reach and not reached:
        facts.bad("H23", "must_reach", client.id)
    _promises(facts, client)


def _promises(facts: Facts, client: Client) -> None:
    """Appointments and groups promised by name. Source: H23."""
    for need in client.requirements:
        if need.mandatory and need.id not in facts.appts.get(client.id, {}):
            facts.bad("H23", "mandatory", client.id, need.id)
    for session_id in client.must_attend or ():
        if session_id not in facts.attends.get(client.id, ()):
            facts.bad("H23", "must_attend", client.id, session_id)


def _must_run(facts: Facts) -> None:
    for session in facts.ix.problem.sessions:
        if session.must_run and session.id not in facts.ran:
            facts.bad("H23", "must_run", session.id)


def _apart(facts: Facts) -> None:
    def parts(client_id: str) -> set[tuple[int, int]]:
        events = facts.clients.get(client_id, ())
        return {(e.day, part) for e in events for part in facts.ix.parts(e.start, e.end)}

    for pair in facts.ix.problem.conflicts:
        for shared in sorted(set(facts.attends.get(pair.a, ())) & set(facts.attends.get(pair.b, ()))):
            facts.bad("H18", pair.a, pair.b, shared)
        if pair.kind == "same_part":
            for day, part in sorted(parts(pair.a) & parts(pair.b)):
                facts.bad("H18", pair.a, pair.b, day, part)


def _past(facts: Facts) -> None:
    frozen = facts.ix.problem.frozen
    if frozen is None:
        return

    def begin(booking: Booking) -> tuple[int, int]:
        if booking[0] == "appt":
            return int(booking[4]), int(booking[5])
        session = facts.ix.sessions.get(str(booking[2]))
        return (session.day, session.start) if session else (7, 0)

    have = {b for b in bookings(facts.schedule) if facts.ix.is_past(*begin(b))}
    for booking in sorted(set(frozen.bookings) ^ have, key=str):
        facts.bad("H24", *booking)
