"""What the program offers: categories of groups, who may lead them, what a weekly group may look like. Pure."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from daybridge.kit import rulebook
from daybridge.kit.decisions import Decision, Finding
from daybridge.kit.errors import Refused
from daybridge.kit.rulebook import Rulebook

BOOK = rulebook.load(Path(__file__).with_name("rulebook.toml"))


class Category(StrEnum):
    """What a group does; family groups are for clients and their families together."""

    PROCESS = "process"
    SKILLS = "skills"
    EDUCATION = "education"
    WELLNESS = "wellness"
    PEER = "peer"
    FAMILY = "family"


LARGE = frozenset({Category.EDUCATION, Category.FAMILY})


@dataclass(frozen=True, slots=True)
class NewTrack:
    """A track to set up; `part_of_day` is day, evening or weekend."""

    name: str
    part_of_day: str
    seats: int
    level: str = "2.1"
    population: str = "adult"


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room to set up; an office takes individual appointments."""

    name: str
    seats: int
    is_office: bool = False


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A topic to set up; `credentials` empty means that any staff member may lead it."""

    name: str
    category: str
    minutes: int
    credentials: tuple[str, ...] = ()
    summary: str = ""


def _starter(path: Path) -> tuple[NewTopic, ...]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(NewTopic(**row, credentials=tuple(data["credentials"])) for row in data["topic"])


STARTER = _starter(Path(__file__).with_name("starter.toml"))


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A weekly group to set up. `weekday` counts from Monday = 0, `start_minute` from local midnight."""

    topic_id: UUID
    room_id: UUID
    lead_id: UUID
    weekday: int
    start_minute: int
    minutes: int
    since: date
    max_size: int = 12
    min_size: int = 2
    until: date | None = None


class Span(NamedTuple):
    """A weekly stretch: weekday from Monday = 0, minutes from local midnight, half-open."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a weekly group that is judged: its topic, its room, its lead and what else they do that day."""

    category: str
    credentials: Sequence[str]
    room_seats: int
    credential: str
    credential_until: date | None
    lead_hours: Sequence[Span]
    room_taken: Sequence[Span]
    lead_taken: Sequence[Span]


def may_lead(credentials: Sequence[str], credential: str, until: date | None, day: date) -> bool:
    """Whether who holds `credential` until `until` (None: no end) may lead on `day` what asks for `credentials`.

    A topic that names no credential may be led by anybody whose own has not ended. Source: PROGRAM, credential rule.
    """
    in_force = until is None or day <= until
    return in_force and (not credentials or credential in credentials)


def largest(category: str, book: Rulebook = BOOK) -> int:
    """The most people a group of this category may hold. Source: PROGRAM-1, PROGRAM-3."""
    return book.number("PROGRAM-3" if category in LARGE else "PROGRAM-1")


def clock(minute: int) -> str:
    """A minute of the day as people say it: "5:30 pm", "9 am"."""
    hour, rest = divmod(minute, 60)
    half = "am" if hour % 24 < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f':{rest:02}' if rest else ''} {half}"


def overlaps(one: Span, others: Iterable[Span]) -> bool:
    """Whether `one` shares a minute with any of `others`."""
    return any(one.weekday == other.weekday and one.start < other.end and other.start < one.end for other in others)


def check_group(group: NewGroup, setting: Setting, book: Rulebook = BOOK) -> Decision:
    """Whether a weekly group may be set up; every reason against it is found.

    Source: PROGRAM-1 to PROGRAM-3, the credential rule, rooms and staff in one place at a time.
    """
    span = Span(group.weekday, group.start_minute, group.start_minute + group.minutes)
    most = largest(setting.category, book)
    works = any(hours.weekday == span.weekday and hours.start <= span.start and span.end <= hours.end
                for hours in setting.lead_hours)  # fmt: skip
    leads = may_lead(setting.credentials, setting.credential, setting.credential_until, group.since)
    found = [
        (group.max_size > most, "size", f"A group of this kind holds at most {most} people.", "PROGRAM-1"),
        (group.min_size < book.number("PROGRAM-2"), "small", "A group needs at least two people.", "PROGRAM-2"),
        (group.max_size < group.min_size, "order", "The largest size is below the smallest.", ""),
        (group.max_size > setting.room_seats, "room", "The room has fewer seats than the group.", ""),
        (not leads, "credential", "The lead does not hold a credential this topic asks for.", "PROGRAM"),
        (not works, "hours", "The lead does not work at that time.", ""),
        (
            span.end > 1440 or group.minutes <= 0 or not 0 <= group.weekday <= 6,
            "time",
            "The time is not on one day.",
            "",
        ),
        (overlaps(span, setting.room_taken), "room-taken", "The room has another group at that time.", ""),
        (overlaps(span, setting.lead_taken), "lead-taken", "The lead has another group at that time.", ""),
    ]
    findings = tuple(Finding(code, text, source) for is_wrong, code, text, source in found if is_wrong)
    return Decision(not findings, findings, book.version)


def check_end(since: date, until: date, today: date) -> None:
    """Raise Refused unless a group that meets since `since` may stop meeting from `until` on.

    What was laid for days gone by stays as it was, so that the first day without the group is today or later.
    """
    if until < max(since, today):
        raise Refused("A group can end today or later, and not before it began.")


class Step(StrEnum):
    """What an empty site needs before it takes its first client, in the order it is best done."""

    STAFF = "staff"
    POSTS = "posts"
    ROOMS = "rooms"
    TOPICS = "topics"
    TRACKS = "tracks"
    GROUPS = "groups"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a site is set up, as counts. `leads` have working hours and a credential in force."""

    people: int
    invited: int
    leads: int
    rooms: int
    topics: int
    tracks: int
    groups: int


def steps(standing: Standing) -> tuple[tuple[Step, str], ...]:
    """Every step with where it stands: "done", "current" for the first that is not, "ahead" for the rest."""
    done = {
        Step.STAFF: standing.people > 1 or standing.invited > 0, Step.POSTS: standing.leads > 0,
        Step.ROOMS: standing.rooms > 0, Step.TOPICS: standing.topics > 0, Step.TRACKS: standing.tracks > 0,
        Step.GROUPS: standing.groups > 0, Step.REFERRAL: False,
    }  # fmt: skip
    now = next(step for step in Step if not done[step])
    return tuple((step, "done" if done[step] else "current" if step is now else "ahead") for step in Step)
