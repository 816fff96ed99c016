"""Shapes of what coordinators type; whether it is allowed is the actions' business."""

from collections.abc import Iterable
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daybridge.admissions.packet.person import phone
from daybridge.admissions.rules import ReferralState
from daybridge.admissions.rules.arrival import NewReferral
from daybridge.admissions.rules.work import Call, CallResult, Screening, Step
from daybridge.admissions.words import INSURANCE, NEEDS, RESULTS, UNKNOWN, URGENT, WITHDRAWAL, YES_NO
from daybridge.people.rules import NewPerson


class TokenField(forms.UUIDField):
    """The form's own id, by which a form posted twice is known."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, initial=uuid4, required=False)


def offer_sites(form: forms.Form, sites: list) -> None:
    """Ask for the site where there is more than one to choose from."""
    if len(sites) > 1:
        choices = [(str(site.id), site.name) for site in sites]
        form.fields["site"] = forms.ChoiceField(label=_("Site"), choices=choices, initial=choices[0][0])


def chosen_site(form: forms.Form, sites: list):
    """The site that was chosen, or the only one."""
    wanted = form.cleaned_data.get("site")
    return next((site for site in sites if str(site.id) == wanted), sites[0])


class ReferralForm(forms.Form):
    """A referral told on the phone: eight fields."""

    given = forms.CharField(label=_("First name"), max_length=200)
    family = forms.CharField(label=_("Last name"), max_length=200, required=False)
    birth_date = forms.DateField(label=_("Birth date"), widget=forms.DateInput, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    referrer = forms.CharField(
        label=_("Who is calling"), max_length=200, required=False, help_text=_("Self, her sister, Dr. Amin")
    )
    concern = forms.CharField(
        label=_("What is going on"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    best_time = forms.CharField(label=_("Best time to call"), max_length=100, required=False)
    message = forms.ChoiceField(
        label=_("May we leave a message?"), choices=UNKNOWN, widget=forms.RadioSelect, initial="unknown"
    )
    token = TokenField()

    def referral(self) -> NewReferral:
        clean = self.cleaned_data
        phones = (phone(clean["phone"]),) if clean["phone"] else ()
        person = NewPerson(given=clean["given"], family=clean["family"], birth_date=clean["birth_date"], phones=phones)
        return NewReferral(
            person=person, source="phone", referrer=clean["referrer"], concern=clean["concern"], token=clean["token"],
            best_time=clean["best_time"], may_leave_message={"yes": True, "no": False}.get(clean["message"]),
        )  # fmt: skip


class ContactForm(forms.Form):
    """A call attempt."""

    result = forms.ChoiceField(label=_("How did it go?"), choices=RESULTS, widget=forms.RadioSelect)
    next_on = forms.DateTimeField(label=_("Call again"), widget=forms.DateTimeInput, required=False)
    remark = forms.CharField(label=_("Note"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    token = TokenField()

    def call(self) -> Call:
        clean = self.cleaned_data | {"result": CallResult(self.cleaned_data["result"])}
        return Call(**clean)


class MoveForm(forms.Form):
    """A move by hand."""

    to = forms.ChoiceField(label=_("Move to"), choices=[(state.value, state.value) for state in ReferralState])
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def step(self) -> Step:
        clean = self.cleaned_data
        return Step(to=ReferralState(clean["to"]), reason=clean["reason"], version=clean["version"])


class SafetyForm(forms.Form):
    """How a danger was met."""

    how = forms.CharField(label=_("What was done"), max_length=300)


class MatchForm(forms.Form):
    """The answer to "same person?"."""

    answer = forms.ChoiceField(choices=[("same", "same"), ("apart", "apart"), ("open", "open")])


class ScreenForm(forms.Form):
    """The phone screen: ten questions, one page."""

    danger = forms.ChoiceField(
        label=_("Is the person, or somebody else, in danger right now?"), choices=YES_NO, widget=forms.RadioSelect
    )
    concern = forms.CharField(label=_("What brings them here"), max_length=300, widget=forms.Textarea({"rows": 2}))
    use = forms.CharField(
        label=_("What they use, how often, and when last"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    withdrawal = forms.ChoiceField(
        label=_("Withdrawal before or now"), choices=WITHDRAWAL, widget=forms.RadioSelect, initial="unknown"
    )
    urgent = forms.MultipleChoiceField(
        label=_("Urgent today"), choices=URGENT, widget=forms.CheckboxSelectMultiple, required=False
    )
    pregnant = forms.ChoiceField(label=_("Pregnant"), choices=UNKNOWN, widget=forms.RadioSelect, initial="unknown")
    insurance = forms.ChoiceField(label=_("Insurance"), choices=INSURANCE, widget=forms.RadioSelect, initial="unknown")
    best_time = forms.CharField(label=_("Best time to reach them"), max_length=100, required=False)
    needs = forms.MultipleChoiceField(
        label=_("What the week has to work around"), choices=NEEDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    may_contact = forms.ChoiceField(
        label=_("May we call, text and leave messages?"), choices=YES_NO, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def screening(self) -> Screening:
        clean = dict(self.cleaned_data)
        yes = {"danger": clean["danger"] == "yes", "may_contact": clean["may_contact"] == "yes"}
        return Screening(**clean | yes | {"urgent": tuple(clean["urgent"]), "needs": tuple(clean["needs"])})


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one input."""

    widget = FilesInput

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        single = super().clean
        given: Iterable = data if isinstance(data, list | tuple) else [data]
        return [single(one, initial) for one in given if one is not None] or [single(None, initial)]


class UploadForm(forms.Form):
    """Referral packets to take in."""

    files = FilesField(
        label=_("Packets"),
        help_text=_("FHIR R4 bundles: .json or .ndjson, plain or .gz. Up to 20 files of 25 MB each."),
        allow_empty_file=True,
        widget=FilesInput({"accept": ".json,.ndjson,.gz,application/json,application/fhir+json"}),
    )

    def clean_files(self) -> list[UploadedFile]:
        files = self.cleaned_data["files"]
        if len(files) > 20:
            raise forms.ValidationError(_now("That is %d files; at most 20 are taken at once.") % len(files))
        return files
