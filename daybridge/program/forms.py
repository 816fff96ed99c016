"""The shape of a weekly group as it is typed."""

from datetime import date, time

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.program.queries import Overview
from daybridge.program.rules import NewGroup

WEEKDAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")),
    (6, _("Sunday")),
]  # fmt: skip


class GroupForm(forms.Form):
    """A group that meets every week; the choices are those of one site."""

    track = forms.ChoiceField(label=_("Track"))
    topic = forms.ChoiceField(label=_("Topic"))
    weekday = forms.TypedChoiceField(label=_("Day"), choices=WEEKDAYS, coerce=int)
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=480, initial=90)
    room = forms.ChoiceField(label=_("Room"))
    lead = forms.ChoiceField(label=_("Lead"))
    max_size = forms.IntegerField(label=_("Most people"), min_value=2, initial=10)

    def __init__(self, *args: object, page: Overview, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"].choices = [(one.id, one.name) for one in page.tracks]
        self.fields["topic"].choices = page.topics
        self.fields["room"].choices = [(one.id, f"{one.name}, {one.seats}") for one in page.rooms if not one.is_office]
        self.fields["lead"].choices = [(one.id, f"{one.name}, {one.credential}") for one in page.staff]

    def group(self, since: date) -> NewGroup:
        clean = self.cleaned_data
        starts: time = clean["starts"]
        return NewGroup(
            topic_id=clean["topic"], room_id=clean["room"], lead_id=clean["lead"], weekday=clean["weekday"],
            start_minute=starts.hour * 60 + starts.minute, minutes=clean["minutes"], since=since,
            max_size=clean["max_size"],
        )  # fmt: skip
