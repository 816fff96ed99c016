"""Put a person's whole record together, and hand it over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.jobs import actions as jobs
from daybridge.kit.errors import IllegalMove, Refused
from daybridge.people import reach
from daybridge.rights import leaving, left, record, sealed, shown
from daybridge.rights.models import RecordPacket, Request
from daybridge.rights.rules.requests import RUNNING, Kind, State

TASK = "assemble-record"
GIVEN = (State.GRANTED, State.PARTLY, State.DELIVERED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Handed:
    """One file of a record as it is handed over."""

    content: bytes
    media_type: str
    name: str


@transaction.atomic
def assemble(*, request_id: UUID, leave_out: tuple[str, ...] = (), by, at: datetime) -> RecordPacket:
    """Have the whole record put together by a worker, without the sections in `leave_out`; again makes it anew.

    Raises Request.DoesNotExist out of reach, NotAllowed, IllegalMove once it is answered, Refused for another kind.
    """
    within = Request.objects.visible_to(by).select_related("client__site")
    request = within.select_for_update(of=("self",), no_key=True).get(pk=request_id)
    require(by, Permission.REQUEST_WORK, request)
    if request.kind != Kind.ACCESS:
        raise Refused("Only a request for the record has one put together.")
    if request.state not in RUNNING or request.state == State.RECEIVED:
        raise IllegalMove("Take the request on first; once it is answered the record stays as it was given.")
    left_out = [part for part in record.SECTIONS if part in leave_out]
    if len(left_out) == len(record.SECTIONS):
        raise Refused("Something has to stay in.")
    packet, _is_new = RecordPacket.objects.update_or_create(
        request=request,
        defaults={"asked_at": at, "asked_by": by, "made_at": None, "left_out": left_out, "pages": b"", "files": b""},
    )
    arguments = [request.id, packet.id]
    job = jobs.ask(task=TASK, key=f"{TASK}:{request.id}:{at.isoformat()}", arguments=arguments, by=by, at=at)
    packet.job_id = job.id
    packet.save(update_fields=["job_id"])
    ledger.record("record.assemble", request, by=by, at=at, left_out=left_out)
    return packet


def work(job: Any) -> None:
    """The job: read section by section, saying how far it is; then keep the whole in one short transaction.

    Runs again safely: only the newest order for a packet is kept.
    """
    request_id, packet_id = job.arguments
    request = Request.objects.select_related("client__site").get(pk=request_id)
    packet = RecordPacket.objects.defer("pages", "files").get(pk=packet_id)
    of, wanted = record.whose(request.client), [part for part in record.SECTIONS if part not in packet.left_out]
    with translation.override(request.language):
        found = []
        for number, part in enumerate(wanted):
            found.append(record.section(of, part))
            jobs.progress(job_id=job.id, done=number + 1, total=len(wanted) + 2)
        day = shown.today(request.client.site, packet.asked_at)
        pages = record.pages(of, found, language=request.language, made_on=day)
        jobs.progress(job_id=job.id, done=len(wanted) + 1, total=len(wanted) + 2)
        files = record.bundle(of, found)
    _keep(job, {"pages": pages, "files": files}, {part.id: len(part.entries) for part in found})


@transaction.atomic
def _keep(job: Any, content: dict[str, bytes], counts: dict[str, int]) -> None:
    packet = RecordPacket.objects.select_for_update(no_key=True).get(pk=job.arguments[1])
    if packet.job_id != job.id or packet.made_at:
        return  # a newer order took its place, or this one was kept already
    for part, data in content.items():
        sealed.put(packet, part, data)
    packet.counts, packet.made_at = counts, timezone.now()
    packet.save()
    by = User.objects.get(pk=job.asked_by.removeprefix("user:"))
    ledger.record("record.made", packet.request, by=by, at=packet.made_at, entries=sum(counts.values()))


@transaction.atomic
def give(*, request_id: UUID, part: str, by, at: datetime) -> tuple[gate.Clearance, Handed]:
    """Hand over the record: `part` is "pages" (PDF) or "files" (zip). To staff who give it, or the person as a Guest.

    Each time is a disclosure to the person. Raises Request.DoesNotExist out of reach or before the answer is yes,
    NotAllowed. Source: 45 CFR 164.524(c); 42 CFR 2.23.
    """
    within = Request.objects.filter(reach.clients_within(by, Permission.REQUEST_TAKE, "client"), state__in=GIVEN)
    request = within.select_related("client__site").get(pk=request_id, packet__made_at__isnull=False)
    require(by, Permission.REQUEST_TAKE, request)
    packet = RecordPacket.objects.get(request=request)
    what = "the whole record" if not packet.left_out else "the record, parts left out"
    clearance = leaving.to_client(request.client, what, kinds=leaving.RECORD, by=by, at=at)
    ledger.record("record.give", request, by=by, at=at, part=part)
    kind, name = {"pages": ("application/pdf", "record.pdf"), "files": ("application/zip", "record.zip")}[part]
    return clearance, Handed(sealed.content(packet, part), kind, name)


@transaction.atomic
def give_list(*, request_id: UUID, by, at: datetime) -> tuple[gate.Clearance, left.LeftList]:
    """Hand over the list that a request for accounting or for intermediaries asked for.

    Raises Request.DoesNotExist out of reach or for another kind, NotAllowed. Source: 42 CFR 2.24(b), 2.25.
    """
    asked = Request.objects.visible_to(by).filter(kind__in=left.LISTS)
    request = asked.select_related("client__site").get(pk=request_id)
    require(by, Permission.REQUEST_WORK, request)
    found = left.list_of(request)
    ledger.read("disclosures.list", request.client, by=by, at=at, rows=len(found.rows))
    kinds = (consent.Kind.DISCLOSURES,)
    clearance = leaving.to_client(request.client, "the list of what left", kinds=kinds, by=by, at=at)
    return clearance, found
