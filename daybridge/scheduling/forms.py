"""The shape of what the week's pages are asked."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.kit.periods import Period, day_period, week_start
from daybridge.plans.rules import Busy
from daybridge.scheduling.moving import Where


class WeekForm(forms.Form):
    """Which week of which site; without a day or a site the caller's own hold."""

    first = forms.DateField(required=False)
    site = forms.UUIDField(required=False)
    view = forms.CharField(required=False)

    def week(self, today: date, first_weekday: int) -> date:
        """The first day of the program week asked for, or of today's."""
        asked = self.cleaned_data.get("first") if self.is_valid() else None
        return week_start(asked or today, first_weekday)

    def rows(self) -> str:
        """How the rows are made: by room unless another way is asked for that there is."""
        asked = self.cleaned_data.get("view") if self.is_valid() else ""
        return asked if asked in ("room", "lead", "track", "client") else "room"


class ReasonForm(forms.Form):
    """Why something is called off; kept on the ledger, so no client's name in it."""

    reason = forms.CharField(
        label=_("Why is it called off?"), help_text=_("Kept with the record. Please leave names out."), max_length=200
    )


class ChoiceForm(forms.Form):
    """Which of the offered weeks: the one to draw, or the one to book."""

    choice = forms.SlugField(required=False, max_length=24)

    def named(self) -> str:
        """The name of a week, "" for none or nonsense."""
        return self.cleaned_data["choice"] if self.is_valid() else ""


class MakeUpForm(forms.Form):
    """Which session was missed, and which one makes up for it."""

    instead = forms.UUIDField(required=False)
    session = forms.UUIDField(required=False)


class StandInForm(forms.Form):
    """Who is away, on which day."""

    staff = forms.UUIDField(required=False)
    on = forms.DateField(required=False)


WEEKDAYS = (("0", _("Mon")), ("1", _("Tue")), ("2", _("Wed")), ("3", _("Thu")), ("4", _("Fri")), ("5", _("Sat")),
            ("6", _("Sun")))  # fmt: skip
KINDS = (("job", _("Work")), ("school", _("School")), ("child-care", _("Child care")), ("court", _("Court")),
         ("transport", _("No ride")), ("other", _("Something else")))  # fmt: skip


class ShiftForm(forms.Form):
    """A time the client cannot come any more, on one or several days of the week."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS)
    days = forms.MultipleChoiceField(
        label=_("On which days?"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )  # fmt: skip
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}))
    end = forms.TimeField(label=_("To"), widget=forms.TimeInput({"type": "time"}))

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if known.get("start") and known.get("end") and known["end"] <= known["start"]:
            self.add_error("end", _("The end has to be after the beginning."))
        return known

    def busy(self) -> tuple[Busy, ...]:
        """The times, one a day."""
        known = self.cleaned_data
        start, end = (known[name].hour * 60 + known[name].minute for name in ("start", "end"))
        return tuple(Busy(known["kind"], int(day), start, end) for day in known["days"])


class MoveForm(forms.Form):
    """Where a session goes; the lists are those of its site and week."""

    day = forms.ChoiceField(label=_("Day"))
    start = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput({"type": "time", "step": 900}))
    minutes = forms.IntegerField(label=_("Minutes"))
    room = forms.ChoiceField(label=_("Room"))
    lead = forms.ChoiceField(label=_("Led by"))

    def __init__(self, *args: Any, days: Any, rooms: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = days
        self.fields["room"].choices, self.fields["lead"].choices = rooms, people

    def where(self) -> Where:
        """The wish."""
        known = self.cleaned_data
        return Where(
            date.fromisoformat(known["day"]), known["start"].hour * 60 + known["start"].minute, known["minutes"],
            UUID(known["room"]), UUID(known["lead"]),
        )  # fmt: skip


class AwayForm(forms.Form):
    """Whom or what a site does without, on which days, perhaps only from a time on."""

    about = forms.UUIDField()
    on = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Through"), required=False, widget=forms.DateInput({"type": "date"}))

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if known.get("on") and known.get("until") and known["until"] < known["on"]:
            self.add_error("until", _("The last day cannot be before the first."))
        return known

    def period(self, zone: ZoneInfo) -> Period:
        """The days named, whole."""
        known = self.cleaned_data
        last = known.get("until") or known["on"]
        return Period(day_period(known["on"], zone).start, day_period(last, zone).end)


NEEDED = {
    "block": ("track", "day", "start"), "room": ("seats",), "counselor": ("counselor",), "admissions": ("percent",),
    "ideas": (),
}  # fmt: skip


class WhatIfForm(forms.Form):
    """One change of the program to think through; only what the change needs is asked."""

    change = forms.ChoiceField(choices=[(one, one) for one in NEEDED])
    track = forms.ChoiceField(label=_("For which track?"))
    day = forms.ChoiceField(label=_("On which day?"), choices=WEEKDAYS, initial="3")
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}), initial="17:30")
    seats = forms.IntegerField(label=_("How many seats?"), min_value=2, max_value=60, initial=12)
    counselor = forms.ChoiceField(label=_("Like whom?"))
    percent = forms.IntegerField(label=_("How many more, in percent?"), min_value=1, max_value=200, initial=20)

    def __init__(self, *args: Any, tracks: Any, counselors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"].choices = list(tracks)
        self.fields["counselor"].choices = list(counselors)
        if self.is_bound:
            asked = NEEDED.get(str(self.data.get("change")), ())
            for name in set(self.fields) - {"change", *asked}:
                self.fields[name].required = False

    def asked(self) -> tuple[str, str, int, int]:
        """The kind of change, what it is about, the weekday and the minute."""
        known = self.cleaned_data
        needed = NEEDED[known["change"]]
        start = known.get("start") if "start" in needed else None
        return (
            known["change"], str(known[needed[0]]) if needed else "", int(known["day"]) if start else 0,
            start.hour * 60 + start.minute if start else 0,
        )  # fmt: skip
