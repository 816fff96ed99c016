"""The shape of a week as it is painted, or typed where nothing can be painted."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daybridge.kit.errors import BadInput
from daybridge.plans import rules
from daybridge.plans.forms import AwayForm, bound_rows
from daybridge.plans.rules import Busy, Firmness, Life, Painted

BRUSHES = (
    ("job", _("Job")), ("school", _("School")), ("child-care", _("Child care")), ("court", _("Court")),
    ("transport", _("No ride")), ("worship", _("Worship")), ("other", _("Other")), ("", _("Free again")),
)  # fmt: skip
DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
SHORT = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
BRIEF = {"child-care": _("Kids"), "transport": _("Ride"), "worship": _("Faith")}
EARLIEST, LATEST = 6 * 60, 22 * 60
WAYS = (0, 10, 15, 20, 30, 40, 45, 60, 75, 90, 120, 150, 180)


class TimesForm(AwayForm):
    """One reason, on which days, from when to when, and how firm. A row without a reason is left out."""

    firm = forms.ChoiceField(
        label=_("How firm"), required=False, widget=forms.RadioSelect, initial="hard",
        choices=[("hard", _("Cannot come")), ("soft", _("Would rather not"))],
    )  # fmt: skip
    field_order = ("kind", "firm", "days", "start", "end")

    @property
    def painted(self) -> tuple[Painted, ...]:
        firm = Firmness(self.cleaned_data.get("firm") or Firmness.HARD) if self.busy else Firmness.HARD
        return tuple(Painted(one.kind, str(firm), one.weekday, one.start, _end(one.end)) for one in self.busy)


def times_of(life: Life) -> list[TimesForm]:
    """Rows that show a week: the same reason and time on several days is one row; two more to fill in."""
    days: dict[tuple[str, str, int, int], list[int]] = {}
    for kind, firm, weekday, start, end in rules.painted_of(life):
        days.setdefault((kind, firm, start, end), []).append(weekday)
    initial: list[dict[str, Any]] = [
        {"kind": kind, "firm": firm, "days": on, "start": _clock(start), "end": _clock(end)}
        for (kind, firm, start, end), on in days.items()
    ]
    initial += [{}, {}]
    return [TimesForm(initial=one, prefix=f"away{n}", empty_permitted=True) for n, one in enumerate(initial)]


def _end(minute: int) -> int:
    """The last minute a clock shows stands for the end of the day."""
    return 24 * 60 if minute == 24 * 60 - 1 else minute


def _clock(minute: int) -> str:
    return f"{min(minute, 1439) // 60:02}:{min(minute, 1439) % 60:02}"


class LifeForm(forms.Form):
    """From which week on, how far they come, whether video is possible; and the painted week itself."""

    since = forms.TypedChoiceField(label=_("From the week of"), coerce=date.fromisoformat)
    travel = forms.TypedChoiceField(label=_("The way here takes"), coerce=int, required=False, empty_value=0)
    telehealth = forms.BooleanField(label=_("A session by video is possible"), required=False)
    painted = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)
    drawn = forms.CharField(required=False, widget=forms.HiddenInput, max_length=3)

    def __init__(self, *args: Any, days: tuple[date, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].choices = [(str(day), _week(day, n)) for n, day in enumerate(days)]
        known = self.initial.get("travel", 0)
        minutes = sorted({*WAYS, known} if isinstance(known, int) else WAYS)
        self.fields["travel"].choices = [
            (n, _now("%(n)d minutes") % {"n": n} if n else _now("Not said")) for n in minutes
        ]

    def clean_painted(self) -> tuple[Painted, ...]:
        try:
            return read(self.cleaned_data["painted"])
        except BadInput as fault:
            raise forms.ValidationError(str(fault)) from None

    def life(self, rows: list[TimesForm]) -> Life:
        """The week as the action takes it: painted, or typed where nothing was painted."""
        clean = self.cleaned_data
        cells = clean["painted"] if clean["drawn"] else [one for row in rows for one in row.painted]
        told = rules.life_of(cells)
        return Life(told.commitments, told.soft, clean["travel"] or 0, clean["telehealth"])


def _week(day: date, number: int) -> str:
    named = date_format(day, "F j")
    near = {0: _now("this week, %(day)s"), 1: _now("next week, %(day)s")}.get(number, "%(day)s")
    return near % {"day": named}


LINE = re.compile(rf"({'|'.join(rules.Reason)}) ({'|'.join(Firmness)}) ([0-9]) ([0-9]{{1,4}}) ([0-9]{{1,4}})")


def read(text: str) -> tuple[Painted, ...]:
    """A painted week: "kind firmness weekday start end" between semicolons. Raises BadInput for anything else."""
    lines = [LINE.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    if not all(lines):
        raise BadInput("The painted week cannot be read. Paint it again.")
    return tuple(Painted(line[1], line[2], *map(int, line.groups()[2:])) for line in lines if line)


def written(life: Life) -> str:
    """A week as `read` reads it."""
    return ";".join(" ".join(map(str, one)) for one in rules.painted_of(life))


def initial_of(life: Life, since: date) -> dict[str, Any]:
    return {
        "since": str(since), "travel": life.travel_minutes, "telehealth": life.telehealth, "painted": written(life),
    }  # fmt: skip


def painter(life: Life, firm: dict[str, str | Promise]) -> dict[str, Any]:
    """What the grid is drawn from: its hours, when the program could be open, the colors, and the words."""
    times: list[Busy] = [*life.commitments, *life.soft]
    first = min([EARLIEST, *(one.start // 60 * 60 for one in times)])
    last = max([LATEST, *(-(-one.end // 60) * 60 for one in times)])
    window = rules.open_hours()[0]
    return {
        "hours": f"{first} {last}", "open": f"{window.start} {window.end}", "words": json.dumps(_words(firm)),
        "brushes": BRUSHES, "firm": list(firm.items()),
    }  # fmt: skip


def _words(firm: dict[str, str | Promise]) -> dict[str, Any]:
    kinds = {kind: str(said) for kind, said in BRUSHES if kind}
    return {
        "days": list(map(str, DAYS)), "short": list(map(str, SHORT)), "kinds": kinds,
        "brief": kinds | {kind: str(said) for kind, said in BRIEF.items()},
        "firm": {key: str(said) for key, said in firm.items()}, "free": _now("free"), "grid": _now("The week"),
        "left": _now("{hours} hours of the week are left for the program."),
    }  # fmt: skip


STAFF_WORDS: dict[str, str | Promise] = {"hard": _("cannot come"), "soft": _("would rather not")}
CLIENT_WORDS: dict[str, str | Promise] = {"hard": _("I can’t come"), "soft": _("I’d rather not")}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: the form, the typed rows, and whether the week was painted."""

    form: LifeForm
    rows: list[TimesForm]
    is_drawn: bool

    def is_valid(self) -> bool:
        """Typed rows count only where nothing was painted."""
        return self.form.is_valid() and (self.is_drawn or not any(row.errors for row in self.rows))

    @property
    def life(self) -> Life:
        return self.form.life([] if self.is_drawn else self.rows)


def sent(data: Any, days: tuple[date, ...]) -> Sent:
    """The forms of a page that was sent; "add" keeps what was typed and judges nothing yet."""
    form = LifeForm(initial=data.dict(), days=days) if "add" in data else LifeForm(data, days=days)
    return Sent(form, bound_rows(data, TimesForm), bool(data.get("drawn")))
