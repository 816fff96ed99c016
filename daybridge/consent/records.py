"""What the record knows of one client, as the rules see it: few questions, for the gate asks at every step."""

from collections import namedtuple
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from daybridge.asking import Given as Place
from daybridge.asking import prepared
from daybridge.consent import happenings, proof, rules, who
from daybridge.consent.models import Consent, ConsentSignature, Disclosure, Representative, Restriction, Ruling
from daybridge.consent.rules.facts import Person
from daybridge.consent.rules.signers import state_of
from daybridge.people.models import Client

# What the rules look at, and what tells whether it is still what was signed.
COLUMNS = (
    "id", "kind", "status", "signed_at", "recipient_type", "recipient_name", "recipient_relation", "recipient_ref",
    "members", "kinds", "sensitivities", "purposes", "period_from", "period_until", "expires_on", "expires_event",
    "expires_condition", "ended_at", "signer_relation", "revocable_on", "revocable_event", "matter", "code_word",
    "text", "text_hash",
)  # fmt: skip
Row = namedtuple("Row", COLUMNS)
READ, LOCK = "read", "lock"


def given(*, client: Client, at: datetime) -> list[rules.Given]:
    """The client's signed consents as the rules see them; locked, so that a revocation comes first or waits."""
    return _given(client, at, LOCK)


def known(*, client: Client, at: datetime, more: Iterable[rules.Given] = ()) -> rules.History:
    """All the record knows of a client at `at`, and `more` consents that are only supposed. Locks nothing."""
    return history(client, [*_given(client, at, READ), *more], at)


def history(client: Client, consents: list[rules.Given], at: datetime) -> rules.History:
    """These consents with what else counts: restrictions, rulings, who speaks for the client, the newest instant."""
    latest, has_restrictions, has_rulings, has_speaker, *came_true = _around(client=client.pk)[0]
    return rules.History(
        consents=tuple(consents), latest=latest, restrictions=_restrictions(client) if has_restrictions else (),
        rulings=_rulings(client) if has_rulings else (), happened=happenings.read(came_true),
        person=who.person_of(client, local(client, at).date()) if has_speaker else _alone(client),
    )  # fmt: skip


def as_given(consent: Consent) -> rules.Given:
    """One consent as the rules see it, taken at its word; `holds` and the gate look whether it is what was signed."""
    return _as_given(consent, [one.relation for one in consent.signatures.all()])


def holds(consent: Consent, at: datetime) -> bool:
    """Whether a consent may be relied on at `at`: signed, not ended, and still what was signed."""
    return consent.pk in holding([consent], at)


def holding(consents: Iterable[Consent], at: datetime) -> frozenset[UUID]:
    """Which of these consents may be relied on at `at`; two questions for all of them, and their signatures."""
    active = [one for one in consents if one.status == rules.ConsentState.ACTIVE]
    lines, came_true = proof.told(one.pk for one in active), _came_true(active)
    return frozenset(
        one.pk for one in active
        if rules.is_in_force(as_given(one), local(one.client, at), came_true.get(one.client_id, ()))
        and proof.is_intact(one, lines.get(str(one.pk), []))
    )  # fmt: skip


def _came_true(consents: list[Consent]) -> dict[UUID, tuple[rules.Happening, ...]]:
    return happenings.of({one.client_id for one in consents if one.expires_event})


def _as_given(row: Any, signed_by: Iterable[str], **more: Any) -> rules.Given:
    """A consent, or its columns, as the rules see it."""
    return rules.Given(
        id=str(row.id), kind=row.kind, state=rules.ConsentState(row.status), signed_at=row.signed_at,
        recipient=rules.Recipient(
            row.recipient_type, row.recipient_name, row.recipient_relation, row.recipient_ref
        ),
        members=tuple(row.members), kinds=tuple(row.kinds), sensitivities=tuple(row.sensitivities),
        purposes=tuple(row.purposes), period=rules.Period(row.period_from, row.period_until),
        expires_on=row.expires_on, expires_event=row.expires_event, expires_condition=row.expires_condition,
        ended_at=row.ended_at, signed_by=tuple(signed_by) or (row.signer_relation,), revocable_on=row.revocable_on,
        revocable_event=row.revocable_event, **more,
    )  # fmt: skip


def local(client: Client, at: datetime) -> datetime:
    """An instant as the clock on the wall of the client's site says it."""
    return at.astimezone(ZoneInfo(client.site.timezone))


def _given(client: Client, at: datetime, how: str) -> list[rules.Given]:
    rows = [Row(*row) for row in _consents(how, client=client.pk, at=at)]
    signed: dict[UUID, list[tuple[str, str]]] = {}
    for consent_id, *signature in _signers(client=client.pk) if rows else ():
        signed.setdefault(consent_id, []).append(tuple(signature))
    lines = proof.told(row.id for row in rows if row.status == rules.ConsentState.ACTIVE)
    return [_proven(row, signed.get(row.id, []), lines.get(str(row.id), [])) for row in rows]


def _proven(row: Any, signatures: list[tuple[str, str]], lines: list) -> rules.Given:
    """A consent as the rules see it; one that ended is not looked at closely, for nothing is relied on it."""
    is_intact = row.status != rules.ConsentState.ACTIVE or proof.fits(row, signatures, lines)
    return _as_given(row, [relation for relation, _hash in signatures], is_intact=is_intact)


@prepared
def _consents(how: str) -> QuerySet:
    """The signed consents of a client, oldest first."""
    signed = Consent.objects.filter(client=Place("client"), signed_at__lte=Place("at")).order_by("signed_at", "id")
    return (signed.select_for_update(no_key=True) if how == LOCK else signed).values_list(*COLUMNS)


@prepared
def _signers() -> QuerySet:
    """Who signed the consents of a client, as what, under which words."""
    signatures = ConsentSignature.objects.filter(consent__client=Place("client")).order_by("at", "id")
    return signatures.values_list("consent_id", "relation", "text_hash")


@prepared
def _around() -> QuerySet:
    """The newest disclosure; whether there are restrictions, rulings, somebody who speaks for the client; what came
    true."""
    of_client = {"client": OuterRef("pk")}
    newest = Subquery(Disclosure.objects.filter(**of_client).order_by("-at").values("at")[:1])
    there = (Exists(kind.objects.filter(**of_client)) for kind in (Restriction, Ruling, Representative))
    return Client.objects.filter(pk=Place("client")).order_by().values_list(newest, *there, *happenings.newest())


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
