"""Shape of what is typed on the pages of the room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.keeping import register
from daybridge.keeping.actions import Choice, Wanted


class PeriodForm(forms.Form):
    """A class, its years, and which law or contract asks for them."""

    site = forms.ChoiceField(label=_("Site"))
    kept = forms.ChoiceField(label=_("Kind of record"))
    years = forms.IntegerField(label=_("Years"), min_value=1, max_value=99)
    source = forms.CharField(label=_("Law or contract"), max_length=200)
    reason = forms.CharField(label=_("Why it applies here"), max_length=300)

    def __init__(self, *args, sites, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [(str(pk), name) for pk, name in sites]
        self.fields["kept"].choices = [(kept.id, kept.title) for kept in register.classes() if kept.shortest]

    @property
    def choice(self) -> Choice:
        clean = self.cleaned_data
        return Choice(kept=clean["kept"], years=clean["years"], source=clean["source"], reason=clean["reason"])


class FindForm(forms.Form):
    """Whose record."""

    who = forms.CharField(
        label=_("Whose record"), max_length=100, required=False, help_text=_("Record number or a part of the name.")
    )


class HoldForm(forms.Form):
    """On what, why, and who asked."""

    on = forms.ChoiceField(label=_("Hold"), widget=forms.RadioSelect)
    asked_by = forms.CharField(label=_("Who asked for it"), max_length=200, help_text=_("Court, agency, lawyer."))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args, choices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].choices = [(str(pk), words) for pk, words in choices]


class ReasonForm(forms.Form):
    """One reason."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class ProposalForm(forms.Form):
    """Records of one site."""

    site = forms.UUIDField()
    record = forms.TypedMultipleChoiceField(coerce=forms.UUIDField().to_python, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("record") if hasattr(self.data, "getlist") else []
        self.fields["record"].choices = [(one, one) for one in given]


class ExportForm(forms.Form):
    """Which years, for whom, why."""

    site = forms.ChoiceField(label=_("Site"))
    first_year = forms.IntegerField(label=_("People first known from year"), min_value=1950, max_value=2200)
    last_year = forms.IntegerField(label=_("to year"), min_value=1950, max_value=2200)
    recipient = forms.CharField(label=_("Who will receive it"), max_length=200)
    reason = forms.CharField(label=_("What for"), max_length=300)
    nobody = forms.BooleanField(
        label=_("I know of nothing in these years by which somebody could still be known."), required=True
    )

    def __init__(self, *args, sites, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [(str(pk), name) for pk, name in sites]

    def clean(self):
        clean = super().clean()
        first, last = clean.get("first_year"), clean.get("last_year")
        if first and last and first > last:
            self.add_error("last_year", _("The last year is before the first."))
        return clean

    @property
    def wanted(self) -> Wanted:
        clean = self.cleaned_data
        return Wanted(
            first_year=clean["first_year"], last_year=clean["last_year"], recipient=clean["recipient"],
            reason=clean["reason"], knows_better=not clean["nobody"],
        )  # fmt: skip
