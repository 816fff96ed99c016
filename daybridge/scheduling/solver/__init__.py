"""Weekly placement, pure: standard library and kit only. Import from here; the modules inside are its own business."""

from daybridge.scheduling.solver.check import CheckReport, bookings, check
from daybridge.scheduling.solver.explaining.changes import Change, change_from_json
from daybridge.scheduling.solver.explaining.clash import Contradiction, explain_infeasible
from daybridge.scheduling.solver.explaining.client import ClientExplanation, explain_client
from daybridge.scheduling.solver.explaining.compare import Comparison, Figures, compare
from daybridge.scheduling.solver.explaining.helps import Relaxation, what_if
from daybridge.scheduling.solver.facts import Violation
from daybridge.scheduling.solver.mending.events import Event, event_from_json
from daybridge.scheduling.solver.mending.repair import repair, repairs
from daybridge.scheduling.solver.mending.result import RepairResult
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
    "Change",
    "CheckReport",
    "Client",
    "ClientExplanation",
    "Comparison",
    "Conflict",
    "Contradiction",
    "Event",
    "Figures",
    "Frozen",
    "Issue",
    "Limits",
    "Lunch",
    "MixLine",
    "PastAppointment",
    "Placement",
    "Problem",
    "Reason",
    "Relaxation",
    "RepairResult",
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
    "change_from_json",
    "check",
    "compare",
    "event_from_json",
    "explain_client",
    "explain_infeasible",
    "recommend",
    "repair",
    "repairs",
    "shortfall",
    "solve",
    "validate",
    "what_if",
    "with_placement",
]
