"""The public form, in plain words."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.admissions.packet.person import phone
from daybridge.admissions.rules.arrival import NewReferral
from daybridge.frontdoor.queries import Doorplate
from daybridge.people.rules import NewPerson

WHO = [
    ("self", _("Me")),
    ("family", _("Someone in my family or a friend")),
    ("professional", _("Someone I work with (doctor, court, school, job)")),
]
MESSAGES = [("yes", _("Yes")), ("no", _("No, only talk to the person"))]


class PublicForm(forms.Form):
    """A referral by anybody. `website` is a trap for machines: people do not see it."""

    who = forms.ChoiceField(label=_("Who needs care?"), choices=WHO, widget=forms.RadioSelect, initial="self")
    given = forms.CharField(label=_("First name of the person who needs care"), max_length=200)
    family = forms.CharField(label=_("Last name"), max_length=200, required=False)
    birth_date = forms.DateField(label=_("Birth date"), widget=forms.DateInput, required=False)
    phone = forms.CharField(
        label=_("Phone number we can call"), max_length=40, widget=forms.TextInput({"inputmode": "tel"})
    )
    best_time = forms.CharField(label=_("Best time to call"), max_length=100, required=False)
    safe = forms.ChoiceField(
        label=_("Is it safe to leave a message?"), choices=MESSAGES, widget=forms.RadioSelect,
        help_text=_("A message will only say our first name and number."),
    )  # fmt: skip
    concern = forms.CharField(
        label=_("What is going on?"), max_length=300, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("A few words are enough. You do not have to tell us everything here."),
    )  # fmt: skip
    sender = forms.CharField(
        label=_("If you are asking for someone else: your name and how you know them"), max_length=150, required=False
    )
    website = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, data: object = None, *, plate: Doorplate) -> None:
        super().__init__(data)
        if len(plate.sites) > 1:
            choices = [(str(key), name) for key, name in plate.sites]
            self.fields["site"] = forms.ChoiceField(label=_("Which place is closer to you?"), choices=choices)
            self.order_fields(["who", "site"])
        self.home = str(plate.sites[0][0]) if plate.sites else ""

    @property
    def site_id(self) -> str:
        return self.cleaned_data.get("site") or self.home

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))

    def referral(self) -> NewReferral:
        clean = self.cleaned_data
        person = NewPerson(
            given=clean["given"], family=clean["family"], birth_date=clean["birth_date"],
            phones=(phone(clean["phone"]),),
        )  # fmt: skip
        how = {"self": "Self", "family": "Family or friend", "professional": "Professional"}[clean["who"]]
        return NewReferral(
            person=person, source="web", referrer=": ".join(part for part in (how, clean["sender"]) if part),
            concern=clean["concern"], best_time=clean["best_time"], may_leave_message=clean["safe"] == "yes",
            token=clean["token"],
        )  # fmt: skip
