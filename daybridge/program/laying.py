"""A site's rooms and people as the laying of a template sees them; actions and queries both read them here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from daybridge.access.models import Membership, Site
from daybridge.access.rules import Role
from daybridge.people.models import Staff
from daybridge.program import rules
from daybridge.program.models import Room, Topic, WeeklyGroup

# Who leads groups, the ones to ask first at the front; a director steps in where nobody else can.
LEAD = {Role.COUNSELOR: 0, Role.PEER: 0, Role.CASE_MANAGER: 1, Role.NURSE: 1, Role.DIRECTOR: 2}


@dataclass(frozen=True, slots=True)
class Resources:
    """The group rooms and the possible leads of a site, with what they are taken up by from a day on."""

    rooms: tuple[rules.Place, ...]
    leaders: tuple[rules.Leader, ...]
    asks: Mapping[str, Sequence[str]]


def resources(site: Site, since: date) -> Resources:
    """What a site has for new groups from `since`. Seven queries."""
    rooms_taken: dict[UUID, list[rules.Span]] = defaultdict(list)
    leads_taken: dict[UUID, list[rules.Span]] = defaultdict(list)
    for group in WeeklyGroup.objects.filter(Q(until=None) | Q(until__gt=since), track__site=site):
        span = span_of(group)
        rooms_taken[group.room_id].append(span)
        leads_taken[group.lead_id].append(span)
    ranks: dict[UUID, int] = {}
    for user_id, role in Membership.objects.filter(site=site, role__in=LEAD).values_list("user_id", "role"):
        ranks[user_id] = min(LEAD[Role(role)], ranks.get(user_id, 9))
    people = Staff.objects.filter(site=site, user__is_active=True, user__in=list(ranks)).select_related("user")
    return Resources(
        tuple(
            rules.Place(one.id, one.name, one.seats, tuple(rooms_taken[one.id]))
            for one in Room.objects.filter(site=site, is_office=False, is_active=True)
        ),
        tuple(
            rules.Leader(
                one.id, one.name, one.held, hours(one), tuple(one.languages), tuple(leads_taken[one.id]),
                ranks[one.user_id], one.gender,
            )
            for one in people.prefetch_related("hours", "credentials")
        ),
        _asks(),
    )  # fmt: skip


def _asks() -> Mapping[str, Sequence[str]]:
    """The credentials that topics the program has already ask for, by their id in the library."""
    named = {entry.title: entry.id for entry in rules.library().values()}
    rows = Topic.objects.values_list("library", "name", "credentials")
    return {library or named[name]: asked for library, name, asked in rows if library or name in named}


def hours(of: Staff) -> tuple[rules.Span, ...]:
    return tuple(rules.Span(one.weekday, one.start_minute, one.end_minute) for one in of.hours.all())


def span_of(group: WeeklyGroup) -> rules.Span:
    return rules.Span(group.weekday, group.start_minute, group.start_minute + group.minutes)
