"""The shape of a post as it is typed: title, credential, languages, and the hours of a week."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daybridge.people import documents, rules

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
LANGUAGES = (
    ("en", _("English")), ("es", _("Spanish")), ("ase", _("American Sign Language")), ("ar", _("Arabic")),
    ("zh", _("Chinese")), ("fr", _("French")), ("ht", _("Haitian Creole")), ("ko", _("Korean")),
    ("pt", _("Portuguese")), ("ru", _("Russian")), ("tl", _("Tagalog")), ("vi", _("Vietnamese")),
)  # fmt: skip
USUAL = tuple((day, 9 * 60, 17 * 60) for day in range(5))
STRETCHES = (1, 2)


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the week: the weekday and its name, (from, to) twice."""

    number: int
    name: str | Promise
    stretches: tuple[tuple[BoundField, BoundField], ...]


class PostForm(forms.Form):
    """What somebody is in the clinic, and when they work: seven days with two stretches each."""

    title = forms.CharField(label=_("Title"), max_length=100, help_text=_("Counselor, nurse, front desk"))
    credential = forms.CharField(
        label=_("Credential"), max_length=20, required=False, widget=forms.TextInput({"list": "credentials"}),
        help_text=_("As it stands under a note. Choose one or type your state’s own."),
    )  # fmt: skip
    credential_until = forms.DateField(
        label=_("In force until"), required=False, widget=forms.DateInput,
        help_text=_("Groups are no longer laid for somebody whose credential has ended."),
    )  # fmt: skip
    caseload_max = forms.IntegerField(
        label=_("Clients at most"), min_value=0, max_value=200, initial=20, help_text=_("As primary counselor.")
    )
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=list(rules.GENDERS.items()),
        help_text=_("Asked only where a group is for women or for men."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, initial=["en"]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            for part in STRETCHES:
                spoken = {"day": name, "part": "" if part == 1 else _now(", second part of the day")}
                self.fields[f"from{number}{part}"] = _clock(_now("%(day)s from%(part)s") % spoken)
                self.fields[f"to{number}{part}"] = _clock(_now("%(day)s to%(part)s") % spoken)

    def days(self) -> list[Day]:
        return [
            Day(number, name, tuple((self[f"from{number}{part}"], self[f"to{number}{part}"]) for part in STRETCHES))
            for number, name in enumerate(WEEKDAYS)
        ]

    def clean_credential(self) -> str:
        return rules.credential(self.cleaned_data["credential"])

    def clean(self) -> dict[str, Any]:
        """Each stretch has both ends, in order."""
        for number, name in enumerate(WEEKDAYS):
            for part in STRETCHES:
                start, end = (self.cleaned_data.get(f"{which}{number}{part}") for which in ("from", "to"))
                words = {"day": name}
                if (start is None) != (end is None):
                    self.add_error(f"to{number}{part}", _now("%(day)s needs both times, or none.") % words)
                elif start is not None and _minute(start) >= _end(end):
                    self.add_error(f"to{number}{part}", _now("%(day)s has to end after it begins.") % words)
        return self.cleaned_data

    def post(self) -> rules.Post:
        clean = self.cleaned_data
        stretches = [
            (number, clean[f"from{number}{part}"], clean[f"to{number}{part}"])
            for number in range(7)
            for part in STRETCHES
        ]
        return rules.Post(
            title=clean["title"], credential=clean["credential"], credential_until=clean["credential_until"],
            languages=tuple(clean["languages"]), gender=clean["gender"], caseload_max=clean["caseload_max"],
            hours=tuple((number, _minute(start), _end(end)) for number, start, end in stretches if end is not None),
        )  # fmt: skip


def initial(post: rules.Post | None) -> dict[str, Any]:
    """What the form begins with: the post as it is, or nine to five on workdays."""
    shown: dict[str, Any] = {}
    seen: dict[int, int] = {}
    for number, start, end in post.hours if post else USUAL:
        part = seen[number] = seen.get(number, 0) + 1
        shown |= {f"from{number}{part}": clock_of(start), f"to{number}{part}": clock_of(end)}
    if post:
        names = ("title", "credential", "credential_until", "caseload_max", "languages", "gender")
        shown |= {name: getattr(post, name) for name in names}
    return shown


def _clock(spoken: str) -> forms.TimeField:
    attrs = {"type": "time", "class": "input short", "aria-label": spoken}
    return forms.TimeField(label=spoken, required=False, widget=forms.TimeInput(attrs, format="%H:%M"))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _end(at: time) -> int:
    """Midnight as an end is the end of the day."""
    return _minute(at) or 24 * 60


def clock_of(minute: int) -> time:
    """A minute after midnight as a time; the end of the day is midnight."""
    return time(minute // 60 % 24, minute % 60)


class DocumentForm(forms.Form):
    """A file for a client's record, what it is, and the title it is found by."""

    title = forms.CharField(
        label=_("Title"), max_length=documents.LONGEST_TITLE, help_text=_("As you would look for it.")
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=list(documents.KINDS.items()))
    upload = forms.FileField(
        label=_("File"), allow_empty_file=True, max_length=None, widget=forms.FileInput({"accept": documents.ACCEPTED}),
        help_text=documents.TAKEN,
    )  # fmt: skip
