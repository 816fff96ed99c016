"""One free client's week in a part: every rule about the client, and every term of the objective. H08 to H22."""

from dataclasses import dataclass, field

from ortools.sat.python.cp_model import IntVar

from daybridge.scheduling.solver.exact.model import Item, Model, summed, weighted
from daybridge.scheduling.solver.exact.parts import blocked, is_possible
from daybridge.scheduling.solver.index import covers
from daybridge.scheduling.solver.model import Appointment, Client, Session
from daybridge.scheduling.solver.offers import COMMITTED, hits


@dataclass(slots=True)
class _Day:
    """Variables of one day of one client."""

    here: IntVar
    items: list[Item] = field(default_factory=list)
    counted: list[tuple[IntVar, int]] = field(default_factory=list)
    has_past: bool = False


@dataclass(slots=True)
class _Week:
    client: Client
    days: dict[int, _Day] = field(default_factory=dict)
    sessions: list[tuple[Session, IntVar]] = field(default_factory=list)
    needs: dict[str, list[tuple[Appointment, IntVar]]] = field(default_factory=dict)


def add_client(model: Model, client: Client, left: dict[str, int]) -> None:
    """Put a free client into the model; `left` are the sessions there are, with the seats in them."""
    week = _Week(client)
    _wishes(model, week, left)
    _one_place(model, week)
    _mix(model, week)
    _needs(model, week)
    reached = model.flag()
    model.reached[client.id] = reached
    _hours(model, week, reached)
    _attendance(model, week, reached)
    _tests(model, week)


def _day(model: Model, week: _Week, day: int) -> _Day:
    if day not in week.days:
        week.days[day] = _Day(model.flag())
    return week.days[day]


def _wishes(model: Model, week: _Week, left: dict[str, int]) -> None:
    client, ix, choices = week.client, model.ground.ix, model.ground.choices[week.client.id]
    now = model.roster.week(client.id)
    apart, parts = blocked(model.ground, model.roster, model.part, client.id)
    for session in choices.sessions:
        span, is_past = (session.start, session.end), session.id in choices.past.sessions
        barred = session.id in apart or hits(ix, parts, session.day, span) or left.get(session.id, 0) <= 0
        if is_past or not barred:
            var = _book(model, week, (session.day, *span, session.minutes), (is_past, session.id in now.sessions))
            model.x[client.id, session.id] = var
            model.joins.setdefault(session.id, []).append(var)
            week.sessions.append((session, var))
            _price(model, ("group", client.id, session.id), var)
    held = set(now.appointments)
    for appt in choices.appointments:
        need, is_past = ix.needs[client.id, appt.requirement], appt in choices.past.appointments
        span = (appt.start, appt.start + need.minutes)
        if is_past or (is_possible(model.ground, model.fixed, appt) and not hits(ix, parts, appt.day, span)):
            counted = need.minutes if need.counts else 0
            var = _book(model, week, (appt.day, *span, counted), (is_past, appt in held))
            model.z[appt] = var
            week.needs.setdefault(appt.requirement, []).append((appt, var))
            model.staff_items.setdefault((appt.staff, appt.day), []).append((*span, var))
            model.office_items.setdefault((client.site, appt.day), []).append((*span, var))
            _price(model, ("appt", client.id, appt.requirement, appt.staff, appt.day, appt.start), var)


def _price(model: Model, booking: tuple[str | int, ...], var: IntVar) -> None:
    if model.part.toll is not None:
        model.pay(model.part.toll(booking), var)


def _book(model: Model, week: _Week, at: tuple[int, int, int, int], known: tuple[bool, bool]) -> IntVar:
    """A variable for one booking; past ones are settled."""
    (number, start, end, counted), (is_past, is_booked) = at, known
    var, day = model.flag(is_booked), _day(model, week, number)
    day.items.append((start, end, var))
    if counted:
        day.counted.append((var, counted))
    if is_past:
        day.has_past = True
        model.cp.add(var == 1)
    wanted = week.client.pref_windows
    if wanted is not None and not covers(wanted, number, start, end):
        model.pay(model.ground.ix.problem.weights.off_pref, var)
    return var


def _one_place(model: Model, week: _Week) -> None:
    """One place at a time, one topic a day, days on site, breaks. H10, H16."""
    weights, tolerance = model.ground.ix.problem.weights, model.ground.ix.problem.rules.gap_tolerance
    for day in week.days.values():
        model.one_at_a_time(day.items)
        for _, _, var in day.items:
            model.cp.add_implication(var, day.here)
        model.cp.add(summed(var for _, _, var in day.items) >= day.here)
        if weights.gap and len(day.items) > 1:
            _breaks(model, day, tolerance)
    _topics(model, week)
    _prerequisites(model, week)


def _topics(model: Model, week: _Week) -> None:
    """A topic once a day."""
    topics: dict[tuple[int, str], list[IntVar]] = {}
    for session, var in week.sessions:
        topics.setdefault((session.day, session.topic), []).append(var)
    for same in topics.values():
        if len(same) > 1:
            model.cp.add_at_most_one(same)


def _breaks(model: Model, day: _Day, tolerance: int) -> None:
    """Blocks of services less one is the number of breaks."""
    price = model.ground.ix.problem.weights.gap
    starts = sorted({start for start, _, _ in day.items})
    for start in starts:
        begins = [(var, 1) for a, _, var in day.items if a == start]
        joined = [(var, -1) for _, b, var in day.items if start - tolerance <= b <= start]
        block = model.flag()
        model.cp.add(weighted([*begins, *joined]) <= block)
        model.pay(price, block)
    model.pay(-price, day.here)


def _prerequisites(model: Model, week: _Week) -> None:
    """A topic comes after those it needs. Source: H17."""
    for session, var in week.sessions:
        for topic in model.ground.ix.topics[session.topic].prerequisites:
            if topic not in week.client.completed_topics and not model.ground.ix.is_past(session.day, session.start):
                before = [v for s, v in week.sessions if s.topic == topic and _precedes(s, session)]
                model.cp.add(summed(before) >= var)


def _precedes(one: Session, other: Session) -> bool:
    return (one.day, one.end) <= (other.day, other.start)


def _mix(model: Model, week: _Week) -> None:
    """Sessions per category. H15."""
    ix, client, weights = model.ground.ix, week.client, model.ground.ix.problem.weights
    for line in client.mix:
        mine = [var for s, var in week.sessions if ix.topics[s.topic].category == line.category]
        past = sum(1 for one in model.ground.choices[client.id].past.sessions if ix.category(one) == line.category)
        model.at_most(max(line.max, past), ((var, 1) for var in mine))
        if line.min > 0:
            missing = model.count(line.min)
            model.cp.add(summed(mine) + missing >= line.min)
            model.pay(weights.mix_missing, missing)
    _wanted(model, week)


def _wanted(model: Model, week: _Week) -> None:
    """Last week's groups and promised sessions."""
    client, weights = week.client, model.ground.ix.problem.weights
    mine_by_id = {s.id: var for s, var in week.sessions}
    wanted = [(one, weights.lost_series) for one in client.last_week_sessions]
    for one, price in [*wanted, *((one, COMMITTED) for one in client.must_attend or ())]:
        if one in mine_by_id:
            model.pay_unless(price, mine_by_id[one])
        else:
            model.constant += price


def _needs(model: Model, week: _Week) -> None:
    """Appointments: at most one each, with whom, where they were last week. H19, H23."""
    client, weights = week.client, model.ground.ix.problem.weights
    for need in client.requirements:
        options = week.needs.get(need.id, [])
        model.constant += need.weight + (COMMITTED if need.mandatory else 0)
        if len(options) > 1:
            model.cp.add_at_most_one([var for _, var in options])
        for appt, var in options:
            away = need.preferred is not None and appt.staff != need.preferred
            price = (weights.continuity if away else 0) - need.weight - (COMMITTED if need.mandatory else 0)
            model.pay(price, var)
    _kept(model, client)


def _kept(model: Model, client: Client) -> None:
    """Where appointments were last week."""
    weights = model.ground.ix.problem.weights
    for past in client.last_week_appts:
        model.constant += weights.moved_appt
        kept = Appointment(client.id, past.requirement, past.staff, past.day, past.start)
        if kept in model.z:
            model.pay(-weights.moved_appt, model.z[kept])


def _hours(model: Model, week: _Week, reached: IntVar) -> None:
    """Counted minutes against the prescription. H11 to H13, and the terms not_reached, shortfall, severe, excess."""
    client, problem = week.client, model.ground.ix.problem
    everything = [row for day in week.days.values() for row in day.counted]
    for day in week.days.values():
        if day.counted:
            _per_diem(model, client, day)
    model.at_most(client.max_minutes, everything)
    slot, price, total = problem.slot_minutes, client.priority, weighted(everything)
    short = model.count(-(-client.target_minutes // slot))
    model.cp.add(total + slot * short >= client.target_minutes)
    model.cp.add(total >= weighted([(reached, client.target_minutes)]))
    model.cp.add(short <= -(-client.target_minutes // slot) * (1 - reached))
    model.pay(problem.weights.shortfall_slot * price, short)
    threshold = client.target_minutes * problem.rules.severe_fraction_percent // 100
    severe = model.count(-(-threshold // slot))
    model.cp.add(total + slot * severe >= threshold)
    model.pay(problem.weights.severe_slot * price, severe)
    most = (sum(minutes for _, minutes in everything) - client.target_minutes) // slot
    if most > 0:
        excess = model.count(most)
        if client.target_minutes % slot == 0:
            model.cp.add(total + slot * short - slot * excess == client.target_minutes)
        else:
            model.cp.add(total - slot * excess <= client.target_minutes + slot - 1)
        model.pay(problem.weights.excess_slot, excess)
    model.pay_unless(problem.weights.not_reached * price + (COMMITTED if client.must_reach else 0), reached)


def _per_diem(model: Model, client: Client, day: _Day) -> None:
    counted, low = weighted(day.counted), client.per_diem_minutes
    if day.has_past:  # what is past may break the rule already: mend it if the rest of the day allows
        missing = model.count(low)
        model.cp.add(counted + missing >= low)
        model.pay(COMMITTED, missing)
        return
    if low > min(minutes for _, minutes in day.counted):
        program = model.flag()
        model.cp.add(counted >= low * program)
        model.cp.add(counted <= client.max_minutes_day * program)
        for var, _ in day.counted:
            model.cp.add_implication(var, program)
    else:
        model.at_most(client.max_minutes_day, day.counted)


def _attendance(model: Model, week: _Week, reached: IntVar) -> None:
    """Days on site. H14, H22."""
    client, here = week.client, [day.here for day in week.days.values()]
    past = sum(1 for day in week.days.values() if day.has_past)
    model.at_most(max(client.days_max, past), ((var, 1) for var in here))
    model.cp.add(summed(here) >= weighted([(reached, client.days_min)]))
    if len(here) > client.days_pref:
        extra = model.count(len(here))
        model.cp.add(summed(here) - extra <= client.days_pref)
        model.pay(model.ground.ix.problem.weights.extra_day, extra)
    if client.waitlist and not past:
        for var in here:
            model.cp.add_implication(var, reached)


def _tests(model: Model, week: _Week) -> None:
    """Urine tests on days on site, apart. Source: H21."""
    client, problem = week.client, model.ground.ix.problem
    if client.udt <= 0:
        return
    now = model.roster.week(client.id).tests
    tests = {day: model.flag(day in now) for day in sorted(week.days)}
    for day, var in tests.items():
        model.test[client.id, day] = var
        model.cp.add_implication(var, week.days[day].here)
        near = [other for d, other in tests.items() if day <= d < day + problem.rules.udt_min_day_gap]
        if len(near) > 1:
            model.cp.add_at_most_one(near)
        model.pay(-problem.weights.udt_missing, var)
    model.constant += problem.weights.udt_missing * client.udt
    model.at_most(client.udt, ((var, 1) for var in tests.values()))
