"""On which grounds something may be given out of one record."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from daybridge.audit import ledger
from daybridge.consent import phrases
from daybridge.consent.rules import Given, Purpose, kinds_of
from daybridge.people.models import Client
from daybridge.release.queries import within
from daybridge.release.queries.agreements import in_force, who_words
from daybridge.release.rules import LAW, MADE

LAW_WORDS = {
    Purpose.EMERGENCY: (
        _lazy("Medical emergency"),
        _lazy("The client cannot be asked, and a life or health needs it now."),
    ),
    Purpose.LEGAL_ORDER: (
        _lazy("Court order"),
        _lazy("A judge's order under 42 CFR Part 2. A subpoena alone is not enough."),
    ),
    Purpose.AUDIT: (
        _lazy("Audit or evaluation"),
        _lazy("Somebody entitled to look at the program, with a written promise."),
    ),
    Purpose.ABUSE_REPORT: (
        _lazy("Report of child abuse"),
        _lazy("The first report that state law asks for, not the record."),
    ),
    Purpose.CRIME: (
        _lazy("Crime here or against staff"),
        _lazy("The incident, the name and that the person is a client."),
    ),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One ground to give something out on."""

    title: str
    why: str
    url: str
    shape: str


@dataclass(frozen=True, slots=True)
class Ways:
    """The page that offers them."""

    client_id: UUID
    client: str
    agreed: tuple[Way, ...]
    law: tuple[Way, ...]


def ways(*, client_id: UUID, by, at: datetime) -> Ways:
    """Every consent in force that lets somebody know something, and the law's own grounds.

    Raises Client.DoesNotExist out of reach. Writes a read to the ledger.
    """
    client = within.client(client_id, by)
    ledger.read("release.ways", client, by=by, at=at)
    agreed = tuple(_way(client, one) for one in in_force(client, at))
    law = tuple(
        Way(str(title), str(why), reverse("release:law", args=[client.id, purpose]), "scale")
        for purpose, (title, why) in LAW_WORDS.items()
    )
    return Ways(client.id, client.name, agreed, law)


def law_kinds(purpose: Purpose) -> tuple[tuple[str, str], ...]:
    """What may be on a paper for this ground, as choices."""
    return tuple((kind, within.kind_words(kind)) for kind in LAW[purpose][0])


def name_of(*, client_id: UUID, by) -> str:
    """The client's name. Raises Client.DoesNotExist out of reach."""
    return within.client(client_id, by).name


def _way(client: Client, one: Given) -> Way:
    told = phrases.listed([within.kind_words(kind) for kind in MADE if kind in kinds_of(one)], "en")
    until = _("until {day}").format(day=_day(one.expires_on)) if one.expires_on else ""
    why = " · ".join(filter(None, [told, until]))
    return Way(who_words(one), why, reverse("release:agreed", args=[client.id, one.id]), "pen-line")


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
