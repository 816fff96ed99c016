"""The program as pages and other rooms read it: tracks with seats, weekly groups by day, rooms, staff."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from daybridge.access import rowlock
from daybridge.access.gates import may
from daybridge.access.models import Invitation, Site
from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.people.models import Staff
from daybridge.people.queries import Colleague, colleagues
from daybridge.program.models import HOLDS_A_SEAT, Room, Topic, Track, WeeklyGroup
from daybridge.program.rules import Standing, Step, clock, steps


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One track: its seats, those taken and those left."""

    id: UUID
    name: str
    part_of_day: str
    level: str
    population: str
    seats: int
    enrolled: int

    @property
    def free(self) -> int:
        return max(0, self.seats - self.enrolled)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One weekly group; minutes after local midnight."""

    id: UUID
    site_id: UUID
    title: str
    category: str
    track: str
    weekday: int
    start_minute: int
    end_minute: int
    room: str
    lead_id: UUID
    lead: str
    max_size: int
    since: date
    until: date | None

    @property
    def time(self) -> str:
        return f"{clock(self.start_minute)} to {clock(self.end_minute)}"


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One room."""

    id: UUID
    name: str
    seats: int
    is_office: bool


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One staff member: credential, until when, weekly hours in minutes, groups led a week."""

    id: UUID
    user_id: UUID
    name: str
    title: str
    credential: str
    credential_until: date | None
    is_in_force: bool
    weekly_minutes: int
    groups: int

    @property
    def weekly_hours(self) -> str:
        return f"{self.weekly_minutes / 60:g}"

    @property
    def leads(self) -> bool:
        """Whether groups can be laid with them: working hours, and a credential in force."""
        return self.is_in_force and bool(self.credential) and self.weekly_minutes > 0


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic; `credentials` in words, empty when anybody may lead it."""

    id: UUID
    name: str
    category: str
    minutes: int
    credentials: str
    summary: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All of one site's program, and whether the reader may change it; `sites` are all within their reach."""

    site_id: UUID
    site: str
    timezone: str
    sites: tuple[tuple[UUID, str], ...]
    tracks: tuple[TrackRow, ...]
    days: tuple[tuple[int, tuple[GroupRow, ...]], ...]
    rooms: tuple[RoomRow, ...]
    staff: tuple[StaffRow, ...]
    topics: tuple[TopicRow, ...]
    may_write: bool

    @property
    def groups(self) -> int:
        return sum(len(rows) for _day, rows in self.days)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a site still lacks: the steps with their state, and the colleagues nobody said the hours of."""

    standing: Standing
    steps: tuple[tuple[Step, str], ...]
    unposted: tuple[Colleague, ...]


@rowlock.as_system("seats are counted over everybody")
def tracks(*, site_id: UUID, by: Any) -> list[TrackRow]:
    """The active tracks of a site with their seats; one query. Empty out of reach."""
    rows = Track.objects.visible_to(by).filter(site=site_id, is_active=True)
    rows = rows.annotate(enrolled=Count("enrollments", filter=HOLDS_A_SEAT))
    return [
        TrackRow(one.id, one.name, one.part_of_day, one.level, one.population, one.seats, one.enrolled) for one in rows
    ]


def overview(*, site_id: UUID, on: date, by: Any) -> Overview:
    """The program of a site as of a day. Raises Site.DoesNotExist out of reach. Eight queries, whatever its size."""
    sites = {one.id: one for one in Site.objects.filter(id__in=by.sites_with(Permission.PROGRAM_SEE))}
    if site_id not in sites:
        raise Site.DoesNotExist
    site = sites[site_id]
    groups = _groups(site, on)
    days = {weekday: tuple(row for row in groups if row.weekday == weekday) for weekday in range(7)}
    rooms = Room.objects.visible_to(by).filter(site=site)
    return Overview(
        site_id=site.id, site=site.name, timezone=site.timezone,
        sites=tuple((one.id, one.name) for one in sites.values()), tracks=tuple(tracks(site_id=site.id, by=by)),
        days=tuple((weekday, rows) for weekday, rows in days.items() if rows),
        rooms=tuple(RoomRow(room.id, room.name, room.seats, room.is_office) for room in rooms),
        staff=_staff(site, on, groups),
        topics=topics(), may_write=may(by, Permission.PROGRAM_WRITE, site),
    )  # fmt: skip


def topics() -> tuple[TopicRow, ...]:
    """The topics of all sites, by name; they say nothing about anybody. One query."""
    return tuple(
        TopicRow(one.id, one.name, one.category, one.minutes, ", ".join(one.credentials), one.summary)
        for one in Topic.objects.order_by("name")
    )


def setup(*, page: Overview, at: datetime, by: Any) -> Setup | None:
    """What the site of an overview lacks; steps until its first client is in care. None for who may not mend it."""
    if not page.may_write:
        return None
    people = colleagues(site_id=page.site_id, by=by)
    standing = Standing(
        people=len(people), invited=Invitation.objects.waiting().filter(site=page.site_id, expires_at__gt=at).count(),
        leads=sum(one.leads for one in page.staff), rooms=sum(not room.is_office for room in page.rooms),
        topics=len(page.topics), tracks=len(page.tracks), groups=page.groups,
    )  # fmt: skip
    in_use = Episode.objects.filter(site=page.site_id).exists()
    return Setup(standing, () if in_use else steps(standing), tuple(one for one in people if not one.has_post))


def group(*, group_id: UUID, by: Any) -> GroupRow:
    """A weekly group within reach, ended or not. Raises WeeklyGroup.DoesNotExist."""
    reach = WeeklyGroup.objects.filter(track__in=Track.objects.visible_to(by))
    return _row(reach.select_related("topic", "track", "room", "lead__user").get(pk=group_id))


def _groups(site: Site, on: date) -> list[GroupRow]:
    standing = WeeklyGroup.objects.filter(Q(until=None) | Q(until__gt=on), track__site=site)
    return [_row(one) for one in standing.select_related("topic", "track", "room", "lead__user")]


def _row(one: WeeklyGroup) -> GroupRow:
    return GroupRow(
        id=one.id, site_id=one.track.site_id, title=one.topic.name, category=one.topic.category,
        track=one.track.name, weekday=one.weekday, start_minute=one.start_minute,
        end_minute=one.start_minute + one.minutes, room=one.room.name,
        lead_id=one.lead_id, lead=one.lead.name, max_size=one.max_size, since=one.since, until=one.until,
    )  # fmt: skip


def _staff(site: Site, on: date, groups: list[GroupRow]) -> tuple[StaffRow, ...]:
    people = (
        Staff.objects.filter(site=site, user__is_active=True)
        .select_related("user")
        .prefetch_related("hours")
        .order_by("user__name")
    )
    return tuple(
        StaffRow(
            id=one.id, user_id=one.user_id, name=one.name, title=one.title, credential=one.credential,
            credential_until=one.credential_until,
            is_in_force=one.credential_until is None or one.credential_until >= on,
            weekly_minutes=sum(hours.end_minute - hours.start_minute for hours in one.hours.all()),
            groups=sum(1 for row in groups if row.lead_id == one.id),
        )
        for one in people
    )  # fmt: skip
