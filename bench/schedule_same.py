"""Run beside: `python -m bench.schedule_same NAME ITERATIONS PROCESSES` prints the digest of a deterministic run."""

import hashlib
import json
import sys

from bench import schedule_public as public
from daybridge.scheduling.solver import Limits, Problem, solve

if __name__ == "__main__":
    name, iterations, processes = sys.argv[1:]
    limits = Limits(deterministic=True, iterations=int(iterations), processes=int(processes), seed=7)
    found = solve(Problem.from_json(public.load(name)), limits)
    body = json.dumps(found.schedule.to_json(), sort_keys=True).encode()
    print(json.dumps({"instance": name, "digest": hashlib.sha256(body).hexdigest(), "cost": found.objective}))
