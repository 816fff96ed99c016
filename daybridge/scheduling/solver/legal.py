"""The days of a week that keep every rule of one client alone, whoever else is there."""

from collections import Counter

from daybridge.scheduling.solver.board import Week
from daybridge.scheduling.solver.index import Index, meet
from daybridge.scheduling.solver.model import Client
from daybridge.scheduling.solver.score import events, has_reached, minutes


def legal_part(ix: Index, client: Client, week: Week) -> Week:
    """The days of a week that keep every rule of the client alone; nothing if the week as a whole does not."""
    if _has_unmet_order(ix, client, week):
        return Week()
    days = sorted({day for day, _, _ in events(ix, client, week)})
    good = [day for day in days if _is_legal_day(ix, client, _of_day(ix, week, {day}))][: client.days_max]
    out = _of_day(ix, week, set(good))
    if _has_unmet_order(ix, client, out) or minutes(ix, client, out) > client.max_minutes:
        return Week()
    if _has_too_many(ix, client, out) or (client.waitlist and not has_reached(ix, client, out)):
        return Week()
    return out


def _has_too_many(ix: Index, client: Client, week: Week) -> bool:
    """Whether a category has more sessions than the client's mix allows. Source: H15."""
    most: dict[str, int] = {}
    for line in client.mix:
        most[line.category] = max(line.max, most.get(line.category, line.max))
    return any(count > most.get(category, 0) for category, count in Counter(map(ix.category, week.sessions)).items())


def _of_day(ix: Index, week: Week, days: set[int]) -> Week:
    sessions = tuple(one for one in week.sessions if ix.sessions[one].day in days)
    return Week(sessions, tuple(appt for appt in week.appointments if appt.day in days))


def _is_legal_day(ix: Index, client: Client, day: Week) -> bool:
    spans, counted = events(ix, client, day), minutes(ix, client, day)
    topics = [ix.sessions[one].topic for one in day.sessions]
    clash = any(meet(a[1], a[2], b[1], b[2]) for n, a in enumerate(spans) for b in spans[n + 1 :])
    short = 0 < counted < client.per_diem_minutes
    return not clash and not short and counted <= client.max_minutes_day and len(set(topics)) == len(topics)


def _has_unmet_order(ix: Index, client: Client, week: Week) -> bool:
    """Whether a topic comes before one it needs. Source: H17."""
    mine = [ix.sessions[one] for one in week.sessions]
    return any(
        not any(s.topic == topic and (s.day, s.end) <= (later.day, later.start) for s in mine)
        for later in mine
        for topic in ix.topics[later.topic].prerequisites
        if topic not in client.completed_topics
    )
