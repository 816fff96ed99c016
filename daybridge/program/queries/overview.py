"""The program as pages and other rooms read it: tracks with seats, weekly groups by day, rooms, staff."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from daybridge.access import rowlock
from daybridge.access.gates import may
from daybridge.access.models import Invitation, Site
from daybridge.access.rules import Permission
from daybridge.episodes.models import Episode
from daybridge.people.models import Staff
from daybridge.people.queries import Colleague, colleagues
from daybridge.program.models import HOLDS_A_SEAT, Room, Topic, Track, WeeklyGroup
from daybridge.program.rules import BOOK, Standing, Step, clock, steps


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One track: whom it is for, its seats, those taken and those left; minutes a week of its groups that count."""

    id: UUID
    name: str
    part_of_day: str
    level: str
    population: str
    seats: int
    enrolled: int
    gender: str = ""
    language: str = "en"
    focus: str = ""
    modality: str = "on-site"
    phases: int = 0
    minutes: int = 0
    groups: int = 0

    @property
    def free(self) -> int:
        return max(0, self.seats - self.enrolled)

    @property
    def hours(self) -> str:
        return f"{self.minutes / 60:g}"

    @property
    def is_short(self) -> bool:
        """Whether its groups are fewer hours than its level asks for. Source: PROGRAM-7, PROGRAM-8."""
        return self.level == "2.1" and self.minutes < BOOK.number(
            "PROGRAM-8" if self.population == "adolescent" else "PROGRAM-7"
        )


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One weekly group; minutes after local midnight."""

    id: UUID
    site_id: UUID
    title: str
    topic_id: UUID
    library: str
    category: str
    track: str
    track_id: UUID
    weekday: int
    start_minute: int
    end_minute: int
    room_id: UUID
    room: str
    lead_id: UUID
    lead: str
    max_size: int
    since: date
    until: date | None
    course_id: UUID | None
    course: str

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
    is_accessible: bool = False
    features: tuple[str, ...] = ()


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
    library: str = ""


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


def tracks(*, site_id: UUID, by: Any) -> list[TrackRow]:
    """The active tracks of a site with their seats; one query. Empty out of reach."""
    return track_rows(Track.objects.visible_to(by).filter(site=site_id, is_active=True))


@rowlock.as_system("seats are counted over everybody")
def track_rows(rows: Any, on: date | None = None) -> list[TrackRow]:
    """Tracks with their seats and the minutes a week their groups give (those that meet on a day). One query."""
    meets = Q(groups__until=None) if on is None else Q(groups__until=None) | Q(groups__until__gt=on)
    enrolled = Track.objects.filter(pk=OuterRef("pk")).annotate(n=Count("enrollments", filter=HOLDS_A_SEAT))
    rows = rows.annotate(
        enrolled=Subquery(enrolled.values("n")),
        minutes=Coalesce(Sum("groups__minutes", filter=meets & Q(groups__topic__counts_hours=True)), 0),
        meeting=Count("groups", filter=meets),
    )  # fmt: skip
    return [
        TrackRow(
            id=one.id, name=one.name, part_of_day=one.part_of_day, level=one.level, population=one.population,
            seats=one.seats, enrolled=one.enrolled, gender=one.gender, language=one.language, focus=one.focus,
            modality=one.modality, phases=len(one.phases), minutes=one.minutes, groups=one.meeting,
        )
        for one in rows
    ]  # fmt: skip


def overview(*, site_id: UUID, on: date, by: Any) -> Overview:
    """The program of a site as of a day. Raises Site.DoesNotExist out of reach. Eight queries, whatever its size."""
    sites = {one.id: one for one in Site.objects.filter(id__in=by.sites_with(Permission.PROGRAM_SEE))}
    if site_id not in sites:
        raise Site.DoesNotExist
    site = sites[site_id]
    groups = _groups(site, on)
    days = {weekday: tuple(row for row in groups if row.weekday == weekday) for weekday in range(7)}
    rooms = Room.objects.visible_to(by).filter(site=site, is_active=True)
    return Overview(
        site_id=site.id, site=site.name, timezone=site.timezone,
        sites=tuple((one.id, one.name) for one in sites.values()), tracks=tuple(tracks(site_id=site.id, by=by)),
        days=tuple((weekday, rows) for weekday, rows in days.items() if rows),
        rooms=tuple(
            RoomRow(room.id, room.name, room.seats, room.is_office, room.is_accessible, tuple(room.features))
            for room in rooms
        ),
        staff=_staff(site, on, groups),
        topics=topics(), may_write=may(by, Permission.PROGRAM_WRITE, site),
    )  # fmt: skip


def topics() -> tuple[TopicRow, ...]:
    """The topics of all sites, by name; they say nothing about anybody. One query."""
    return tuple(
        TopicRow(one.id, one.name, one.category, one.minutes, ", ".join(one.credentials), one.summary, one.library)
        for one in Topic.objects.filter(is_active=True).order_by("name")
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
    return row_of(reach.select_related("topic", "track", "room", "lead__user", "curriculum").get(pk=group_id))


def _groups(site: Site, on: date) -> list[GroupRow]:
    standing = WeeklyGroup.objects.filter(Q(until=None) | Q(until__gt=on), track__site=site)
    return [row_of(one) for one in standing.select_related("topic", "track", "room", "lead__user", "curriculum")]


def row_of(one: WeeklyGroup) -> GroupRow:
    """A weekly group as pages show it; its topic, track, room, lead and course are fetched before."""
    return GroupRow(
        id=one.id, site_id=one.track.site_id, title=one.topic.name, topic_id=one.topic_id, library=one.topic.library,
        category=one.topic.category, track=one.track.name, track_id=one.track_id, weekday=one.weekday,
        start_minute=one.start_minute, end_minute=one.start_minute + one.minutes, room_id=one.room_id,
        room=one.room.name, lead_id=one.lead_id, lead=one.lead.name, max_size=one.max_size, since=one.since,
        until=one.until, course_id=one.curriculum_id, course=one.curriculum.name if one.curriculum else "",
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
