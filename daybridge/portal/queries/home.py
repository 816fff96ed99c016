"""The client's first page: what is next, how the week stands, what waits, who to reach."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.attendance.queries import week_hours
from daybridge.attendance.rules import Hours
from daybridge.audit import ledger
from daybridge.consent.models import Consent
from daybridge.consent.queries import in_force, renewals_due
from daybridge.consent.queries.standing import TITLES
from daybridge.consent.rules.words import ConsentState, FormKind
from daybridge.consent.wording import FIRST
from daybridge.episodes.models import Episode
from daybridge.kit.periods import week_start
from daybridge.people.models import Client
from daybridge.people.rules import PRIMARY
from daybridge.portal.queries.home_page import Home, Next, Wait
from daybridge.scheduling.models import Booking
from daybridge.scheduling.queries import told_client


def home(*, by: Any, at: datetime) -> Home:
    """The first page of the client `by` acts for; writes a read line. Raises Client.DoesNotExist out of reach."""
    client = Client.objects.visible_to(by).select_related("site").get(pk=by.client_id)
    ledger.read("phone.home", client, by=by, at=at)
    episode = client.episodes.open().first()
    names = client.care_team.filter(role=PRIMARY, until=None).values_list("staff__user__name", flat=True)
    hours = _hours(client, episode, at) if episode else None
    told, waits = told_client(by=by, at=at), _waits(client, by, at)
    return Home(client.called, _next(client, at), hours, names.first() or "", waits, told)


def _waits(client: Client, by: Any, at: datetime) -> tuple[Wait, ...]:
    """Forms to read and sign, prepared ones first, and what ends soon."""
    read = _("Read it. Sign it or say no.")
    drafts = Consent.objects.visible_to(by).filter(client=client, status=ConsentState.DRAFT).order_by("id")
    rows = list(drafts.values_list("id", "kind", "recipient_name"))
    prepared = [
        Wait(reverse("portal:sign_draft", args=[one]), name or str(TITLES[FormKind(kind)]), read)
        for one, kind, name in rows
    ]  # fmt: skip
    stands = in_force(client_ids=[client.id], at=at, by=by).get(client.id, frozenset())
    first = [
        Wait(reverse("portal:sign", args=[form]), str(TITLES[FormKind(form)]), read)
        for form in FIRST if form not in stands | {kind for _one, kind, _name in rows}
    ]  # fmt: skip
    ending = [Wait(reverse("portal:sharing"), one.reason, _("Share again?")) for one in renewals_due(by=by, at=at)]
    return (*prepared, *first, *ending)


def _next(client: Client, at: datetime) -> Next | None:
    booked = Booking.objects.filter(episode__client=client, status="booked", session__ends_at__gt=at)
    booked = booked.exclude(session__status="cancelled").order_by("session__starts_at")
    found = booked.values_list("session__title", "session__starts_at", "session__room__name", "session__site__name")
    row = found.first()
    return Next(*row, when(row[1], at, ZoneInfo(client.site.timezone))) if row else None


def when(starts_at: datetime, at: datetime, zone: ZoneInfo) -> str:
    """How far away something is, in words, by the local day: now, in 50 minutes, today, tomorrow, later."""
    minutes = int((starts_at - at).total_seconds() // 60)
    days = (starts_at.astimezone(zone).date() - at.astimezone(zone).date()).days
    if minutes < 0:
        return _("now")
    if minutes < 120:
        return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}
    if days < 2:
        return _("tomorrow") if days else _("today")
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}


def _hours(client: Client, episode: Episode, at: datetime) -> Hours | None:
    zone = ZoneInfo(client.site.timezone)
    first = week_start(at.astimezone(zone).date(), client.site.first_weekday)
    found = week_hours(episode_ids=[episode.id], first=first, zone=zone, at=at)[episode.id]
    return found if found.prescribed else None
