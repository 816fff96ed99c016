"""The shape of a plan as it is typed: goals, hours, mix, days, and when the client cannot come."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.plans import rules
from daybridge.plans.queries import PlanRow

DAYS = [(0, _("Mon")), (1, _("Tue")), (2, _("Wed")), (3, _("Thu")), (4, _("Fri")), (5, _("Sat")), (6, _("Sun"))]
REASONS = [
    ("", _("Nothing")), ("job", _("Job")), ("school", _("School")), ("child-care", _("Child care")),
    ("transport", _("No ride")), ("court", _("Court or probation")), ("worship", _("Worship")),
    ("other", _("Something else")),
]  # fmt: skip
KINDS = (
    ("group", _("Groups"), 7), ("individual", _("Individual"), 1), ("family", _("Family"), 0),
    ("education", _("Education"), 1),
)  # fmt: skip
GOALS = range(1, 4)
ROWS, MOST_ROWS = 2, 24


def _hours(label: Any, initial: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, initial=initial, min_value=0, max_value=60, decimal_places=2, step_size=0.25, **more
    )


class PlanForm(forms.Form):
    """The plan without the client's week."""

    weekly = _hours(_("Hours a week"), 9)
    days_min = forms.IntegerField(label=_("Days a week, at least"), min_value=1, max_value=7, initial=3)
    days_max = forms.IntegerField(label=_("At most"), min_value=1, max_value=7, initial=5)
    review_on = forms.DateField(label=_("Review on"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label, hours in KINDS:
            self.fields[kind] = _hours(label, hours)
        for n in GOALS:
            self.fields[f"goal{n}"] = forms.CharField(
                label=_("Goal %(n)s, in the client’s own words") % {"n": n}, max_length=300, required=n == 1,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            self.fields[f"steps{n}"] = forms.CharField(
                label=_("Steps we can see and count"), help_text=_("One on each line, three at most."), required=False,
                max_length=920, widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip

    @property
    def goals(self) -> list[tuple[Any, Any, bool]]:
        """Words, steps, and whether the goal is in use."""
        return [(self[f"goal{n}"], self[f"steps{n}"], bool(self[f"goal{n}"].value())) for n in GOALS]

    @property
    def mix(self) -> list[Any]:
        return [self[kind] for kind, _label, _hours in KINDS]

    def words(self, commitments: tuple[rules.Busy, ...]) -> rules.PlanWords:
        """The plan as the action takes it."""
        clean = self.cleaned_data
        goals = tuple(
            rules.GoalWords(clean[f"goal{n}"], "", _lines(clean[f"steps{n}"])) for n in GOALS if clean[f"goal{n}"]
        )
        mix = {kind: minutes(clean[kind]) for kind, _label, _hours in KINDS if clean[kind]}
        return rules.PlanWords(
            weekly_minutes=minutes(clean["weekly"]), mix=mix, goals=goals, days_min=clean["days_min"],
            days_max=clean["days_max"], commitments=commitments, review_on=clean["review_on"],
        )  # fmt: skip


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:300] for line in text.splitlines() if line.strip())


def minutes(hours: Any) -> int:
    return round(hours * 60)


class AwayForm(forms.Form):
    """One reason not to come, on which days, from when to when. A row without a reason is left out."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What"),
        choices=REASONS,
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=DAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    start = forms.TimeField(
        label=_("From"),
        widget=forms.TimeInput,
    )
    end = forms.TimeField(
        label=_("To"),
        widget=forms.TimeInput,
    )

    def clean_end(self) -> time:
        end: time = self.cleaned_data["end"]
        if "start" in self.cleaned_data and self.cleaned_data["start"] >= end:
            raise forms.ValidationError(_("This must be later than the beginning."))
        return end

    @property
    def busy(self) -> tuple[rules.Busy, ...]:
        """What the row says; nothing while it is incomplete."""
        clean = getattr(self, "cleaned_data", {})
        if self.errors or not clean.get("kind"):
            return ()
        start, end = _minute(clean["start"]), _minute(clean["end"])
        return tuple(rules.Busy(clean["kind"], day, start, end) for day in clean["days"])


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def bound_rows(data: Any, shape: type[AwayForm] = AwayForm) -> list[AwayForm]:
    """The rows that were sent, one more when "add" was pressed."""
    try:
        sent = int(data.get("rows", ROWS))
    except ValueError:
        sent = ROWS
    count = min(max(sent, 1) + ("add" in data), MOST_ROWS)
    return [shape(data, prefix=f"away{n}", empty_permitted=True) for n in range(count)]


def rows_of(commitments: Iterable[rules.Busy]) -> list[AwayForm]:
    """Rows that show what holds now: the same reason and time on several days is one row."""
    days: dict[tuple[str, int, int], list[int]] = {}
    for kind, weekday, start, end in commitments:
        days.setdefault((kind, start, end), []).append(weekday)
    initial = [
        {"kind": kind, "days": on, "start": _clock(start), "end": _clock(end)}
        for (kind, start, end), on in days.items()
    ]
    initial += [{} for _ in range(max(1, ROWS - len(initial)))]
    return [AwayForm(initial=one, prefix=f"away{n}", empty_permitted=True) for n, one in enumerate(initial[:MOST_ROWS])]


def _clock(minute: int) -> time:
    return time(min(minute, 1439) // 60, min(minute, 1439) % 60)


def initial_of(plan: PlanRow | None, least: int) -> dict[str, Any]:
    """What the form shows first: the plan before, or the least hours of the level with a usual mix."""
    if plan is None:
        return {"weekly": rules.hours_text(least), "group": rules.hours_text(least - 120)}
    initial: dict[str, Any] = {
        "weekly": plan.hours, "days_min": plan.days_min, "days_max": plan.days_max,
        **{kind: 0 for kind, _label, _hours in KINDS}, **dict(plan.parts),
    }  # fmt: skip
    for n, goal in zip(GOALS, plan.goals, strict=False):
        initial |= {f"goal{n}": goal.words, f"steps{n}": "\n".join(goal.objectives)}
    return initial
