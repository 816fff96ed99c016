"""What is typed on the pages of a phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.consent import phrases
from daybridge.consent.rules.facts import Recipient
from daybridge.consent.rules.words import PAYER, FormKind, Kind, Purpose, RecipientType
from daybridge.portal.asking import ASKED
from daybridge.portal.queries.previews import Supposed
from daybridge.portal.rules import Phone

PHONES = (
    (Phone.OWN, _("Only I use it. Keep my page open.")),
    (Phone.SHARED, _("Others use it, too. Close my page when I am done.")),
)


class EnterForm(forms.Form):
    """Nothing is ticked beforehand."""

    phone = forms.ChoiceField(
        label=_("Who uses this phone?"), choices=PHONES, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip


class GiveForm(forms.Form):
    """Whom a page is for: the client, or the person a consent names."""

    consent = forms.UUIDField(required=False)


# Whom one may look through the eyes of, and the consent that would name them.
EYES: dict[str, tuple[object, FormKind, Recipient, Purpose]] = {
    "mother": (_("A parent"), FormKind.FAMILY, Recipient(RecipientType.PERSON, "parent"), Purpose.FAMILY),
    "employer": (_("An employer"), FormKind.NAMED, Recipient(RecipientType.ORGANIZATION, "employer"),
                 Purpose.AT_REQUEST),
    "probation": (_("A probation officer"), FormKind.NAMED, Recipient(RecipientType.PERSON, "probation officer"),
                  Purpose.REFERRER),
    "insurer": (_("The insurer"), FormKind.TPO, Recipient(RecipientType.ORGANIZATION, "insurer", PAYER),
                Purpose.PAYMENT),
}  # fmt: skip


class EyesForm(forms.Form):
    """Through whose eyes, and what they would be allowed; nothing is ticked beforehand."""

    who = forms.ChoiceField(
        label=_("Who would look?"), choices=[(key, row[0]) for key, row in EYES.items()], widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label=_("What may they know?"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args, voice: int, language: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [
            (str(kind), phrases.kind(kind, language, voice)) for kind in ASKED if kind != Kind.COUNSELING_NOTES
        ]

    def terms(self) -> Supposed:
        """The terms in the cleaned values."""
        _label, form, recipient, purpose = EYES[self.cleaned_data["who"]]
        kinds = () if form == FormKind.TPO else tuple(self.cleaned_data["kinds"])  # its words fix what it covers
        return Supposed(form=form, recipient=recipient, purpose=purpose, kinds=kinds)

    @property
    def eyes(self) -> str:
        """Through whose eyes, in words."""
        return str(EYES[self.cleaned_data["who"]][0])
