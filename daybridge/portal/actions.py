"""The only writers of passes: give one, open it, stamp it as seen, end it."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission, device_words
from daybridge.audit import ledger
from daybridge.consent import gate
from daybridge.consent.models import Consent
from daybridge.consent.rules.facts import THE_CLIENT, Period, Request
from daybridge.consent.rules.scopes import kinds_of
from daybridge.consent.rules.words import Kind, Purpose
from daybridge.kit.errors import Refused
from daybridge.kit.states import check_move
from daybridge.people import documents
from daybridge.people.models import Client, Document
from daybridge.portal import asking, links
from daybridge.portal.models import Pass
from daybridge.portal.rules import MOVES, Holder, PassState, Phone, check_may_hang, check_room, is_seen_anew, link_until

LANGUAGES = ("en", "es")
FOR_THE_CLIENT = (documents.Kind.LETTER, documents.Kind.PACKET)


@transaction.atomic
def give_pass(*, client_id: UUID, consent_id: UUID | None = None, by, at: datetime) -> tuple[Pass, str]:
    """Give a client a page on their phone, or with `consent_id` the person that consent names; the pass and its link.

    The link is told only here. Raises DoesNotExist out of reach, NotAllowed, or Refused: the consent names no
    person or is not in force, or there are enough pages already. Source: POR-1, POR-7, POR-10; 42 CFR 2.13, 2.31.
    """
    client = Client.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=client_id)
    require(by, Permission.PHONE_ACCESS_GIVE, client)
    consent = _consent(client, consent_id, by=by, at=at) if consent_id else None
    held = Pass.objects.standing(at).filter(client=client, consent=consent)
    check_room(sum(bool(MOVES[one.state_at(at)]) for one in held))
    token = links.new_token()
    one = Pass.objects.create(
        client=client, kind=Holder.OUTSIDER if consent else Holder.CLIENT, consent=consent,
        token_digest=links.fingerprint(token), language=_language(client, consent), given_at=at, given_by=by.actor,
        link_until=link_until(at),
    )  # fmt: skip
    ledger.record("pass.give", one, by=by, at=at, holder=one.kind, consent=consent.id if consent else None)
    return one, links.address(token)


def _consent(client: Client, consent_id: UUID, *, by, at: datetime) -> Consent:
    consent = Consent.objects.visible_to(by).filter(client=client).select_related("client__site").get(pk=consent_id)
    check_may_hang(consent.kind, gate.holds(consent, at))
    return consent


def _language(client: Client, consent: Consent | None) -> str:
    spoken = [consent.language] if consent else [str(tag)[:2].lower() for tag in client.languages]
    return next((tag for tag in spoken if tag in LANGUAGES), "en")


@transaction.atomic
def enter(*, token: str, phone: Phone, language: str, device: str, at: datetime) -> Pass:
    """Open a pass with its link, which works once. `device` is the browser's long name for itself.

    Raises Refused with one and the same sentence for a wrong, used, expired, ended or unknown link.
    """
    found = Pass.objects.select_for_update().filter(token_digest=links.fingerprint(token)).first()
    if found is None or found.state_at(at) is not PassState.WAITING:
        raise Refused("This link does not work.")
    found.opened_at = found.seen_at = at
    found.phone, found.device = phone, device_words(device)
    found.language = language if language in LANGUAGES else found.language
    found.save(update_fields=["opened_at", "seen_at", "phone", "device", "language"])
    ledger.record("pass.open", found, by=found.guest, at=at, phone=str(phone))
    return found


def see(*, pass_id: UUID, seen_at: datetime | None, at: datetime) -> None:
    """Stamp an open pass as looked at, at most once a minute. Source: POR-6."""
    if is_seen_anew(seen_at, at):
        Pass.objects.filter(pk=pass_id, ended_at=None).update(seen_at=at)


def speak(*, pass_id: UUID, language: str) -> None:
    """Show this page in another language from now on; one we do not have changes nothing."""
    if language in LANGUAGES:
        Pass.objects.filter(pk=pass_id).update(language=language)


@transaction.atomic
def end_pass(*, pass_id: UUID, by, at: datetime) -> Pass:
    """Close a page: its next request is refused, its link never works again.

    Raises Pass.DoesNotExist out of reach, NotAllowed, or IllegalMove when it is closed already.
    """
    one = Pass.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=pass_id)
    require(by, Permission.PHONE_ACCESS_GIVE, one)
    check_move(MOVES, one.state_at(at), PassState.ENDED)
    one.ended_at, one.ended_by = at, by.actor
    one.save(update_fields=["ended_at", "ended_by"])
    ledger.record("pass.end", one, by=by, at=at, holder=one.kind)
    return one


def hand_letter(*, document_id: UUID, by, at: datetime) -> documents.Opened:
    """A letter or packet for the client it was written for; the gate writes that it left.

    Raises Document.DoesNotExist out of reach or for another kind of paper, NotAllowed, or Refused.
    Source: CON-5; 42 CFR 2.23, 45 CFR 164.524.
    """
    reach = Document.objects.visible_to(by).filter(kind__in=FOR_THE_CLIENT).select_related("client__site")
    document = reach.get(pk=document_id)
    request = Request(
        recipient=THE_CLIENT, purpose=Purpose.CLIENT, kinds=(Kind.DOCUMENTS,), what=f"{document.kind} on a phone"
    )
    clearance = gate.clear(client=document.client, request=request, by=by, at=at)
    if not clearance.covers(document.client_id, Kind.DOCUMENTS):
        raise Refused("This paper stays here.")
    return documents.opened(document_id=document.id, by=by, at=at)


def look(*, pass_id: UUID, by, at: datetime) -> tuple[gate.Clearance, Period]:
    """Leave for the shared page of a pass, and the days it is about: asked of the gate at every look.

    A disclosure is written once a local day and answer, not at every refresh. Raises Pass.DoesNotExist, or Refused
    when nothing may be shown. Source: POR-8, POR-9; 42 CFR 2.13, 2.25, 2.31-2.33.
    """
    one = Pass.objects.select_related("client__site", "consent").get(pk=pass_id, kind=Holder.OUTSIDER)
    client, given = one.client, gate.as_given(one.consent)
    today = at.astimezone(ZoneInfo(client.site.timezone)).date()
    period = asking.asked_period(today, given.period)
    request = asking.request_of(
        given, asking.cells(client, [kind for kind in asking.ASKED if kind in kinds_of(given)], today), period
    )
    return gate.clear_today(client=client, request=request, by=by, at=at), period
