"""The shapes of what is typed into the room's pages."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from daybridge.access.rules import ROLES, Role

ROLE_CHOICES = [(str(role), _(ROLES[role][0])) for role in Role]
KINDS = [("", _("Everything")), ("write", _("Changes")), ("read", _("Reads")), ("disclosure", _("Disclosures"))]


class InviteForm(forms.Form):
    """Whom to invite, as what, where. `sites` are the (id, name) pairs one may choose from."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The link goes here. It works once, for 7 days."))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *ROLE_CHOICES])
    site = forms.ChoiceField(label=_("Site"))

    def __init__(self, *args: object, sites: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites


class PlaceForm(forms.Form):
    """One role at one site."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    site = forms.UUIDField(label=_("Site"))


class GrantForm(forms.Form):
    """A role to give, with sites to choose from."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *ROLE_CHOICES])
    site = forms.ChoiceField(label=_("Site"))

    def __init__(self, *args: object, sites: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites


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
