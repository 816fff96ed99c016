"""The assessment and the decision, as they are typed. What is not known stays "not known"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from daybridge.level_of_care import naming
from daybridge.level_of_care.rules import LEVELS, OVERRIDE_CODES, Choice
from daybridge.level_of_care.rules.case import DIMENSIONS, MOST_CONCERNS, OLDEST, YES_NO

UNKNOWN = ("unknown", _("Not known"))
RATINGS = (
    UNKNOWN, ("0", _("0 none")), ("1", _("1 mild")), ("2", _("2 moderate")), ("3", _("3 serious")),
    ("4", _("4 severe")),
)  # fmt: skip
ANSWERS = (("yes", _("Yes")), ("no", _("No")), UNKNOWN)
WITHDRAWAL = (
    ("none", _("Nowhere: none needed")), ("ambulatory", _("At home, with a prescriber")),
    ("residential", _("With nurses day and night")), ("hospital", _("In a hospital")), UNKNOWN,
)  # fmt: skip
MOTIVATION = (("low", _("Not much")), ("some", _("Somewhat")), ("high", _("Very much")), UNKNOWN)
OBLIGATIONS = (
    ("work", _("Work")), ("school", _("School")), ("child-care", _("Children")), ("elder-care", _("Care for an adult")),
    ("court", _("Court or probation")),
)  # fmt: skip
SAFETY = (
    "imminent_danger", "needs_24h_supervision", "withdrawal_management", "unstable_medical_condition",
    "meal_support_needed", "psychosis_or_mania_blocks_groups",
)  # fmt: skip
LIFE = ("safe_home", "supportive_home", "transport", "motivation", "co_occurring", "on_moud", "obligations")
EARLIER = ("stepping_down_from", "no_progress_at", "wants_level")


@dataclass(frozen=True, slots=True)
class Rating:
    """One dimension on the page: what is rated, the chips and the words beneath."""

    dimension: naming.Dimension
    rating: BoundField
    evidence: BoundField


class AnswerField(forms.ChoiceField):
    """Chips of which one always stands: no answer is the answer "not known"."""

    def clean(self, value: str | None) -> str:
        return super().clean(value or UNKNOWN[0])


def _chips(label: str, choices) -> AnswerField:
    return AnswerField(label=label, choices=choices, widget=forms.RadioSelect, initial=UNKNOWN[0])


def _levels() -> list[tuple[str, str]]:
    return [("", _("None")), *((code, naming.levels()[code].title) for code in LEVELS)]


class CaseForm(forms.Form):
    """Six ratings with what was seen and heard, and the findings."""

    age = forms.IntegerField(label=_("Age"), min_value=0, max_value=OLDEST, required=False)
    concerns = forms.CharField(
        label=_("Concerns, one a line"), required=False, max_length=3000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in naming.dimensions():
            self.fields[one.id] = _chips(one.about, RATINGS)
            words = forms.Textarea({"rows": 2})
            self.fields[f"evidence_{one.id}"] = forms.CharField(
                label=_("What you saw and heard"), required=False, max_length=2000, widget=words
            )
        special = {"withdrawal_management": WITHDRAWAL, "motivation": MOTIVATION}
        for name in (*SAFETY, *LIFE[:-1]):
            self.fields[name] = _chips(naming.FINDINGS[name], special.get(name, ANSWERS))
        boxes, claims = forms.CheckboxSelectMultiple, naming.FINDINGS["obligations"]
        self.fields["obligations"] = forms.MultipleChoiceField(
            label=claims, choices=OBLIGATIONS, widget=boxes, required=False
        )
        for name in EARLIER:
            self.fields[name] = forms.ChoiceField(label=naming.FINDINGS[name], choices=_levels(), required=False)

    def clean_concerns(self) -> list[str]:
        lines = [line.strip()[:100] for line in self.cleaned_data["concerns"].splitlines() if line.strip()]
        if len(lines) > MOST_CONCERNS:
            raise forms.ValidationError(_("At most %d concerns.") % MOST_CONCERNS)
        return list(dict.fromkeys(lines))

    def ratings(self) -> list[Rating]:
        return [Rating(one, self[one.id], self[f"evidence_{one.id}"]) for one in naming.dimensions()]

    def safety(self) -> list[BoundField]:
        return [self[name] for name in SAFETY]

    def life(self) -> list[BoundField]:
        return [self[name] for name in LIFE]

    def earlier(self) -> list[BoundField]:
        return [self[name] for name in EARLIER]

    def case(self, as_of: date) -> dict[str, Any]:
        """The facts in the shape of the contract `level-of-care`."""
        clean = self.cleaned_data
        yes_no = {name: {"yes": True, "no": False}.get(clean[name]) for name in YES_NO}
        named = {name: _known(clean[name]) for name in ("withdrawal_management", "motivation", *EARLIER)}
        ratings = {name: int(clean[name]) if _known(clean[name]) else None for name in DIMENSIONS}
        findings = yes_no | named | {"obligations": list(clean["obligations"])}
        return {
            "as_of": as_of.isoformat(), "age": clean["age"], "concerns": clean["concerns"],
            "dimensions": ratings, "findings": findings,
        }  # fmt: skip

    def evidence(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"evidence_{name}"] for name in DIMENSIONS}


def _known(value: str) -> str | None:
    return None if value in ("", UNKNOWN[0]) else value


def initial(case: Mapping[str, Any]) -> dict[str, Any]:
    """What a CaseForm begins with, from facts in the contract's shape; facts left out stay not known."""
    findings = case.get("findings", {})
    answers = {name: "yes" if value else "no" for name, value in findings.items() if isinstance(value, bool)}
    named = {name: value for name, value in findings.items() if value is not None and not isinstance(value, bool)}
    rated = {name: str(value) for name, value in case.get("dimensions", {}).items() if value is not None}
    return {"age": case.get("age"), "concerns": "\n".join(case.get("concerns", ()))} | rated | answers | named


class AgreeForm(forms.Form):
    """One click: the recommended level."""

    level = forms.CharField(max_length=10, required=False)

    def choice(self) -> Choice:
        return Choice(self.cleaned_data["level"])


class DecisionForm(forms.Form):
    """Another level, with its reason."""

    level = forms.ChoiceField(label=_("Level of care"))
    code = forms.ChoiceField(label=_("Why"))
    reason = forms.CharField(label=_("In your words"), max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("Choose"))] + [(code, naming.levels()[code].title) for code in LEVELS]
        self.fields["code"].choices = [("", _("Choose"))] + [(code, naming.OVERRIDES[code]) for code in OVERRIDE_CODES]

    def choice(self) -> Choice:
        clean = self.cleaned_data
        return Choice(clean["level"], clean["code"], clean["reason"])
