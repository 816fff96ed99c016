"""A form's words as one client is shown them: with the names, the local day and what was chosen."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats, translation

from daybridge.access.models import Program
from daybridge.consent import phrases, wording
from daybridge.consent.terms import NOTHING, Terms
from daybridge.people.models import Client


def text_for(client: Client, form: wording.Form, at: datetime, terms: Terms = NOTHING) -> str:
    """The words this client signs on the site's local day of `at`, in the form's language."""
    return _text(client, form, terms, day_in(form.language)(today(client, at)))


def text_on_paper(client: Client, form: wording.Form, terms: Terms = NOTHING) -> str:
    """The words to print and sign by hand: the day is the one written beside the signature."""
    return _text(client, form, terms, phrases.words(form.language)["paper_day"])


def _text(client: Client, form: wording.Form, terms: Terms, day: str) -> str:
    program, name = program_name(), f"{client.given_name} {client.family_name}".strip()
    filled = phrases.fill(terms, form.language, program=program, day=day_in(form.language))
    return wording.render(form, program=program, client=name, date=day, filled=filled)


def today(client: Client, at: datetime) -> date:
    """The local day of `at` at the client's site."""
    return local(client, at).date()


def local(client: Client, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(client.site.timezone))


def program_name() -> str:
    return Program.objects.values_list("name", flat=True).first() or ""


def day_in(language: str) -> phrases.Day:
    """How a day is written in this language: "March 1, 2026"."""

    def written(day: date) -> str:
        with translation.override(language):
            return formats.date_format(day, "DATE_FORMAT")

    return written
