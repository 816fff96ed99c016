"""The words of a message: neutral, no program, no reason, in the language the client chose."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.scheduling.models import Notice


def subject(language: str) -> str:
    """The subject of an e-mail."""
    with translation.override(language):
        return _("Your appointment")


def reminder(starts_at: datetime, now: datetime, zone: ZoneInfo, phone: str, language: str) -> str:
    """ "You have an appointment today at 6:00 p.m." and whom to call."""
    with translation.override(language):
        here = starts_at.astimezone(zone)
        days = (here.date() - now.astimezone(zone).date()).days
        said = {"time": date_format(here, "g:i A"), "day": date_format(here, "l")}
        if days == 0:
            words = _("You have an appointment today at %(time)s.") % said
        elif days == 1:
            words = _("You have an appointment tomorrow at %(time)s.") % said
        else:
            words = _("You have an appointment on %(day)s at %(time)s.") % said
        return f"{words} {_closing(phone)}".strip()


def notice(told: Notice, phone: str, language: str) -> str:
    """A change to the week in one line, and whom to call."""
    with translation.override(language):
        return f"{told.line} {_closing(phone)}".strip()


def _closing(phone: str) -> str:
    return _("Questions? Call %(phone)s.") % {"phone": phone} if phone else ""
