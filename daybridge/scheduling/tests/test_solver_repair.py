"""Repair: what an event changes, for whom, and that nothing else does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver import Limits, Problem, Schedule, bookings, check, event_from_json, repair, repairs
from daybridge.scheduling.solver.index import index
from daybridge.scheduling.solver.mending.past import begins
from daybridge.scheduling.solver.mending.spans import away, from_now, merged, without
from daybridge.scheduling.solver.model import Window
from daybridge.scheduling.solver.place import place_site, schedule_of
from daybridge.scheduling.solver.wire import plain
from daybridge.scheduling.tests.solver_cases import client, full_week, problems, session, week_problem, with_client

CALM = Limits(seconds=4, deterministic=True)


def mended(problem, published, **event):
    """The repair after an event."""
    read, now = event_from_json({"now": [0, 0], **event})
    return repair(problem, published, read, now, CALM)


def with_substitute(problem):
    """The problem with somebody else who could lead every group."""
    other = replace(problem.staff[0], id="T3")
    sessions = tuple(replace(s, staff_options=("T1", "T3")) for s in problem.sessions)
    return replace(problem, staff=(*problem.staff, other), sessions=sessions)


def of(found, who):
    """The sessions of a client after a repair."""
    return [run.id for run in found.schedule.sessions if who in run.clients]


@pytest.fixture
def week():
    problem = week_problem()
    return problem, full_week(problem)


def test_a_new_client_joins_and_nobody_else_moves(week):
    found = mended(*week, kind="admit", client=plain(client(9)))
    assert (found.status, found.others, found.short) == ("repaired", 0, ())
    assert len(of(found, "C9")) == 6
    assert [(one.client, one.reason) for one in found.changes] == [("C9", "event")]


def test_a_client_who_leaves_takes_only_their_own_bookings_along(week):
    found = mended(*week, kind="discharge", client="C1", now=[2, 0])
    assert of(found, "C1") == ["S1", "S2"]
    assert {one.client for one in found.changes} == {"C1"}


def test_a_group_that_would_be_too_small_closes_and_its_people_are_told():
    problem = week_problem(clients=(client(1), client(2)))
    found = mended(problem, full_week(problem), kind="discharge", client="C1", now=[4, 0])
    assert {one.code for one in found.sessions} == {"cancelled"}
    assert of(found, "C2") == ["S1", "S2", "S3", "S4"]
    assert (found.others, found.status, found.worse) == (1, "repaired", ("C2",))


def test_a_substitute_takes_over_and_no_client_notices(week):
    problem, published = with_substitute(week[0]), week[1]
    found = mended(problem, published, kind="staff_absence", staff="T1", days=[2], now=[2, 480])
    assert found.changes == ()
    assert {(one.session, one.code, one.after) for one in found.sessions} == {
        ("S3", "staff", ("T3",)),
        ("S4", "staff", ("T3",)),
    }


def test_without_a_substitute_the_groups_are_off_and_everybody_in_them_is_concerned(week):
    found = mended(*week, kind="staff_absence", staff="T1", days=[2], now=[2, 480])
    assert {one.session for one in found.sessions} == {"S3", "S4"}
    assert {one.reason for one in found.changes} == {"displaced"}
    assert found.others == 0
    assert found.unreachable == ("C1", "C2", "C3", "C4")


def test_a_closed_room_moves_the_group_next_door_if_it_is_large_enough(week):
    problem = replace(week[0], sessions=tuple(replace(s, room_options=("R1", "R2")) for s in week[0].sessions))
    found = mended(problem, week[1], kind="room_closed", room="R1", days=[4])
    assert [(one.session, one.code, one.after) for one in found.sessions] == [
        ("S5", "room", ("R2",)),
        ("S6", "room", ("R2",)),
    ]


def test_a_missed_day_is_made_up_later_in_the_week():
    problem = week_problem()
    extra = (session(7, "process", 3, 540), session(8, "skills", 3, 630))
    problem = replace(problem, sessions=(*problem.sessions, *extra))
    problem = with_client(problem, 1, windows=tuple(Window(day, 540, 900) for day in range(5)))
    everybody = full_week(week_problem())
    runs = tuple(replace(everybody.sessions[0], id=one.id, clients=("C3", "C4")) for one in extra)
    problem = with_client(problem, 3, windows=tuple(Window(day, 540, 900) for day in range(5)), max_minutes=2000)
    problem = with_client(problem, 4, windows=tuple(Window(day, 540, 900) for day in range(5)), max_minutes=2000)
    published = replace(everybody, sessions=(*everybody.sessions, *runs))
    found = mended(problem, published, kind="missed", client="C1", days=[0], now=[1, 0])
    assert of(found, "C1") == ["S3", "S4", "S5", "S6", "S7", "S8"]
    assert (found.short, found.others) == ((), 0)


def test_a_day_cut_short_counts_for_nothing_and_a_missed_hour_ahead_is_not_booked(week):
    found = mended(*week, kind="missed", client="C1", bookings=[["group", "C1", "S1"]], now=[1, 0])
    assert of(found, "C1") == ["S3", "S4", "S5", "S6"]
    found = mended(*week, kind="missed", client="C1", bookings=[["group", "C1", "S6"]], now=[1, 0])
    assert of(found, "C1") == ["S1", "S2", "S3", "S4"]


def test_a_changed_life_and_a_changed_plan_are_kept(week):
    found = mended(*week, kind="availability", client="C1", windows=[[0, 540, 900], [4, 540, 900]], now=[1, 0])
    assert of(found, "C1") == ["S1", "S2", "S5", "S6"]
    changes = {"target_minutes": 180, "days_min": 1, "days_pref": 1, "days_max": 1}
    found = mended(*week, kind="change_of_plan", client="C1", changes=changes)
    assert (len(of(found, "C1")), found.short) == (2, ())


def test_a_cancelled_group_and_a_changed_shift(week):
    found = mended(*week, kind="session_cancelled", session="S6")
    assert "S6" not in {run.id for run in found.schedule.sessions}
    problem = with_substitute(week[0])
    shift = [[day, 480, 1080] for day in range(4)]
    found = mended(problem, week[1], kind="change_of_shift", staff="T1", windows=shift)
    assert {(one.session, one.after) for one in found.sessions} == {("S5", ("T3",)), ("S6", ("T3",))}


def test_somebody_who_is_in_the_middle_of_a_group_finishes_it(week):
    found = mended(*week, kind="staff_absence", staff="T1", now=[0, 560])
    assert [run.id for run in found.schedule.sessions] == ["S1"]
    assert {row[0] for row in found.unkept} == {"H11"}, "half a morning is less than the daily minimum"


def test_another_client_makes_room_when_they_can():
    """C9 needs the seats of Monday; C1 could as well come on Tuesday."""
    days = (0, 1, 2, 4)
    rows = [session(10 + 2 * n, "process", day, 540, max_size=2, min_size=1) for n, day in enumerate(days)]
    rows += [session(11 + 2 * n, "skills", day, 630, max_size=2, min_size=1) for n, day in enumerate(days)]
    wide = tuple(Window(day, 540, 900) for day in days)
    first = client(1, windows=wide)
    problem = week_problem(sessions=tuple(rows), clients=(first, client(2, windows=wide[2:], days_min=1)))
    problem = replace(
        problem, clients=(problem.clients[0], replace(problem.clients[1], target_minutes=360, days_min=2))
    )
    run = full_week(week_problem()).sessions[0]
    seated = {0: ("C1",), 2: ("C1", "C2"), 4: ("C1", "C2")}
    extra = Schedule("week", tuple(replace(run, id=s.id, clients=seated[s.day]) for s in rows if s.day in seated))
    found = mended(
        problem,
        extra,
        kind="admit",
        client=plain(client(9, windows=(wide[0], wide[2]), target_minutes=360, days_min=2)),
    )
    assert (found.short, found.others, found.worse) == ((), 1, ())
    assert found.untouched is not None
    assert found.ring == 1


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"kind": "flood"}, "none of"),
        ({"kind": "admit", "client": "C1", "room": "R1"}, "no field room"),
        ({"kind": "availability", "client": "C1"}, "needs windows"),
        ({"kind": "discharge", "client": "nobody"}, "knows nothing of nobody"),
        ({"kind": "discharge", "client": "C1", "now": [9, 0]}, "day 0 to 7"),
        ({"kind": "missed", "client": "C1", "bookings": [["group", "C1", "S99"]]}, "no such booking"),
        ({"kind": "session_cancelled", "session": "S1", "now": [1, 0]}, "already begun"),
        ({"kind": "admit", "client": plain(client(1))}, "in the problem already"),
    ],
)
def test_an_event_that_cannot_be_is_refused_in_a_sentence(week, event, words):
    with pytest.raises(BadInput, match=words):
        mended(*week, **event)


def test_a_schedule_of_another_week_is_refused(week):
    problem, published = week
    with pytest.raises(BadInput, match="another problem"):
        mended(problem, replace(published, instance="other"), kind="discharge", client="C1")
    with pytest.raises(BadInput, match="does not know"):
        mended(replace(problem, clients=problem.clients[1:]), published, kind="discharge", client="C2")
    frozen = mended(problem, published, kind="discharge", client="C1", now=[2, 0]).problem
    with pytest.raises(BadInput, match="changed meanwhile"):
        mended(frozen, replace(published, sessions=published.sessions[1:]), kind="discharge", client="C2", now=[2, 0])


def test_windows_are_cut_and_joined():
    day = (Window(0, 480, 1020),)
    assert without(day, [Window(0, 600, 660)]) == (Window(0, 480, 600), Window(0, 660, 1020))
    assert merged([Window(0, 600, 660), Window(0, 480, 600)]) == (Window(0, 480, 660),)
    assert from_now(day, [Window(0, 540, 900)], (0, 700)) == (Window(0, 480, 900),)
    assert away(None, [0, 1], (0, 700)) == (Window(0, 700, 1440), Window(1, 0, 1440))


@st.composite
def happenings(draw, problem, published):
    """Any event that could come up in this week."""
    who = draw(st.sampled_from([c.id for c in problem.clients]))
    now = [draw(st.integers(0, 4)), draw(st.sampled_from([0, 500, 600]))]
    past = [b for b in sorted(bookings(published), key=str) if begins(index(problem), b) < tuple(now)]
    rows = [
        {"kind": "discharge", "client": who},
        {"kind": "admit", "client": plain(replace(problem.clients[0], id="C99", must_reach=False))},
        {"kind": "availability", "client": who, "windows": [[1, 480, 1000], [3, 500, 900]]},
        {"kind": "change_of_plan", "client": who, "changes": {"target_minutes": 180, "days_max": 2, "days_min": 1}},
        {"kind": "staff_absence", "staff": draw(st.sampled_from(["T1", "T2"])), "days": [draw(st.integers(0, 4))]},
        {"kind": "change_of_shift", "staff": "T1", "windows": [[0, 480, 800], [2, 480, 1000]]},
        {"kind": "room_closed", "room": "R1"},
    ]
    rows += [{"kind": "missed", "client": b[1], "bookings": [list(b)]} for b in past[:1]]
    return {**draw(st.sampled_from(rows)), "now": now}


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_repaired_week_breaks_no_rule_and_leaves_the_past_alone(data):
    problem: Problem = data.draw(problems())
    published = schedule_of(problem, [place_site(index(problem), "X", lambda: False, lambda: True)])
    event, now = event_from_json(data.draw(happenings(problem, published)))
    was = {v for v in check(problem, published).violations}
    answers = list(repairs(problem, published, event, now, CALM))
    found, ix = answers[-1], index(problem)
    broken = {v.rule for v in check(found.problem, replace(found.schedule, objective=None)).violations if v not in was}
    assert broken <= {"H23", "H11"} if event.kind in ("missed", "staff_absence") else broken <= {"H23"}
    before = {b for b in bookings(published) if b[1] != event.about and begins(ix, b) < now}
    assert before <= bookings(found.schedule)
