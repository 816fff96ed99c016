"""Passwords that anybody who knows the clinic would try first."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from daybridge.access.models import Program, Site

ALWAYS = ("daybridge", "password", "recovery", "intensive", "outpatient", "counselor", "clinic", "welcome")
LEAST = 8  # letters that must be left when the clinic's words are taken out
SHORTEST_WORD = 4


class NotOurWords:
    """A password is more than the program's name with a number behind it. Source: OWASP ASVS 5.0, 6.1.2 and 6.2.11."""

    def validate(self, password: str, user: object = None) -> None:
        left = password.casefold()
        for word in _words():
            left = left.replace(word, "")
        if left != password.casefold() and len(left) < LEAST:
            raise ValidationError(_("This is mostly made of words of the clinic. Choose others."), code="our_words")

    def get_help_text(self) -> str:
        return _("Not the name of the program with a number behind it.")


def _words() -> list[str]:
    """Words of the program's and the sites' names, and what everybody tries; the longest first."""
    names = [*Program.objects.values_list("name", flat=True), *Site.objects.values_list("name", flat=True)]
    found = {word for name in names for word in re.findall(r"\w+", name.casefold()) if len(word) >= SHORTEST_WORD}
    return sorted(found | set(ALWAYS), key=len, reverse=True)
