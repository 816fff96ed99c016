"""What comes back from the page that is signed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.consent.rules import Signature
from daybridge.ui.fields import DrawnField

RELATIONS = (
    ("self", _("I am the client")),
    ("parent", _("I am the client's parent")),
    ("guardian", _("I am the client's guardian")),
    ("representative", _("I speak for the client by law")),
)


class SignForm(forms.Form):
    """Nothing is ticked beforehand; a typed name is enough."""

    relation = forms.ChoiceField(label=_("Who is signing?"), choices=RELATIONS, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Your full name"), max_length=200, min_length=2, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    drawn = DrawnField()
    text_hash = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def signature(self, device: str) -> Signature:
        """The signature in the cleaned values: the drawn one when something was drawn."""
        clean = self.cleaned_data
        is_drawn = bool(clean["drawn"])
        return Signature(
            name=clean["name"], relation=clean["relation"], kind="drawn" if is_drawn else "typed",
            mark=clean["drawn"] if is_drawn else clean["name"], device=device[:200], text_hash=clean["text_hash"],
        )  # fmt: skip


class RevokeForm(forms.Form):
    reason = forms.CharField(label=_("Why, if the person says"), max_length=300, required=False)
