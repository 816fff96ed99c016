"""The exact parts of the solver against each other: CP-SAT's part, the priced weeks, the bound, sites side by side."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybridge.scheduling.solver import Limits, check, solve
from daybridge.scheduling.solver.ground import survey
from daybridge.scheduling.solver.many.split import split
from daybridge.scheduling.solver.roster import Roster, schedule_of
from daybridge.scheduling.solver.score import client_cost, total
from daybridge.scheduling.tests.solver_cases import client, individual, problems, session, week_problem


@st.composite
def free_problems(draw):
    """Any small problem in which nothing is promised, so that everything legal may be chosen."""
    problem = draw(problems())
    sessions = tuple(replace(one, must_run=None) for one in problem.sessions)
    clients = tuple(
        replace(one, must_reach=False, requirements=tuple(replace(r, mandatory=False) for r in one.requirements))
        for one in problem.clients
    )
    return replace(problem, sessions=sessions, clients=clients)


@settings(max_examples=8, deadline=None)
@given(problem=free_problems())
def test_the_bound_of_columns_never_exceeds_the_exact_optimum_and_both_count_alike(problem):
    from daybridge.scheduling.solver.columns.generate import generate, prepare
    from daybridge.scheduling.solver.exact import Effort, Part, solve_part

    ground = survey(problem)
    everybody = frozenset(one.id for one in problem.clients)
    answer = solve_part(ground, Roster(), Part(everybody), Effort(work=20))
    assert answer is not None
    schedule = schedule_of(ground.ix, answer.roster)
    assert check(problem, schedule).violations == ()
    assert answer.cost == total(ground, answer.roster) == check(problem, schedule).objective
    hunt = prepare(ground, lambda: False)
    generate(hunt, lambda: False)
    assert hunt.lower <= answer.cost


@settings(max_examples=8, deadline=None)
@given(problem=free_problems())
def test_the_cheapest_priced_week_of_somebody_alone_is_the_exact_one(problem):
    from daybridge.scheduling.solver.columns.pricing import price, pricer

    lonely = replace(
        problem,
        clients=problem.clients[:1],
        conflicts=(),
        sessions=tuple(replace(one, min_size=1, planned=True) for one in problem.sessions),
    )
    from daybridge.scheduling.solver.columns.living import living
    from daybridge.scheduling.solver.exact import Part, solve_part

    ground, one = survey(lonely), lonely.clients[0]
    priced = pricer(ground, one, living(ground))
    value, week = price(priced, priced.free()).best(1)[0]
    assert value == client_cost(ground.ix, one, week)
    idle = tuple(replace(s, planned=False) for s in lonely.sessions)
    ground = survey(replace(lonely, sessions=idle, weights=replace(lonely.weights, staff_slot=0, over_ideal=0)))
    answer = solve_part(ground, Roster(), Part(frozenset([one.id])))
    assert answer is not None
    assert answer.proved
    assert client_cost(ground.ix, one, answer.roster.week(one.id)) >= value


def two_sites():
    """Two sites that share nothing."""
    more = [session(7 + n, "late", day, 720, planned=False) for n, day in enumerate((0, 2))]
    people = [client(n, requirements=(individual(),), udt=n % 3, target_minutes=600) for n in range(1, 7)]
    one = week_problem(clients=tuple(people))
    one = replace(one, sessions=(*one.sessions, *more))
    here, other = one, []

    def moved(text: str) -> str:
        return f"Z{text}"

    for field, kept in (("sites", {}), ("rooms", {"site": "ZX"}), ("staff", {"site": "ZX"})):
        other.append(tuple(replace(x, id=moved(x.id), **kept) for x in getattr(here, field)))
    sessions = tuple(
        replace(s, id=moved(s.id), site="ZX", staff_options=("ZT1",), room_options=("ZR1",)) for s in here.sessions
    )
    clients = tuple(
        replace(c, id=moved(c.id), site="ZX", requirements=tuple(replace(r, staff=("ZT2",)) for r in c.requirements))
        for c in here.clients
    )
    return replace(
        here,
        sites=here.sites + other[0],
        rooms=here.rooms + other[1],
        staff=here.staff + other[2],
        sessions=here.sessions + sessions,
        clients=here.clients + clients,
    )


def test_sites_that_share_nothing_are_parts_of_their_own():
    problem = two_sites()
    assert [[site.id for site in part.sites] for part in split(problem)] == [["X"], ["ZX"]]
    shared = replace(problem, sessions=tuple(replace(s, room_options=("R1",)) for s in problem.sessions))
    assert len(split(shared)) == 1


def test_two_sites_cost_what_each_costs_alone():
    problem = two_sites()
    limits = Limits(iterations=1, target_gap=0)
    result = solve(problem, limits)
    assert result.status in ("optimal", "feasible")
    assert result.objective == sum(solve(part, limits).objective for part in split(problem))
    assert result.lower_bound <= result.objective
    assert result.versions["highspy"]


@pytest.mark.slow
def test_one_process_or_two_give_the_same_bytes():
    problem = two_sites()
    one, two = (solve(problem, Limits(iterations=2, processes=n, target_gap=0)) for n in (1, 2))
    assert one.schedule == two.schedule
    assert (one.lower_bound, one.status) == (two.lower_bound, two.status)
