"""What each client's week must meet, what they have and liked, as the problem says it."""

from collections.abc import Iterable

from daybridge.plans import rules as plan_rules
from daybridge.scheduling import placing
from daybridge.scheduling.placing import Needs
from daybridge.scheduling.problem.asking import QUARTER, Asking, on_quarters
from daybridge.scheduling.rules import BOOK, Local, Service, sessions_wanted, without
from daybridge.scheduling.solver import model as solver
from daybridge.scheduling.solver.check import Booking
from daybridge.scheduling.weeks import SiteWeek


def client(ask: Asking, needs: Needs, last: SiteWeek | None) -> solver.Client:
    order, who = needs.prescription, needs.episode_id
    fixed = [ask.week.span(one) for one in ask.week.of(who) if one.starts_at < ask.at]
    free = needs.free()
    free = without(free, [Local(day.weekday(), 0, 1440) for day in ask.week.closed])
    days = {span.weekday for span in fixed}
    longest = max((sum(s.end - s.start for s in fixed if s.weekday == day) for day in days), default=0)
    before, appts = _liked(ask, needs, last)
    return solver.Client(
        id=str(who), site=placing.SITE, population=str(needs.track_id), languages=("all",),
        windows=ask.windows([*free, *on_quarters(fixed)]), target_minutes=order.weekly_minutes,
        max_minutes=max(plan_rules.BOOK.number("PLAN-3") - QUARTER, order.weekly_minutes),
        days_min=order.days_min, days_max=max(order.days_max, len(days), order.days_min), days_pref=order.days_min,
        max_minutes_day=max(placing.DAY_LIMIT, longest), per_diem_minutes=BOOK.number("WEEK-1"),
        mix=placing.mix(order.mix), requirements=_requirements(ask, needs), last_week_sessions=before,
        last_week_appts=appts, pref_windows=_preferred(ask, needs),
    )  # fmt: skip


def _preferred(ask: Asking, needs: Needs) -> tuple[solver.Window, ...] | None:
    """When the client likes to come; None when any free time is as good as another."""
    liked = needs.liked()
    return None if liked is None else ask.windows(liked)


def _wanted(ask: Asking, needs: Needs, kind: Service) -> int:
    """How many appointments of a kind the mix asks for; a family group of the track stands for the family's."""
    if kind == Service.FAMILY and any(
        placing.category(one) == "family" and one.track_id == needs.track_id for one in ask.groups
    ):
        return 0
    return sessions_wanted(needs.prescription.mix, kind, placing.EACH)


def _requirements(ask: Asking, needs: Needs) -> tuple[solver.Requirement, ...]:
    """The individual and family appointments of the week, those that are booked among them."""
    preferred = str(needs.primary) if str(needs.primary) in ask.counselors else None
    out = []
    for kind in placing.APPOINTMENTS:
        held = [one for one in ask.own.get(needs.episode_id, ()) if one.kind == kind]
        extra = tuple(dict.fromkeys(str(one.lead_id) for one in held))
        staff = (*ask.counselors, *(one for one in extra if one not in ask.counselors))
        for number in range(max(_wanted(ask, needs, kind), len(held))):
            out.append(solver.Requirement(
                f"{kind}-{number}", kind, placing.EACH, staff, True, 60, preferred=preferred,
                grid=_grid(ask, held, number),
            ))  # fmt: skip
    return tuple(out)


def _grid(ask: Asking, held: list, number: int) -> int:
    """Appointments begin on the half hour, unless the one that stands begins elsewhere."""
    wide = BOOK.number("WEEK-8")
    return wide if number >= len(held) or ask.span(held[number]).start % wide == 0 else QUARTER


def _liked(
    ask: Asking, needs: Needs, last: SiteWeek | None
) -> tuple[tuple[str, ...], tuple[solver.PastAppointment, ...]]:
    """What the client has this week, or had last week, as this week's sessions and appointments."""
    now = ask.week.of(needs.episode_id)
    if now or last is None:
        own = ask.own.get(needs.episode_id, ())
        return tuple(str(one.id) for one in now if one.kind == Service.GROUP), _past(ask, own, ask.week)
    had = last.of(needs.episode_id)
    groups = {one.group_id for one in had if one.group_id}
    same = tuple(str(one.id) for one in ask.groups if one.group_id in groups)
    return same, _past(ask, [one for one in had if one.kind in placing.APPOINTMENTS], last)


def _past(ask: Asking, own: Iterable, week: SiteWeek) -> tuple[solver.PastAppointment, ...]:
    out, count = [], dict.fromkeys(placing.APPOINTMENTS, 0)
    for one in own:
        span = week.span(one)
        day = (span.weekday - ask.week.first.weekday()) % 7
        out.append(
            solver.PastAppointment(
                f"{one.kind}-{count[one.kind]}", str(one.lead_id), day, span.start // QUARTER * QUARTER
            )
        )
        count[one.kind] += 1
    return tuple(out)


def schedule(ask: Asking, problem: solver.Problem) -> solver.Schedule:
    """The week as it is booked now."""
    runs = []
    for one in ask.groups:
        people = sorted(str(who) for who in ask.week.booked.get(one.id, ()) if who in ask.needs)
        if people:
            runs.append(solver.SessionRun(str(one.id), str(one.room_id), (str(one.lead_id),), tuple(people)))
    return solver.Schedule(problem.name, tuple(runs), tuple(_appointments(ask)))


def _appointments(ask: Asking) -> Iterable[solver.Appointment]:
    for episode_id, rows in ask.own.items():
        for past in _past(ask, rows, ask.week):
            yield solver.Appointment(str(episode_id), past.requirement, past.staff, past.day, past.start)


def frozen(ask: Asking) -> solver.Frozen | None:
    """Bookings that began before `at`; None when the week lies ahead."""
    if ask.cut is None:
        return None
    groups: list[Booking] = [
        ("group", str(who), str(one.id))
        for one in ask.groups if (ask.span(one).weekday, ask.span(one).start) < ask.cut
        for who in ask.week.booked.get(one.id, ()) if who in ask.needs
    ]  # fmt: skip
    own: list[Booking] = [
        ("appt", one.client, one.requirement, one.staff, one.day, one.start)
        for one in _appointments(ask) if (one.day, one.start) < ask.cut
    ]  # fmt: skip
    return solver.Frozen(*ask.cut, tuple(sorted([*groups, *own], key=str)))
