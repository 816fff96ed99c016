"""Weekly placement, pure: standard library and kit only. Import from here; the modules inside are its own business."""

from daybridge.scheduling.solver.check import CheckReport, bookings, check
from daybridge.scheduling.solver.facts import Violation
from daybridge.scheduling.solver.model import (
    Appointment,
    Client,
    Conflict,
    Frozen,
    Lunch,
    MixLine,
    PastAppointment,
    Problem,
    Requirement,
    Room,
    Rules,
    Schedule,
    Session,
    SessionRun,
    Site,
    Staff,
    Topic,
    UrineTest,
    Weights,
    Window,
)
from daybridge.scheduling.solver.recommend import Placement, recommend, with_placement
from daybridge.scheduling.solver.shortfall import CODES, Reason, shortfall
from daybridge.scheduling.solver.solve import Limits, Result, TracePoint, solve
from daybridge.scheduling.solver.validate import Issue, validate

__all__ = [
    "CODES",
    "Appointment",
    "CheckReport",
    "Client",
    "Conflict",
    "Frozen",
    "Issue",
    "Limits",
    "Lunch",
    "MixLine",
    "PastAppointment",
    "Placement",
    "Problem",
    "Reason",
    "Requirement",
    "Result",
    "Room",
    "Rules",
    "Schedule",
    "Session",
    "SessionRun",
    "Site",
    "Staff",
    "Topic",
    "TracePoint",
    "UrineTest",
    "Violation",
    "Weights",
    "Window",
    "bookings",
    "check",
    "recommend",
    "shortfall",
    "solve",
    "validate",
    "with_placement",
]
