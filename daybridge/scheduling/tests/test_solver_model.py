"""Problems and schedules as values: written and read back unchanged, refused with a path, validated."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver import (
    Appointment,
    Conflict,
    Frozen,
    MixLine,
    Problem,
    Room,
    Schedule,
    Topic,
    UrineTest,
    Window,
    validate,
)
from daybridge.scheduling.tests.solver_cases import (
    client,
    full_week,
    individual,
    problems,
    week_problem,
    with_client,
    with_session,
)


@given(problem=problems())
def test_a_problem_written_and_read_is_the_same_problem(problem):
    through_text = json.loads(json.dumps(problem.to_json()))
    assert Problem.from_json(through_text) == problem
    assert Problem.from_json(through_text).to_json() == through_text


def test_fields_no_rule_reads_and_the_frozen_past_survive_the_round_trip():
    frozen = Frozen(2, 0, (("group", "C1", "S1"), ("appt", "C1", "ind", "T2", 0, 720)))
    problem = week_problem(frozen=frozen, extras={"known_infeasible": {"core": [["must_reach", "C1"]]}})
    data = json.loads(json.dumps(problem.to_json()))
    assert data["known_infeasible"] == {"core": [["must_reach", "C1"]]}
    assert Problem.from_json(data) == problem


def test_a_schedule_written_and_read_is_the_same_schedule():
    schedule = replace(
        full_week(week_problem()),
        appointments=(Appointment("C1", "ind", "T2", 0, 720),),
        udt=(UrineTest("C1", 0),),
        objective=12,
    )
    assert Schedule.from_json(json.loads(json.dumps(schedule.to_json()))) == schedule
    assert "objective" not in replace(schedule, objective=None).to_json()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"sessions": {}}, "problem.sessions"),
        ({"clients": [{"id": 7}]}, "problem.clients[0].id"),
        ({"topics": [{"id": "t"}]}, "problem.topics[0]"),
        ({"rooms": [{"id": "R", "site": "X", "capacity": True}]}, "problem.rooms[0].capacity"),
        ({"rooms": [{"id": "R", "site": "X", "capacity": 4, "colour": "red"}]}, "problem.rooms[0]"),
        (
            {"sites": [{"id": "X", "open": [[0, 1]], "offices": 1, "udt_capacity_per_day": 1}]},
            "problem.sites[0].open[0]",
        ),
    ],
)
def test_a_malformed_problem_is_refused_with_the_path_of_the_fault(change, path):
    with pytest.raises(BadInput) as refusal:
        Problem.from_json(week_problem().to_json() | change)
    assert refusal.value.problems[0].path == path
    assert str(refusal.value).startswith(path)


@pytest.mark.parametrize("data", [None, [], "x", 3, {}])
def test_what_is_no_problem_at_all_is_refused(data):
    with pytest.raises(BadInput):
        Problem.from_json(data)
    with pytest.raises(BadInput):
        Schedule.from_json(data)


def test_the_case_made_by_hand_has_no_issue():
    assert validate(week_problem()) == []


PLAIN = week_problem()


@pytest.mark.parametrize(
    ("problem", "code", "path"),
    [
        (with_session(PLAIN, 1, staff_options=("T9",)), "unknown-id", "sessions.S1.staff_options"),
        (with_session(PLAIN, 1, room_options=("R9",)), "unknown-id", "sessions.S1.room_options"),
        (with_session(PLAIN, 1, topic="none"), "unknown-id", "sessions.S1.topic"),
        (with_session(PLAIN, 1, members=("C9",)), "unknown-id", "sessions.S1.members"),
        (with_session(PLAIN, 1, minutes=50), "off-grid", "sessions.S1"),
        (with_session(PLAIN, 1, minutes=0), "not-positive", "sessions.S1"),
        (with_session(PLAIN, 1, day=7), "bad-day", "sessions.S1"),
        (with_session(PLAIN, 1, min_size=20), "min-above-max", "sessions.S1.min_size"),
        (with_client(PLAIN, 1, site="Y"), "unknown-id", "clients.C1.site"),
        (with_client(PLAIN, 1, must_attend=("S9",)), "unknown-id", "clients.C1.must_attend"),
        (with_client(PLAIN, 1, windows=(Window(0, 600, 600),)), "empty-window", "clients.C1.windows"),
        (
            with_client(PLAIN, 1, windows=(Window(0, 600, 700), Window(0, 700, 800))),
            "touching-windows",
            "clients.C1.windows",
        ),
        (with_client(PLAIN, 1, target_minutes=1200), "target-above-maximum", "clients.C1.target_minutes"),
        (with_client(PLAIN, 1, days_min=5), "min-above-max", "clients.C1.days_min"),
        (with_client(PLAIN, 1, mix=(MixLine("skills", 3, 2),)), "min-above-max", "clients.C1.mix.skills"),
        (with_client(PLAIN, 1, requirements=(individual(minutes=50),)), "off-grid", "clients.C1.requirements.ind"),
        (
            with_client(PLAIN, 1, requirements=(individual(staff=("T9",)),)),
            "unknown-id",
            "clients.C1.requirements.ind.staff",
        ),
        (
            with_client(PLAIN, 1, requirements=(individual(grid=0),)),
            "not-positive",
            "clients.C1.requirements.ind.grid",
        ),
        (with_client(PLAIN, 1, requirements=(individual(),) * 2), "duplicate-id", "clients.C1.requirements"),
        (replace(PLAIN, clients=(client(1), client(1))), "duplicate-id", "clients"),
        (replace(PLAIN, rooms=(*PLAIN.rooms, Room("R3", "Y", 4))), "unknown-id", "rooms.R3.site"),
        (replace(PLAIN, conflicts=(Conflict("C1", "C9", "same_part"),)), "unknown-id", "conflicts[0]"),
        (replace(PLAIN, conflicts=(Conflict("C1", "C2", "feud"),)), "unknown-id", "conflicts[0].kind"),
        (replace(PLAIN, slot_minutes=0), "not-positive", "slot_minutes"),
    ],
)
def test_each_fault_of_a_problem_is_named_with_its_place(problem, code, path):
    assert [(issue.code, issue.path) for issue in validate(problem)] == [(code, path)]


def test_topics_that_wait_for_each_other_are_a_cycle():
    topics = (
        Topic("process", "process", 90, prerequisites=("late",)),
        Topic("skills", "skills", 90),
        Topic("late", "skills", 90, prerequisites=("process",)),
    )
    issues = validate(replace(PLAIN, topics=topics))
    assert [(i.code, i.value) for i in issues] == [("prerequisite-cycle", "process"), ("prerequisite-cycle", "late")]
