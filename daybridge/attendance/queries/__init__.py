"""What pages and other rooms read of the roll and of the week's hours."""

from daybridge.attendance.queries.hours import site_hours, week_hours
from daybridge.attendance.queries.program import Asked, HoursPage, Week, hours_page
from daybridge.attendance.queries.roll import Roll, Row, Standing, roll, row, standing

__all__ = [
    "Asked", "HoursPage", "Roll", "Row", "Standing", "Week", "hours_page", "roll", "row", "site_hours", "standing",
    "week_hours",
]  # fmt: skip
