"""Why not, and what would help: contradictions, one client's reasons, ideas, comparisons."""

import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver import (
    Conflict,
    Limits,
    Room,
    Schedule,
    Site,
    Staff,
    Window,
    change_from_json,
    compare,
    explain_client,
    explain_infeasible,
    what_if,
)
from daybridge.scheduling.solver.explaining.commitments import Question, commitments
from daybridge.scheduling.solver.sites import by_site, of_site, schedule_of_site, with_site
from daybridge.scheduling.solver.wire import plain
from daybridge.scheduling.tests.solver_cases import (
    client,
    full_week,
    individual,
    problems,
    session,
    week_problem,
    with_client,
    with_run,
    with_session,
)

EVERY_DAY = tuple(Window(day, 540, 900) for day in range(5))


def test_commitments_that_can_be_kept_are_no_contradiction():
    assert explain_infeasible(week_problem()) is None
    assert explain_infeasible(with_client(week_problem(), 1, must_reach=True)) is None


def test_two_who_must_be_kept_apart_cannot_both_attend():
    problem = week_problem(conflicts=(Conflict("C1", "C2", "same_session"),))
    for number in (1, 2, 3):
        problem = with_client(problem, number, must_attend=("S1", "S2"))
    found = explain_infeasible(with_client(problem, 4, must_reach=True))
    assert found is not None
    assert len(found.core) == 2
    assert {row[1] for row in found.core} == {"C1", "C2"}
    assert found.causes == ("kept-apart",)


def test_three_mandatory_hours_do_not_fit_into_two():
    problem = week_problem()
    problem = replace(problem, staff=(problem.staff[0], replace(problem.staff[1], windows=(Window(0, 480, 600),))))
    for number in (1, 2, 3):
        need = individual(mandatory=True, grid=60)
        problem = with_client(problem, number, requirements=(need,), windows=(Window(0, 480, 900),), per_diem_minutes=0)
    found = explain_infeasible(problem)
    assert found is not None
    assert found.core == (("mandatory", "C1", "ind"), ("mandatory", "C2", "ind"), ("mandatory", "C3", "ind"))
    assert "staff" in found.causes


@given(problems())
@settings(max_examples=6, deadline=None)
def test_a_contradiction_is_one_and_no_proper_part_of_it_is(problem):
    found = explain_infeasible(problem)
    if found is None:
        assert Question(problem, commitments(problem)).core(commitments(problem)) is None
        return
    question = Question(problem, found.core)
    assert question.core(found.core) is not None
    for one in found.core:
        assert question.core(tuple(other for other in found.core if other != one)) is None


def test_a_client_with_two_free_days_needs_a_third_or_fewer_hours():
    problem = with_client(week_problem(), 1, windows=(Window(0, 540, 900), Window(2, 540, 900)))
    found = explain_client(problem, full_week(week_problem()), "C2")
    assert found.reached
    found = explain_client(problem, Schedule("week"), "C1")
    assert (found.reached, found.possible_alone) == (False, False)
    assert ("availability",) in found.restrictions
    assert [(half.day, half.part) for half in found.half_days] == [(4, 0)]


def test_a_client_before_full_groups_is_told_which_and_how_many_could_move():
    problem = week_problem(clients=(*week_problem().clients, client(9)))
    for number in (1, 2):
        problem = with_session(problem, number, max_size=4)
    published = full_week(week_problem())
    found = explain_client(problem, published, "C9")
    assert found.possible_alone
    assert (set(found.full_sessions), found.closed_sessions, found.could_move) == ({"S1", "S2"}, (), 0)
    gone = replace(published, sessions=published.sessions[2:])
    assert set(explain_client(problem, gone, "C9").closed_sessions) == {"S1", "S2"}


def test_who_could_move_counts_those_with_another_way():
    extra = (session(7, "process", 3, 540, min_size=1), session(8, "skills", 3, 630, min_size=1))
    problem = week_problem(clients=(*week_problem().clients, client(9)))
    problem = replace(problem, sessions=(*problem.sessions, *extra))
    problem = with_client(problem, 1, windows=EVERY_DAY)
    for number in (1, 2):
        problem = with_session(problem, number, max_size=4)
    everybody = full_week(week_problem())
    runs = tuple(replace(everybody.sessions[0], id=one.id, clients=()) for one in extra)
    found = explain_client(problem, replace(everybody, sessions=(*everybody.sessions, *runs)), "C9")
    assert (set(found.full_sessions), found.could_move) == ({"S1", "S2"}, 1)


def test_an_unknown_client_is_refused():
    with pytest.raises(BadInput, match="no client C99"):
        explain_client(week_problem(), full_week(week_problem()), "C99")


def test_a_block_on_the_day_everybody_lacks_helps_them_all():
    windows = (Window(0, 540, 900), Window(2, 540, 900), Window(3, 540, 900))
    problem = week_problem()
    problem = replace(problem, staff=tuple(replace(f, languages=("en",)) for f in problem.staff))
    for number in (1, 2, 3):
        problem = with_client(problem, number, windows=windows)
    everybody = full_week(problem)
    published = replace(everybody, sessions=everybody.sessions[:4])
    published = with_run(published, 3, clients=("C1", "C2", "C3", "C4"))
    best = what_if(problem, published)[0]
    assert (best.code, best.newly_reached, best.facilitator_minutes) == ("block", ("C1", "C2", "C3"), 180)
    assert (best.params["day"], best.params["part"], best.params["language"]) == (3, 0, "en")
    added = compare(
        problem, published, change_from_json({"kind": "add_block", "block": best.params}), Limits(seconds=1)
    )
    assert (added.before.reached, added.after.reached) == (0, 3)


def test_more_people_more_rooms_and_no_site_are_compared_side_by_side():
    problem, published, limits = week_problem(), full_week(week_problem()), Limits(seconds=0.5, iterations=2)

    def figures(**change):
        return compare(problem, published, change_from_json(change), limits)

    found = figures(kind="more_clients", percent=50)
    assert (found.before.clients, found.after.clients, found.after.reached) == (4, 6, 6)
    assert (found.before.seats, found.before.seats_taken, found.before.group_minutes) == (72, 24, 540)
    assert figures(kind="close_site", site="X").after.waiting == 4
    assert figures(kind="add_room", site="X", capacity=20).after.reached == 4
    assert figures(kind="add_counselor", like="T1").after.reached == 4
    track = [plain(session(9, "process", 1, 540, language="es"))]
    assert figures(kind="add_track", sessions=track, rooms=[plain(Room("R9", "X", 9))]).after.reached == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "magic"}, "one of"),
        ({"kind": "add_room", "site": "X"}, "takes capacity"),
        ({"kind": "close_site", "site": "Z"}, "no site Z"),
        ({"kind": "add_counselor", "like": "T9"}, "no staff T9"),
        ({"kind": "add_track", "sessions": 3}, "must be a list"),
        ({"kind": "add_track", "sessions": [plain(session(9, "nothing", 1, 540))]}, "not whole"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_a_sentence(change, words):
    with pytest.raises(BadInput, match=words):
        compare(week_problem(), full_week(week_problem()), change_from_json(change), Limits(seconds=0))


def test_sites_are_taken_apart_and_put_together_again():
    one = week_problem()
    hours = one.staff[0].windows
    two = replace(
        one,
        sites=(*one.sites, Site("Y", hours, 1, 2)),
        rooms=(*one.rooms, Room("RY", "Y", 9)),
        staff=(*one.staff, Staff("TY", "Y", hours, 300, 400)),
        clients=(*one.clients, replace(client(9), site="Y")),
    )
    assert [len(part.clients) for part in by_site(two)] == [4, 1]
    assert of_site(two, "X") == one
    part, published = of_site(two, "X"), full_week(one)
    assert schedule_of_site(part, published) == published
    assert with_site(part, published, Schedule("week")) == Schedule("week")


def test_the_package_does_not_load_the_engines_before_they_are_asked():
    import subprocess

    asked = "import daybridge.scheduling.solver, sys; sys.exit('ortools' in sys.modules or 'highspy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
