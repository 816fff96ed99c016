"""Taking a referral in: by packet, by form. Whole, or not at all."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge import vault
from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.admissions import packet
from daybridge.admissions.actions import likeness
from daybridge.admissions.models import Packet, PacketItem, Referral, ReferralEvent
from daybridge.admissions.rules import arrival
from daybridge.admissions.rules.arrival import Condition, Known, NewReferral, Outcome
from daybridge.audit import ledger
from daybridge.kit.errors import BadInput, Problem, Refused
from daybridge.people import actions as people
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.people.rules import NewPerson, Number, Place


@dataclass(frozen=True, slots=True)
class _File:
    """A packet that was read and may be stored."""

    name: str
    data: bytes
    found: packet.Packet


def receive_packet(*, site: Site, name: str, data: bytes, by, at: datetime) -> Outcome:
    """Take the packet in the file `name`, whole and kept unchanged, or answer `rejected` with every problem.

    The same bytes again are a `duplicate`: nothing is stored. Never raises for what is in the file; raises NotAllowed.
    Read before the transaction opens, so that a large file holds nobody up. Source: contracts `refer`.
    """
    require(by, Permission.REFERRAL_RECEIVE, site)
    earlier = Packet.objects.filter(sha256=hashlib.sha256(data).hexdigest()).first()
    if earlier:
        return _again(earlier, name, by)
    try:
        found = packet.read(data, name, today=_today(site, at))
    except BadInput as error:
        problems = error.problems or (Problem("", str(error)),)
        return Outcome(status=arrival.REJECTED, file=name, problems=problems)
    return _store(site=site, file=_File(name, data, found), by=by, at=at)


@transaction.atomic
def _store(*, site: Site, file: _File, by, at: datetime) -> Outcome:
    found = file.found
    kept, is_new = Packet.objects.get_or_create(
        sha256=found.sha256,
        defaults={
            "file_name": file.name[:200], "size": len(file.data), "received_at": at, "remarks": list(found.warnings),
            "content": vault.seal_bytes(file.data, packet_context(found.sha256)),
        },
    )  # fmt: skip
    if not is_new:
        return _again(kept, file.name, by)
    conditions = tuple(_condition(item) for item in found.of(packet.Kind.CONDITION))
    client = people.register(site=site, person=_person(found.person), by=by, at=at)
    referral = Referral(
        site=site, client=client, source="packet", packet=kept, concern=arrival.concern_of(conditions),
        first_call_at=at, state_since=at,
    )  # fmt: skip
    status = _open(referral, by=by, at=at)
    PacketItem.objects.bulk_create(_rows(referral, found.items))
    return _outcome(referral, file, status)


@transaction.atomic
def receive_form(*, site: Site, form: NewReferral, by, at: datetime) -> Outcome:
    """Take a referral told in words. The same form again (its `token`) answers `duplicate` and stores nothing.

    Raises NotAllowed, or Refused for a person without a usable name or birth date.
    """
    require(by, Permission.REFERRAL_RECEIVE, site)
    if form.source not in arrival.SOURCES:
        raise Refused("A referral comes by packet, form, phone or web.")
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)  # a form posted twice at once waits here for itself
    earlier = Referral.objects.filter(token=form.token).select_related("client").first() if form.token else None
    if earlier:
        return Outcome(status=arrival.DUPLICATE, **_if_seen(earlier, by))
    client = people.register(site=site, person=form.person, by=by, at=at)
    referral = Referral(
        site=site, client=client, source=form.source, referrer=form.referrer[:200], concern=form.concern[:300],
        best_time=form.best_time[:100], may_leave_message=form.may_leave_message, token=form.token,
        first_call_at=at, state_since=at,
    )  # fmt: skip
    status = _open(referral, by=by, at=at)
    return Outcome(status=status, referral=referral.id, client=_known(client))


def packet_context(sha256: str) -> str:
    """What a packet is sealed under."""
    return f"admissions.packet:{sha256}"


def _open(referral: Referral, *, by, at: datetime) -> str:
    referral.save(force_insert=True)
    ReferralEvent.objects.create(referral=referral, was="", now="received", by=by.actor, at=at)
    alike = likeness.note_matches(referral)
    ledger.record("referral.receive", referral, by=by, at=at, source=referral.source, possible_matches=len(alike))
    told = Client.objects.filter(reach.clients_within(by, Permission.REFERRAL_SEE), pk__in=alike)
    return arrival.POSSIBLE_MATCH if told.exists() else arrival.RECEIVED


def _again(kept: Packet, name: str, by) -> Outcome:
    earlier = Referral.objects.filter(packet=kept).select_related("client").first()
    return Outcome(status=arrival.DUPLICATE, file=name, **(_if_seen(earlier, by) if earlier else {}))


def _if_seen(referral: Referral, by) -> dict[str, object]:
    """An answer tells of an earlier referral only to somebody who may see it."""
    if not Referral.objects.visible_to(by).filter(pk=referral.pk).exists():
        return {}
    return {"referral": referral.id, "client": _known(referral.client)}


def _outcome(referral: Referral, file: _File, status: str) -> Outcome:
    found = file.found
    return Outcome(
        status=status, file=file.name, referral=referral.id, client=_known(referral.client),
        conditions=tuple(_condition(item) for item in found.of(packet.Kind.CONDITION)),
        medications=len(found.of(packet.Kind.MEDICATION)),
        allergies=len(found.of(packet.Kind.ALLERGY)),
        coverage=tuple(item.text for item in found.of(packet.Kind.COVERAGE)),
        remarks=found.warnings,
    )  # fmt: skip


def _condition(item: packet.Item) -> Condition:
    return Condition(item.code, item.system, item.text, str(item.category))


def _rows(referral: Referral, items: Iterable[packet.Item]) -> Iterable[PacketItem]:
    for item in items:
        yield PacketItem(
            referral=referral, kind=str(item.kind), system=item.system[:200], code=item.code[:40], text=item.text[:300],
            category=str(item.category or item.encounter_class)[:20], start=item.start, end=item.end,
        )  # fmt: skip


def _person(sent: packet.Person) -> NewPerson:
    return NewPerson(
        given=sent.given, family=sent.family, birth_date=sent.birth_date, sex=sent.sex, languages=sent.languages,
        email=next(iter(sent.emails), ""), phones=sent.phones,
        addresses=tuple(Place(", ".join(a.lines), a.city, a.state, a.postal_code) for a in sent.addresses),
        identifiers=tuple(Number(one.system, one.value, one.kind) for one in sent.identifiers),
    )  # fmt: skip


def _known(client: Client) -> Known:
    return Known(f"{client.given_name} {client.family_name}".strip(), client.birth_date, client.sex)


def _today(site: Site, at: datetime) -> date:
    return at.astimezone(ZoneInfo(site.timezone)).date()
