"""What somebody touched by a change is told: one neutral sentence, in the reader's language. Nothing of care in it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# What may be told, to clients and to staff. `when` and `day` are wall-clock text of the site, kept with the notice.
KINDS = {
    "week-ready": gettext_noop("Your week from %(day)s is ready."),
    "week-changed": gettext_noop("Your week from %(day)s changed. Please look at it again."),
    "cancelled": gettext_noop("Your time on %(when)s is off."),
    "added": gettext_noop("You have a new time on %(when)s."),
    "moved": gettext_noop("Your time on %(was)s is now on %(when)s."),
    "other-lead": gettext_noop("Somebody else leads your time on %(when)s."),
    "other-room": gettext_noop("Your time on %(when)s is in another room: %(room)s."),
    "stands-in": gettext_noop("You lead on %(when)s in place of a colleague."),
    "freed": gettext_noop("You no longer lead on %(when)s."),
}


def sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a notice; a kind nobody knows says only that the week changed."""
    words = {name: _spoken(value) for name, value in facts.items()}
    try:
        return _(KINDS[kind]) % words
    except KeyError:
        return _("Your week changed. Please look at it again.")


def _spoken(value: Any) -> str:
    """A day or a local time ("2026-03-02", "2026-03-02T17:30") as people say it; other words as they are."""
    text = str(value)
    try:
        if "T" in text:
            at = datetime.fromisoformat(text)
            return f"{formats.date_format(at, _('D, M j'))} {formats.date_format(at, 'g:i A')}"
        return formats.date_format(date.fromisoformat(text), _("D, M j"))
    except ValueError:
        return text
