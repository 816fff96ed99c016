"""The answers people choose from, and how they are shown again."""

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

RESULTS = [("reached", _("Reached")), ("left-message", _("Left a message")), ("no-answer", _("No answer"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
UNKNOWN = [("unknown", _("Not known")), *YES_NO]
WITHDRAWAL = [
    ("none", _("None")), ("mild", _("Mild, at home")),
    ("severe", _("Severe: seizure or confusion")), ("unknown", _("Not known")),
]  # fmt: skip
URGENT = [("medical", _("Medical: needs a doctor today")), ("mental-health", _("Mental health: needs someone today"))]
NEEDS = [
    ("transport", _("Transport")), ("child-care", _("Child care")), ("work", _("Work hours")),
    ("school", _("School hours")), ("interpreter", _("Interpreter")), ("court", _("Court or probation")),
]  # fmt: skip
INSURANCE = [
    ("medicaid", _("Medicaid")), ("medicare", _("Medicare")), ("commercial", _("Commercial")),
    ("va", _("VA or TRICARE")), ("none", _("None")), ("unknown", _("Not known")),
]  # fmt: skip
SEXES = [("female", _("Female")), ("male", _("Male")), ("other", _("Other"))]
NUMBERS = [
    ("MR", _("Record elsewhere")), ("SS", _("Social security")), ("DL", _("Driver’s license")), ("PPN", _("Passport")),
]  # fmt: skip


def label(choices: list[tuple[str, str | Promise]], value: str) -> str:
    """The words of a chosen value; a value we have no words for is shown as it is."""
    return str(dict(choices).get(value, value))


def language(tag: str) -> str:
    """A language tag ("en-US") in words."""
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag
