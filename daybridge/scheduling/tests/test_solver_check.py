"""Each hard rule is found broken when it is broken, and only then; each term of the objective is priced."""

from dataclasses import replace

import pytest

from daybridge.scheduling.solver import (
    Appointment,
    Conflict,
    Frozen,
    MixLine,
    PastAppointment,
    Room,
    SessionRun,
    Topic,
    UrineTest,
    Window,
    bookings,
    check,
)
from daybridge.scheduling.tests.solver_cases import (
    full_week,
    individual,
    session,
    week_problem,
    with_client,
    with_run,
    with_session,
)

PLAIN = week_problem()
FULL = full_week(PLAIN)
NEED = with_client(PLAIN, 1, requirements=(individual(),))
NOON = Appointment("C1", "ind", "T2", 0, 720)
TWO_NEEDS = with_client(NEED, 2, requirements=(individual(),))


def with_appointment(**fields):
    """The full week with one individual hour, Monday at noon."""
    return replace(FULL, appointments=(replace(NOON, **fields),))


def test_the_full_week_breaks_nothing_and_everybody_reaches_the_hours():
    report = check(PLAIN, FULL)
    assert report.ok
    assert report.reached == ("C1", "C2", "C3", "C4")
    assert report.objective == 0


def test_a_rightly_placed_appointment_breaks_nothing():
    assert check(NEED, with_appointment()).ok


BROKEN = {
    "another instance": ("H01", PLAIN, replace(FULL, instance="other")),
    "unknown session": ("H01", PLAIN, replace(FULL, sessions=(*FULL.sessions, SessionRun("S9", "R1", ("T1",), ())))),
    "a room that is no option": ("H01", PLAIN, with_run(FULL, 1, room="R2")),
    "a leader who is no option": ("H01", PLAIN, with_run(FULL, 1, staff=("T2",))),
    "more leaders than allowed": ("H01", with_session(PLAIN, 1, staff_options=("T1", "T2")),
                                  with_run(FULL, 1, staff=("T1", "T2"))),
    "too many for the group": ("H02", with_session(PLAIN, 1, max_size=3), FULL),
    "too many for the room": ("H02", replace(PLAIN, rooms=(Room("R1", "X", 3),)), FULL),
    "too few for the group": ("H02", with_session(PLAIN, 1, min_size=5), FULL),
    "staff in two places": ("H04", NEED, with_appointment(day=0, start=765)),
    "a client in two places": ("H10", NEED, with_appointment(day=0, start=660)),
    "staff not at work": ("H05", with_client(NEED, 1, windows=(Window(0, 400, 900), *PLAIN.clients[0].windows[1:])),
                          with_appointment(start=420)),
    "language": ("H08", with_client(PLAIN, 1, languages=("es",)), FULL),
    "gender": ("H08", with_session(PLAIN, 1, gender="M"), FULL),
    "tags": ("H08", with_session(PLAIN, 1, tags=("cod",)), FULL),
    "membership": ("H08", with_session(PLAIN, 1, members=("C1", "C2", "C3")), FULL),
    "not available": ("H09", with_client(PLAIN, 1, windows=(Window(0, 600, 900), *PLAIN.clients[0].windows[1:])), FULL),
    "family not available": ("H09", with_client(PLAIN, 1, requirements=(individual(windows=(Window(2, 0, 1440),)),)),
                             with_appointment()),
    "a day under three hours": ("H11", PLAIN, with_run(FULL, 2, clients=("C1", "C2", "C3"))),
    "too long a day": ("H12", with_client(PLAIN, 1, max_minutes_day=170), FULL),
    "too long a week": ("H13", with_client(PLAIN, 1, max_minutes=530), FULL),
    "too many days": ("H14", with_client(PLAIN, 1, days_max=2), FULL),
    "too much of a category": ("H15", with_client(PLAIN, 1, mix=(MixLine("process", 0, 2), MixLine("skills", 0, 3))),
                               FULL),
    "a topic twice a day": ("H16", with_session(PLAIN, 2, topic="process"), FULL),
    "a prerequisite that comes later": ("H17", replace(PLAIN, topics=(
        Topic("process", "process", 90, prerequisites=("skills",)), *PLAIN.topics[1:])), FULL),
    "people to keep apart": ("H18", replace(PLAIN, conflicts=(Conflict("C1", "C2", "same_session"),)), FULL),
    "an unknown appointment": ("H19", PLAIN, with_appointment()),
    "an appointment off its grid": ("H19", NEED, with_appointment(start=725)),
    "a test on a day at home": ("H21", with_client(PLAIN, 1, udt=1), replace(FULL, udt=(UrineTest("C1", 1),))),
    "tests on two days running": ("H21", with_client(PLAIN, 1, udt=1),
                                  replace(FULL, udt=(UrineTest("C1", 0), UrineTest("C1", 2)))),
    "half admitted from the waitlist": ("H22", with_client(PLAIN, 1, waitlist=True, target_minutes=600), FULL),
    "a promised prescription": ("H23", with_client(PLAIN, 1, must_reach=True, target_minutes=600), FULL),
    "a promised appointment": ("H23", with_client(PLAIN, 1, requirements=(individual(mandatory=True),)), FULL),
    "a promised seat": ("H23", replace(with_client(PLAIN, 1, must_attend=("S7",)),
                                       sessions=(*PLAIN.sessions, session(7, "late", 3, 540))), FULL),
    "a promised session": ("H23", replace(PLAIN, sessions=(*PLAIN.sessions, session(7, "late", 3, 540, must_run=True))),
                           FULL),
    "a changed past": ("H24", replace(PLAIN, frozen=Frozen(0, 600, ())), FULL),
    "a wrong claim": ("H25", PLAIN, replace(FULL, objective=1)),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_each_broken_rule_is_named(case):
    rule, problem, schedule = BROKEN[case]
    if case == "staff in two places":
        problem, schedule = two_at_once()
    assert {violation.rule for violation in check(problem, schedule).violations} == {rule}


def two_at_once():
    """Two clients with the same therapist a quarter of an hour apart, and offices enough."""
    problem = replace(TWO_NEEDS, sites=(replace(PLAIN.sites[0], offices=2),))
    second = Appointment("C2", "ind", "T2", 0, 765)
    return problem, replace(FULL, appointments=(NOON, second))


def test_one_office_holds_one_appointment_at_a_time():
    problem = with_client(NEED, 2, requirements=(individual(staff=("T1",)),))
    schedule = replace(FULL, appointments=(NOON, Appointment("C2", "ind", "T1", 0, 765)))
    assert {v.rule for v in check(problem, schedule).violations} == {"H20"}


def test_a_room_holds_one_session_at_a_time():
    problem = replace(PLAIN, sessions=(*PLAIN.sessions, session(7, "late", 0, 540, min_size=0, staff_options=("T2",))))
    schedule = replace(FULL, sessions=(*FULL.sessions, SessionRun("S7", "R1", ("T2",), ())))
    assert {v.rule for v in check(problem, schedule).violations} == {"H03"}


def test_staff_have_a_limit_of_minutes_and_a_lunch():
    late = session(7, "late", 0, 720, staff_options=("T1",), min_size=0)
    problem = replace(PLAIN, sessions=(*PLAIN.sessions, late))
    schedule = replace(FULL, sessions=(*FULL.sessions, SessionRun("S7", "R1", ("T1",), ())))
    assert check(problem, schedule).ok
    longer = with_session(problem, 7, minutes=120)
    assert {v.rule for v in check(longer, schedule).violations} == {"H06", "H07"}


def test_people_to_keep_apart_may_not_share_a_part_of_a_day_either():
    problem = replace(NEED, conflicts=(Conflict("C1", "C2", "same_part"),))
    only = tuple(replace(run, clients=("C2", "C3")) for run in FULL.sessions)
    for start, rules in ((720, {"H18"}), (780, set())):
        schedule = replace(FULL, sessions=only, appointments=(replace(NOON, start=start),))
        problem_of_start = with_client(problem, 1, per_diem_minutes=0)
        assert {v.rule for v in check(problem_of_start, schedule).violations} == rules


def test_a_session_that_has_happened_may_have_been_small():
    frozen = Frozen(0, 1440, tuple(b for b in sorted(bookings(FULL), key=str) if b[2] in ("S1", "S2")))
    assert check(replace(with_session(PLAIN, 1, min_size=5), frozen=frozen), FULL).ok


TERMS = {
    "not_reached": (with_client(PLAIN, 1, target_minutes=600, priority=3), FULL, 900),
    "shortfall": (with_client(PLAIN, 1, target_minutes=600, priority=3), FULL, 120),
    "severe": (with_client(PLAIN, 1, target_minutes=800), FULL, 40),
    "excess": (with_client(PLAIN, 1, target_minutes=480), FULL, 4),
    "mix_missing": (
        with_client(PLAIN, 1, mix=(MixLine("process", 1, 3), MixLine("skills", 1, 3), MixLine("peer", 2, 2))),
        FULL,
        80,
    ),
    "requirement_missing": (NEED, FULL, 80),
    "continuity": (with_client(PLAIN, 1, requirements=(individual(preferred="T1"),)), with_appointment(), 25),
    "udt_missing": (with_client(PLAIN, 1, udt=2), replace(FULL, udt=(UrineTest("C1", 0),)), 30),
    "lost_series": (with_client(PLAIN, 1, last_week_sessions=("S1", "gone")), FULL, 8),
    "moved_appt": (
        with_client(NEED, 1, last_week_appts=(PastAppointment("ind", "T2", 2, 720),)),
        with_appointment(),
        4,
    ),
    "extra_day": (with_client(PLAIN, 1, days_pref=1), FULL, 12),
    "gap": (NEED, with_appointment(start=750), 4),
    "off_pref": (with_client(PLAIN, 1, pref_windows=(Window(0, 0, 1440),)), FULL, 8),
    "over_ideal": (with_session(PLAIN, 1, ideal_size=3), FULL, 2),
    "staff": (with_session(PLAIN, 1, planned=False), FULL, 30),
    "cancel_planned": (replace(PLAIN, sessions=(*PLAIN.sessions, session(7, "late", 3, 540))), FULL, 20),
}


@pytest.mark.parametrize("term", sorted(TERMS))
def test_each_term_of_the_objective_has_its_price(term):
    problem, schedule, price = TERMS[term]
    report = check(problem, schedule)
    assert report.terms[term] == price
    assert report.objective == sum(report.terms.values())
    assert check(PLAIN, FULL).terms[term] == 0
