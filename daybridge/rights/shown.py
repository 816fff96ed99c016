"""What a letter says of the program and of days: in the letter's own language, in the site's own time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats, translation

from daybridge.access.models import Program, Site


def written(day: date, language: str) -> str:
    """A day as it stands in a letter of that language."""
    with translation.override(language):
        return formats.date_format(day, "DATE_FORMAT")


def program() -> str:
    """The program's name."""
    return Program.objects.values_list("name", flat=True).first() or ""


def phone_of(site: Site) -> str:
    """The number to call: the site's, else the program's."""
    return site.phone or Program.objects.values_list("phone", flat=True).first() or ""


def today(site: Site, at: datetime) -> date:
    """The site's local day."""
    return at.astimezone(ZoneInfo(site.timezone)).date()
