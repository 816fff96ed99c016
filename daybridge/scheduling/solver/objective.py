"""The soft terms of the objective, recomputed from scratch. Source: scheduling design, section 4."""

import itertools
from collections import Counter

from daybridge.scheduling.solver.facts import Facts
from daybridge.scheduling.solver.index import covers
from daybridge.scheduling.solver.model import Client

TERMS = (
    "not_reached",
    "shortfall",
    "severe",
    "mix_missing",
    "requirement_missing",
    "continuity",
    "udt_missing",
    "lost_series",
    "moved_appt",
    "extra_day",
    "gap",
    "off_pref",
    "excess",
    "over_ideal",
    "staff",
    "cancel_planned",
)


def terms(facts: Facts) -> dict[str, int]:
    """Every term of section 4 with its weight applied; the objective is their sum."""
    out: Counter[str] = Counter(dict.fromkeys(TERMS, 0))
    for client in facts.ix.problem.clients:
        _hours(facts, client, out)
        _appointments(facts, client, out)
        _habits(facts, client, out)
        _comfort(facts, client, out)
    _sessions(facts, out)
    return dict(out)


def _hours(facts: Facts, client: Client, out: Counter[str]) -> None:
    problem, total = facts.ix.problem, sum(facts.counted(client).values())
    weights, slot, priority = problem.weights, problem.slot_minutes, client.priority
    short = max(0, client.target_minutes - total)
    severe = max(0, client.target_minutes * problem.rules.severe_fraction_percent // 100 - total)
    out["not_reached"] += 0 if facts.reached(client) else weights.not_reached * priority
    out["shortfall"] += weights.shortfall_slot * priority * -(-short // slot)
    out["severe"] += weights.severe_slot * priority * -(-severe // slot)
    out["excess"] += weights.excess_slot * (max(0, total - client.target_minutes) // slot)
    per_category = Counter(facts.ix.category(one) for one in facts.attends.get(client.id, ()))
    missing = sum(max(0, line.min - per_category[line.category]) for line in client.mix)
    out["mix_missing"] += weights.mix_missing * missing


def _appointments(facts: Facts, client: Client, out: Counter[str]) -> None:
    weights, mine = facts.ix.problem.weights, facts.appts.get(client.id, {})
    for need in client.requirements:
        appt = mine.get(need.id)
        if appt is None:
            out["requirement_missing"] += need.weight
        elif need.preferred is not None and appt.staff != need.preferred:
            out["continuity"] += weights.continuity
    tests = len(facts.tests.get(client.id, ()))
    out["udt_missing"] += weights.udt_missing * max(0, client.udt - tests)


def _habits(facts: Facts, client: Client, out: Counter[str]) -> None:
    weights, attended = facts.ix.problem.weights, facts.attends.get(client.id, ())
    out["lost_series"] += weights.lost_series * sum(1 for one in client.last_week_sessions if one not in attended)
    for past in client.last_week_appts:
        now = facts.appts.get(client.id, {}).get(past.requirement)
        if now is None or (now.staff, now.day, now.start) != (past.staff, past.day, past.start):
            out["moved_appt"] += weights.moved_appt


def _comfort(facts: Facts, client: Client, out: Counter[str]) -> None:
    weights, events = facts.ix.problem.weights, sorted(facts.clients.get(client.id, ()))
    out["extra_day"] += weights.extra_day * max(0, len(facts.days(client.id)) - client.days_pref)
    for before, after in itertools.pairwise(events):
        if before.day == after.day and after.start - before.end > facts.ix.problem.rules.gap_tolerance:
            out["gap"] += weights.gap
    if client.pref_windows is not None:
        outside = sum(1 for e in events if not covers(client.pref_windows, e.day, e.start, e.end))
        out["off_pref"] += weights.off_pref * outside


def _sessions(facts: Facts, out: Counter[str]) -> None:
    problem = facts.ix.problem
    for run in facts.schedule.sessions:
        session = facts.ix.sessions.get(run.id)
        if session is None:
            continue
        extra = max(0, len(run.staff) - (1 if session.planned else 0))
        out["over_ideal"] += problem.weights.over_ideal * max(0, len(run.clients) - session.ideal_size)
        out["staff"] += problem.weights.staff_slot * (session.minutes // problem.slot_minutes) * extra
    cancelled = sum(1 for s in problem.sessions if s.planned and s.id not in facts.ran)
    out["cancel_planned"] += problem.weights.cancel_planned * cancelled
