"""What goes out every few minutes: reminders that are due and changes of the week, each at most once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge.access import rowlock
from daybridge.access.gates import System
from daybridge.access.models import Program
from daybridge.access.rules import Permission
from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.kit.errors import DaybridgeError
from daybridge.kit.periods import Period
from daybridge.people.models import Client
from daybridge.reminders import channels, words
from daybridge.reminders.models import Message, Wish
from daybridge.reminders.rules import State, Way, heads, hours_before, is_due, is_quiet, send_at
from daybridge.scheduling.models import Booking, Notice

SENDER = System("reminders", frozenset({Permission.DISCLOSE, Permission.CLIENT_LIST}))
KINDS = ("day", "hours")
FRESH = timedelta(hours=24)  # a change nobody was told of for longer is no news


@rowlock.as_system("everybody is reminded, whoever reaches them")
def deliver(*, at: datetime) -> int:
    """Send everything that is due; how many were sent. Again sends nothing twice, whatever stopped the first time."""
    wishes = {
        one.client_id: one for one in Wish.objects.exclude(way=Way.OFF).select_related("client__site")
    }  # fmt: skip
    _lay_in([*_reminders(wishes, at), *_changes(wishes, at)])
    due = Message.objects.filter(state=State.DUE, due_at__lte=at).select_related("client__site")
    return sum(_send(one, wishes.get(one.client_id), at) for one in due)


def _lay_in(messages: list[Message]) -> None:
    Message.objects.bulk_create(messages, ignore_conflicts=True)  # the key is unique: what is known stays


def _reminders(wishes: dict[UUID, Wish], at: datetime) -> Iterator[Message]:
    booked = Booking.objects.filter(
        episode__client__in=list(wishes), status="booked", session__starts_at__gt=at,
        session__starts_at__lt=at + timedelta(hours=hours_before()[0] + 24),
    ).exclude(session__status="cancelled")  # fmt: skip
    mine: dict[UUID, dict[Period, Booking]] = {}
    for one in booked.select_related("session", "episode"):
        span = Period(one.session.starts_at, one.session.ends_at)
        mine.setdefault(one.episode.client_id, {})[span] = one
    for client_id, spans in mine.items():
        wish = wishes[client_id]
        zone = ZoneInfo(wish.client.site.timezone)
        for head in heads(spans):
            for kind, hours in zip(KINDS, hours_before(), strict=True):
                when, booking = send_at(head.start, hours, zone), spans[head]
                if is_due(head, booking.booked_at, at, when):
                    key = f"{kind}:{booking.id}:{head.start:%Y%m%d%H%M}"
                    yield _message(wish, key, kind, booking.id, when)


def _changes(wishes: dict[UUID, Wish], at: datetime) -> Iterator[Message]:
    """Changes nobody has looked at yet; none at night."""
    told = Notice.objects.filter(
        episode__client__in=list(wishes), seen_at=None, at__gt=at - FRESH, at__lte=at
    ).select_related("episode")  # fmt: skip
    for one in told:
        wish = wishes[one.episode.client_id]
        if not is_quiet(at, ZoneInfo(wish.client.site.timezone)) and one.at >= wish.said_at:
            yield _message(wish, f"change:{one.id}", "change", one.id, at)


def _message(wish: Wish, key: str, kind: str, about: UUID, due_at: datetime) -> Message:
    return Message(client=wish.client, key=key, kind=kind, about=about, way=wish.way, due_at=due_at)


def _send(message: Message, wish: Wish | None, at: datetime) -> bool:
    """Claim a message, ask the gate, send it. Whoever claims first sends; a failure is kept and not tried again."""
    if not Message.objects.filter(pk=message.pk, state=State.DUE).update(state=State.CLAIMED):
        return False
    text = _words(message, wish, at) if wish else ""
    if not text:
        return _end(message, State.FAILED, "nothing to say any more", at)
    try:
        with transaction.atomic():
            clearance = _cleared(message.client, at)
            channels.send(clearance, message, words.subject(wish.language), text)
    except (DaybridgeError, OSError) as error:
        return _end(message, State.FAILED, type(error).__name__, at)
    return _end(message, State.SENT, "", at)


def _end(message: Message, state: State, problem: str, at: datetime) -> bool:
    Message.objects.filter(pk=message.pk).update(state=state, problem=problem, ended_at=at)
    return state is State.SENT


def _cleared(client: Client, at: datetime) -> gate.Clearance:
    request = consent.Request(
        recipient=consent.THE_CLIENT, purpose=consent.Purpose.CLIENT, kinds=(consent.Kind.SCHEDULE,), what="a reminder"
    )
    return gate.clear(client=client, request=request, by=SENDER, at=at)


def _words(message: Message, wish: Wish, at: datetime) -> str:
    """The words as they are true now; "" when the session was called off or the seat given back meanwhile."""
    program = Program.objects.first()
    phone = wish.client.site.phone or (program.phone if program else "")
    if message.kind == "change":
        found = Notice.objects.filter(pk=message.about).first()
        return words.notice(found, phone, wish.language) if found else ""
    booking = Booking.objects.select_related("session").filter(pk=message.about, status="booked").first()
    if booking is None or booking.session.status == "cancelled" or booking.session.starts_at <= at:
        return ""
    zone = ZoneInfo(wish.client.site.timezone)
    return words.reminder(booking.session.starts_at, at, zone, phone, wish.language)
