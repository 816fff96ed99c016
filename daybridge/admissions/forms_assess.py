"""The shape of an admission."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daybridge.people.queries import StaffRow
from daybridge.people.rules import Load
from daybridge.program.queries import TrackRow


class AdmitForm(forms.Form):
    """Track, first day, primary counselor. Tracks without a free seat and counselors far over their limit are left out.

    Where everybody is, all are. Source: PEO-7.
    """

    track = forms.TypedChoiceField(label=_("Track"), widget=forms.RadioSelect)
    start_on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    counselor = forms.TypedChoiceField(label=_("Primary counselor"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, tracks: Sequence[TrackRow], counselors: Sequence[StaffRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"].choices = [(str(row.id), _track(row)) for row in tracks if row.free]
        able = [row for row in counselors if row.load is not Load.CLOSED] or counselors
        self.fields["counselor"].choices = [(str(row.id), _counselor(row)) for row in able]


def _track(row: TrackRow) -> str:
    seats = _now("%(free)d of %(all)d seats free") % {"free": row.free, "all": row.seats}
    return f"{row.name} · {seats}"


def _counselor(row: StaffRow) -> str:
    load = _now("%(carried)d of %(most)d clients") % {"carried": row.caseload, "most": row.caseload_max}
    return f"{row.name} · {load if row.has_room else _now('%(load)s, over their limit') % {'load': load}}"
