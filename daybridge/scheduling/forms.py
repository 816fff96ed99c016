"""The shape of what the week's pages are asked."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.kit.periods import week_start


class WeekForm(forms.Form):
    """Which week of which site; without a day or a site the caller's own hold."""

    first = forms.DateField(required=False)
    site = forms.UUIDField(required=False)

    def week(self, today: date, first_weekday: int) -> date:
        """The first day of the program week asked for, or of today's."""
        asked = self.cleaned_data.get("first") if self.is_valid() else None
        return week_start(asked or today, first_weekday)


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
