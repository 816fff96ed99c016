"""Form fields that only we have."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DrawnField(forms.RegexField):
    """A signature drawn with finger, pen or mouse: SVG moves and lines in a 600 x 160 box, or nothing."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.HiddenInput)
        message = _("Draw the signature again, please.")
        super().__init__(
            regex=r"^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)*$",
            max_length=20_000,
            error_messages={"invalid": message},
            **kwargs,
        )
