"""Take a request in, work on it, answer it, hand the answer over."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.kit.states import check_move
from daybridge.people import documents, reach
from daybridge.people.models import Client
from daybridge.rights import sealed, shown
from daybridge.rights.actions import agreed, letters
from daybridge.rights.models import RecordPacket, Request, RequestEvent
from daybridge.rights.rules import requests as rules
from daybridge.rights.rules.requests import Answer, Asked, Kind, State


@transaction.atomic
def take(*, client_id: UUID, asked: Asked, upload: Any = None, token: UUID | None = None, by, at: datetime) -> Request:
    """Take in what somebody asks for: the clock starts, a letter says that we have it.

    `upload` is a letter as it came, kept sealed with the record (of any length; its type is judged by its bytes).
    A form sent twice (the same `token`) is one request. Raises Client.DoesNotExist out of reach, NotAllowed, Refused
    for what cannot be taken (rules.check_asked), BadInput for a file that cannot be kept.
    """
    client = _client(client_id, by)
    require(by, Permission.REQUEST_TAKE, client)
    if token and (same := Request.objects.filter(client=client, token=token).first()):
        return same
    today = shown.today(client.site, at)
    rules.check_asked(asked, today)
    paper = None
    if upload is not None:
        title = f"Request: {asked.kind}"
        paper = documents.keep(client_id=client.id, kind="request", title=title, upload=upload, by=by, at=at)
    received = asked.received_on or today
    request = Request(
        client=client, kind=asked.kind, language=letters.language_of(client), received_on=received, document=paper,
        due_on=rules.due_on(asked.kind, received), taken_by=by.actor, taken_at=at, token=token,
    )  # fmt: skip
    said = {key: value for key, value in asdict(asked).items() if key not in ("kind", "received_on")}
    sealed.put_data(request, "asked", said | {"wants": dict(asked.wants)})
    request.save(force_insert=True)
    _tell(request, "", by=by, at=at, way=asked.way)
    ledger.record("request.take", request, by=by, at=at, kind=asked.kind, way=asked.way, due_on=request.due_on)
    letters.for_request(request, "receipt", by=by, at=at)
    return request


def ask(*, client_id: UUID, asked: Asked, token: UUID | None = None, by, at: datetime) -> Request:
    """The person themself asks, on their own page: today, in their own words. Raises as `take`."""
    own = replace(asked, way="page", asker="self", asker_name="", checked="own-page", received_on=None)
    return take(client_id=client_id, asked=own, token=token, by=by, at=at)


@transaction.atomic
def begin(*, request_id: UUID, by, at: datetime) -> Request:
    """Take a request on: `by` is its owner from now. Raises Request.DoesNotExist, NotAllowed, IllegalMove."""
    request = _mine(request_id, by)
    request.owner = by
    _move(request, State.IN_WORK, by=by, at=at, fields=["owner"])
    ledger.record("request.begin", request, by=by, at=at)
    return request


@transaction.atomic
def extend(*, request_id: UUID, reason: str, by, at: datetime) -> Request:
    """Make the time longer, once, with a letter that says why.

    Raises Request.DoesNotExist, NotAllowed, IllegalMove (a second time), Refused (rules.check_extension).
    """
    request = _mine(request_id, by)
    check_move(rules.MOVES, State(request.state), State.EXTENDED)
    today = shown.today(request.client.site, at)
    rules.check_extension(Kind(request.kind), reason, due=request.due_on, today=today)
    request.due_on = rules.due_on(Kind(request.kind), request.received_on, extended=True)
    request.extended_on = today
    _move(request, State.EXTENDED, by=by, at=at, fields=["due_on", "extended_on"])
    ledger.record("request.extend", request, by=by, at=at, due_on=request.due_on)
    letters.for_request(request, "extended", words=reason.strip(), by=by, at=at)
    return request


@transaction.atomic
def answer(*, request_id: UUID, answer: Answer, by, at: datetime) -> Request:
    """Answer a request, write the letter, and do what was agreed to (a restriction, a way to be reached).

    A record is granted once it is put together. Raises Request.DoesNotExist, NotAllowed, IllegalMove when it was
    answered already, Refused for an answer the law does not allow (rules.check_answer).
    """
    request = _mine(request_id, by)
    check_move(rules.MOVES, State(request.state), answer.outcome)
    asked = sealed.asked(request)
    rules.check_answer(asked, answer)
    _check_ready(request, answer.outcome)
    request.ground = "" if answer.outcome is State.GRANTED else answer.ground
    request.answered_by, request.answered_at = by, at
    sealed.put_data(request, "answer", {"words": answer.words.strip()})
    _move(request, answer.outcome, by=by, at=at, fields=["ground", "answered_by", "answered_at", "answer"])
    ledger.record("request.answer", request, by=by, at=at, outcome=answer.outcome, ground=request.ground)
    if answer.outcome is not State.DENIED:
        agreed.carry_out(request, asked, by=by, at=at)
    letters.for_request(request, f"{request.kind}-{answer.outcome}", words=answer.words.strip(), by=by, at=at)
    return request


def _check_ready(request: Request, outcome: State) -> None:
    """A record is there before anybody says yes to it, and a yes to the whole is not a yes to a part."""
    if request.kind != Kind.ACCESS or outcome is State.DENIED:
        return
    packet = RecordPacket.objects.defer("pages", "files").filter(request=request).first()
    if packet is None or packet.made_at is None:
        raise Refused("Put the record together first; then say yes.")
    if bool(packet.left_out) != (outcome is State.PARTLY):
        raise Refused("Say yes to the whole record, and yes to a part when parts were left out.")


@transaction.atomic
def deliver(*, request_id: UUID, way: str, by, at: datetime) -> Request:
    """Say that the answer was handed over, and how: on screen, phone, paper or by mail.

    Raises Request.DoesNotExist, NotAllowed, IllegalMove, Refused for a way there is not.
    """
    request = _mine(request_id, by)
    if way not in rules.WAYS_OUT:
        raise Refused("Say how the answer was handed over.")
    _move(request, State.DELIVERED, by=by, at=at, way=way)
    request.letters.filter(given_at=None).update(given_at=at, given_how=way)
    ledger.record("request.deliver", request, by=by, at=at, how=way)
    return request


@transaction.atomic
def close(*, request_id: UUID, by, at: datetime) -> Request:
    """Nothing is left to do. Raises Request.DoesNotExist, NotAllowed, IllegalMove."""
    request = _mine(request_id, by)
    _move(request, State.CLOSED, by=by, at=at)
    ledger.record("request.close", request, by=by, at=at)
    return request


@transaction.atomic
def withdraw(*, request_id: UUID, by, at: datetime) -> Request:
    """The person takes the request back before it is answered. Raises Request.DoesNotExist, NotAllowed, IllegalMove."""
    request = _mine(request_id, by)
    _move(request, State.WITHDRAWN, by=by, at=at)
    ledger.record("request.withdraw", request, by=by, at=at)
    return request


@transaction.atomic
def disagree(*, request_id: UUID, words: str, by, at: datetime) -> Request:
    """Keep the person's statement that they disagree with a correction that was denied; it goes with the record.

    Raises Request.DoesNotExist, NotAllowed, Refused (rules.check_disagreement). Source: 45 CFR 164.526(d)(2).
    """
    request = _mine(request_id, by)
    state = State.GRANTED if not request.ground else State(request.state)
    rules.check_disagreement(Kind(request.kind), state, words)
    sealed.put(request, "disagreement", words.strip())
    request.save(update_fields=["disagreement"])
    ledger.record("request.disagree", request, by=by, at=at)
    return request


def _client(client_id: UUID, by) -> Client:
    within = Client.objects.filter(reach.clients_within(by, Permission.REQUEST_TAKE)).select_related("site")
    return within.select_for_update(of=("self",), no_key=True).get(pk=client_id)


def _mine(request_id: UUID, by) -> Request:
    """A request that `by` may work on, locked."""
    within = Request.objects.visible_to(by).select_related("client__site")
    request = within.select_for_update(of=("self",), no_key=True).get(pk=request_id)
    require(by, Permission.REQUEST_WORK, request)
    return request


def _move(request: Request, to: State, *, by, at: datetime, fields: list[str] | None = None, way: str = "") -> None:
    was = State(request.state)
    check_move(rules.MOVES, was, to)
    request.state = to
    request.save(update_fields=["state", *(fields or [])])
    _tell(request, was, by=by, at=at, way=way)


def _tell(request: Request, was: str, *, by, at: datetime, way: str = "") -> None:
    RequestEvent.objects.create(request=request, was=was, now=request.state, by=by.actor, at=at, way=way)
