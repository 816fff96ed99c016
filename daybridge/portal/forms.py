"""What is typed on the pages of a phone."""

import uuid
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.consent import phrases
from daybridge.consent.rules.facts import Recipient
from daybridge.consent.rules.words import PAYER, FormKind, Purpose, RecipientType
from daybridge.consent.rules.words import Kind as RecordKind
from daybridge.portal.asking import ASKED
from daybridge.portal.queries.previews import Supposed
from daybridge.portal.rules import Phone
from daybridge.rights.rules.book import BOOK
from daybridge.rights.rules.requests import Asked, Kind

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
            (str(kind), phrases.kind(kind, language, voice)) for kind in ASKED if kind != RecordKind.COUNSELING_NOTES
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


class Ask(NamedTuple):
    """One thing a client may ask for: its shape, name and sentence, and the question above the words."""

    icon: str
    words: object
    more: object
    question: object


ANYTHING = _("Anything to add? You can leave this empty.")
KINDS: dict[Kind, Ask] = {
    Kind.ACCESS: Ask("folder-open", _("A copy of my record"), _("All we keep about you, to read and take along."),
                     _("Is there something you want most? You can leave this empty.")),
    Kind.AMENDMENT: Ask("pencil-line", _("Put something right"), _("Something in your record is wrong or missing."),
                        _("What is wrong, and what is right?")),
    Kind.ACCOUNTING: Ask("list-checks", _("Who was told what"), _("The list of what we shared, with whom and why."),
                         ANYTHING),
    Kind.RESTRICTION: Ask("shield-off", _("Do not share something"), _("Somebody should not be told something."),
                          _("What should stay here?")),
    Kind.CONTACT: Ask("phone", _("Reach me another way"), _("A different phone or address. You need not say why."),
                      ANYTHING),
    Kind.INTERMEDIARIES: Ask("share-2", _("Who got it through others"),
                             _("If a shared network passed your record on."), ANYTHING),
    Kind.COMPLAINT: Ask("message-square-warning", _("Complain"), _("Nobody treats you worse for saying so."),
                        _("What happened?")),
}  # fmt: skip
TO_WHOM = (("health-plan", _("My health plan")), ("person", _("A person")),
           ("organization", _("An office or a company")), ("everyone", _("Everybody outside")))  # fmt: skip
MEANS = (("phone", _("Call me")), ("mail", _("Write me a letter")), ("email", _("Send an email")),
         ("page", _("Here on my page")), ("in-person", _("Only talk to me in person")))  # fmt: skip
NEEDS_WORDS = (Kind.AMENDMENT, Kind.COMPLAINT)


class AskForm(forms.Form):
    """One thing to ask for. Only what the kind needs is asked; a reason is never needed."""

    to = forms.ChoiceField(label=_("Who should not be told?"), choices=TO_WHOM, widget=forms.RadioSelect)
    recipient = forms.CharField(label=_("Their name"), max_length=200, required=False)
    paid_in_full = forms.BooleanField(label=_("I paid for this care myself"), required=False)
    means = forms.ChoiceField(label=_("How shall we reach you?"), choices=MEANS, widget=forms.RadioSelect)
    where = forms.CharField(label=_("The number or address to use"), max_length=300, required=False)
    avoid = forms.CharField(label=_("What should we not do?"), max_length=300, required=False)
    words = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 5}), max_length=BOOK.number("RIGHTS-16"),
        error_messages={"required": _("Write a few words.")},
    )  # fmt: skip
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        own = {Kind.RESTRICTION: ("to", "recipient", "paid_in_full"),
               Kind.CONTACT: ("means", "where", "avoid")}  # fmt: skip
        for name in {name for names in own.values() for name in names} - set(own.get(kind, ())):
            del self.fields[name]
        self.fields["words"].label = KINDS[kind].question
        self.fields["words"].required = kind in NEEDS_WORDS

    def asked(self) -> Asked:
        """What was asked for, from the cleaned values."""
        clean = self.cleaned_data
        wants = {name: clean[name] for name in ("to", "recipient", "means", "where") if name in clean}
        if "avoid" in clean:
            wants["not"] = clean["avoid"]
        if "paid_in_full" in clean:
            wants["paid_in_full"] = "yes" if clean["paid_in_full"] else ""
        return Asked(kind=self.kind, words=clean["words"], wants=wants)


WAYS = {"off": _("Do not remind me"), "email": _("By e-mail"), "text": _("By text")}


class ReminderForm(forms.Form):
    """How reminders come, and in which language; only ways we have an address for are offered."""

    way = forms.ChoiceField(
        label=_("How shall we remind you?"), widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}
    )
    language = forms.ChoiceField(
        label=_("In which language?"), choices=(("en", "English"), ("es", "Español")), widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip

    def __init__(self, *args: Any, ways: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(str(one), WAYS[str(one)]) for one in ways]
