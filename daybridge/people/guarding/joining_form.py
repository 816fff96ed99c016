"""The shape of what is typed to join two records of one person."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.people import rules
from daybridge.people.guarding.teams import Joining


class JoinForm(forms.Form):
    """Who joins a care team, as what, until when."""

    staff = forms.ChoiceField(label=_("Who"))
    role = forms.ChoiceField(label=_("As"), choices=[(role, _(role.capitalize())) for role in rules.TEAM_ROLES])
    until = forms.DateField(
        label=_("Until"), required=False, help_text=_("The first day off the team. Needed to cover.")
    )

    def __init__(self, *args: object, staff: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [("", _("Choose")), *staff]

    @property
    def joining(self) -> Joining:
        clean = self.cleaned_data
        return Joining(UUID(clean["staff"]), clean["role"], clean["until"])
