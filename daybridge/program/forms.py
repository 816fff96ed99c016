"""The shapes of tracks, rooms, topics and weekly groups as they are typed; the end of a group."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.people.rules import CREDENTIALS
from daybridge.program.queries import Overview, StaffRow
from daybridge.program.rules import NewGroup, NewRoom, NewTopic, NewTrack
from daybridge.program.words import CATEGORIES, LEVELS, PARTS, POPULATIONS, WEEKDAYS


def _chips(label: Any, choices: list, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=choices[0][0], widget=forms.RadioSelect, **more)


class TrackForm(forms.Form):
    """A line of weekly groups."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Day track, Evening track"))
    part_of_day = _chips(_("Time of day"), PARTS)
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=500, initial=12, help_text=_("How many people follow it at a time.")
    )
    level = _chips(_("Level of care"), LEVELS)
    population = _chips(_("For"), POPULATIONS)

    def track(self) -> NewTrack:
        return NewTrack(**self.cleaned_data)


class RoomForm(forms.Form):
    """A room with seats."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Room A, Office 3"))
    kind = _chips(_("Used for"), [("group", _("Groups")), ("office", _("Talks with one person or a family"))])
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=500, initial=12, help_text=_("Whoever leads does not count.")
    )

    def room(self) -> NewRoom:
        clean = self.cleaned_data
        return NewRoom(clean["name"], clean["seats"], clean["kind"] == "office")


class TopicForm(forms.Form):
    """What a group is about; the credentials offered are the known ones and those colleagues hold."""

    name = forms.CharField(label=_("Name"), max_length=100)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=480, initial=90)
    category = _chips(_("Kind"), CATEGORIES)
    summary = forms.CharField(
        label=_("In a sentence"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    credentials = forms.MultipleChoiceField(
        label=_("Who may lead it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Holders of any of these. Choose none and everybody may."),
    )  # fmt: skip

    def __init__(self, *args: Any, staff: tuple[StaffRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {one.credential for one in staff if one.credential}
        codes = dict.fromkeys([one.code for one in CREDENTIALS] + sorted(held))
        self.fields["credentials"].choices = [(code, code) for code in codes]
        self.fields["credentials"].initial = [one.code for one in CREDENTIALS if one.leads]

    def topic(self) -> NewTopic:
        clean = self.cleaned_data
        return NewTopic(
            clean["name"], clean["category"], clean["minutes"], tuple(clean["credentials"]), clean["summary"]
        )


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
        self.fields["room"].choices = [(one.id, f"{one.name}, {one.seats}") for one in page.rooms if not one.is_office]
        working = [one for one in page.staff if one.weekly_minutes]
        self.fields["lead"].choices = [(one.id, ", ".join(filter(None, (one.name, one.credential)))) for one in working]

    def group(self, today: date) -> NewGroup:
        clean = self.cleaned_data
        starts: time = clean["starts"]
        return NewGroup(
            topic_id=clean["topic"], room_id=clean["room"], lead_id=clean["lead"], weekday=clean["weekday"],
            start_minute=starts.hour * 60 + starts.minute, minutes=clean["minutes"] or self.usual[clean["topic"]],
            since=clean["since"] or today, max_size=clean["max_size"],
        )  # fmt: skip


class EndForm(forms.Form):
    """From which day on a group no longer meets."""

    until = forms.DateField(label=_("Does not meet from"), widget=forms.DateInput)
