"""The shape of a note as it is typed: the shared part, and one line for each person."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.notes.queries import Line, NotePage
from daybridge.notes.rules import LineWords, NoteWords, Participation, Response, is_written, twins

PARTS = (
    (Participation.QUIET, _("Quiet")), (Participation.TOOK_PART, _("Took part")), (Participation.LED, _("Led")),
)  # fmt: skip
RESPONSES = ((Response.OPEN, _("Open")), (Response.MIXED, _("Mixed")), (Response.TENSE, _("Tense")))


class SharedForm(forms.Form):
    """What is said once, for all. `version` is the saved note the writer had open."""

    topic = forms.CharField(label=_("Topic"), max_length=100, required=False)
    what_we_did = forms.CharField(
        label=_("What we did"), max_length=5000, required=False, widget=forms.Textarea({"rows": 7})
    )
    practice = forms.CharField(label=_("Practice until next time"), max_length=1000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class LineForm(forms.Form):
    """One person's line; nothing is required of a draft."""

    goal = forms.ChoiceField(required=False)
    participation = forms.ChoiceField(choices=PARTS, required=False, widget=forms.RadioSelect)
    response = forms.ChoiceField(choices=RESPONSES, required=False, widget=forms.RadioSelect)
    words = forms.CharField(max_length=2000, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, goals: tuple[tuple[str, str], ...] = (), name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [("", _("No goal")), *goals]
        says = {"rows": 1, "class": "words", "placeholder": _("In a few words")}
        self.fields["words"].widget.attrs = {**says, "aria-label": _("Own words for {name}").format(name=name)}
        goal = {"class": "goal", "aria-label": _("Goal for {name}").format(name=name)}
        self.fields["goal"].widget.attrs = goal


@dataclass(frozen=True, slots=True)
class Meter:
    """How far the note is: lines written, and lines that read like no other."""

    written: int
    distinct: int
    all: int

    @property
    def alike(self) -> int:
        return self.written - self.distinct

    @property
    def most(self) -> int:
        """For the bar, which cannot have nothing to measure."""
        return self.all or 1


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line of the page with its part of the form, whose line it reads like, and what another person saved."""

    line: Line
    form: LineForm
    twin: str
    theirs: str

    @property
    def part(self) -> str:
        return _label(PARTS, self.line.typed.participation)

    @property
    def response(self) -> str:
        return _label(RESPONSES, self.line.typed.response)

    @property
    def problem(self) -> str:
        return " ".join(str(words) for found in self.form.errors.values() for words in found)


class NoteForm:
    """The whole note as one form: of what is saved, or of what was just typed."""

    def __init__(self, page: NotePage, data: Any = None) -> None:
        self.page = page
        shared = {"topic": page.topic, "what_we_did": page.what_we_did, "practice": page.practice}
        self.shared = SharedForm(data, initial={**shared, "version": page.version})
        self.forms = [
            LineForm(
                data, prefix=f"line-{line.episode_id}", goals=line.goals, name=line.name,
                initial={
                    "goal": str(line.typed.goal_id or ""), "participation": line.typed.participation,
                    "response": line.typed.response, "words": line.typed.words,
                },
            )
            for line in page.lines
        ]  # fmt: skip

    def is_valid(self) -> bool:
        return all([self.shared.is_valid(), *(form.is_valid() for form in self.forms)])

    @property
    def typed(self) -> list[LineWords]:
        """The lines as typed, or as saved where nothing was typed."""
        if not self.shared.is_bound:
            return [line.typed for line in self.page.lines]
        return [_typed(line, form) for line, form in zip(self.page.lines, self.forms, strict=True)]

    @property
    def words(self) -> NoteWords:
        """All of it, for the action; after is_valid()."""
        clean = self.shared.cleaned_data
        return NoteWords(clean["what_we_did"], clean["practice"], tuple(self.typed), clean["version"], clean["topic"])

    @property
    def lines(self) -> list[TypedLine]:
        """The lines for the page."""
        typed, names = self.typed, {line.episode_id: line.name for line in self.page.lines}
        alike = twins(typed)
        return [
            TypedLine(line, form, names.get(alike.get(line.episode_id), ""), _theirs(line, now))
            for line, form, now in zip(self.page.lines, self.forms, typed, strict=True)
        ]

    @property
    def meter(self) -> Meter:
        typed = self.typed
        written = [line for line in typed if is_written(line)]
        return Meter(len(written), len(written) - len(twins(written)), len(typed))


def _label(choices: Any, value: str) -> str:
    return next((str(words) for known, words in choices if known == value), "")


def _typed(line: Line, form: LineForm) -> LineWords:
    form.is_valid()
    clean = form.cleaned_data
    goal = clean.get("goal") or None
    return LineWords(
        line.episode_id, clean.get("participation", ""), clean.get("response", ""), clean.get("words", ""),
        UUID(goal) if goal else None,
    )  # fmt: skip


def _theirs(line: Line, now: LineWords) -> str:
    """What is saved of a line, where it says something else than what is typed."""
    saved = line.typed.words
    return saved if saved and saved.strip() != now.words.strip() else ""


class AddForm(forms.Form):
    """Words added to a signed note."""

    words = forms.CharField(
        label=_("What is to be added"), max_length=5000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The signed note stays as it is; this is signed with your name and the time."),
    )  # fmt: skip


class ListForm(forms.Form):
    """Which notes and which page; what does not read is left out."""

    show = forms.ChoiceField(choices=[("mine", "mine"), ("all", "all")], required=False)
    page = forms.IntegerField(required=False, min_value=1)
