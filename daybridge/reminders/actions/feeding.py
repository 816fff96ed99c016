"""Secret addresses for calendars: given, read, ended."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from daybridge.access import rowlock
from daybridge.access.gates import Guest, require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.people.models import Client, Staff
from daybridge.reminders import feeds
from daybridge.reminders.models import Feed
from daybridge.reminders.rules import check_room
from daybridge.vault import digest

PURPOSE = "reminders.feed"
SEEN_EVERY = timedelta(hours=6)


@transaction.atomic
def give_feed(*, client_id: UUID, language: str, by: Any, at: datetime) -> tuple[Feed, str]:
    """A calendar address for a client; the feed and its address, which is told only here.

    Raises Client.DoesNotExist out of reach, NotAllowed, Refused when there are enough. Source: REM-7.
    """
    client = Client.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=client_id)
    require(by, Permission.PHONE_ACCESS_GIVE, client)
    check_room(Feed.objects.filter(client=client, ended_at=None).count())
    token = secrets.token_urlsafe(32)
    made = Feed.objects.create(
        client=client, token_digest=digest(token, PURPOSE), language="es" if language == "es" else "en", given_at=at,
        given_by=by.actor,
    )  # fmt: skip
    ledger.record("feed.give", made, by=by, at=at)
    return made, address(token)


@transaction.atomic
def give_own_feed(*, by: User, at: datetime) -> tuple[Feed, str]:
    """A calendar address for a staff member's own sessions. Raises Refused without a post, or when there are enough."""
    require(by, Permission.OWN_ACCOUNT)
    staff = Staff.objects.select_for_update(of=("self",), no_key=True).filter(user=by).first()
    if staff is None:
        raise Refused("Nobody said yet what you do here, so there is nothing to show.")
    check_room(Feed.objects.filter(staff=staff, ended_at=None).count())
    token = secrets.token_urlsafe(32)
    made = Feed.objects.create(
        staff=staff, token_digest=digest(token, PURPOSE), shows_titles=True, given_at=at, given_by=by.actor
    )  # fmt: skip
    ledger.record("feed.give", made, by=by, at=at)
    return made, address(token)


@transaction.atomic
def end_feed(*, feed_id: UUID, by: Any, at: datetime) -> Feed:
    """End a calendar address: the next look finds nothing. Raises Feed.DoesNotExist out of reach, NotAllowed."""
    found = Feed.objects.select_for_update(of=("self",), no_key=True).filter(ended_at=None).get(pk=feed_id)
    if found.client_id:
        client = Client.objects.visible_to(by).filter(pk=found.client_id).first()
        if client is None:
            raise Feed.DoesNotExist
        require(by, Permission.PHONE_ACCESS_GIVE, client)
    elif getattr(by, "pk", None) != found.staff.user_id:
        raise Feed.DoesNotExist
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    ledger.record("feed.end", found, by=by, at=at)
    return found


@rowlock.as_system("whoever holds the address is known by it")
def read_feed(*, token: str, at: datetime) -> bytes:
    """What the calendar of this address shows now. Raises Feed.DoesNotExist for a wrong or ended one, NotAllowed,
    Refused when the client's record may not leave to the client.

    A client's calendar asks the gate at every look; the same answer is one disclosure a day. Source: 42 CFR 2.23.
    """
    found = Feed.objects.select_related("client__site", "staff__user", "staff__site").get(
        token_digest=digest(token, PURPOSE), ended_at=None
    )  # fmt: skip
    if found.seen_at is None or at - found.seen_at >= SEEN_EVERY:
        Feed.objects.filter(pk=found.pk).update(seen_at=at)
    if found.staff:
        if not found.staff.user.is_active:
            raise NotAllowed("This address is no longer in use.")
        return feeds.of_staff(found, at)
    guest = Guest(f"client:{found.client_id}", found.client_id, frozenset({Permission.DISCLOSE}))
    request = consent.Request(
        recipient=consent.THE_CLIENT, purpose=consent.Purpose.CLIENT, kinds=(consent.Kind.SCHEDULE,),
        what="the week in a calendar",
    )  # fmt: skip
    return feeds.of_client(gate.clear_today(client=found.client, request=request, by=guest, at=at), found, at)


def address(token: str) -> str:
    """The whole address, as this installation is reached from outside."""
    return settings.ADDRESS.rstrip("/") + reverse("reminders:feed", args=[token])
