"""Run beside: `python -m bench.schedule_solve NAME SEED SECONDS PROCESSES` solves one instance, prints what it took."""

import json
import resource
import sys
import time

from bench import schedule_public as public
from daybridge.scheduling.solver import Limits, Problem, check, solve
from daybridge.scheduling.solver.index import index
from daybridge.scheduling.solver.place import place_site, schedule_of

MOMENTS = (10, 30, 60, 120, 240)


def main(name: str, seed: int, seconds: float, processes: int) -> dict:
    """Solve, judge, and say when what was reached."""
    data = public.load(name)
    problem = Problem.from_json(data)
    ix, began = index(problem), time.perf_counter()
    by_hand = schedule_of(problem, [place_site(ix, s.id, lambda: False, lambda: True) for s in problem.sites])
    greedy, greedy_s = check(problem, by_hand), time.perf_counter() - began
    began = time.perf_counter()
    result = solve(problem, Limits(seconds=seconds, seed=seed, processes=processes))
    took = time.perf_counter() - began
    answer = public.judged(data, result.schedule.to_json())
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "instance": name, "seed": seed, "clients": len(problem.clients), "sites": len(problem.sites),
        "violations": answer["violations"] + int(answer["objective"] != result.objective), "cost": result.objective,
        "reached": result.reached, "bound": result.lower_bound, "reached_bound": result.reached_upper_bound,
        "greedy_cost": greedy.objective, "greedy_reached": len(greedy.reached), "greedy_s": round(greedy_s, 2),
        "first_s": result.trace[0].seconds if result.trace else None, "seconds": round(took, 1),
        "at": {str(one): _at(result.trace, one) for one in MOMENTS if one <= seconds},
        "trace": [[p.seconds, p.objective, p.bound, p.reached] for p in result.trace],
        "memory_mb": round(max(own, children)), "status": result.status,
    }  # fmt: skip


def _at(trace: tuple, moment: float) -> dict:
    """Cost and reached clients as they stood then."""
    before = [point for point in trace if point.seconds <= moment]
    return {"cost": before[-1].objective, "reached": before[-1].reached} if before else {}


if __name__ == "__main__":
    name, seed, seconds, processes = sys.argv[1:]
    print(json.dumps(main(name, int(seed), float(seconds), int(processes))))
