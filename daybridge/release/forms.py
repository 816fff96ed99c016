"""What is typed before something is given out."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.consent.rules import CLASSES, Period, Purpose, Recipient, RecipientType
from daybridge.consent.rules.grounds import AbuseReport, Audit, CourtOrder, Crime, Emergency, Ground
from daybridge.release.queries import Agreed
from daybridge.release.rules import LAW, Ask

CLASS_WORDS = {
    "treating-provider": _("Doctor, clinic or hospital that treats them"), "payer": _("Insurer"),
    "operations-helper": _("Somebody who helps run the program"), "family": _("Family"), "court": _("Court"),
    "school": _("School"), "employer": _("Employer"), "housing": _("Housing"),
    "social-services": _("Social services"), "recovery-support": _("Recovery support"),
}  # fmt: skip
ATTACHED = "attached"  # the action puts in its place where the order is kept
WHOLE = {"max_length": 200, "min_length": 2}


class _GiveForm(forms.Form):
    """What, and about which days. Nothing is ticked beforehand."""

    kinds = forms.MultipleChoiceField(label=_("What they get"), widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(label=_("Only from this day on"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("Only up to this day"), required=False, widget=forms.DateInput)

    def _period(self) -> Period | None:
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return Period(since, until) if since or until else None


class AgreedForm(_GiveForm):
    """On a consent: a class of recipients has its member named."""

    name = forms.CharField(label=_("Full name of the person or office"), **WHOLE)
    relation = forms.ChoiceField(label=_("What they are"), widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("What for"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, agreed: Agreed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreed = agreed
        self.fields["kinds"].choices = agreed.kinds
        self.fields["purpose"].choices = agreed.purposes
        own = agreed.given.recipient.relation
        classes = [own] if own in CLASSES else ["treating-provider", "payer", "operations-helper"]
        self.fields["relation"].choices = [(one, CLASS_WORDS[one]) for one in classes]
        if not agreed.names_nobody:
            del self.fields["name"], self.fields["relation"]
        if len(agreed.purposes) == 1:
            del self.fields["purpose"]
        self.order_fields(["name", "relation", "purpose", "kinds", "since", "until"])

    def ask(self, at: datetime) -> Ask:
        clean, given = self.cleaned_data, self.agreed.given
        recipient = given.recipient
        if self.agreed.names_nobody:
            recipient = Recipient(RecipientType.ORGANIZATION, " ".join(clean["name"].split()), clean["relation"])
        return Ask(
            recipient=recipient, purpose=clean.get("purpose") or self.agreed.purposes[0][0], period=self._period(),
            kinds=tuple(clean["kinds"]), consent_id=self.agreed.consent_id,
        )  # fmt: skip


class LawForm(_GiveForm):
    """On a ground of the law: its facts, each of which the law asks for. Only those of the ground are there."""

    name = forms.CharField(label=_("Who gets it"), **WHOLE)
    affiliation = forms.CharField(label=_("Which hospital or service they are with"), **WHOLE)
    why = forms.CharField(label=_("What the emergency is"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    could_ask = forms.ChoiceField(
        label=_("Can the client be asked?"), choices=[("no", _("No, they cannot be asked now")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    court = forms.CharField(label=_("Court"), **WHOLE)
    number = forms.CharField(label=_("Number of the order"), max_length=60)
    dated = forms.DateField(label=_("Date of the order"), widget=forms.DateInput)
    good_cause = forms.BooleanField(
        label=_("The order says that the court found good cause after a hearing"), required=False
    )
    order = forms.FileField(label=_("The order itself"), help_text=_("PDF or picture, up to 10 MB."))
    entitled = forms.ChoiceField(
        label=_("By what right they look"), widget=forms.RadioSelect,
        choices=[("agency", _("Public agency")), ("payer", _("Payer")),
                 ("quality-organization", _("Quality organization")), ("accrediting-body", _("Accrediting body"))],
    )  # fmt: skip
    promise = forms.BooleanField(
        label=_("They promised in writing to protect it, not to pass it on, and to return or destroy it"),
        required=False,
    )
    law = forms.CharField(label=_("The state law that asks for it"), **WHOLE)
    first = forms.BooleanField(label=_("It is the first report"), required=False)
    where = forms.ChoiceField(
        label=_("Where"), choices=[("premises", _("On our premises")), ("against-staff", _("Against staff"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    incident = forms.CharField(label=_("What happened"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    FACTS = {
        Purpose.EMERGENCY: ("affiliation", "why", "could_ask"),
        Purpose.LEGAL_ORDER: ("court", "number", "dated", "good_cause", "order"),
        Purpose.AUDIT: ("entitled", "promise"),
        Purpose.ABUSE_REPORT: ("law", "first"),
        Purpose.CRIME: ("where", "incident"),
    }

    def __init__(
        self, *args: Any, purpose: Purpose, kinds: tuple[tuple[str, str], ...], teller: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.purpose, self.teller = purpose, teller
        self.fields["kinds"].choices = kinds
        kept = ("name", *self.FACTS[purpose], "kinds", "since", "until")
        for name in [one for one in self.fields if one not in kept]:
            del self.fields[name]
        self.order_fields(kept)

    def ask(self, at: datetime) -> Ask:
        clean = self.cleaned_data
        name = " ".join(clean["name"].split())
        return Ask(
            recipient=Recipient(LAW[self.purpose][1], name), purpose=self.purpose, period=self._period(),
            kinds=tuple(clean["kinds"]), ground=self._ground(name, at),
        )  # fmt: skip

    def _ground(self, name: str, at: datetime) -> Ground:
        clean = self.cleaned_data
        made = {
            Purpose.EMERGENCY: lambda: Emergency(
                who=name, affiliation=clean["affiliation"], discloser=self.teller, when=at, why=clean["why"],
                could_ask=clean["could_ask"] != "no",
            ),
            Purpose.LEGAL_ORDER: lambda: CourtOrder(
                has_order=True, document=ATTACHED, court=clean["court"], number=clean["number"], dated=clean["dated"],
                recipient=name, kinds=tuple(clean["kinds"]), found_good_cause=clean["good_cause"],
            ),
            Purpose.AUDIT: lambda: Audit(entitled=clean["entitled"], has_promise=clean["promise"]),
            Purpose.ABUSE_REPORT: lambda: AbuseReport(law=clean["law"], is_first=clean["first"]),
            Purpose.CRIME: lambda: Crime(where=clean["where"], incident=clean["incident"]),
        }  # fmt: skip
        return made[self.purpose]()
