"""The solver on the public instances, judged by the independent checker; skipped where they are not at hand."""

import csv
import gzip
import importlib.util
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from daybridge.scheduling.solver import Limits, Problem, Schedule, check, recommend, solve, validate, with_placement

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DATA = SHARED / "data" / "scheduling"
CHECKER = SHARED / "tools" / "check_schedule.py"
pytestmark = pytest.mark.skipif(not (DATA.is_dir() and CHECKER.is_file()), reason="needs ../shared (public instances)")

SHORT = 1.0
"""Seconds: enough to place everybody."""
SIZES = ("tiny", "small", "medium")


def instances(*starts):
    """Names of public instances that start with one of these words."""
    found = (path.name.split(".")[0] for path in DATA.glob("*.json*"))
    return sorted(name for name in found if name.startswith(starts))


def load(name):
    """The JSON of an instance."""
    plain = DATA / f"{name}.json"
    packed = DATA / f"{name}.json.gz"
    return json.loads(plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes()))


def samples():
    """Names of the sample schedules."""
    return sorted(path.name for path in DATA.glob("samples/*.json"))


def outside(instance, schedule):
    """The independent checker's answer and the rules it finds broken."""
    spec = importlib.util.spec_from_file_location("check_schedule", CHECKER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checker = module.Checker(instance, schedule)
    answer = checker.run()
    return answer, Counter(rule for rule, _ in checker.bad)


def assert_we_agree(instance, schedule):
    """Our check finds the same rules broken, equally often, and the same objective term by term."""
    answer, broken = outside(instance, schedule)
    report = check(Problem.from_json(instance), Schedule.from_json(schedule))
    assert Counter(violation.rule for violation in report.violations) == broken
    assert {k: v for k, v in report.terms.items() if v} == {k: v for k, v in answer["terms"].items() if v}
    assert (report.objective, len(report.reached)) == (answer["objective"], answer["reached"])


@pytest.mark.parametrize("name", instances("tiny", "small", "medium", "infeasible", "whatif", "large"))
def test_a_public_instance_is_valid_and_survives_the_round_trip(name):
    data = load(name)
    problem = Problem.from_json(data)
    assert problem.to_json() == data
    assert validate(problem) == []


@pytest.mark.parametrize("name", samples())
def test_our_check_agrees_with_the_independent_one_on_the_samples(name):
    schedule = json.loads((DATA / "samples" / name).read_text())
    assert Schedule.from_json(schedule).to_json() == schedule
    assert_we_agree(load(schedule["instance"]), schedule)


@pytest.mark.parametrize("name", samples())
def test_our_check_agrees_on_schedules_broken_at_random(name):
    schedule = json.loads((DATA / "samples" / name).read_text())
    instance, chance = load(schedule["instance"]), random.Random(name)
    for _ in range(60):
        broken = json.loads(json.dumps(schedule))
        for _ in range(chance.randint(1, 5)):
            _break(broken, instance, chance)
        assert_we_agree(instance, broken)


def _break(schedule, instance, chance):
    run, appt = chance.choice(schedule["sessions"]), chance.choice(schedule["appointments"])
    client, staff, room = (chance.choice(instance[key])["id"] for key in ("clients", "staff", "rooms"))
    chance.choice(
        [
            lambda: run["clients"].append(client),
            lambda: run["clients"].pop() if run["clients"] else None,
            lambda: run["staff"].append(staff),
            lambda: run.update(room=room),
            lambda: appt.update(start=appt["start"] + chance.choice([-60, 10, 15, 60])),
            lambda: appt.update(day=chance.randint(0, 7)),
            lambda: schedule["udt"].append({"client": client, "day": chance.randint(0, 6)}),
            lambda: schedule["sessions"].remove(run) if len(schedule["sessions"]) > 1 else None,
        ]
    )()


def known(name):
    """The documented figures of an instance."""
    with (DATA / "bounds.csv").open() as file:
        return {row["instance"]: row for row in csv.DictReader(file)}[name]


@pytest.mark.parametrize("name", instances(*SIZES))
def test_a_short_run_breaks_no_rule_and_beats_the_documented_greedy(name):
    instance = load(name)
    result = solve(Problem.from_json(instance), Limits(seconds=SHORT, target_gap=0))
    answer, broken = outside(instance, result.schedule.to_json())
    assert (result.status in ("feasible", "optimal"), broken) == (True, Counter())
    assert (result.objective, result.reached) == (answer["objective"], answer["reached"])
    assert result.lower_bound <= result.objective <= int(known(name)["greedy_cost"])
    assert result.reached <= int(known(name)["reached_upper_bound"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tiny-12", "small-40-a"])
def test_a_run_without_a_clock_proves_small_instances_optimal(name):
    instance = load(name)
    result = solve(Problem.from_json(instance), Limits(iterations=5, target_gap=0))
    answer, broken = outside(instance, result.schedule.to_json())
    assert (result.status, result.objective, broken) == ("optimal", answer["objective"], Counter())
    assert result.objective <= int(known(name)["best_cost"])
    assert result.reached_upper_bound == int(known(name)["reached_upper_bound"])


@pytest.mark.slow
@pytest.mark.parametrize("name", instances("infeasible"))
def test_an_instance_that_cannot_be_met_still_gets_a_week_that_breaks_no_other_rule(name):
    instance = load(name)
    result = solve(Problem.from_json(instance), Limits(seconds=SHORT))
    _, broken = outside(instance, result.schedule.to_json())
    assert result.status == "infeasible"
    assert set(broken) == {"H23"}


def test_recommended_weeks_pass_the_independent_checker():
    instance = load("small-40-a")
    problem = Problem.from_json(instance)
    best = Schedule.from_json(json.loads((DATA / "samples" / "small-40-a.best.json").read_text()))
    for client in problem.clients[::5]:
        for placement in recommend(problem, best, client.id, k=3):
            answer, broken = outside(instance, with_placement(problem, best, placement).to_json())
            assert (answer["objective"], broken) == (placement.objective, Counter())
