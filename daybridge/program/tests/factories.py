"""Tracks, rooms, topics and weekly groups, for tests."""

from datetime import UTC, date, datetime
from itertools import count

from daybridge.access.models import Site
from daybridge.episodes.models import Episode
from daybridge.people.models import Staff
from daybridge.program.models import (
    Closure,
    Curriculum,
    Enrollment,
    Lesson,
    Room,
    RoomClosure,
    Topic,
    Track,
    WeeklyGroup,
    Window,
)

NUMBERS = count(1)
LONG_AGO = date(2026, 1, 5)


def track(at: Site, **fields) -> Track:
    """A day track with twelve seats."""
    defaults = {"name": f"Day {next(NUMBERS)}", "part_of_day": "day", "seats": 12}
    return Track.objects.create(site=at, **defaults | fields)


def room(at: Site, **fields) -> Room:
    """A group room with twelve seats; `is_office=True` for an office."""
    defaults = {"name": f"Room {next(NUMBERS)}", "seats": 2 if fields.get("is_office") else 12}
    return Room.objects.create(site=at, **defaults | fields)


def topic(**fields) -> Topic:
    """Ninety minutes of skills anybody with LPC, LCSW or LADC may lead."""
    defaults = {
        "name": f"Topic {next(NUMBERS)}", "category": "skills", "minutes": 90, "credentials": ["LPC", "LCSW", "LADC"],
    }  # fmt: skip
    return Topic.objects.create(**defaults | fields)


def weekly_group(of: Track, lead: Staff, **fields) -> WeeklyGroup:
    """Monday 9:00 to 10:30 unless told otherwise; makes its own topic and room when none is given."""
    values = {"weekday": 0, "start_minute": 540, "minutes": 90, "max_size": 10, "since": LONG_AGO} | fields
    if "topic" not in values:
        values["topic"] = topic(minutes=values["minutes"])
    if "room" not in values:
        values["room"] = room(of.site)
    return WeeklyGroup.objects.create(track=of, lead=lead, **values)


def enrollment(of: Episode, on: Track, **fields) -> Enrollment:
    return Enrollment.objects.create(episode=of, track=on, **{"since": LONG_AGO} | fields)


def curriculum(of: Track, *lessons: Topic, **fields) -> Curriculum:
    """An open course of the topics given, in their order."""
    made = Curriculum.objects.create(track=of, **{"name": f"Course {next(NUMBERS)}"} | fields)
    Lesson.objects.bulk_create(Lesson(curriculum=made, topic=one, position=n) for n, one in enumerate(lessons))
    return made


def closure(at: Site, first: date, last: date | None = None, **fields) -> Closure:
    return Closure.objects.create(site=at, first=first, last=last or first, **{"why": "Staff day"} | fields)


def room_closure(of: Room, **fields) -> RoomClosure:
    """Closed on Monday, March 2, 2026, from 9 to 5 in New York."""
    defaults = {
        "starts_at": datetime(2026, 3, 2, 14, tzinfo=UTC), "ends_at": datetime(2026, 3, 2, 22, tzinfo=UTC),
        "why": "New floor",
    }  # fmt: skip
    return RoomClosure.objects.create(room=of, **defaults | fields)


def window(at: Site, **fields) -> Window:
    """Drug tests on Mondays from 8 to 10, twelve people."""
    defaults = {"kind": "drug-test", "weekday": 0, "start_minute": 480, "end_minute": 600, "capacity": 12}
    return Window.objects.create(site=at, **defaults | fields)
