"""Sessions of a part: which may open, in which room, led by whom; rooms and staff in one place at a time."""

from ortools.sat.python.cp_model import IntVar

from daybridge.scheduling.solver.exact.model import Item, Model, summed, weighted
from daybridge.scheduling.solver.exact.parts import clashes, staff_can
from daybridge.scheduling.solver.index import has_lunch
from daybridge.scheduling.solver.model import Session, Staff
from daybridge.scheduling.solver.offers import COMMITTED


def add_sessions(model: Model) -> dict[str, int]:
    """Make the variables of every session that may change; session id to the seats left in it for free clients."""
    left: dict[str, int] = {}
    for session in model.ground.ix.problem.sessions:
        run = model.fixed.runs.get(session.id)
        if run is not None:
            capacity = model.ground.ix.rooms[run.room].capacity
            seats = min(session.max_size, session.max_per_facilitator * len(run.team), capacity)
            past = model.ground.ix.is_past(session.day, session.start)
            left[session.id] = len(model.part.free) if past else seats - model.fixed.seats[session.id]
        elif not model.ground.ix.is_past(session.day, session.start):
            _openable(model, session, left)
    return left


def _openable(model: Model, session: Session, left: dict[str, int]) -> None:
    held = model.fixed.seats[session.id]
    could = sum(1 for who in model.ground.joiners[session.id] if who in model.part.free)
    rooms, staff = _options(model, session) if held + could >= session.min_size else ([], [])
    if rooms and staff and session.max_facilitators > 0:
        left[session.id] = min(session.max_size, could + held) - held
        _variables(model, session, rooms, staff)
        return
    weights = model.ground.ix.problem.weights
    model.constant += (weights.cancel_planned if session.planned else 0) + (COMMITTED if session.must_run else 0)


def _options(model: Model, session: Session) -> tuple[list[str], list[str]]:
    """Rooms and staff that could be had next to everything that stays."""
    now, ix = model.roster.runs.get(session.id), model.ground.ix
    rooms, staff = list(dict.fromkeys(session.room_options)), list(dict.fromkeys(session.staff_options))
    if model.part.locked:
        rooms = [one for one in rooms if now and one == now.room]
        staff = [one for one in staff if now and one in now.team]
    span = (session.start, session.end)
    rooms = [one for one in rooms if not clashes(model.fixed.rooms.get((one, session.day)), *span)]
    rooms = [one for one in rooms if ix.rooms[one].capacity >= session.min_size]
    return rooms, [one for one in staff if staff_can(model.ground, model.fixed, ix.staff[one], session)]


def _variables(model: Model, session: Session, rooms: list[str], staff: list[str]) -> None:
    now = model.roster.runs.get(session.id)
    held = model.fixed.seats[session.id]
    is_open = model.flag(now is not None)
    model.open[session.id] = is_open
    if held:
        model.cp.add(is_open == 1)
    for one in rooms:
        model.room[session.id, one] = is_open if len(rooms) == 1 else model.flag(bool(now) and now.room == one)  # type: ignore[union-attr]
    for one in staff:
        model.lead[session.id, one] = is_open if len(staff) == 1 else model.flag(bool(now) and one in now.team)  # type: ignore[union-attr]
        item = (session.start, session.end, model.lead[session.id, one])
        model.staff_items.setdefault((one, session.day), []).append(item)
    if len(rooms) > 1:
        model.cp.add(summed(model.room[session.id, one] for one in rooms) == is_open)
    if len(staff) > 1:
        _team(model, session, [model.lead[session.id, one] for one in staff])


def _team(model: Model, session: Session, leads: list[IntVar]) -> None:
    """One to `max_facilitators` leaders of a session that runs."""
    is_open = model.open[session.id]
    model.cp.add(summed(leads) >= is_open)
    model.cp.add(summed(leads) <= weighted([(is_open, min(len(leads), session.max_facilitators))]))
    for lead in leads:
        model.cp.add_implication(lead, is_open)


def add_sizes(model: Model) -> None:
    """Group sizes, seats and what sessions cost, once everybody's wishes are in the model. H02."""
    ix = model.ground.ix
    for one, run in model.fixed.runs.items():
        joins, session = model.joins.get(one, []), ix.sessions[one]
        held, past = model.fixed.seats[one], ix.is_past(session.day, session.start)
        if not past:
            capacity = min(session.max_size, session.max_per_facilitator * len(run.team), ix.rooms[run.room].capacity)
            model.at_most(capacity - held, ((var, 1) for var in joins))
            if held < session.min_size:
                model.cp.add(summed(joins) >= session.min_size - held)
        _crowd(model, session, held, joins)
    for one in model.open:
        _size(model, ix.sessions[one])


def _size(model: Model, session: Session) -> None:
    ix, weights, is_open = model.ground.ix, model.ground.ix.problem.weights, model.open[session.id]
    joins, held = model.joins.get(session.id, []), model.fixed.seats[session.id]
    leads = [(var, session.max_per_facilitator) for (one, _), var in model.lead.items() if one == session.id]
    seats = [(var, ix.rooms[room].capacity) for (one, room), var in model.room.items() if one == session.id]
    people = summed(joins) + held
    model.cp.add(people >= session.min_size * is_open)
    model.cp.add(people <= session.max_size * is_open)
    model.cp.add(people <= weighted(leads))
    model.cp.add(people <= weighted(seats))
    for var in joins:
        model.cp.add_implication(var, is_open)
    slots = weights.staff_slot * (session.minutes // ix.problem.slot_minutes)
    for var, _ in leads:
        model.pay(slots, var)
    if session.planned:
        model.pay(-slots, is_open)
        model.pay_unless(weights.cancel_planned, is_open)
    if session.must_run:
        model.pay_unless(COMMITTED, is_open)
    _crowd(model, session, held, joins)


def _crowd(model: Model, session: Session, held: int, joins: list[IntVar]) -> None:
    """Participants above the ideal size."""
    if held + len(joins) > session.ideal_size and joins:
        over = model.count(held + len(joins) - session.ideal_size)
        model.cp.add(summed(joins) - over <= session.ideal_size - held)
        model.pay(model.ground.ix.problem.weights.over_ideal, over)
        model.constant -= model.ground.ix.problem.weights.over_ideal * max(0, held - session.ideal_size)
    model.constant += model.ground.ix.problem.weights.over_ideal * max(0, held - session.ideal_size)


def add_resources(model: Model) -> None:
    """Rooms, staff, offices and urine tests for everything that may change. H03 to H07, H20, H21."""
    ix = model.ground.ix
    by_room: dict[tuple[str, int], list[Item]] = {}
    for (one, room), var in model.room.items():
        session = ix.sessions[one]
        by_room.setdefault((room, session.day), []).append((session.start, session.end, var))
    for items in by_room.values():
        model.one_at_a_time(items)
    for (who, day), items in model.staff_items.items():
        _staff_day(model, ix.staff[who], day, items)
    for (site, day), items in model.office_items.items():
        _offices(model, (site, day), items)
    days: dict[tuple[str, int], list[IntVar]] = {}
    for (client, day), var in model.test.items():
        days.setdefault((ix.clients[client].site, day), []).append(var)
    for (site, day), tests in days.items():
        model.at_most(ix.sites[site].udt_capacity_per_day - model.fixed.tests[site, day], ((var, 1) for var in tests))


def _staff_day(model: Model, staff: Staff, day: int, items: list[Item]) -> None:
    key, leads = (staff.id, day), {var.index for (_, who), var in model.lead.items() if who == staff.id}
    groups = [(var, b - a) for a, b, var in items if var.index in leads]
    model.at_most(staff.max_group_minutes_day - model.fixed.group[key], groups)
    model.at_most(staff.max_minutes_day - model.fixed.contact[key], ((var, b - a) for a, b, var in items))
    model.one_at_a_time(items + _lunch(model, staff, day, items))


def _lunch(model: Model, staff: Staff, day: int, items: list[Item]) -> list[Item]:
    """One break among those everything fixed leaves; none needed where the items leave one anyway."""
    slot, busy = model.ground.ix.problem.slot_minutes, model.fixed.staff.get((staff.id, day), [])
    if staff.lunch is None or has_lunch(staff, day, [*busy, *((a, b) for a, b, _ in items)], slot):
        return []
    lunch = staff.lunch
    starts = range(lunch.earliest, lunch.latest - lunch.minutes + 1, slot)
    breaks = [(t, t + lunch.minutes, model.flag()) for t in starts if not clashes(busy, t, t + lunch.minutes)]
    if breaks:
        model.cp.add_exactly_one([var for _, _, var in breaks])
    # Breaks overlap each other, and only one of them is taken: the cliques hold for them as well.
    return breaks


def _offices(model: Model, key: tuple[str, int], items: list[Item]) -> None:
    spans, offices = model.fixed.offices.get(key, []), model.ground.ix.sites[key[0]].offices
    for start in sorted({a for a, _, _ in items} | {a for a, _ in spans}):
        used = sum(1 for a, b in spans if a <= start < b)
        model.at_most(offices - used, ((var, 1) for a, b, var in items if a <= start < b))
