"""Tracks, rooms, topics and weekly groups, for tests."""

from datetime import date
from itertools import count

from daybridge.access.models import Site
from daybridge.episodes.models import Episode
from daybridge.people.models import Staff
from daybridge.program.models import Enrollment, Room, Topic, Track, WeeklyGroup

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
