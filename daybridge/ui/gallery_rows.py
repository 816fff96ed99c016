"""Made-up rows for the gallery; nobody in them exists."""

from types import SimpleNamespace as Row

from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daybridge.ui import words
from daybridge.ui.fields import DrawnField

TIMES = (("morning", _("Morning")), ("noon", _("Noon")), ("evening", _("Evening")))
RATINGS = ((0, _("0 none")), (1, _("1 mild")), (2, _("2 moderate")), (3, _("3 substantial")), (4, _("4 severe")))
WHY = (
    ("near", _("I can live at home and come here on most days of the week")),
    ("ride", _("I need a ride, or a track that the bus reaches")),
)


class SampleForm(forms.Form):
    """One of each kind of field."""

    preferred_name = forms.CharField(label=_("Preferred name"), max_length=60)
    review_on = forms.DateField(label=_("Plan review"), help_text=_("The plan was signed on Nov 3, 2026."))
    track = forms.ChoiceField(label=_("Track"), choices=(("day", _("Day")), ("evening", _("Evening"))))
    minutes = forms.IntegerField(label=_("Minutes"), required=False)
    call_at = forms.ChoiceField(label=_("Best time to call"), choices=TIMES, widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label=_("Days"), choices=TIMES, widget=forms.CheckboxSelectMultiple, required=False
    )
    about = forms.CharField(label=_("In her words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agrees = forms.BooleanField(label=_("She has read this with me"), required=False)
    severity = forms.ChoiceField(label=_("Dimension 1"), choices=RATINGS, widget=forms.RadioSelect)
    support = forms.ChoiceField(label=_("What fits best"), choices=WHY, widget=forms.RadioSelect)
    signed_name = forms.CharField(label=_("Your full name"))
    drawn = DrawnField()


def context(query: QueryDict) -> dict[str, object]:
    """What gallery.html shows; `?faults` fills the form with faults."""
    faulty = SampleForm({"review_on": "yesterday", "minutes": "-", "about": "", "severity": "3"}, prefix="faulty")
    statuses = [(name, word) for name, word in words.WORDS.items()]
    pages = Paginator(range(214), 50)
    return {
        "statuses": statuses,
        "tones": words.TONES,
        "form": SampleForm(initial={"preferred_name": "Wren", "call_at": "noon", "severity": "2"}),
        "faulty": faulty,
        "page": pages.get_page(query.get("page", 2)),
        "tabs": [
            Row(url="#", label=_("Now"), current=True),
            Row(url="#", label=_("Plan"), count=3),
            Row(url="#", label=_("Notes")),
            Row(url="#", label=_("Consent")),
        ],
        "timeline": [
            Row(day=_("Today")),
            Row(at="9:00", shape="circle-check", tone="ok", words=_("Came to Relapse Prevention"), more=_("3 h")),
            Row(at="7:40", shape="phone", tone="info", words=_("Called about the bus"), url="#"),
            Row(day=_("Mon Nov 23")),
            Row(at="4:10", shape="file-text", words=_("Individual note signed"), more="Priya Raman"),
        ],
        "steps": [
            Row(label=_("About you"), state="done", url="#"),
            Row(label=_("Coverage"), state="done"),
            Row(label=_("Consent forms"), state="current", more=_("2 of 5")),
            Row(label=_("Your week"), state="ahead", more=_("About 3 min")),
        ],
        "mood": [18, 17, 17, 14, 13, 11],
        "reasons": [(_("Work shift"), 9), (_("Child care"), 5), (_("Ride"), 4), (_("Felt ill"), 1)],
        "weeks": [("Oct 5", 7.5), ("Oct 12", 9), ("Oct 19", 9), ("Oct 26", 6), ("Nov 2", 8.5), ("Nov 9", 9)],
        "signature": "M60 110L80 60L96 112L120 70L150 108L190 84L240 104L300 90L380 110",
        "toast": Message(SUCCESS, str(_("Moved to Thu 5:30.")), extra_tags="undo=/gallery/?to=expected"),
        "kinds": [
            ("skills", _("Skills")), ("process", _("Process")), ("learn", _("Education")),
            ("one", _("Individual")), ("family", _("Family")), ("medical", _("Medical")),
        ],
    }  # fmt: skip
