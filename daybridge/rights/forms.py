"""The shape of what is typed about requests, breaches and the notice."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.rights import words
from daybridge.rights.record import SECTIONS
from daybridge.rights.rules import breaches
from daybridge.rights.rules.book import BOOK
from daybridge.rights.rules.breaches import FACTORS, Report, Weighed
from daybridge.rights.rules.requests import LONGEST_REASON, Answer, Asked, Kind, State, outcomes

AREA = forms.Textarea({"rows": 5})
SHORT_AREA = forms.Textarea({"rows": 3})
# What each kind asks for besides words: name to field.
WANTS: dict[str, dict[str, Any]] = {
    Kind.ACCESS: {
        "since": lambda: forms.DateField(
            label=_("From"), required=False, widget=forms.DateInput, help_text=_("Empty: from the beginning.")
        ),
        "until": lambda: forms.DateField(label=_("Until"), required=False, widget=forms.DateInput),
    },
    Kind.RESTRICTION: {
        "to": lambda: forms.ChoiceField(
            label=_("Who should not be told?"), choices=words.TO_WHOM, widget=forms.RadioSelect
        ),
        "recipient": lambda: forms.CharField(
            label=_("Name"), max_length=200, required=False, help_text=_("As it would stand on an envelope.")
        ),
        "paid_in_full": lambda: forms.BooleanField(
            label=_("The person paid for the care in full; a health plan then must not be told"), required=False
        ),
    },
    Kind.CONTACT: {
        "means": lambda: forms.ChoiceField(label=_("How?"), choices=words.MEANS, widget=forms.RadioSelect),
        "where": lambda: forms.CharField(label=_("Number or address to use"), max_length=300, required=False),
        "not": lambda: forms.CharField(
            label=_("What to avoid"), max_length=300, required=False, help_text=_("Do not call at home. No messages.")
        ),
    },
}
NEEDS_WORDS = (Kind.AMENDMENT, Kind.COMPLAINT)


class TakeForm(forms.Form):
    """What somebody asks for, as it is taken in by staff; nothing says that it is allowed."""

    asker = forms.ChoiceField(label=_("Who asks?"), choices=words.ASKERS, initial="self", widget=forms.RadioSelect)
    asker_name = forms.CharField(label=_("Their name, if not the person"), max_length=200, required=False)
    checked = forms.ChoiceField(label=_("How do we know who it is?"), choices=words.CHECKED, widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How did it come?"), choices=words.WAYS_IN, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput, help_text=_("The clock starts on this day.")
    )
    words = forms.CharField(
        label=_("In the person’s words"), required=False, widget=AREA, max_length=BOOK.number("RIGHTS-16"),
        help_text=_("A long letter is kept as a file instead."),
    )  # fmt: skip
    letter = forms.FileField(
        label=_("The letter, as it came"), required=False, help_text=_("PDF, picture or plain text, up to 10 MB.")
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, made in WANTS.get(kind, {}).items():
            self.fields[name] = made()
        self.fields["token"].initial = uuid.uuid4
        self.order_fields([*WANTS.get(kind, {}), "words", "letter", "asker"])

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields that only this kind has."""
        return [self[name] for name in WANTS.get(self.kind, {})]

    def asked(self) -> Asked:
        clean = self.cleaned_data
        wants = {name: _text(clean.get(name)) for name in WANTS.get(self.kind, {})}
        return Asked(
            kind=self.kind, words=clean["words"], wants=wants, way=clean["way"], asker=clean["asker"],
            asker_name=clean["asker_name"], checked=clean["checked"], received_on=clean["received_on"],
        )  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


class AnswerForm(forms.Form):
    """Yes, yes to a part, or no with its ground."""

    outcome = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("Ground in the law, for a no"), required=False)
    words = forms.CharField(
        label=_("Words for the letter"), required=False, widget=AREA, max_length=LONGEST_REASON,
        help_text=_("Short and plain. The person reads this, in the language you write it."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = words.ANSWERS.get(kind, words.YES_NO)
        self.fields["outcome"].choices = [(one, labels[one]) for one in outcomes(kind)]
        self.fields["ground"].choices = [("", _("None, it is a yes")), *words.grounds(kind)]
        if len(outcomes(kind)) == 1:
            del self.fields["ground"]
            self.fields["outcome"].initial = State.GRANTED

    def answer(self) -> Answer:
        clean = self.cleaned_data
        return Answer(outcome=State(clean["outcome"]), ground=clean.get("ground", ""), words=clean["words"])


class ExtendForm(forms.Form):
    reason = forms.CharField(label=_("Why it takes longer"), widget=SHORT_AREA, max_length=LONGEST_REASON)


class WayForm(forms.Form):
    way = forms.ChoiceField(label=_("How it was handed over"), choices=words.WAYS_OUT, widget=forms.RadioSelect)


class DisagreeForm(forms.Form):
    words = forms.CharField(label=_("In the person’s own words"), widget=AREA, max_length=BOOK.number("RIGHTS-16"))


class AssembleForm(forms.Form):
    """What stays out of a record; nothing, unless the law lets us keep it back."""

    leave_out = forms.MultipleChoiceField(
        label=_("Leave out"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(part, title) for part, (title, _reader) in SECTIONS.items()],
        help_text=_("Only on a ground in the law. Private counseling notes are never in it."),
    )  # fmt: skip


class ReportForm(forms.Form):
    """What somebody noticed. No names are needed."""

    what = forms.CharField(
        label=_("What happened?"), widget=AREA, max_length=breaches.LONGEST,
        help_text=_("What got out, to whom, how. The privacy officer asks you the rest."),
    )  # fmt: skip
    found_on = forms.DateField(label=_("Found on"), widget=forms.DateInput, help_text=_("The clock starts here."))
    happened_on = forms.DateField(label=_("Happened on"), required=False, widget=forms.DateInput)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def report(self) -> Report:
        clean = self.cleaned_data
        return Report(what=clean["what"], found_on=clean["found_on"], happened_on=clean["happened_on"])


class WeighForm(forms.Form):
    """The four questions of the law, and what follows."""

    note = forms.CharField(
        label=_("Anything else to keep"), required=False, widget=SHORT_AREA, max_length=breaches.LONGEST
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor in FACTORS:
            self.fields[f"{factor.id}_rating"] = forms.ChoiceField(
                label=factor.ask, choices=words.RATINGS, widget=forms.RadioSelect,
                help_text=_("Low: {low}. High: {high}.").format(low=factor.low, high=factor.high),
            )  # fmt: skip
            self.fields[f"{factor.id}_words"] = forms.CharField(
                label=_("Why"), widget=forms.Textarea({"rows": 2}), max_length=breaches.LONGEST
            )

    def pairs(self) -> list[tuple[str, Any, Any]]:
        """The questions for the page: title, rating, words."""
        return [(one.title, self[f"{one.id}_rating"], self[f"{one.id}_words"]) for one in FACTORS]

    def weighed(self) -> Weighed:
        clean = self.cleaned_data
        ratings = {one.id: breaches.Rating(clean[f"{one.id}_rating"]) for one in FACTORS}
        return Weighed(ratings, {one.id: clean[f"{one.id}_words"] for one in FACTORS}, clean["note"])


class TouchForm(forms.Form):
    numbers = forms.CharField(
        label=_("Record numbers"), widget=SHORT_AREA, max_length=40_000, help_text=_("One on a line, or with commas.")
    )

    def record_numbers(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["numbers"].replace(",", "\n").replace(";", "\n").split())


class LettersForm(forms.Form):
    words = forms.CharField(
        label=_("What happened, for the letter"), widget=AREA, max_length=breaches.LONGEST,
        help_text=_("What kind of information, when, how. It goes to each person; name nobody."),
    )  # fmt: skip


class ToldForm(forms.Form):
    whom = forms.ChoiceField(label=_("Who was told"), choices=words.TOLD)
    on = forms.DateField(label=_("On"), widget=forms.DateInput)
    remark = forms.CharField(label=_("Number or remark"), max_length=200, required=False)


class ReceiptForm(forms.Form):
    """How the notice was given, and the person's word that they got it."""

    how = forms.ChoiceField(label=_("How was it given?"), widget=forms.RadioSelect, choices=words.NOTICE_HOW)
    signer_name = forms.CharField(
        label=_("Your full name"), max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Typing it says that you got the notice, nothing more."),
    )  # fmt: skip
    why_not = forms.CharField(label=_("If the person does not sign: why"), max_length=200, required=False)
    text_hash = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
