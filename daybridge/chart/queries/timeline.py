"""What happened to one client, newest first, from every room below."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
from daybridge.scheduling.rules import SessionState
from daybridge.ui import words

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
    """The newest `limit` moments with a heading for each local day. 7 queries. Callers ask for charts within reach."""
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


def _referrals(client_id: UUID, limit: int) -> Iterable[Moment]:
    events = ReferralEvent.objects.filter(referral__client_id=client_id).select_related("referral")
    for event in events.order_by("-at")[:limit]:
        word = words.of(event.now)
        said = _("Referral: {state}").format(state=str(word.words).lower())
        more = event.reason or (event.referral.referrer if event.now == "received" else "")
        url = reverse("admissions:referral", args=[event.referral_id])
        yield Moment(event.at, said, more, word.shape, word.tone, url, Permission.REFERRAL_SEE)


def _determinations(client_id: UUID, limit: int) -> Iterable[Moment]:
    for one in Determination.objects.filter(client_id=client_id).select_related("decided_by")[:limit]:
        said = _("Assessed; {level} recommended").format(level=one.recommended)
        yield Moment(one.assessed_at, said, one.rulebook, "clipboard-check", "info")
        if one.decided_at:
            agreed = one.decided_level == one.recommended
            said = _("Level of care {level} decided").format(level=one.decided_level)
            more = _("as recommended, {name}") if agreed else _("against the recommendation, {name}")
            more = more.format(name=one.decided_by.name)
            yield Moment(one.decided_at, said, more, "scale", "ok" if agreed else "wait")


def _consents(client_id: UUID, limit: int) -> Iterable[Moment]:
    names = {"treatment": _("Consent to treatment"), "part2-tpo": _("Consent to share records (42 CFR Part 2)")}
    for event in (
        ConsentEvent.objects.filter(consent__client_id=client_id).select_related("consent").order_by("-at")[:limit]
    ):
        word = words.of("signed" if event.now == "active" else event.now)
        name = names.get(event.consent.kind, event.consent.kind)
        yield Moment(event.at, f"{name}: {str(word.words).lower()}", event.reason, word.shape, word.tone)


def _episodes(client_id: UUID, limit: int) -> Iterable[Moment]:
    for event in (
        EpisodeEvent.objects.filter(episode__client_id=client_id).select_related("episode").order_by("-at")[:limit]
    ):
        said = _("Admitted to level {level}") if not event.was else _("Episode: {state}")
        said = said.format(level=event.episode.level, state=str(words.of(event.now).words).lower())
        yield Moment(event.at, said, event.reason, "door-open", "ok" if not event.was else "info")


def _plans(client_id: UUID, limit: int) -> Iterable[Moment]:
    plans = TreatmentPlan.objects.filter(episode__client_id=client_id, signed_at__isnull=False)
    for plan in plans.select_related("signed_by").order_by("-signed_at")[:limit]:
        said = _("Treatment plan signed, version {number}").format(number=plan.number)
        more = _("{hours} hours a week, {name}").format(hours=f"{plan.weekly_minutes / 60:g}", name=plan.signed_by.name)
        yield Moment(plan.signed_at, said, more, "clipboard-list", "ok", reverse("plans:plan", args=[plan.episode_id]))


def _sessions(client_id: UUID, limit: int) -> Iterable[Moment]:
    lines = RollLine.objects.filter(episode__client_id=client_id, session__status__in=HELD)
    for line in lines.select_related("session__room").order_by("-session__starts_at")[:limit]:
        session, mark = line.session, Mark(line.mark)
        read = reading(mark, Period(session.starts_at, session.ends_at), line.arrived_at, line.left_at)
        word = words.of(read)
        if mark in HERE:
            said = _("Came to {title}").format(title=session.title)
            more = _("{minutes} min, {room}").format(minutes=line.credited_minutes, room=session.room.name)
            more = more if read == "present" else f"{more} · {str(word.words).lower()}"
        else:
            said = _("Missed {title}").format(title=session.title)
            more = line.reason or str(word.words).lower()
        yield Moment(
            session.starts_at, said, more, word.shape, word.tone, reverse("scheduling:session", args=[session.id])
        )


def _notes(client_id: UUID, limit: int) -> Iterable[Moment]:
    lines = NoteLine.objects.filter(episode__client_id=client_id, note__status="signed", minutes__gt=0)
    for line in lines.select_related("note__session").order_by("-note__signed_at")[:limit]:
        said = _("Note signed: {title}").format(title=line.note.session.title)
        url = reverse("notes:session", args=[line.note.session_id])
        yield Moment(line.note.signed_at, said, line.note.signed_as, "pen-line", "ok", url, Permission.NOTE_SEE)


SOURCES: tuple[Callable[[UUID, int], Iterable[Moment]], ...] = (
    _referrals, _determinations, _consents, _episodes, _plans, _sessions, _notes,
)  # fmt: skip
