"""The only writers of the program: found, change, close; days off; courses; open from a template; enroll."""

from daybridge.program.actions.calendar import close_days, close_room_for, keep_holidays, open_days, open_room_again
from daybridge.program.actions.changing import (
    Changed,
    change_group,
    change_room,
    change_topic,
    change_track,
    close_room,
    close_track,
    end_group,
    retire_topic,
)
from daybridge.program.actions.courses import found_course
from daybridge.program.actions.enrolling import enroll
from daybridge.program.actions.founding import (
    found_library_topics,
    found_room,
    found_starter_topics,
    found_topic,
    found_track,
    found_weekly_group,
)
from daybridge.program.actions.lessons import add_lessons, drop_lesson, move_lesson
from daybridge.program.actions.opening import Opened, Opening, open_from_template
from daybridge.program.actions.windows import end_window, found_window

__all__ = [
    "Changed", "Opened", "Opening", "add_lessons", "change_group", "change_room", "change_topic", "change_track",
    "close_days", "close_room", "close_room_for", "close_track", "drop_lesson", "end_group", "end_window", "enroll",
    "found_course", "found_library_topics", "found_room", "found_starter_topics", "found_topic", "found_track",
    "found_weekly_group", "found_window", "keep_holidays", "move_lesson", "open_days", "open_from_template",
    "open_room_again", "retire_topic",
]  # fmt: skip
