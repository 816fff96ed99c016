"""The program as pages and other rooms read it: the offer with its seats, days off, courses, the library, templates."""

from daybridge.program.queries.calendar import (
    CalendarPage,
    ClosureRow,
    HolidayRow,
    RoomClosureRow,
    WindowRow,
    calendar,
    closed_days,
    closures,
    room_closures,
    windows,
)
from daybridge.program.queries.overview import (
    GroupRow,
    Overview,
    RoomRow,
    Setup,
    StaffRow,
    TopicRow,
    TrackRow,
    group,
    overview,
    setup,
    topics,
    tracks,
)

__all__ = [
    "CalendarPage", "ClosureRow", "GroupRow", "HolidayRow", "Overview", "RoomClosureRow", "RoomRow", "Setup",
    "StaffRow", "TopicRow", "TrackRow", "WindowRow", "calendar", "closed_days", "closures", "group", "overview",
    "room_closures", "setup", "topics", "tracks", "windows",
]  # fmt: skip
