"""The shapes of what is typed into the room's pages."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from daybridge.access.rules import GRANTS, PURPOSE_OF, ROLES, SENTENCES, Limits, Permission, Role

ROLE_CHOICES = [(str(role), _(ROLES[role][0])) for role in Role]
LIMITED = {Role.TRAINEE, Role.AUDITOR}  # roles that are given with limits only
KINDS = [("", _("Everything")), ("write", _("Changes")), ("read", _("Reads")), ("disclosure", _("Disclosures"))]


class InviteForm(forms.Form):
    """Whom to invite, as what, where. `sites` are the (id, name) pairs one may choose from."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The link goes here. It works once, for 7 days."))
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("Choose a role")), *(one for one in ROLE_CHOICES if one[0] not in LIMITED)],
        help_text=_("Trainees and auditors: invite as support staff, then give the role with its limits."),
    )  # fmt: skip
    site = forms.ChoiceField(label=_("Site"))

    def __init__(self, *args: object, sites: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites


class PlaceForm(forms.Form):
    """One role at one site."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    site = forms.UUIDField(label=_("Site"))


READS = [(str(one), _(SENTENCES[one])) for one in Permission if Role.AUDITOR in GRANTS[one] and one in PURPOSE_OF]


class GrantForm(forms.Form):
    """A role to give or to limit, with sites and supervisors to choose from."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *ROLE_CHOICES])
    site = forms.ChoiceField(label=_("Site"))
    until = forms.DateField(label=_("Last day"), required=False, help_text=_("After it the role opens nothing."))
    supervisor = forms.ChoiceField(label=_("Supervisor"), required=False, help_text=_("For a trainee."))
    first = forms.DateField(label=_("Audit from"), required=False, help_text=_("For an auditor: which days of care."))
    last = forms.DateField(label=_("Audit to"), required=False)
    permissions = forms.MultipleChoiceField(
        label=_("Only these"), required=False, choices=READS, widget=forms.CheckboxSelectMultiple,
        help_text=_("For an auditor. Leave all empty for everything an auditor may read."),
    )  # fmt: skip

    def __init__(
        self, *args: object, sites: list[tuple[str, str]], people: list[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites
        self.fields["supervisor"].choices = [("", _("Nobody")), *people]

    @property
    def limits(self) -> Limits:
        clean = self.cleaned_data
        return Limits(
            clean["until"], clean["first"], clean["last"], tuple(clean["permissions"]),
            UUID(clean["supervisor"]) if clean["supervisor"] else None,
        )  # fmt: skip


class SignForm(forms.Form):
    """A signature under the table that was read."""

    table = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(label=_("Your name"), max_length=200, help_text=_("Typed in full, it is your signature."))


class AcceptForm(forms.Form):
    """What opens an account."""

    name = forms.CharField(label=_("Your name"), max_length=200, help_text=_("As colleagues and notes should say it."))
    password = forms.CharField(
        label=_("Password"), max_length=500, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three words that mean something only to you are good."),
    )  # fmt: skip


class SelfForm(forms.Form):
    """How others read one's name, and the language one reads."""

    name = forms.CharField(label=_("Your name"), max_length=200, help_text=_("Notes you sign carry this name."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class SessionForm(forms.Form):
    session = forms.IntegerField(min_value=1)


class EnterForm(forms.Form):
    user = forms.UUIDField()


class LedgerForm(forms.Form):
    """What of the ledger to show; every field may stay empty."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)
    verb = forms.ChoiceField(label=_("What happened"), required=False)
    actor = forms.ChoiceField(label=_("Who"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput)

    def __init__(self, *args: object, verbs: list[str], actors: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("Anything")), *((verb, verb) for verb in verbs)]
        self.fields["actor"].choices = [("", _("Anybody")), *actors]
