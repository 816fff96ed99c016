"""What happened to one client, newest first, from every room below."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access.rules import Permission
from daybridge.admissions.models import ReferralEvent
from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import HERE, Mark, reading
from daybridge.consent.models import ConsentEvent
from daybridge.episodes.models import EpisodeEvent
from daybridge.kit.periods import Period
from daybridge.level_of_care.models import Determination
from daybridge.notes.models import NoteLine
from daybridge.plans.models import TreatmentPlan
from daybridge.scheduling.models import Booking
from daybridge.scheduling.rules import SessionState
from daybridge.ui import words
from daybridge.ui.charts import hour_words

HELD = (SessionState.HELD, SessionState.DOCUMENTED, SessionState.CLOSED)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the time line. `day` is set on headings only."""

    when: datetime | None = None
    words: str = ""
    more: str = ""
    shape: str = ""
    tone: str = "quiet"
    url: str = ""
    needs: Permission | None = None
    day: str = ""
    at: str = ""


def timeline(*, client_id: UUID, by, zone: ZoneInfo, today: date, limit: int = 40) -> list[Moment]:
    """The newest `limit` moments with a heading for each local day. 8 queries. Callers ask for charts within reach."""
    found: list[Moment] = []
    for source in SOURCES:
        found += source(client_id, limit)
    found.sort(key=lambda moment: moment.when, reverse=True)
    lines: list[Moment] = []
    for day, moments in groupby(found[:limit], key=lambda moment: moment.when.astimezone(zone).date()):
        lines.append(Moment(day=_("Today") if day == today else date_format(day, "D N j, Y")))
        lines += [_shown(moment, by, zone) for moment in moments]
    return lines


def _shown(moment: Moment, by, zone: ZoneInfo) -> Moment:
    """With its local time, and its link only for those who may follow it."""
    clock = date_format(moment.when.astimezone(zone), "g:i A")
    url = moment.url if moment.needs is None or by.sites_with(moment.needs) else ""
    return replace(moment, at=clock, url=url)


# Each source reads only the columns it says: whole rows of joined tables cost more to load than to show.
def _referrals(client_id: UUID, limit: int) -> Iterable[Moment]:
    events = ReferralEvent.objects.filter(referral__client_id=client_id).order_by("-at")
    for at, now, reason, referral, referrer in events.values_list(
        "at", "now", "reason", "referral_id", "referral__referrer"
    )[:limit]:
        word = words.of(now)
        said = _("Referral: {state}").format(state=str(word.words).lower())
        more = reason or (referrer if now == "received" else "")
        url = reverse("admissions:referral", args=[referral])
        yield Moment(at, said, more, word.shape, word.tone, url, Permission.REFERRAL_SEE)


def _determinations(client_id: UUID, limit: int) -> Iterable[Moment]:
    rows = Determination.objects.filter(client_id=client_id).values_list(
        "assessed_at", "recommended", "rulebook", "decided_at", "decided_level", "decided_by__name"
    )
    for assessed_at, recommended, rulebook, decided_at, level, name in rows[:limit]:
        said = _("Assessed; {level} recommended").format(level=recommended)
        yield Moment(assessed_at, said, rulebook, "clipboard-check", "info")
        if decided_at:
            agreed = level == recommended
            said = _("Level of care {level} decided").format(level=level)
            more = _("as recommended, {name}") if agreed else _("against the recommendation, {name}")
            yield Moment(decided_at, said, more.format(name=name), "scale", "ok" if agreed else "wait")


def _consents(client_id: UUID, limit: int) -> Iterable[Moment]:
    names = {"treatment": _("Consent to treatment"), "part2-tpo": _("Consent to share records (42 CFR Part 2)")}
    events = ConsentEvent.objects.filter(consent__client_id=client_id).order_by("-at")
    for at, now, reason, kind in events.values_list("at", "now", "reason", "consent__kind")[:limit]:
        word = words.of("signed" if now == "active" else now)
        yield Moment(at, f"{names.get(kind, kind)}: {str(word.words).lower()}", reason, word.shape, word.tone)


def _episodes(client_id: UUID, limit: int) -> Iterable[Moment]:
    events = EpisodeEvent.objects.filter(episode__client_id=client_id).order_by("-at")
    for at, was, now, reason, level in events.values_list("at", "was", "now", "reason", "episode__level")[:limit]:
        said = _("Admitted to level {level}") if not was else _("Episode: {state}")
        said = said.format(level=level, state=str(words.of(now).words).lower())
        yield Moment(at, said, reason, "door-open", "ok" if not was else "info")


def _plans(client_id: UUID, limit: int) -> Iterable[Moment]:
    plans = TreatmentPlan.objects.filter(episode__client_id=client_id, signed_at__isnull=False).order_by("-signed_at")
    for at, number, minutes, name, episode in plans.values_list(
        "signed_at", "number", "weekly_minutes", "signed_by__name", "episode_id"
    )[:limit]:
        said = _("Treatment plan signed, version {number}").format(number=number)
        more = _("{hours} hours a week, {name}").format(hours=hour_words(minutes), name=name)
        url = reverse("plans:plan", args=[episode])
        yield Moment(at, said, more, "clipboard-list", "ok", url, Permission.PLAN_SEE)


def _bookings(client_id: UUID, limit: int) -> Iterable[Moment]:
    """Seats are booked together when a week is placed; what was released since is not told here."""
    booked = Booking.objects.filter(episode__client_id=client_id, status="booked").order_by("-booked_at")
    rows = booked.values_list("booked_at", "episode_id").annotate(seats=Count("id"), first=Min("session__starts_at"))
    for at, episode, seats, first in rows[:limit]:
        said = ngettext("{n} session booked", "{n} sessions booked", seats).format(n=seats)
        more = _("from {day}").format(day=date_format(first, "D N j"))
        url = reverse("scheduling:client_week", args=[episode])
        yield Moment(at, said, more, "calendar-check", "info", url, Permission.WEEK_SEE)


def _sessions(client_id: UUID, limit: int) -> Iterable[Moment]:
    lines = RollLine.objects.filter(episode__client_id=client_id, session__status__in=HELD)
    for mark, arrived, left, minutes, reason, session, title, start, end, room in lines.order_by(
        "-session__starts_at"
    ).values_list(
        "mark", "arrived_at", "left_at", "credited_minutes", "reason", "session_id", "session__title",
        "session__starts_at", "session__ends_at", "session__room__name",
    )[:limit]:  # fmt: skip
        read = reading(Mark(mark), Period(start, end), arrived, left)
        word = words.of(read)
        if mark in HERE:
            said = _("Came to {title}").format(title=title)
            more = _("{minutes} min, {room}").format(minutes=minutes, room=room)
            more = more if read == "present" else f"{more} · {str(word.words).lower()}"
        else:
            said, more = _("Missed {title}").format(title=title), reason or str(word.words).lower()
        url = reverse("scheduling:session", args=[session])
        yield Moment(start, said, more, word.shape, word.tone, url, Permission.WEEK_SEE)


def _notes(client_id: UUID, limit: int) -> Iterable[Moment]:
    lines = NoteLine.objects.filter(episode__client_id=client_id, note__status="signed", minutes__gt=0)
    for at, signed_as, session, title in lines.order_by("-note__signed_at").values_list(
        "note__signed_at", "note__signed_as", "note__session_id", "note__session__title"
    )[:limit]:
        said = _("Note signed: {title}").format(title=title)
        url = reverse("notes:session", args=[session])
        yield Moment(at, said, signed_as, "pen-line", "ok", url, Permission.NOTE_SEE)


SOURCES: tuple[Callable[[UUID, int], Iterable[Moment]], ...] = (
    _referrals, _determinations, _consents, _episodes, _plans, _bookings, _sessions, _notes,
)  # fmt: skip
