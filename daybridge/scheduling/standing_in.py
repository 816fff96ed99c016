"""Who can stand in for the lead of a session, the best first, and why. Reads, never writes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access import rowlock
from daybridge.kit.periods import Period
from daybridge.people import queries as people
from daybridge.people.models import CareTeamMember
from daybridge.people.rules import Wanted
from daybridge.scheduling.models import Session
from daybridge.scheduling.weeks import SiteWeek


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who can lead a session: named for it, of how many of its people the counselor, leading that day."""

    staff_id: Any
    name: str
    credential: str
    is_named: bool
    cares_for: int
    knows_topic: bool
    that_day: int


def ranked(people: Iterable[Able]) -> list[Able]:
    """Whom the director named first, then who knows the people, then who knows the topic, then who has least to do."""
    return sorted(
        people, key=lambda one: (not one.is_named, -one.cares_for, not one.knows_topic, one.that_day, one.name)
    )


def reasons(one: Able) -> str:
    """Why somebody is a good choice, in words."""
    said = []
    if one.is_named:
        said.append(_("named as stand-in"))
    if one.cares_for:
        words = ngettext("counsels %(n)d of the people", "counsels %(n)d of the people", one.cares_for)
        said.append(words % {"n": one.cares_for})
    if one.knows_topic:
        said.append(_("leads this topic"))
    if one.that_day:
        words = ngettext("leads %(n)d other session that day", "leads %(n)d other sessions that day", one.that_day)
        said.append(words % {"n": one.that_day})
    else:
        said.append(_("nothing else to lead that day"))
    return ", ".join(said)


@rowlock.as_system("who counsels the people of a session is counted, nobody is named")
def able_for(week: SiteWeek, session: Session) -> list[Able]:
    """Everybody who could lead a session of the week in its lead's stead, the best first."""
    taken: dict[UUID, list[Period]] = {}
    day = session.starts_at.astimezone(week.zone).date()
    for one in week.sessions.values():
        taken.setdefault(one.lead_id, []).append(Period(one.starts_at, one.ends_at))
    found = people.stand_ins(
        absent_id=session.lead_id, wanted=_wanted(week, session), taken=taken,
    )  # fmt: skip
    booked = week.booked.get(session.id, set())
    team = CareTeamMember.objects.filter(client__episodes__in=booked, until=None, staff__in=[o.staff_id for o in found])
    cares = Counter(team.values_list("staff_id", flat=True))
    topics = {(one.lead_id, one.topic_id) for one in week.sessions.values() if one.topic_id}
    that_day = Counter(
        one.lead_id for one in week.sessions.values() if one.starts_at.astimezone(week.zone).date() == day
    )
    return ranked(
        Able(one.staff_id, one.name, one.credential, one.is_named, cares[one.staff_id],
             bool(session.topic_id) and (one.staff_id, session.topic_id) in topics, that_day[one.staff_id])
        for one in found
    )  # fmt: skip


def _wanted(week: SiteWeek, session: Session) -> Wanted:
    topic = session.topic
    return Wanted(
        period=Period(session.starts_at, session.ends_at), zone=week.zone,
        credentials=tuple(topic.credentials) if topic else (), language=topic.language if topic else "",
        gender=topic.gender if topic else "",
    )  # fmt: skip
