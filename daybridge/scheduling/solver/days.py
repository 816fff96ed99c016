"""Every legal day of one client: a set of groups, and the appointments that go with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.index import meet
from daybridge.scheduling.solver.model import Appointment
from daybridge.scheduling.solver.offers import Offer, Slot, View

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to look at: alternatives kept of equal shape, options a day, partial weeks, groups tried a day."""

    keep: int
    options: int
    width: int
    groups: int


QUICK = Effort(keep=1, options=24, width=60, groups=2)
THOROUGH = Effort(keep=5, options=150, width=2000, groups=12)


@dataclass(frozen=True, slots=True)
class Day:
    """One legal day. `shape` is all the rest of the week needs to know of it."""

    cost: int
    minutes: int
    sessions: tuple[str, ...]
    appointments: tuple[Appointment, ...]
    needs: int
    categories: tuple[int, ...]
    gives: frozenset[str]
    wants: frozenset[str]

    @property
    def shape(self) -> tuple[object, ...]:
        """Days of one shape differ in cost only."""
        return (self.minutes, self.needs, self.categories, self.gives, self.wants, self.is_attended)

    @property
    def is_attended(self) -> bool:
        """Whether the client is on site."""
        return bool(self.sessions or self.appointments)


def legal_days(view: View, day: int, effort: Effort) -> list[Day]:
    """Legal days, dominated ones removed, cheapest first. A day at home is among them unless something is past.

    Keeps the per-diem rule (H11), minutes a day (H12), one topic a day (H16), no overlap (H10).
    """
    built = [one for groups in _best_groups(view, day, effort) for one in _with_appointments(view, day, groups)]
    if not built:
        built = [_build(view, day, _past_offers(view, day), [])]
    per_shape: dict[tuple[object, ...], int] = {}
    out = []
    for one in sorted(built, key=lambda d: (d.cost, d.sessions, str(d.appointments))):
        seen = per_shape.get(one.shape, 0)
        if seen < effort.keep:
            out.append(one)
            per_shape[one.shape] = seen + 1
    worth = view.ix.problem.weights.shortfall_slot * view.client.priority
    out.sort(key=lambda d: (d.is_attended, d.cost - worth * d.minutes // view.ix.problem.slot_minutes))
    return out[: effort.options]


def _past_offers(view: View, day: int) -> tuple[Offer, ...]:
    sessions = (view.ix.sessions[one] for one in view.past.sessions)
    return tuple(Offer(s, 0) for s in sessions if s.day == day)


def _past_appointments(view: View, day: int) -> list[Appointment]:
    return [appt for appt in view.past.appointments if appt.day == day]


def _minutes_of(view: View, appt: Appointment) -> int:
    return view.ix.needs[appt.client, appt.requirement].minutes


def _groups(view: View, day: int) -> Iterator[tuple[Offer, ...]]:
    """Sets of sessions without overlap or repeated topic, within the minutes of a day."""
    taken = [(a.start, a.start + _minutes_of(view, a)) for a in _past_appointments(view, day)]
    open_ = [o for o in view.offers.get(day, ()) if not any(meet(o.session.start, o.session.end, *t) for t in taken)]
    open_.sort(key=lambda o: (o.session.start, o.session.id))

    def extend(chosen: tuple[Offer, ...], rest: list[Offer]) -> Iterator[tuple[Offer, ...]]:
        yield chosen
        for number, offer in enumerate(rest):
            if _fits(view, chosen, offer):
                yield from extend((*chosen, offer), rest[number + 1 :])

    return extend(_past_offers(view, day), open_)


def _fits(view: View, chosen: tuple[Offer, ...], offer: Offer) -> bool:
    new = offer.session
    minutes = sum(o.session.minutes for o in chosen) + new.minutes
    return minutes <= view.client.max_minutes_day and not any(
        o.session.topic == new.topic or meet(new.start, new.end, o.session.start, o.session.end) for o in chosen
    )


def _best_groups(view: View, day: int, effort: Effort) -> list[tuple[Offer, ...]]:
    """The cheapest few sets of sessions of each shape."""
    per_shape: dict[tuple[object, ...], list[tuple[int, int, tuple[Offer, ...]]]] = {}
    possible = _countable(view, day)
    for number, groups in enumerate(_groups(view, day)):
        minutes = sum(o.session.minutes for o in groups)
        if groups and minutes + possible < view.client.per_diem_minutes:
            continue
        bare = _build(view, day, groups, [])
        per_shape.setdefault(bare.shape, []).append((bare.cost, number, groups))
    return [row[2] for rows in per_shape.values() for row in sorted(rows)[: effort.groups]]


def _countable(view: View, day: int) -> int:
    """Program minutes that appointments add or could add on this day."""
    needs = view.client.requirements
    new = sum(needs[number].minutes for number in view.slots.get(day, {}) if needs[number].counts)
    return new + _past_minutes(view, day)


def _past_minutes(view: View, day: int) -> int:
    past = (view.ix.needs[a.client, a.requirement] for a in _past_appointments(view, day))
    return sum(need.minutes for need in past if need.counts)


def _with_appointments(view: View, day: int, groups: tuple[Offer, ...]) -> Iterator[Day]:
    """The groups with every subset of the appointments possible that day, each at its cheapest time; legal only."""
    slots, needs = view.slots.get(day, {}), view.client.requirements
    numbers = sorted(slots, key=lambda n: (not needs[n].counts, n))
    base = sum(o.session.minutes for o in groups) + _past_minutes(view, day)
    for mask in range(1 << len(numbers)):
        chosen = [number for bit, number in enumerate(numbers) if mask >> bit & 1]
        if not _is_legal(view, base + sum(needs[n].minutes for n in chosen if needs[n].counts)):
            continue
        appts = _times(view, day, groups, {number: slots[number] for number in chosen})
        if appts is not None:
            yield _build(view, day, groups, appts)


def _is_legal(view: View, minutes: int) -> bool:
    client = view.client
    return minutes <= client.max_minutes_day and not 0 < minutes < client.per_diem_minutes


def _times(
    view: View, day: int, groups: tuple[Offer, ...], wanted: dict[int, list[Slot]]
) -> list[tuple[int, Slot]] | None:
    """A time for each wanted appointment, one after the other, the cheapest given what the day already holds."""
    spans = _spans(view, day, groups)
    out = []
    for number, slots in wanted.items():
        best = _cheapest(view, spans, slots)
        if best is None:
            return None
        out.append((number, best))
        spans.append((best.start, best.end))
    return out


def _cheapest(view: View, spans: list[Span], slots: list[Slot]) -> Slot | None:
    """The slot that adds least cost, breaks included. Slots come cheapest first."""
    best: tuple[int, Slot] | None = None
    before = gaps(view, spans)
    for slot in slots:
        if best is not None and slot.cost - view.ix.problem.weights.gap >= best[0]:
            break
        if any(meet(slot.start, slot.end, *span) for span in spans):
            continue
        more = gaps(view, [*spans, (slot.start, slot.end)]) - before
        total = slot.cost + view.ix.problem.weights.gap * more
        if best is None or total < best[0]:
            best = (total, slot)
    return best[1] if best else None


def _spans(view: View, day: int, groups: tuple[Offer, ...]) -> list[Span]:
    past = [(a.start, a.start + _minutes_of(view, a)) for a in _past_appointments(view, day)]
    return [(o.session.start, o.session.end) for o in groups] + past


def gaps(view: View, spans: list[Span]) -> int:
    """Breaks between services longer than tolerated."""
    tolerance = view.ix.problem.rules.gap_tolerance
    return sum(1 for a, b in pairwise(sorted(spans)) if b[0] - a[1] > tolerance)


def _build(view: View, day: int, groups: tuple[Offer, ...], added: list[tuple[int, Slot]]) -> Day:
    client, past = view.client, _past_appointments(view, day)
    sessions = sorted((o.session for o in groups), key=lambda s: (s.start, s.id))
    new = [Appointment(client.id, client.requirements[n].id, s.staff, day, s.start) for n, s in added]
    spans = _spans(view, day, groups) + [(s.start, s.end) for _, s in added]
    counted = [view.ix.needs[a.client, a.requirement] for a in [*past, *new]]
    categories = [view.ix.category(s.id) for s in sessions]
    gives, wants = _order(view, [s.topic for s in sessions])
    return Day(
        cost=sum(o.cost for o in groups)
        + sum(slot.cost for _, slot in added)
        + view.ix.problem.weights.gap * gaps(view, spans),
        minutes=sum(s.minutes for s in sessions) + sum(need.minutes for need in counted if need.counts),
        sessions=tuple(s.id for s in sessions),
        appointments=(*past, *new),
        needs=sum(1 << n for n, _ in added),
        categories=tuple(categories.count(line.category) for line in client.mix),
        gives=gives,
        wants=wants,
    )


def _order(view: View, topics: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Topics of the day, in time order, and those some session needs from an earlier day. Source: H17."""
    seen: set[str] = set()
    wants: set[str] = set()
    for topic in topics:
        wants |= set(view.ix.topics[topic].prerequisites) - set(view.client.completed_topics) - seen
        seen.add(topic)
    gives = seen & view.ix.prerequisites - set(view.client.completed_topics)
    return frozenset(gives), frozenset(wants)


def rebuild(view: View, day: int, week: Week) -> Day | None:
    """The day of an existing week, priced with the choices of this view; None if it is not among them."""
    offers = {o.session.id: o for o in view.offers.get(day, ())} | {o.session.id: o for o in _past_offers(view, day)}
    mine = [one for one in week.sessions if view.ix.sessions[one].day == day]
    added = []
    for appt in week.appointments:
        if appt.day == day and appt not in view.past.appointments:
            found = _slot_of(view, appt)
            if found is None:
                return None
            added.append(found)
    return _build(view, day, tuple(offers[one] for one in mine), added) if set(mine) <= set(offers) else None


def _slot_of(view: View, appt: Appointment) -> tuple[int, Slot] | None:
    for number, slots in view.slots.get(appt.day, {}).items():
        if view.client.requirements[number].id == appt.requirement:
            return next(((number, s) for s in slots if (s.start, s.staff) == (appt.start, appt.staff)), None)
    return None
