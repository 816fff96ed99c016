"""Guarding records: opened in need and reviewed, hidden from all but a few, and who is on the care team."""

from daybridge.people.guarding.glass import Sought, break_glass, end_glass, review
from daybridge.people.guarding.hiding import Naming, hide, name, show, unname
from daybridge.people.guarding.reading import (
    Due,
    GlassRow,
    HiddenRow,
    OpenNow,
    OwnOpening,
    colleagues,
    colleagues_of,
    hidden,
    open_now,
    openings,
    own_openings,
    reviews_due,
    staff_to_name,
    team,
)
from daybridge.people.guarding.teams import Joining, join_team, leave_team

__all__ = [
    "Due", "GlassRow", "HiddenRow", "Joining", "Naming", "OpenNow", "OwnOpening", "Sought", "break_glass", "colleagues",
    "colleagues_of",
    "end_glass", "hidden", "hide", "join_team", "leave_team", "name", "open_now", "openings", "own_openings", "review",
    "reviews_due", "show", "staff_to_name", "team", "unname",
]  # fmt: skip
