"""`daybridge schedule repair` and `explain`: the pure solver on files."""

import argparse
from dataclasses import asdict
from typing import Any

from daybridge.config.commands import output, schedule_files

A_WEEK = 5
"""Seconds for a week of our own where none is given."""
Subcommands = argparse._SubParsersAction


def add_repair(names: Subcommands) -> None:
    """The arguments of `schedule repair`."""
    command = names.add_parser("repair", help="a published week after an event, with the fewest changes")
    command.add_argument("instance", metavar="INSTANCE.json[.gz]")
    command.add_argument("schedule", metavar="SCHEDULE.json[.gz]", help="the published week")
    command.add_argument("event", metavar="EVENT.json", help="what happened (fields: solver/README.md)")
    command.add_argument("--out", metavar="FILE", help="where the repaired week goes (.gz is packed)")
    command.add_argument("--instance-out", metavar="FILE", help="where the instance as the event changed it goes")
    command.add_argument("--seconds", type=float, default=4, help="time it may take (default: 4)")
    command.add_argument("--seed", type=int, default=1)
    command.set_defaults(act=repair)


def add_explain(names: Subcommands) -> None:
    """The arguments of `schedule explain`."""
    command = names.add_parser("explain", help="why commitments clash, why hours are short, what would help")
    command.add_argument("instance", metavar="INSTANCE.json[.gz]")
    command.add_argument("schedule", metavar="SCHEDULE.json[.gz]", nargs="?", help="a week of it")
    command.add_argument("--client", metavar="ID", help="only why this client's hours are short")
    output.wants_json(command)
    command.set_defaults(act=explain)


def repair(args: argparse.Namespace) -> int:
    """Repair a week; 1 if a commitment can no longer be kept."""
    from daybridge.scheduling.solver import Limits, event_from_json
    from daybridge.scheduling.solver import repair as mend

    problem, published = schedule_files.problem(args.instance), _schedule(args.schedule)
    event, now = event_from_json(schedule_files.load(args.event))
    found = mend(problem, published, event, now, Limits(seconds=args.seconds, seed=args.seed))
    if args.out:
        schedule_files.save(args.out, found.schedule.to_json())
    if args.instance_out:
        schedule_files.save(args.instance_out, found.problem.to_json())
    output.data(_told(found))
    return 0 if found.status == "repaired" else 1


def _told(found: Any) -> dict[str, Any]:
    """A repair without the week itself."""
    plain = ("status", "others", "others_bookings", "unreachable", "unkept", "worse", "ring")
    told = {name: getattr(found, name) for name in plain}
    told |= {name: [asdict(one) for one in getattr(found, name)] for name in ("changes", "sessions", "short")}
    told["untouched"] = found.untouched.to_json() if found.untouched else None
    return told | {"objective": found.schedule.objective, "seconds": round(found.seconds, 3)}


def explain(args: argparse.Namespace) -> int:
    """Say what clashes and what would help; 1 if the commitments contradict each other."""
    from daybridge.scheduling.solver import explain_infeasible

    problem = schedule_files.problem(args.instance)
    clash = None if args.client else explain_infeasible(problem)
    told: dict[str, Any] = {"instance": problem.name, "infeasible": asdict(clash) if clash else None}
    if clash is None:
        told |= _about_week(args, problem)
    if args.json:
        output.data(told)
    else:
        output.answer("\n".join(_words(told)))
    return 1 if clash else 0


def _about_week(args: argparse.Namespace, problem: Any) -> dict[str, Any]:
    """What there is to say about the week given, or about one of our own."""
    from daybridge.scheduling.solver import Limits, explain_client, solve, what_if

    week = _schedule(args.schedule) if args.schedule else solve(problem, Limits(seconds=A_WEEK)).schedule
    if args.client:
        return {"client": {"id": args.client} | asdict(explain_client(problem, week, args.client))}
    return {"what_if": [asdict(one) for one in what_if(problem, week)]}


def _schedule(name: str) -> Any:
    from daybridge.scheduling import solver

    return solver.Schedule.from_json(schedule_files.load(name))


def _words(told: dict[str, Any]) -> list[str]:
    if told["infeasible"]:
        return _about_clash(told["infeasible"])
    if "client" in told:
        return _about(told["client"])
    if not told["what_if"]:
        return ["All commitments can be kept. No single change lets more people reach their hours."]
    return ["All commitments can be kept. What would help most:", *map(_about_idea, told["what_if"])]


def _about_clash(clash: dict[str, Any]) -> list[str]:
    lines = ["These commitments cannot be kept together; without any one of them the others can:"]
    lines += [f"  {' '.join(one)}" for one in clash["core"]]
    return [*lines, f"What stands in the way: {', '.join(clash['causes']) or 'several rules together'}"]


def _about_idea(one: dict[str, Any]) -> str:
    where = " ".join(f"{key}={value}" for key, value in one["params"].items() if key != "sessions")
    return f"  {one['code']} {where}: {len(one['newly_reached'])} more reach their hours"


def _about(client: dict[str, Any]) -> list[str]:
    if client["reached"]:
        return [f"{client['id']} reaches the prescribed hours."]
    lines = [f"{client['id']} has {client['minutes']} minutes on {client['days']} days."]
    if not client["possible_alone"]:
        lines.append("Not possible even in an empty clinic. Enough would be to lift:")
        lines += [f"  {' and '.join(one)}" for one in client["restrictions"]] or [
            "  nothing of one or two things alone"
        ]
        lines += [f"  or to be free on day {day} from {start} to {end}" for day, _, start, end in client["half_days"]]
        return lines
    lines.append("Possible alone; what others hold:")
    lines += [
        f"  {name.replace('_', ' ')}: {client[name]}" for name in ("full_sessions", "closed_sessions", "busy_staff")
    ]
    return [*lines, f"  people in these sessions who could move: {client['could_move']}"]
