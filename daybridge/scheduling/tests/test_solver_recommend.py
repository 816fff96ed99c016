"""Weeks for one client while nobody else moves, and why a week is short."""

from dataclasses import replace

import pytest
from hypothesis import given

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver import (
    CODES,
    Schedule,
    Window,
    bookings,
    check,
    recommend,
    shortfall,
    with_placement,
)
from daybridge.scheduling.solver.index import index
from daybridge.scheduling.solver.place import place_site, schedule_of
from daybridge.scheduling.solver.recommend import tradeoffs
from daybridge.scheduling.tests.solver_cases import (
    client,
    full_week,
    individual,
    problems,
    session,
    week_problem,
    with_client,
    with_session,
)


def placed(problem):
    """Everybody placed once, without a search."""
    ix = index(problem)
    return schedule_of(problem, [place_site(ix, site.id, lambda: False, lambda: False) for site in problem.sites])


@given(problem=problems())
def test_every_recommended_week_is_legal_priced_and_moves_nobody_else(problem):
    schedule = placed(problem)
    before = set(check(problem, schedule).violations)
    for person in problem.clients:
        placements = recommend(problem, schedule, person.id, k=3)
        assert len({(p.sessions, p.appointments) for p in placements}) == len(placements)
        for placement in placements:
            after = with_placement(problem, schedule, placement)
            report = check(problem, after)
            assert {v.rule for v in report.violations} <= {"H23"}
            assert all(person.id in v.about or v.about[0] == "must_run" for v in set(report.violations) - before)
            assert report.objective == placement.objective
            assert (person.id in report.reached) == placement.reached
            assert {b for b in bookings(after) ^ bookings(schedule) if b[1] != person.id} == set()


@given(problem=problems())
def test_the_best_recommended_week_is_no_worse_than_the_week_placed(problem):
    schedule = placed(problem)
    for person in problem.clients:
        placements = recommend(problem, schedule, person.id, k=1)
        assert placements
        assert placements[0].objective <= check(problem, schedule).objective


@given(problem=problems())
def test_reasons_are_given_to_those_who_are_short_and_only_to_them(problem):
    schedule = placed(problem)
    reached = check(problem, schedule).reached
    for person in problem.clients:
        reasons = shortfall(problem, schedule, person.id)
        assert bool(reasons) == (person.id not in reached)
        assert {reason.code for reason in reasons} <= set(CODES)


def newcomer(**fields):
    """The full week of four, and a fifth client with nothing booked."""
    problem = week_problem()
    return replace(problem, clients=(*problem.clients, client(5, **fields))), full_week(problem)


def test_a_client_just_admitted_gets_the_groups_and_one_individual_appointment():
    problem, schedule = newcomer(requirements=(individual(),), target_minutes=600)
    best = recommend(problem, schedule, "C5")[0]
    assert set(best.sessions) == {"S1", "S2", "S3", "S4", "S5", "S6"}
    assert [(a.requirement, a.staff) for a in best.appointments] == [("ind", "T2")]
    assert (best.minutes, best.days, best.reached) == (600, (0, 2, 4), True)


def test_weeks_are_ranked_and_different():
    problem, schedule = newcomer()
    weeks = recommend(problem, schedule, "C5", k=4)
    assert len({week.sessions for week in weeks}) == 4
    assert [week.objective for week in weeks] == sorted(week.objective for week in weeks)


def test_the_first_client_of_a_program_opens_groups_that_may_run_for_one():
    problem = week_problem(clients=(client(1),))
    alone = replace(problem, sessions=tuple(replace(s, min_size=1) for s in problem.sessions))
    best = recommend(alone, Schedule("week"), "C1")[0]
    assert best.reached
    assert {run.id for run in best.opens} == {s.id for s in problem.sessions}
    assert check(alone, with_placement(alone, Schedule("week"), best)).ok


def test_every_week_offered_opens_the_groups_it_needs_itself():
    problem = week_problem(clients=(client(1),))
    alone = replace(problem, sessions=tuple(replace(s, min_size=1) for s in problem.sessions))
    weeks = recommend(alone, Schedule("week"), "C1", k=4)
    assert len(weeks) == 4
    assert all({run.id for run in week.opens} == set(week.sessions) for week in weeks)


def test_a_group_at_its_minimum_is_not_left():
    problem = week_problem()
    pinned = with_session(problem, 1, min_size=4)
    assert all("S1" in week.sessions for week in recommend(pinned, full_week(problem), "C1"))


def test_an_unknown_client_or_session_is_refused():
    problem, schedule = newcomer()
    with pytest.raises(BadInput):
        recommend(problem, schedule, "C9")
    with pytest.raises(BadInput):
        shortfall(problem, schedule, "C9")
    with pytest.raises(BadInput):
        recommend(replace(problem, sessions=problem.sessions[1:]), schedule, "C5")


def codes(problem, schedule, who="C5"):
    """Reason codes with their parameters."""
    return {reason.code: reason.params for reason in shortfall(problem, schedule, who)}


def test_a_client_with_nothing_booked_is_told_that_a_week_exists():
    found = codes(*newcomer())
    assert found["short"] == {"minutes": 0, "target_minutes": 540, "days": 0, "days_min": 3}
    assert found["a-week-exists"] == {"minutes": 540}


def test_full_groups_are_named():
    problem, schedule = newcomer()
    found = codes(with_session(problem, 1, max_size=4), schedule)
    assert found["full"] == {"sessions": ("S1",)}
    assert found["short-day"] == {"day": 0, "possible_minutes": 90, "per_diem_minutes": 180}
    assert found["too-few-days"] == {"days": 2, "days_min": 3}
    assert "a-week-exists" not in found


def test_sessions_outside_the_availability_are_named():
    problem, schedule = newcomer(windows=(Window(0, 540, 900), Window(2, 540, 900)))
    assert codes(problem, schedule)["not-available"] == {"sessions": ("S5", "S6")}


def test_a_language_no_group_is_held_in_is_said():
    assert "no-group" in codes(*newcomer(languages=("es",)))


@pytest.mark.parametrize(
    ("need", "busy", "code"),
    [
        (individual(windows=(Window(6, 600, 700),)), (), "appointment-no-shared-time"),
        (individual(windows=(Window(0, 720, 780),)), (720,), "appointment-staff-busy"),
        (individual(windows=(Window(0, 720, 780),), staff=("T1",)), (720,), "appointment-offices-full"),
        (individual(windows=(Window(0, 720, 780),)), (), "appointment-not-placed"),
    ],
)
def test_a_missing_appointment_is_explained(need, busy, code):
    problem, schedule = newcomer(requirements=(need,))
    if busy:
        offices = 1 if code == "appointment-offices-full" else 2
        problem = replace(with_client(problem, 1, requirements=(individual(),)),
                          sites=(replace(problem.sites[0], offices=offices),))  # fmt: skip
        before = placed(with_client(problem, 1, requirements=(individual(windows=(Window(0, 720, 780),)),)))
        schedule = replace(schedule, appointments=tuple(a for a in before.appointments if a.client == "C1"))
    assert codes(problem, schedule)[code] == {"requirement": "ind"}


def test_a_group_that_does_not_run_is_named():
    problem, schedule = newcomer()
    more = replace(problem, sessions=(*problem.sessions, session(7, "late", 0, 720)))
    assert codes(more, schedule)["not-running"] == {"sessions": ("S7",)}


def test_two_weeks_say_what_they_trade_against_each_other():
    problem = with_client(week_problem(), 1, pref_windows=(Window(0, 540, 900), Window(2, 540, 900)))
    best, *others = recommend(problem, full_week(problem), "C1")
    assert tradeoffs(best, best) == {}
    for other in others:
        assert sum(tradeoffs(other, best).values()) == other.objective - best.objective >= 0
