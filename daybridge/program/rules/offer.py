"""What a program offers: kinds of groups, whom tracks are for, and the shapes of new things. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Category(StrEnum):
    """What a group does; family groups are for clients and their families together."""

    PROCESS = "process"
    SKILLS = "skills"
    EDUCATION = "education"
    LIFE_SKILLS = "life-skills"
    WELLNESS = "wellness"
    PEER = "peer"
    FAMILY = "family"


# groups that teach may be larger than those in which people work on themselves
LARGE = frozenset({Category.EDUCATION, Category.LIFE_SKILLS, Category.FAMILY})
# the part of a weekly plan a group of a category counts for; all others count as "group"
PARTS_OF_A_PLAN = {
    Category.EDUCATION: "education", Category.LIFE_SKILLS: "education", Category.FAMILY: "family",
}  # fmt: skip


def part_of_plan(category: str) -> str:
    """Which part of somebody's weekly plan a group of this category counts for: "group", "education" or "family"."""
    return PARTS_OF_A_PLAN.get(Category(category), "group")


class WindowKind(StrEnum):
    """Services that are open at a time to whoever comes."""

    DRUG_TEST = "drug-test"
    MEDICATION = "medication-clinic"


FEATURES = ("projector", "whiteboard", "sink", "quiet", "video", "mats", "outdoor", "hearing-loop")
POPULATIONS = ("adult", "young adult", "adolescent")
GENDERS = ("", "women", "men")
FOCUSES = ("", "co-occurring", "trauma", "opioid", "alcohol", "eating")
PARTS_OF_DAY = ("day", "afternoon", "evening", "weekend")
MODALITIES = ("on-site", "telehealth", "hybrid")


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a track: how many weeks it usually takes and the minutes of a week. People move on when ready."""

    name: str
    weeks: int
    minutes: int


@dataclass(frozen=True, slots=True)
class NewTrack:
    """A track to set up; `part_of_day` is one of PARTS_OF_DAY. No gender or focus means everybody."""

    name: str
    part_of_day: str
    seats: int
    level: str = "2.1"
    population: str = "adult"
    gender: str = ""
    language: str = "en"
    focus: str = ""
    modality: str = "on-site"
    phases: tuple[Phase, ...] = ()


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room to set up; an office takes individual appointments."""

    name: str
    seats: int
    is_office: bool = False
    is_accessible: bool = False
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A topic to set up; `credentials` empty means that any staff member may lead it. `library` names its outline."""

    name: str
    category: str
    minutes: int
    credentials: tuple[str, ...] = ()
    summary: str = ""
    library: str = ""
    language: str = ""
    gender: str = ""
    tags: tuple[str, ...] = ()
    sizes: tuple[int, int, int] = (2, 8, 12)
    counts_hours: bool = True
    is_billable: bool = True
    needs_licensed: bool = False


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
    curriculum_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewClosure:
    """Days on which a site is closed, both named; `holiday` is the key of a holiday, else empty."""

    first: date
    last: date
    why: str
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class NewRoomClosure:
    """A stretch in which a room cannot be used; aware, half-open."""

    starts_at: datetime
    ends_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class NewWindow:
    """A weekly window to set up: its kind (WindowKind), when, and how many people it can take."""

    kind: str
    weekday: int
    start_minute: int
    end_minute: int
    capacity: int


class Span(NamedTuple):
    """A weekly stretch: weekday from Monday = 0, minutes from local midnight, half-open."""

    weekday: int
    start: int
    end: int
