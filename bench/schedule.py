"""`make bench-schedule`: the twelve targets of the weekly schedule on the public instances, against hand and bound.

`--short` (a minute, for CI) solves the two smallest only. One table, one JSON file, one picture.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from bench import schedule_plot
from bench import schedule_public as public
from bench.table import keep, row, show

ROOT = Path(__file__).resolve().parents[1]
FULL = {
    "tiny-12": 60, "small-40-a": 60, "small-40-b": 60, "small-40-open": 120, "medium-120-a": 240, "medium-120-b": 240,
    "medium-120-semi": 240, "large-400-4": 300, "xl-2000-20": 1800, "xxl-10000-100": 1800,
}  # fmt: skip
SHORT = {"tiny-12": 5, "small-40-a": 10}
REPAIRED = ("tiny-12", "small-40-a", "small-40-b", "medium-120-a", "medium-120-b", "large-400-4")
SMALL, MEDIUM, LARGE = 50, 130, 400
GAP, NEAR, PROVEN = 0.01, 1.02, 0.05
REPAIR_S, REPAIR_P95_S, OTHERS, EXPLAIN_S, MEMORY_MB = 0.3, 2.5, 6, 10, 600


def beside(module: str, *arguments: object, **more: str) -> dict:
    """What a measuring module says on its last line."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, text=True, capture_output=True, check=False,
        env=os.environ | more,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{module} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def solved(wanted: dict[str, int], seeds: list[int]) -> tuple[list[dict], list[dict]]:
    """Targets 1 to 8, instance by instance; medians over the seeds."""
    rows, raw, known = [], [], public.bounds()
    for name, seconds in wanted.items():
        print(f"· solving {name}, {seconds} s, seeds {', '.join(map(str, seeds))}", flush=True)
        runs = [beside("bench.schedule_solve", name, seed, seconds, 2) for seed in seeds]
        raw += runs
        rows += _of(name, runs, known[name])
    return rows, raw


def _of(name: str, runs: list[dict], known: dict[str, str]) -> list[dict]:
    clients, broken = runs[0]["clients"], max(run["violations"] for run in runs)
    cost, bound = median(run["cost"] for run in runs), int(known["lower_bound"])
    reached, by_hand = median(run["reached"] for run in runs), int(known["greedy_reached"])
    first, own = max(run["first_s"] for run in runs), max(1 - run["bound"] / run["cost"] for run in runs)
    worst, is_proven = max(run["cost"] for run in runs), SMALL < clients <= LARGE
    limit = 20 if clients > LARGE else 1 if clients <= MEDIUM else None
    out = [
        row(f"{name}: broken rules, worst seed", broken, "0", broken == 0),
        row(f"{name}: first week, worst seed", f"{first} s", f"at most {limit} s" if limit else "",
            first <= limit if limit else None),
        _cost(name, clients, (cost, worst), bound, int(known["best_cost"])),
        row(f"{name}: own proven gap, worst seed", f"{own:.1%}", f"at most {PROVEN:.0%}" if is_proven else "",
            own <= PROVEN if is_proven else None),
        _reached(name, clients, reached, by_hand, known),
    ]  # fmt: skip
    memory = max(run["memory_mb"] for run in runs)
    return [*out, row(f"{name}: memory of a process", f"{memory} MB", f"at most {MEMORY_MB} MB", memory <= MEMORY_MB)]


def _cost(name: str, clients: int, cost: tuple[float, float], bound: int, best: int) -> dict:
    middle, worst = cost
    told = f"{middle:.0f} (worst {worst:.0f}; best known {best}, bound {bound})"
    if clients <= SMALL and "open" not in name:
        return row(f"{name}: cost", told, f"at most {GAP:.0%} above the bound", middle <= bound * (1 + GAP))
    if clients <= MEDIUM:
        return row(f"{name}: cost", told, "at most 1.02 x best known", middle <= NEAR * best)
    return row(f"{name}: cost", told, "at most best known", middle <= best) if clients == LARGE else row(name, told)


def _reached(name: str, clients: int, reached: float, by_hand: int, known: dict[str, str]) -> dict:
    best, most = int(known["best_reached"]), int(known["reached_upper_bound"])
    told = f"{reached:.0f} of {clients}; by hand {by_hand}, best known {best}, at most {most}"
    if clients <= MEDIUM:
        return row(f"{name}: reached", told, f"at least {0.98 * best:.1f}", reached >= 0.98 * best)
    least = {LARGE: best, 2000: 0.86 * clients}.get(clients, 0.8 * clients)
    return row(f"{name}: reached", told, f"at least {least:.0f}", reached >= least)


def repaired(names: list[str], each: int) -> tuple[list[dict], list[dict]]:
    """Target 9: seeded events, the published week being the best known or one of ours."""
    raw = []
    for name in names:
        print(f"· repairing {name}, {4 * each} events", flush=True)
        raw.append(beside("bench.schedule_mend", "repair", name, each))
    rows = [one for found in raw for one in found["events"]]
    seconds, first = sorted(one["seconds"] for one in rows), max(one["first_s"] for one in rows)
    others = sorted(one["others_bookings"] for one in rows)
    p95, others_p95 = seconds[int(0.95 * (len(rows) - 1))], others[int(0.95 * (len(rows) - 1))]
    broken, worse = sum(one["violations"] for one in rows), sum(one["worse"] for one in rows)
    middle, typical = median(seconds), median(one["first_s"] for one in rows)
    return [
        row(f"repair: broken rules, {len(rows)} events", broken, "0", broken == 0),
        row("repair: median", f"{middle:.2f} s", f"at most {REPAIR_S} s", middle <= REPAIR_S),
        row("repair: 95 %", f"{p95:.2f} s", f"at most {REPAIR_P95_S} s", p95 <= REPAIR_P95_S),
        row("repair: first answer, median / worst", f"{typical:.2f} / {first:.2f} s", f"median at most {REPAIR_S} s",
            typical <= REPAIR_S),
        row("repair: other people's bookings changed, median / 95 % / worst",
            f"{median(others):.0f} / {others_p95} / {others[-1]}", f"0 / {OTHERS}",
            median(others) == 0 and others_p95 <= OTHERS),
        row("repair: people not concerned who lost their hours", worse, "0", worse == 0),
    ], raw  # fmt: skip


def explained(names: list[str]) -> tuple[list[dict], list[dict]]:
    """Targets 10 and 11."""
    raw = [beside("bench.schedule_mend", "explain", name) for name in names]
    right, slowest = sum(one["is_right"] for one in raw), max(one["seconds"] for one in raw)
    return [
        row("explained as known", f"{right} of {len(raw)}", "all", right == len(raw)),
        row("explained: slowest", f"{slowest} s", f"at most {EXPLAIN_S} s", slowest <= EXPLAIN_S),
    ], raw


def same(name: str, iterations: int) -> tuple[list[dict], list[dict]]:
    """Target 12: two runs, two hash seeds, one and two processes."""
    raw = [
        beside("bench.schedule_same", name, iterations, processes, PYTHONHASHSEED=seed)
        for processes, seed in ((1, "0"), (1, "0"), (1, "4711"), (2, "1"))
    ]
    digests = {one["digest"] for one in raw}
    return [row(f"{name}: different weeks in four deterministic runs", len(digests), "1", len(digests) == 1)], raw


def main(arguments: list[str]) -> int:
    """Measure, show, keep; 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="make bench-schedule", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a minute: the two smallest instances, one seed")
    parser.add_argument("--only", nargs="*", default=[], help="instances to solve (default: all up to 400 clients)")
    parser.add_argument("--large", action="store_true", help="2,000 and 10,000 clients too: an hour more")
    args = parser.parse_args(arguments)
    if not public.are_here():
        print(public.NONE, file=sys.stderr)
        return 2
    parts = _short() if args.short else _full(args)
    rows = [one for found, _ in parts.values() for one in found]
    show(rows)
    kept = keep(["schedule"], rows, {name: raw for name, (_, raw) in parts.items()})
    schedule_plot.draw(_middle(parts["solve"][1]), kept.with_suffix(".svg"))
    print(f"kept in {kept} and {kept.with_suffix('.svg').name}")
    return 0


def _short() -> dict[str, tuple[list[dict], list[dict]]]:
    rows, raw = solved(SHORT, [1])
    told = [one if "broken" in one["what"] else row(one["what"], one["value"]) for one in rows]  # seconds prove nothing
    return {
        "solve": (told, raw),
        "repair": repaired(["tiny-12"], 2),
        "explain": explained(["infeasible-min-size", "infeasible-no-contact", "whatif-thursday-evening"]),
        "same": same("tiny-12", 2),
    }


def _full(args: argparse.Namespace) -> dict[str, tuple[list[dict], list[dict]]]:
    wanted = {name: FULL[name] for name in args.only or FULL if args.only or args.large or not name.startswith("x")}
    few = {name: seconds for name, seconds in wanted.items() if name.startswith("x")}
    rows, raw = solved({name: seconds for name, seconds in wanted.items() if name not in few}, [1, 2, 3])
    more_rows, more_raw = solved(few, [1])
    return {
        "solve": (rows + more_rows, raw + more_raw),
        "repair": repaired([name for name in REPAIRED if not args.only or name in args.only] or ["tiny-12"], 6),
        "explain": explained(public.names("infeasible", "whatif")),
        "same": same("small-40-a", 4),
    }


def _middle(runs: list[dict]) -> list[dict]:
    """One run an instance: the one in the middle by cost."""
    by_name: dict[str, list[dict]] = {}
    for run in runs:
        by_name.setdefault(run["instance"], []).append(run)
    return [sorted(rows, key=lambda run: run["cost"])[len(rows) // 2] for rows in by_name.values()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
