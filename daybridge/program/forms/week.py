"""The shapes of weekly groups, courses, days off and windows as they are typed."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.program.actions import Changed
from daybridge.program.forms.offer import chips
from daybridge.program.queries import CourseRow, GroupRow, Overview
from daybridge.program.rules import NewClosure, NewGroup, NewRoomClosure, NewWindow
from daybridge.program.words import MODES, WEEKDAYS, WINDOWS

NO_COURSE = ("", _("None"))


def minutes_of(at: time) -> int:
    return at.hour * 60 + at.minute


class GroupForm(forms.Form):
    """A group that meets every week; the choices are those of one site."""

    track = forms.ChoiceField(label=_("Track"))
    topic = forms.ChoiceField(label=_("Topic"))
    weekday = forms.TypedChoiceField(label=_("Day"), choices=WEEKDAYS, coerce=int)
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=15,
        max_value=480,
        required=False,
        help_text=_("Empty: as long as the topic says."),
    )
    room = forms.ChoiceField(label=_("Room"))
    lead = forms.ChoiceField(label=_("Lead"))
    max_size = forms.IntegerField(label=_("Most people"), min_value=2, initial=10)
    since = forms.DateField(
        label=_("Meets from"), required=False, widget=forms.DateInput, help_text=_("Empty: from today.")
    )

    def __init__(self, *args: Any, page: Overview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = {str(one.id): one.minutes for one in page.topics}
        self.fields["track"].choices = [(one.id, one.name) for one in page.tracks]
        self.fields["topic"].choices = [(one.id, f"{one.name}, {one.minutes} min") for one in page.topics]
        self.fields["room"].choices = rooms_of(page)
        self.fields["lead"].choices = leads_of(page)

    def group(self, today: date) -> NewGroup:
        clean = self.cleaned_data
        return NewGroup(
            topic_id=clean["topic"], room_id=clean["room"], lead_id=clean["lead"], weekday=clean["weekday"],
            start_minute=minutes_of(clean["starts"]), minutes=clean["minutes"] or self.usual[clean["topic"]],
            since=clean["since"] or today, max_size=clean["max_size"],
        )  # fmt: skip


class ChangeGroupForm(forms.Form):
    """Another lead, room, size or course for a weekly group."""

    lead = forms.ChoiceField(label=_("Lead"))
    room = forms.ChoiceField(label=_("Room"))
    max_size = forms.IntegerField(label=_("Most people"), min_value=2)
    course = forms.ChoiceField(label=_("Course"), required=False, help_text=_("Each week has its lesson."))

    def __init__(self, *args: Any, page: Overview, courses: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = rooms_of(page)
        self.fields["lead"].choices = leads_of(page)
        self.fields["course"].choices = [NO_COURSE, *courses]

    def changed(self) -> Changed:
        clean = self.cleaned_data
        return Changed(UUID(clean["lead"]), UUID(clean["room"]), clean["max_size"], _id(clean["course"]))

    @staticmethod
    def of(row: GroupRow) -> dict[str, Any]:
        """What stands in the form of a group that is there."""
        return {"lead": row.lead_id, "room": row.room_id, "max_size": row.max_size, "course": row.course_id or ""}


class EndForm(forms.Form):
    """From which day on a group no longer meets."""

    until = forms.DateField(label=_("Does not meet from"), widget=forms.DateInput)


class CourseForm(forms.Form):
    """A course of a track."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Coping, Knowing more"))
    mode = chips(_("Joining"), MODES)


class LessonForm(forms.Form):
    """A topic to put at the end of a course."""

    topic = forms.ChoiceField(label=_("Topic"))

    def __init__(self, *args: Any, course: CourseRow, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{course.id}_%s", **kwargs)
        self.fields["topic"].choices = course.to_add


class ClosureForm(forms.Form):
    """Days on which the site is closed."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput)
    last = forms.DateField(
        label=_("To and with"), widget=forms.DateInput, required=False, help_text=_("Empty: that day alone.")
    )
    why = forms.CharField(label=_("Why"), max_length=100, help_text=_("Staff day, New floor"))

    def closure(self) -> NewClosure:
        clean = self.cleaned_data
        return NewClosure(clean["first"], clean["last"] or clean["first"], clean["why"])


class RoomClosureForm(forms.Form):
    """A while in which a room cannot be used; local time."""

    first = forms.DateField(label=_("Day"), widget=forms.DateInput)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput)
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput)
    why = forms.CharField(label=_("Why"), max_length=100)

    def closure(self, zone: ZoneInfo) -> NewRoomClosure:
        clean = self.cleaned_data
        start = datetime.combine(clean["first"], clean["starts"], tzinfo=zone)
        return NewRoomClosure(start, datetime.combine(clean["first"], clean["ends"], tzinfo=zone), clean["why"])


class WindowForm(forms.Form):
    """A weekly window."""

    kind = chips(_("What"), WINDOWS)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=WEEKDAYS, coerce=int)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput)
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput)
    capacity = forms.IntegerField(label=_("People at most"), min_value=1, max_value=500, initial=12)

    def window(self) -> NewWindow:
        clean = self.cleaned_data
        return NewWindow(
            clean["kind"], clean["weekday"], minutes_of(clean["starts"]), minutes_of(clean["ends"]), clean["capacity"]
        )


def rooms_of(page: Overview) -> list[tuple[UUID, str]]:
    return [(one.id, f"{one.name}, {one.seats}") for one in page.rooms if not one.is_office]


def leads_of(page: Overview) -> list[tuple[UUID, str]]:
    working = [one for one in page.staff if one.weekly_minutes]
    return [(one.id, ", ".join(filter(None, (one.name, one.credential)))) for one in working]


def _id(typed: str) -> UUID | None:
    return UUID(typed) if typed else None
