"""What comes back from the pages: what was chosen, the signature, the no, the paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daybridge.consent import phrases
from daybridge.consent.actions import Paper, Speaker
from daybridge.consent.choices import BINDINGS, ENDINGS
from daybridge.consent.rules.desk import Call
from daybridge.consent.rules.signing import RELATIONS, Signature
from daybridge.consent.rules.words import CLASSES, RecipientType
from daybridge.consent.terms import BOXES, Asked, Terms, asked
from daybridge.kit.errors import Problem
from daybridge.ui.fields import DrawnField

SIGNERS = {
    "self": _("I am the client"),
    "parent": _("I am the client's parent"),
    "guardian": _("I am the client's guardian"),
    "representative": _("I speak for the client by law"),
}
TYPES = {
    RecipientType.PERSON: _("A person"),
    RecipientType.ORGANIZATION: _("An office or a company"),
    RecipientType.AUTHORITY: _("A court or an agency"),
}
NAMES = {
    RecipientType.INTERMEDIARY: _("Name of the service"),
    RecipientType.PERSON: _("Full name"),
}
WHOLE = forms.TextInput(attrs={"autocomplete": "off"})


class TermsForm(forms.Form):
    """What one form asks the client to choose. Nothing is ticked beforehand; only what the form asks is there."""

    name = forms.CharField(label=_("Full name of the person or office"), max_length=200, min_length=2, widget=WHOLE)
    recipient_type = forms.ChoiceField(label=_("Who is it?"), widget=forms.RadioSelect)
    relation = forms.CharField(
        label=_("What they are to you"),
        max_length=60,
        required=False,
        widget=WHOLE,
        help_text=_("For example: mother, doctor, employer."),
    )
    code_word = forms.CharField(
        label=_("A word they must say on the phone"),
        max_length=60,
        required=False,
        widget=WHOLE,
        help_text=_("If you want, tell them a word. Staff ask for it before they say anything on the phone."),
    )
    members = forms.CharField(
        label=_("Who may get it through this service"),
        required=False,
        widget=forms.Textarea,
        max_length=5000,
        help_text=_("One name a line. Leave it empty for those who treat you at the time."),
    )
    matter = forms.CharField(label=_("Which case?"), max_length=200, min_length=3, widget=WHOLE)
    kinds = forms.MultipleChoiceField(
        label=_("What may they know?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whatever you tick also tells that you come here."),
    )
    sensitivities = forms.MultipleChoiceField(
        label=_("Also what is about these?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What you do not tick stays out."),
    )
    purposes = forms.MultipleChoiceField(label=_("What for?"), widget=forms.CheckboxSelectMultiple)
    period_from = forms.DateField(
        label=_("Only from this day on"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Leave both days empty for all of the time."),
    )
    period_until = forms.DateField(label=_("Only up to this day"), required=False, widget=forms.DateInput)
    ends = forms.ChoiceField(label=_("When does this yes end?"), widget=forms.RadioSelect)
    expires_on = forms.DateField(label=_("The last day"), required=False, widget=forms.DateInput)
    event = forms.CharField(
        label=_("What has to happen"),
        max_length=200,
        required=False,
        widget=WHOLE,
        help_text=_("For example: I have a place to live."),
    )

    revocable = forms.ChoiceField(
        label=_("When can you take this back?"), widget=forms.RadioSelect,
        help_text=_("Those who sent you may ask you to wait. You do not have to say yes to that."),
    )  # fmt: skip
    revocable_on = forms.DateField(label=_("From this day on"), required=False, widget=forms.DateInput)

    def __init__(self, form_id: str, *args: Any, language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wants = asked(form_id)
        self._choose(wants, language)
        for name in _not_asked(wants) if wants.chooses else list(self.fields):
            del self.fields[name]

    def _choose(self, wants: Asked, language: str) -> None:
        told = self.fields
        told["recipient_type"].choices = [(one, TYPES[one]) for one in wants.recipients if one in TYPES]
        told["kinds"].choices = [(one, phrases.kind(one, language)) for one in wants.kinds]
        told["purposes"].choices = [(one, phrases.purpose(one, language)) for one in wants.purposes]
        told["sensitivities"].choices = [(one, phrases.sensitivity(one, language)) for one in BOXES]
        told["ends"].choices = [(one, ENDINGS[one]) for one in ENDINGS if one in wants.ends]
        told["revocable"].choices = [(one, BINDINGS[one]) for one in wants.binds]
        if wants.names_class:
            groups = [(one, phrases.group(one, language)) for one in CLASSES]
            told["relation"] = forms.ChoiceField(label=_("Who may get it?"), choices=groups, widget=forms.RadioSelect)
        elif len(wants.recipients) == 1:
            told["name"].label = NAMES[wants.recipients[0]]

    def terms(self) -> Terms:
        """What was chosen, from the cleaned values."""
        clean = self.cleaned_data
        several = {name: tuple(clean.get(name) or ()) for name in ("kinds", "sensitivities", "purposes")}
        single = ("recipient_type", "name", "relation", "matter", "ends", "event", "revocable", "code_word")
        days = ("period_from", "period_until", "expires_on", "revocable_on")
        return Terms(
            **several,
            **{name: clean.get(name) or "" for name in single},
            **{name: clean.get(name) for name in days},
            members=tuple((clean.get("members") or "").splitlines()),
        )

    def take(self, problems: Iterable[Problem]) -> None:
        """Say each fault the rules found beside its field."""
        for problem in problems:
            self.add_error(problem.path if problem.path in self.fields else None, _now(problem.message))


def _not_asked(wants: Asked) -> list[str]:
    asks = {
        "name": not wants.names_class, "recipient_type": len(wants.recipients) > 1, "members": wants.lists_members,
        "matter": wants.names_matter, "kinds": wants.chooses_kinds, "sensitivities": wants.chooses_kinds,
        "purposes": wants.chooses_purpose, "code_word": wants.may_call, "revocable": bool(wants.binds),
        "revocable_on": bool(wants.binds),
    }  # fmt: skip
    return [name for name, is_asked in asks.items() if not is_asked]


def chosen(terms: Terms) -> dict[str, Any]:
    """A draft's terms as the form's first values."""
    return {name: getattr(terms, name) for name in TermsForm.base_fields if name not in ("members", "code_word")} | {
        "members": "\n".join(terms.members)
    }


class SignForm(forms.Form):
    """Nothing is ticked beforehand; a typed name is enough. Only those whose signature is needed are offered."""

    relation = forms.ChoiceField(label=_("Who is signing?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Your full name"), max_length=200, min_length=2, widget=WHOLE)
    drawn = DrawnField()
    ticket = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signers: Iterable[str] = RELATIONS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = [(one, SIGNERS[one]) for one in signers]

    def signature(self, device: str) -> Signature:
        """The signature in the cleaned values: the drawn one when something was drawn."""
        clean = self.cleaned_data
        is_drawn = bool(clean["drawn"])
        return Signature(
            name=clean["name"], relation=clean["relation"], kind="drawn" if is_drawn else "typed",
            mark=clean["drawn"] if is_drawn else clean["name"], device=device[:200], ticket=clean["ticket"],
        )  # fmt: skip


class RefuseForm(forms.Form):
    reason = forms.CharField(label=_("Why, if you want to say"), max_length=300, required=False, widget=WHOLE)


class RevokeForm(forms.Form):
    """How it was asked for, and why if the person says."""

    how = forms.ChoiceField(
        label=_("How did they say it?"), choices=[("spoken", _("Spoken to me")), ("written", _("In writing"))],
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    reason = forms.CharField(label=_("Why, if the person says"), max_length=300, required=False)


class PaperForm(forms.Form):
    """What stands on the paper, and its scan."""

    scan = forms.FileField(
        label=_("The scan"),
        widget=forms.ClearableFileInput,
        help_text=_("A PDF or a picture of every page, at most 10 MB."),
    )
    name = forms.CharField(label=_("Who signed (full name)"), max_length=200, min_length=2, widget=WHOLE)
    relation = forms.ChoiceField(label=_("Signed as"), widget=forms.RadioSelect)
    second_name = forms.CharField(label=_("Who signed too"), max_length=200, required=False, widget=WHOLE)
    second_relation = forms.ChoiceField(label=_("The second signed as"), widget=forms.RadioSelect, required=False)
    signed_on = forms.DateField(label=_("Day on the paper"), widget=forms.DateInput)
    ticket = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signers: Iterable[str] = RELATIONS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = {"self": _("The client"), "parent": _("A parent"), "guardian": _("The guardian")}
        choices = [(one, roles.get(one, _("Who speaks for the client by law"))) for one in signers]
        self.fields["relation"].choices = self.fields["second_relation"].choices = choices
        if len(choices) < 2:
            del self.fields["second_name"], self.fields["second_relation"]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if bool(clean.get("second_name")) != bool(clean.get("second_relation")):
            self.add_error("second_name", _now("Say both who signed too, and as what."))
        return clean

    def paper(self) -> Paper:
        """What was taken in, from the cleaned values."""
        clean = self.cleaned_data
        signers = [(clean["name"], clean["relation"])]
        if clean.get("second_name"):
            signers.append((clean["second_name"], clean["second_relation"]))
        return Paper(scan=clean["scan"], signers=tuple(signers), signed_on=clean["signed_on"], ticket=clean["ticket"])


class SpeakerForm(forms.Form):
    """Who speaks for a client by law, and the paper that says so."""

    name = forms.CharField(label=_("Full name"), max_length=200, min_length=2, widget=WHOLE)
    relation = forms.ChoiceField(
        label=_("As what"),
        widget=forms.RadioSelect,
        choices=[
            ("parent", _("Parent")),
            ("guardian", _("Guardian")),
            ("representative", _("Personal representative")),
        ],
    )
    because = forms.ChoiceField(
        label=_("Why"), widget=forms.RadioSelect,
        choices=[
            ("minor", _("The client is a minor")), ("lacks-capacity", _("The client cannot decide this now")),
            ("deceased", _("The client has died")),
        ],
    )  # fmt: skip
    paper = forms.FileField(
        label=_("The paper that says so"),
        required=False,
        widget=forms.ClearableFileInput,
        help_text=_("Needed unless the client is a minor. A PDF or a picture, at most 10 MB."),
    )

    def speaker(self) -> Speaker:
        """Who it is, from the cleaned values."""
        clean = self.cleaned_data
        return Speaker(
            name=clean["name"], relation=clean["relation"], because=clean["because"], paper=clean.get("paper")
        )


CALLERS = [
    ("", _("They did not say")),
    (_("Family and friends"), [
        ("mother", _("Mother")), ("father", _("Father")), ("wife", _("Wife")), ("husband", _("Husband")),
        ("partner", _("Partner")), ("sister", _("Sister")), ("brother", _("Brother")), ("daughter", _("Daughter")),
        ("son", _("Son")), ("grandmother", _("Grandmother")), ("grandfather", _("Grandfather")),
        ("friend", _("Friend")), ("family", _("Another relative")),
    ]),
    (_("At work"), [
        ("treating-provider", _("Doctor, clinic or hospital")), ("payer", _("Insurer")),
        ("court", _("Court, probation")), ("employer", _("Employer")), ("school", _("School")),
        ("housing", _("Housing")), ("social-services", _("Social services")),
    ]),
]  # fmt: skip


class CallForm(forms.Form):
    """A call at the desk: who is asked about and who asks. The rest helps where a name is not enough."""

    name = forms.CharField(label=_("Whom do they ask about?"), max_length=200, min_length=2, widget=WHOLE)
    caller = forms.CharField(label=_("Who is calling?"), max_length=200, min_length=2, widget=WHOLE)
    relation = forms.ChoiceField(label=_("What are they to the person?"), choices=CALLERS, required=False)
    birth_date = forms.DateField(
        label=_("Birth date of the person, if they say it"), required=False, widget=forms.DateInput
    )
    code_word = forms.CharField(label=_("Code word, if they say one"), max_length=60, required=False, widget=WHOLE)

    def call(self) -> Call:
        """The call, from the cleaned values."""
        clean = self.cleaned_data
        return Call(**{**clean, "name": " ".join(clean["name"].split()), "caller": " ".join(clean["caller"].split())})
