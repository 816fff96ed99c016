"""Who must sign for a client: the facts of the record, for the rules."""

from datetime import date

from django.db.models import Q, QuerySet

from daybridge.consent.models import Representative
from daybridge.consent.rules import signers
from daybridge.consent.rules.facts import Person
from daybridge.consent.rules.names import same_name
from daybridge.kit.errors import Refused
from daybridge.people.models import Client


def person_of(client: Client, day: date) -> Person:
    """What of the client decides who must sign on that day; care is given in the state of the site's address."""
    named = Representative.objects.filter(Q(until=None) | Q(until__gte=day), client=client, since__lte=day)
    since: dict[str, date] = {}
    for because, first in named.order_by("-since").values_list("because", "since"):
        since[because] = first
    return Person(
        birth_date=client.birth_date, state=signers.state_of(client.site.address),
        incapable_since=since.get("lacks-capacity"), died_on=since.get("deceased"),
    )  # fmt: skip


def _current(client: Client, day: date) -> QuerySet[Representative]:
    return Representative.objects.filter(Q(until=None) | Q(until__gte=day), client=client, since__lte=day)


def needed(client: Client, day: date) -> signers.Signers:
    """Who must sign for this client on that day."""
    return signers.who_must_sign(person_of(client, day), day)


def check_speaker(client: Client, relation: str, name: str, day: date) -> None:
    """Raise Refused when somebody signs for an adult and is not who the record says speaks for them."""
    if relation not in ("guardian", "representative"):
        return
    named = _current(client, day).exclude(because="minor").values_list("name", flat=True)
    if named and not any(same_name(name, one) for one in named):
        raise Refused("The record names somebody else who speaks for this client.")
