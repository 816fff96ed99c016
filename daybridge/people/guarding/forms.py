"""The shapes of what is typed into the pages of guarding."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.access.rules import OUTCOMES
from daybridge.people import rules
from daybridge.people.guarding.finding import Sought
from daybridge.people.guarding.hiding import Naming


class _SoughtForm(forms.Form):
    """One record: its number, or the full name and birth date."""

    number = forms.CharField(label=_("Record number"), max_length=20, required=False, help_text=_("Such as DB-00042."))
    name = forms.CharField(
        label=_("Or first and last name"), max_length=400, required=False, help_text=_("As on the record, in full.")
    )
    birth_date = forms.DateField(label=_("Birth date"), required=False)

    def clean(self) -> dict:
        clean = super().clean()
        if not clean.get("number") and not (clean.get("name") and clean.get("birth_date")):
            raise forms.ValidationError(_("Type the record number, or the full name and the birth date."))
        return clean

    @property
    def sought(self) -> Sought:
        return Sought(*(self.cleaned_data[key] for key in ("number", "name", "birth_date")))


class GlassForm(_SoughtForm):
    """A record to open in need, and why."""

    reason = forms.CharField(
        label=_("Why you need it now"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The privacy officer reads this today, and the client can read it too."),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """What a review found."""

    outcome = forms.ChoiceField(label=_("What the review found"), choices=[("", _("Choose")), *OUTCOMES.items()])
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)


class HideForm(_SoughtForm):
    """A record to hide, why, and who still reaches it."""

    why = forms.ChoiceField(label=_("Why"), choices=[("", _("Choose")), *rules.HIDDEN_WHY.items()])
    team = forms.MultipleChoiceField(
        label=_("Who still reaches it"), widget=forms.CheckboxSelectMultiple,
        help_text=_("With what their role may do, and nobody else."),
    )  # fmt: skip

    def __init__(self, *args: object, staff: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = staff

    @property
    def naming(self) -> Naming:
        return Naming(self.cleaned_data["why"], tuple(UUID(one) for one in self.cleaned_data["team"]))


class NameForm(forms.Form):
    """One more person for a hidden record."""

    user = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: object, staff: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [("", _("Choose")), *staff]
