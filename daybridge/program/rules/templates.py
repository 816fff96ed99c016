"""Whole programs as data, and how one is laid over the rooms and people a site has. Pure.

`templates_data/*.toml` holds them; a slot names a topic of the library. Laying a template answers what stands and what
is missing; nothing is forced: a slot nobody may lead stays open and says why.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from daybridge.people.rules import Held, leads_as
from daybridge.program.rules.groups import largest, overlaps, works_during
from daybridge.program.rules.library import Entry, library
from daybridge.program.rules.offer import NewTrack, Phase, Span

HERE = Path(__file__).parents[1] / "templates_data"
NOTHING: Mapping[str, Sequence[str]] = {}
OTHERS = {"women": "male", "men": "female"}  # who leads a group for one gender last


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekly group of a template: the topic's id in the library, when, and the course it follows ("" for none)."""

    topic: str
    weekday: int
    start: int
    minutes: int
    course: str = ""

    @property
    def span(self) -> Span:
        return Span(self.weekday, self.start, self.start + self.minutes)


@dataclass(frozen=True, slots=True)
class Course:
    """A curriculum of a template: its lessons are topics of the library, in order; `mode` is open or closed."""

    name: str
    mode: str
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramTemplate:
    """A program that can be opened: the track, its weekly groups, its courses."""

    id: str
    name: str
    summary: str
    source: str
    track: NewTrack
    slots: tuple[Slot, ...]
    courses: tuple[Course, ...]

    @property
    def minutes(self) -> int:
        """Minutes of groups a week."""
        return sum(slot.minutes for slot in self.slots)

    @property
    def days(self) -> int:
        return len({slot.weekday for slot in self.slots})

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic of the library it uses, once."""
        lessons = (lesson for course in self.courses for lesson in course.lessons)
        return tuple(dict.fromkeys([*(slot.topic for slot in self.slots), *lessons]))


@dataclass(frozen=True, slots=True)
class Place:
    """A room of a site: its seats and when it is taken."""

    id: UUID
    name: str
    seats: int
    taken: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody of a site who may lead: what they hold, when they work, when they lead. A low rank goes first."""

    id: UUID
    name: str
    held: tuple[Held, ...]
    hours: tuple[Span, ...]
    languages: tuple[str, ...] = ()
    taken: tuple[Span, ...] = ()
    rank: int = 0
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """One slot as it would stand. `room` or `lead` None: nobody and nothing fits, and `missing` says what."""

    slot: Slot
    entry: Entry
    room: Place | None
    lead: Leader | None
    size: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A template laid over a site."""

    template: ProgramTemplate
    laid: tuple[Laid, ...]

    @property
    def standing(self) -> tuple[Laid, ...]:
        return tuple(one for one in self.laid if not one.missing)

    @property
    def missing(self) -> tuple[Laid, ...]:
        return tuple(one for one in self.laid if one.missing)

    @property
    def minutes(self) -> int:
        """Minutes a week of the groups that would stand and count."""
        return sum(one.slot.minutes for one in self.standing if one.entry.counts_hours)


@cache
def templates() -> Mapping[str, ProgramTemplate]:
    """Every template by its id, in the order of the files' names."""
    rows = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml")))
    return {row["id"]: _template(row) for row in rows}


def lay(
    *,
    template: ProgramTemplate,
    rooms: Sequence[Place],
    leaders: Sequence[Leader],
    since: date,
    asks: Mapping[str, Sequence[str]] = NOTHING,
) -> Plan:
    """The template's groups with a room and a lead each, as far as the site has them.

    In the order of the week; a slot takes the smallest free room that holds the track's seats (else the largest free
    one, and a smaller group), and whoever may lead it and is free then: not of the other gender in a track for
    one, somebody who speaks the language, of a low rank, who leads least.
    `asks`: the credentials that topics ask for here, by their id in the library, where a program has its own.
    Source: PROGRAM-1 to PROGRAM-3, PROGRAM-7, the credential rule.
    """
    used_rooms: dict[UUID, list[Span]] = {one.id: list(one.taken) for one in rooms}
    used_leads: dict[UUID, list[Span]] = {one.id: list(one.taken) for one in leaders}
    laid = []
    for slot in sorted(template.slots, key=lambda one: one.span):
        entry = library()[slot.topic]
        seats = min(template.track.seats, largest(entry.category))
        room = _room(slot, seats, rooms, used_rooms)
        wanted = asks.get(slot.topic, entry.credentials)
        able = [one for one in leaders if leads_as(wanted, one.held, since)]
        lead = _lead(slot, able, used_leads, template.track)
        reasons = _reasons(slot, room, lead, able)
        if not reasons and room and lead:
            used_rooms[room.id].append(slot.span)
            used_leads[lead.id].append(slot.span)
        laid.append(Laid(slot, entry, room, lead, min(seats, room.seats) if room else seats, reasons))
    return Plan(template, tuple(laid))


def _room(slot: Slot, seats: int, rooms: Sequence[Place], used: Mapping[UUID, Sequence[Span]]) -> Place | None:
    free = [one for one in rooms if one.seats >= 2 and not overlaps(slot.span, used[one.id])]
    held = [one for one in free if one.seats >= seats]
    if held:
        return min(held, key=lambda one: (one.seats, one.name))
    return max(free, key=lambda one: one.seats, default=None)


def _lead(slot: Slot, able: Sequence[Leader], used: Mapping[UUID, Sequence[Span]], track: NewTrack) -> Leader | None:
    free = [one for one in able if works_during(slot.span, one.hours) and not overlaps(slot.span, used[one.id])]
    other = OTHERS.get(track.gender, "nobody")

    def order(one: Leader) -> tuple[bool, bool, int, int, str]:
        return one.gender == other, track.language not in one.languages, one.rank, len(used[one.id]), one.name

    return min(free, key=order, default=None)


def _reasons(slot: Slot, room: Place | None, lead: Leader | None, able: Sequence[Leader]) -> tuple[str, ...]:
    """Why a slot cannot stand, as codes: "room"; of the lead "credential" (nobody holds one), "hours" or "taken"."""
    found = [] if room else ["room"]
    if not lead:
        working = [one for one in able if works_during(slot.span, one.hours)]
        found.append("taken" if working else "hours" if able else "credential")
    return tuple(found)


def _template(row: Mapping[str, Any]) -> ProgramTemplate:
    known = dict(row["track"])
    phases = tuple(Phase(one["name"], one["weeks"], one["minutes"]) for one in known.pop("phases", ()))
    return ProgramTemplate(
        id=row["id"], name=row["name"], summary=row["summary"], source=row["source"],
        track=NewTrack(**known, phases=phases),
        slots=tuple(slot for block in row["slot"] for slot in _slots(block)),
        courses=tuple(Course(one["name"], one["mode"], tuple(one["lessons"])) for one in row.get("course", ())),
    )  # fmt: skip


def _slots(block: Mapping[str, Any]) -> list[Slot]:
    """A block meets on several weekdays: `starts` "17:30", then one topic after the other with `breaks` between."""
    hour, minute = block["starts"].split(":")
    found = []
    for weekday in block["weekdays"]:
        at = int(hour) * 60 + int(minute)
        for one in block["topics"]:
            minutes = one.get("minutes") or library()[one["id"]].minutes
            found.append(Slot(one["id"], weekday, at, minutes, one.get("course", "")))
            at += minutes + block.get("break", 0)
    return found
