"""The room's forms: shapes only; what is allowed is said by the actions."""

from daybridge.program.forms.offer import OpeningForm, RoomForm, TopicForm, TrackForm
from daybridge.program.forms.week import (
    ChangeGroupForm,
    ClosureForm,
    CourseForm,
    EndForm,
    GroupForm,
    LessonForm,
    RoomClosureForm,
    WindowForm,
)

__all__ = [
    "ChangeGroupForm", "ClosureForm", "CourseForm", "EndForm", "GroupForm", "LessonForm", "OpeningForm",
    "RoomClosureForm", "RoomForm", "TopicForm", "TrackForm", "WindowForm",
]  # fmt: skip
