"""Run beside: `python -m bench.schedule_mend repair NAME EACH | explain NAME` prints what it took, as JSON."""

import json
import sys
import time

from bench import schedule_public as public
from bench.schedule_events import events
from daybridge.scheduling.solver import Limits, Problem, Schedule, event_from_json, explain_infeasible, solve, what_if
from daybridge.scheduling.solver.index import index
from daybridge.scheduling.solver.mending.repair import repairs
from daybridge.scheduling.solver.place import place_site, schedule_of

A_WEEK = 5


def repair(name: str, each: int) -> dict:
    """Seeded events on the best known week, or on one of ours."""
    data, best = public.load(name), public.sample(name)
    problem = Problem.from_json(data)
    published = Schedule.from_json(best) if best else solve(problem, Limits(seconds=A_WEEK)).schedule
    rows = [_event(problem, published, kind, event) for kind, event in _warm(problem, published, each)]
    return {"instance": name, "events": rows[1:]}


def _warm(problem: Problem, published: Schedule, each: int) -> list[tuple[str, dict]]:
    """The events, the first one twice: it pays for loading the engine."""
    rows = list(events(problem, published, 1, each))
    return [rows[0], *rows]


def _event(problem: Problem, published: Schedule, kind: str, data: dict) -> dict:
    event, now = event_from_json(data)
    began = time.perf_counter()
    answers = repairs(problem, published, event, now)
    found = next(answers)
    first = time.perf_counter() - began
    found = [found, *answers][-1]
    took = time.perf_counter() - began
    answer = public.judged(found.problem.to_json(), found.schedule.to_json())
    return {
        "kind": kind, "first_s": round(first, 3), "seconds": round(took, 3), "ring": found.ring,
        "others": found.others, "others_bookings": found.others_bookings, "worse": len(found.worse),
        "short": len(found.short), "unreachable": len(found.unreachable), "violations": answer["violations"],
    }  # fmt: skip


def explain(name: str) -> dict:
    """The contradiction of an instance, or what would help most; and whether it is the known one."""
    data = public.load(name)
    problem, known = Problem.from_json(data), data.get("known_infeasible") or data.get("known_whatif")
    ix = index(problem)
    plain = schedule_of(problem, [place_site(ix, s.id, lambda: False, lambda: True) for s in problem.sites])
    began = time.perf_counter()
    if "known_infeasible" in data:
        found = explain_infeasible(problem)
        is_right = found is not None and sorted(found.core) == sorted(tuple(one) for one in known["core"])
        told = {"core": len(found.core) if found else 0, "causes": found.causes if found else ()}
    else:
        best = next(iter(what_if(problem, plain)), None)
        part = ("morning", "afternoon", "evening")[best.params["part"]] if best and best.code == "block" else ""
        found_there = (part, best.params.get("day"), len(best.newly_reached)) if best else ()
        is_right = found_there == (known["part"], known["day"], known["newly_reached"])
        told = {"newly_reached": len(best.newly_reached) if best else 0}
    return {"instance": name, "is_right": is_right, "seconds": round(time.perf_counter() - began, 2), **told}


if __name__ == "__main__":
    what, name, *rest = sys.argv[1:]
    print(json.dumps(repair(name, int(rest[0])) if what == "repair" else explain(name)))
