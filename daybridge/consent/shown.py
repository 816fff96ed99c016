"""A form's words as one client is shown them: with the program's name, the person's and the local day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats, translation

from daybridge.access.models import Program
from daybridge.consent import wording
from daybridge.people.models import Client


def text_for(client: Client, form: wording.Form, at: datetime) -> str:
    """The words this client signs on the site's local day of `at`, in the form's language."""
    day = at.astimezone(ZoneInfo(client.site.timezone)).date()
    name = f"{client.given_name} {client.family_name}".strip()
    return wording.render(form, program=program_name(), client=name, date=_written(day, form.language))


def program_name() -> str:
    return Program.objects.values_list("name", flat=True).first() or ""


def _written(day: date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "DATE_FORMAT")
