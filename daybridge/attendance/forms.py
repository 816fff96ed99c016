"""What a tap on the board sends."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from daybridge.attendance.rules import Detail, Mark

MARKS = [(mark, mark) for mark in Mark]


class MarkForm(forms.Form):
    """One line's next mark. `seen` is the mark the board showed; `time` is sent by an undo only."""

    to = forms.ChoiceField(choices=MARKS, error_messages={"required": _("Choose a mark.")})
    seen = forms.ChoiceField(choices=MARKS, required=False)
    online = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=200, required=False)
    time = forms.DateTimeField(required=False)

    @property
    def mark(self) -> Mark:
        return Mark(self.cleaned_data["to"])

    @property
    def detail(self) -> Detail:
        clean = self.cleaned_data
        seen = Mark(clean["seen"]) if clean["seen"] else None
        return Detail(clean["online"], clean["reason"], clean["time"], seen)


class UndoForm(forms.Form):
    """Taking one "everyone here" back: the moment it was said."""

    since = forms.DateTimeField()


class AskedForm(forms.Form):
    """Which week and page of the hours list; what does not read is left out."""

    first = forms.DateField(
        required=False, validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))]
    )
    page = forms.IntegerField(required=False, min_value=1)
    show = forms.ChoiceField(choices=[("all", "all"), ("short", "short")], required=False)
