"""Solve, check, repair and explain weeks in files; needs no database."""

import argparse
import signal
import threading
import time
from typing import Any

from daybridge.config.commands import output, schedule_files, schedule_mending

INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    names = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    _add_solve(names)
    schedule_mending.add_repair(names)
    schedule_mending.add_explain(names)
    command = names.add_parser("check", help="which rules a week breaks and what it costs")
    command.add_argument("instance", metavar="INSTANCE.json[.gz]")
    command.add_argument("schedule", metavar="SCHEDULE.json[.gz]")
    output.wants_json(command)
    command.set_defaults(act=check)


def _add_solve(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = names.add_parser("solve", help="the best week within a time, and a proof of how good it is")
    command.add_argument("instance", metavar="INSTANCE.json[.gz]")
    command.add_argument("--out", metavar="FILE", required=True, help="where the week goes (.gz is packed)")
    command.add_argument("--seconds", type=float, default=60, help="time it may take (default: 60)")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--workers", type=int, default=1, help="processes side by side (default: 1)")
    command.add_argument("--gap", type=float, default=0.0, help="stop at this proven gap, a share (default: 0)")
    command.add_argument(
        "--iterations", type=int, help="rounds of search instead of seconds: the same bytes every time"
    )
    command.add_argument("--start", metavar="FILE", help="a week to begin from")
    command.add_argument("--progress", action="store_true", help="say on standard error how it goes")
    command.set_defaults(act=solve)


def run(args: argparse.Namespace) -> int:
    done: int = args.act(args)
    return done


def solve(args: argparse.Namespace) -> int:
    """Solve; 1 if a commitment cannot be kept (the week written keeps every other rule), 130 if interrupted."""
    from daybridge.scheduling import solver

    began, problem = time.monotonic(), schedule_files.problem(args.instance)
    start = solver.Schedule.from_json(schedule_files.load(args.start)) if args.start else None
    seconds = max(0.0, args.seconds - (time.monotonic() - began))
    limits = solver.Limits(seconds, args.iterations, args.seed, args.workers, args.gap)
    halt = _interrupted()
    result = solver.solve(problem, limits, start, _say if args.progress else None, halt.is_set)
    schedule_files.save(args.out, result.schedule.to_json())
    output.data(_told(result) | {"seconds": round(time.monotonic() - began, 3)})
    if result.status == "cancelled":
        return INTERRUPTED
    return 0 if result.status in ("optimal", "feasible") else 1


def _interrupted() -> threading.Event:
    """Set at the first Ctrl-C, so that the best week so far is still written; the second one ends everything."""
    halt = threading.Event()

    def heard(*_: object) -> None:
        if halt.is_set():
            raise KeyboardInterrupt
        halt.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, heard)
    return halt


def _say(seconds: float, objective: int, bound: int, reached: int) -> None:
    output.say(f"{seconds:8.1f} s  cost {objective}  bound {bound}  {reached} reach their hours")


def _told(result: Any) -> dict[str, Any]:
    """A result without the week itself. `trace` holds [seconds, objective, bound, reached]."""
    gap = (result.objective - result.lower_bound) / max(1, result.objective)
    return {
        "status": result.status,
        "objective": result.objective,
        "bound": result.lower_bound,
        "gap": round(gap, 5),
        "reached": result.reached,
        "reached_upper_bound": result.reached_upper_bound,
        "terms": result.terms,
        "trace": [[point.seconds, point.objective, point.bound, point.reached] for point in result.trace],
        "versions": result.versions,
    }


def check(args: argparse.Namespace) -> int:
    """Check; 1 if a rule is broken."""
    from daybridge.scheduling import solver

    report = solver.check(
        schedule_files.problem(args.instance), solver.Schedule.from_json(schedule_files.load(args.schedule))
    )
    told = {
        "ok": report.ok,
        "objective": report.objective,
        "terms": report.terms,
        "reached": len(report.reached),
        "violations": [{"rule": one.rule, "about": list(one.about)} for one in report.violations],
    }
    if args.json:
        output.data(told)
    else:
        lines = [f"Cost {report.objective}; {len(report.reached)} reach their hours."]
        lines += [f"Broken: {one.rule} {' '.join(one.about)}" for one in report.violations]
        output.answer("\n".join(lines))
    return 0 if report.ok else 1
