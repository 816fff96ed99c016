"""The rules of the program: what is offered, who leads, for whom, days off, courses, the library, templates. Pure."""

from daybridge.program.rules.audience import Attendee, Audience, age, fits, narrowed
from daybridge.program.rules.curriculum import Meeting, lesson_at, moved, out_of_order
from daybridge.program.rules.groups import (
    BOOK,
    LICENSED,
    Setting,
    check_end,
    check_group,
    clock,
    largest,
    may_lead,
    overlaps,
    works_during,
)
from daybridge.program.rules.holidays import Holiday, holidays
from daybridge.program.rules.library import STARTER, Entry, OutlineStep, Text, blocks, library, matching
from daybridge.program.rules.offer import (
    FEATURES,
    FOCUSES,
    GENDERS,
    LARGE,
    MODALITIES,
    PARTS_OF_DAY,
    POPULATIONS,
    Category,
    NewClosure,
    NewGroup,
    NewRoom,
    NewRoomClosure,
    NewTopic,
    NewTrack,
    NewWindow,
    Phase,
    Span,
    WindowKind,
    part_of_plan,
)
from daybridge.program.rules.setup import Standing, Step, steps
from daybridge.program.rules.templates import Course, Laid, Leader, Place, Plan, ProgramTemplate, Slot, lay, templates

__all__ = [
    "BOOK", "FEATURES", "FOCUSES", "GENDERS", "LARGE", "LICENSED", "MODALITIES", "PARTS_OF_DAY", "POPULATIONS",
    "STARTER", "Attendee", "Audience", "Category", "Course", "Entry", "Holiday", "Laid", "Leader", "Meeting",
    "NewClosure", "NewGroup", "NewRoom", "NewRoomClosure", "NewTopic", "NewTrack", "NewWindow", "OutlineStep",
    "Phase", "Place", "Plan", "ProgramTemplate", "Setting", "Slot", "Span", "Standing", "Step", "Text", "WindowKind",
    "age", "blocks", "check_end", "check_group", "clock", "fits", "holidays", "largest", "lay", "lesson_at",
    "library", "matching", "may_lead", "moved", "narrowed", "out_of_order", "overlaps", "part_of_plan", "steps",
    "templates", "works_during",
]  # fmt: skip
