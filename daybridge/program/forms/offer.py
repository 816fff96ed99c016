"""The shapes of tracks, rooms, topics and openings as they are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.people.rules import CREDENTIALS
from daybridge.program.actions import Opening
from daybridge.program.models import Room, Topic
from daybridge.program.queries import StaffRow, TrackPage
from daybridge.program.rules import NewRoom, NewTopic, NewTrack, Phase
from daybridge.program.words import (
    CATEGORIES,
    FEATURES,
    FOCUSES,
    GENDERS,
    LANGUAGES,
    LEVELS,
    MODALITIES,
    PARTS,
    POPULATIONS,
)


def chips(label: Any, choices: list, **more: Any) -> forms.ChoiceField:
    """One of a few, side by side; the first is chosen."""
    return forms.ChoiceField(label=label, choices=choices, initial=choices[0][0], widget=forms.RadioSelect, **more)


def free(label: Any, choices: list) -> forms.ChoiceField:
    """Chips that may be left as they are."""
    return chips(label, choices, required=False)


def unless_all(value: Any) -> Any:
    """Nothing for the chip that says everybody: a radio without a value is not drawn."""
    return "" if value == "all" else value


class TrackForm(forms.Form):
    """A line of weekly groups."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Day track, Evening track"))
    part_of_day = chips(_("Time of day"), PARTS)
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=500, initial=12, help_text=_("How many people follow it at a time.")
    )
    level = chips(_("Level of care"), LEVELS)
    population = chips(_("For"), POPULATIONS)
    gender = free(_("Who"), GENDERS)
    language = free(_("Language"), LANGUAGES)
    modality = free(_("Where"), MODALITIES)
    focus = free(_("Focus"), FOCUSES)

    def track(self, phases: tuple[Phase, ...] = ()) -> NewTrack:
        usual = {"language": "en", "modality": "on-site"}
        clean = {name: unless_all(value) or usual.get(name, "") for name, value in self.cleaned_data.items()}
        return NewTrack(**clean, phases=phases)

    @classmethod
    def of(cls, page: TrackPage) -> dict[str, Any]:
        """What stands in the form of a track that is there."""
        return {name: getattr(page.row, name) or "all" for name in cls.base_fields}


class RoomForm(forms.Form):
    """A room with seats."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Room A, Office 3"))
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=500, initial=12, help_text=_("Whoever leads does not count.")
    )
    kind = chips(_("Used for"), [("group", _("Groups")), ("office", _("Talks with one person or a family"))])
    accessible = forms.BooleanField(label=_("Step-free, with room for a wheelchair"), required=False)
    features = forms.MultipleChoiceField(
        label=_("What it has"), choices=FEATURES, required=False, widget=forms.CheckboxSelectMultiple
    )

    def room(self) -> NewRoom:
        clean = self.cleaned_data
        return NewRoom(
            clean["name"], clean["seats"], clean["kind"] == "office", clean["accessible"], tuple(clean["features"])
        )

    @staticmethod
    def of(room: Room) -> dict[str, Any]:
        """What stands in the form of a room that is there."""
        return {
            "name": room.name, "seats": room.seats, "kind": "office" if room.is_office else "group",
            "accessible": room.is_accessible, "features": room.features,
        }  # fmt: skip


class TopicForm(forms.Form):
    """What a group is about; the credentials offered are the known ones and those colleagues hold."""

    name = forms.CharField(label=_("Name"), max_length=100)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=480, initial=90)
    category = chips(_("Kind"), CATEGORIES)
    summary = forms.CharField(
        label=_("In a sentence"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    least = forms.IntegerField(label=_("Fewest people"), min_value=1, initial=2, required=False)
    ideal = forms.IntegerField(label=_("Best size"), min_value=1, initial=8, required=False)
    most = forms.IntegerField(label=_("Most people"), min_value=1, initial=12, required=False)
    flags = forms.MultipleChoiceField(
        label=_("Counts as"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[
            ("counts", _("Hours of the level of care")), ("billable", _("Billable")),
            ("licensed", _("Needs a licensed clinician")),
        ],
        initial=["counts", "billable"],
    )  # fmt: skip
    gender = free(_("For"), GENDERS)
    credentials = forms.MultipleChoiceField(
        label=_("Who may lead it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Holders of any of these. Choose none and everybody may."),
    )  # fmt: skip

    def __init__(self, *args: Any, staff: tuple[StaffRow, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {one.credential for one in staff if one.credential} | set(self.initial.get("credentials", ()))
        codes = dict.fromkeys([one.code for one in CREDENTIALS] + sorted(held))
        self.fields["credentials"].choices = [(code, code) for code in codes]
        self.fields["credentials"].initial = [one.code for one in CREDENTIALS if one.leads]

    def topic(self, was: Topic | None = None) -> NewTopic:
        clean = self.cleaned_data
        flags = clean["flags"]
        return NewTopic(
            clean["name"], clean["category"], clean["minutes"], tuple(clean["credentials"]), clean["summary"],
            language=was.language if was else "", gender=unless_all(clean["gender"]),
            tags=tuple(was.tags) if was else (), sizes=(clean["least"] or 2, clean["ideal"] or 8, clean["most"] or 12),
            counts_hours="counts" in flags, is_billable="billable" in flags, needs_licensed="licensed" in flags,
        )  # fmt: skip

    @staticmethod
    def of(topic: Topic) -> dict[str, Any]:
        """What stands in the form of a topic that is there."""
        known = {"counts": topic.counts_hours, "billable": topic.is_billable, "licensed": topic.needs_licensed}
        return {
            "name": topic.name, "minutes": topic.minutes, "category": topic.category, "summary": topic.summary,
            "least": topic.min_size, "ideal": topic.ideal_size, "most": topic.max_size, "gender": topic.gender or "all",
            "credentials": topic.credentials, "flags": [name for name, is_so in known.items() if is_so],
        }  # fmt: skip


class OpeningForm(forms.Form):
    """Under which name, for how many and from when a template is opened."""

    name = forms.CharField(label=_("Name of the track"), max_length=100)
    seats = forms.IntegerField(label=_("Seats"), min_value=2, max_value=60)
    since = forms.DateField(label=_("Meets from"), widget=forms.DateInput)

    def opening(self, template: str) -> Opening:
        clean = self.cleaned_data
        return Opening(template, clean["name"], clean["seats"], clean["since"])
