"""Repair and explanation on the public instances, judged by the independent checker; skipped where not at hand."""

import json

import pytest

from bench.schedule_events import events
from daybridge.scheduling.solver import Limits, Problem, Schedule, event_from_json, explain_infeasible, repair, what_if
from daybridge.scheduling.solver.explaining.commitments import Question
from daybridge.scheduling.solver.index import index
from daybridge.scheduling.solver.place import place_site, schedule_of
from tests.outside.test_schedules import CHECKER, DATA, instances, load, outside

pytestmark = pytest.mark.skipif(not (DATA.is_dir() and CHECKER.is_file()), reason="needs ../shared (public instances)")
CALM = Limits(seconds=4, deterministic=True)
MOST_OTHERS = 6


@pytest.mark.parametrize("name", instances("infeasible"))
def test_the_contradiction_is_the_known_one_and_irreducible(name):
    instance = load(name)
    problem = Problem.from_json(instance)
    found = explain_infeasible(problem)
    assert found is not None
    assert sorted(found.core) == sorted(tuple(one) for one in instance["known_infeasible"]["core"])
    assert found.causes
    question = Question(problem, found.core)
    assert question.core(found.core) is not None
    assert question.core(found.core[1:]) is None


@pytest.mark.parametrize("name", instances("whatif"))
def test_the_block_that_helps_most_is_the_known_one(name):
    instance = load(name)
    problem, known = Problem.from_json(instance), instance["known_whatif"]
    plain = schedule_of(problem, [place_site(index(problem), problem.sites[0].id, lambda: False, lambda: True)])
    best = what_if(problem, plain)[0]
    part = ("morning", "afternoon", "evening")[best.params["part"]]
    assert (best.code, best.params["day"], part) == ("block", known["day"], known["part"])
    assert len(best.newly_reached) == known["newly_reached"]


@pytest.mark.parametrize("name", ["tiny-12", "small-40-a"])
def test_two_events_of_each_kind_break_no_rule_and_hardly_touch_others(name):
    problem = Problem.from_json(load(name))
    published = Schedule.from_json(json.loads((DATA / "samples" / f"{name}.best.json").read_text()))
    for kind, data in events(problem, published, seed=1, each=2):
        event, now = event_from_json(data)
        found = repair(problem, published, event, now, CALM)
        _, broken = outside(found.problem.to_json(), found.schedule.to_json())
        assert not broken, kind
        assert found.others_bookings <= MOST_OTHERS
        assert found.worse == ()
