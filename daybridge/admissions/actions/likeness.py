"""Finds records that may be the same person as a new one; a human joins them, never this."""

from uuid import UUID

from django.db.models import Q

from daybridge.access import rowlock
from daybridge.admissions.models import PossibleMatch, Referral
from daybridge.admissions.rules import KnownPerson, Match, address_key, matches
from daybridge.people.models import Client, Identifier


@rowlock.as_system("the same person is looked for among everybody")
def note_matches(referral: Referral) -> list[UUID]:
    """Write a possible match for every other person of the site whose record agrees with this client's; who they are.

    The number of queries does not depend on how many clients there are.
    """
    client = referral.client
    mine = _known(client)
    found: dict[UUID, Match] = {}
    for other in _candidates(client):
        match = matches(mine, _known(other))
        root = other.merged_into_id or other.id
        if match and root != client.id:
            found.setdefault(root, match)
    PossibleMatch.objects.bulk_create(
        PossibleMatch(referral=referral, client_id=root, facts=_facts(match)) for root, match in found.items()
    )
    return list(found)


def _candidates(client: Client) -> list[Client]:
    digests = [one.digest for one in client.identifiers.all()]
    ids = set(Identifier.objects.filter(digest__in=digests).values_list("client_id", flat=True)) if digests else set()
    likely = Q(id__in=ids)
    if client.birth_date and client.name_key:
        likely |= Q(birth_date=client.birth_date, name_key__startswith=client.name_key.split()[0])
    found = Client.objects.filter(likely, site_id=client.site_id).exclude(id=client.id).order_by("created_at", "id")
    return list(found.prefetch_related("identifiers", "phones", "addresses"))


def _known(client: Client) -> KnownPerson:
    return KnownPerson(
        given=client.given_name,
        family=client.family_name,
        birth_date=client.birth_date,
        sex=client.sex,
        identifiers=frozenset((one.system, one.digest) for one in client.identifiers.all()),
        phones=frozenset(one.number for one in client.phones.all()),
        emails=frozenset({client.email} - {""}),
        addresses=frozenset(address_key(one.line, one.postal_code) for one in client.addresses.all()),
    )


def _facts(match: Match) -> dict[str, object]:
    return {"by": match.by, "agree": list(match.agree), "differ": list(match.differ)}
