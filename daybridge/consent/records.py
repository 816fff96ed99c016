"""What the record knows of one client, as the rules see it: few questions, for the gate asks at every step."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from daybridge.asking import Given as Place
from daybridge.asking import prepared
from daybridge.consent import rules, who
from daybridge.consent.models import Consent, ConsentSignature, Disclosure, Representative, Restriction, Ruling
from daybridge.consent.rules.facts import Person
from daybridge.consent.rules.signers import state_of
from daybridge.people.models import Client

# What the rules look at, in the order of `_as_given`.
COLUMNS = (
    "id", "kind", "status", "signed_at", "recipient_type", "recipient_name", "recipient_relation", "recipient_ref",
    "members", "kinds", "sensitivities", "purposes", "period_from", "period_until", "expires_on", "expires_event",
    "expires_condition", "ended_at", "signer_relation",
)  # fmt: skip
READ, LOCK = "read", "lock"


def given(*, client: Client, at: datetime) -> list[rules.Given]:
    """The client's signed consents as the rules see them; locked, so that a revocation comes first or waits."""
    return _given(client, at, LOCK)


def known(*, client: Client, at: datetime, more: Iterable[rules.Given] = ()) -> rules.History:
    """All the record knows of a client at `at`, and `more` consents that are only supposed. Locks nothing."""
    return history(client, [*_given(client, at, READ), *more], at)


def history(client: Client, consents: list[rules.Given], at: datetime) -> rules.History:
    """These consents with what else counts: restrictions, rulings, who speaks for the client, the newest instant."""
    latest, has_restrictions, has_rulings, has_speaker = _around(client=client.pk)[0]
    return rules.History(
        consents=tuple(consents), latest=latest, restrictions=_restrictions(client) if has_restrictions else (),
        rulings=_rulings(client) if has_rulings else (),
        person=who.person_of(client, local(client, at).date()) if has_speaker else _alone(client),
    )  # fmt: skip


def as_given(consent: Consent) -> rules.Given:
    """One consent as the rules see it."""
    signed_by = tuple(one.relation for one in consent.signatures.all())
    return _as_given(tuple(getattr(consent, name) for name in COLUMNS), signed_by)


def _as_given(row: tuple, signed_by: tuple[str, ...]) -> rules.Given:
    number, kind, state, signed_at, sort, name, relation, ref, members, kinds, labels, purposes, *times = row
    start, end, expires_on, event, condition, ended_at, signer = times
    return rules.Given(
        id=str(number), kind=kind, state=rules.ConsentState(state), signed_at=signed_at,
        recipient=rules.Recipient(sort, name, relation, ref), members=tuple(members), kinds=tuple(kinds),
        sensitivities=tuple(labels), purposes=tuple(purposes), period=rules.Period(start, end), expires_on=expires_on,
        expires_event=event, expires_condition=condition, ended_at=ended_at, signed_by=signed_by or (signer,),
    )  # fmt: skip


def local(client: Client, at: datetime) -> datetime:
    """An instant as the clock on the wall of the client's site says it."""
    return at.astimezone(ZoneInfo(client.site.timezone))


def _given(client: Client, at: datetime, how: str) -> list[rules.Given]:
    rows = _consents(how, client=client.pk, at=at)
    signed_by: dict[UUID, list[str]] = {}
    for consent_id, relation in _signers(client=client.pk) if rows else ():
        signed_by.setdefault(consent_id, []).append(relation)
    return [_as_given(row, tuple(signed_by.get(row[0], ()))) for row in rows]


@prepared
def _consents(how: str) -> QuerySet:
    """The signed consents of a client, oldest first."""
    signed = Consent.objects.filter(client=Place("client"), signed_at__lte=Place("at")).order_by("signed_at", "id")
    return (signed.select_for_update(no_key=True) if how == LOCK else signed).values_list(*COLUMNS)


@prepared
def _signers() -> QuerySet:
    """Who signed the consents of a client, as what."""
    signatures = ConsentSignature.objects.filter(consent__client=Place("client")).order_by("at", "id")
    return signatures.values_list("consent_id", "relation")


@prepared
def _around() -> QuerySet:
    """The newest disclosure, and whether there are restrictions, rulings, somebody who speaks for the client."""
    of_client = {"client": OuterRef("pk")}
    newest = Subquery(Disclosure.objects.filter(**of_client).order_by("-at").values("at")[:1])
    there = (Exists(kind.objects.filter(**of_client)) for kind in (Restriction, Ruling, Representative))
    return Client.objects.filter(pk=Place("client")).order_by().values_list(newest, *there)


def _alone(client: Client) -> Person:
    return Person(birth_date=client.birth_date, state=state_of(client.site.address))


def _restrictions(client: Client) -> tuple[rules.Restriction, ...]:
    return tuple(
        rules.Restriction(
            id=str(one.id), agreed_at=one.agreed_at, ended_at=one.ended_at, kinds=tuple(one.kinds),
            purposes=tuple(one.purposes),
            recipient=rules.Recipient(one.recipient_type, one.recipient_name, one.recipient_relation),
        )
        for one in Restriction.objects.filter(client=client)
    )  # fmt: skip


def _rulings(client: Client) -> tuple[rules.Ruling, ...]:
    found = Ruling.objects.filter(client=client)
    return tuple(rules.Ruling(str(one.kept_id), str(one.set_aside_id), one.at) for one in found)
