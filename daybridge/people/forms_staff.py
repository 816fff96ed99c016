"""The shapes of what is said about staff: a credential, a leave, a supervisor, a stand-in."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.kit.periods import local_instant
from daybridge.people import rules

Choices = Sequence[tuple[UUID, str]]


class LicenceForm(forms.Form):
    """A credential with its number, state and days."""

    prefix = "licence"

    kind = forms.CharField(
        label=_("Credential"), max_length=20, widget=forms.TextInput({"list": "credentials"}),
        help_text=_("LPC, LCSW, CADC. The renewed one takes the place of the one before."),
    )  # fmt: skip
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    state = forms.CharField(
        label=_("State"), max_length=2, required=False, widget=forms.TextInput({"class": "input short"}),
        help_text=_("Two letters; empty for a national one."),
    )  # fmt: skip
    issued_on = forms.DateField(label=_("Issued"), required=False, widget=forms.DateInput)
    expires_on = forms.DateField(label=_("Ends"), required=False, widget=forms.DateInput)

    def licence(self) -> rules.Licence:
        return rules.Licence(**self.cleaned_data)


class LeaveForm(forms.Form):
    """Why, from which day to which; times only for part of a day."""

    prefix = "leave"

    kind = forms.ChoiceField(label=_("Why"), choices=list(rules.LEAVES.items()))
    first = forms.DateField(label=_("First day"), widget=forms.DateInput)
    last = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput, help_text=_("Empty: one day.")
    )  # fmt: skip
    start = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput, help_text=_("Empty: all day."))
    end = forms.TimeField(label=_("To"), required=False, widget=forms.TimeInput)

    def clean(self) -> dict[str, Any]:
        """The last day does not come before the first."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", forms.ValidationError(_("The last day comes before the first.")))
        return self.cleaned_data

    def times(self, zone: str) -> dict[str, datetime]:
        """When they go and when they are back, by the site's clock."""
        clean, here = self.cleaned_data, ZoneInfo(zone)
        first: date = clean["first"]
        last: date = clean["last"] or first
        start, end = clean["start"] or time(), clean["end"]
        back = local_instant(last, end.hour * 60 + end.minute, here) if end else local_instant(_next(last), 0, here)
        return {"starts_at": local_instant(first, start.hour * 60 + start.minute, here), "ends_at": back}


def _next(day: date) -> date:
    return day + timedelta(days=1)


class ColleagueForm(forms.Form):
    """One colleague of the site, or nobody."""

    colleague = forms.TypedChoiceField(label=_("Colleague"), coerce=UUID, required=False, empty_value=None)

    def __init__(self, *args: Any, others: Choices, nobody: Any = "", label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = [("", nobody), *((str(one), name) for one, name in others)]
        self.fields["colleague"].label = label or self.fields["colleague"].label


class WhichForm(forms.Form):
    """Which row a button belongs to."""

    which = forms.UUIDField(widget=forms.HiddenInput)
