"""What happened to one client, newest first, from every room below."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from daybridge.access.rules import Permission
from daybridge.attendance.rules import HERE, Mark, reading
from daybridge.chart.queries import asked
from daybridge.consent.queries.standing import TITLES
from daybridge.kit.periods import Period
from daybridge.ui import words
from daybridge.ui.addresses import address
from daybridge.ui.charts import hour_words


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
    found = [moment for source in SOURCES for moment in source(client_id, limit)]
    found.sort(key=lambda moment: moment.when, reverse=True)
    allowed = {needed for needed in {moment.needs for moment in found} if needed is None or by.sites_with(needed)}
    lines: list[Moment] = []
    for day, moments in groupby(found[:limit], key=lambda moment: moment.when.astimezone(zone).date()):
        lines.append(Moment(day=_("Today") if day == today else date_format(day, "D N j, Y")))
        lines += [_shown(moment, zone, moment.needs in allowed) for moment in moments]
    return lines


def _shown(moment: Moment, zone: ZoneInfo, linked: object) -> Moment:
    """With its local time, and its link only for those who may follow it."""
    local = moment.when.astimezone(zone)
    clock = _clock(local.hour, local.minute, get_language())
    return replace(moment, at=clock, url=moment.url if linked else "")


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, language: str | None) -> str:
    """A time of day as written in a language."""
    return time_format(time(hour, minute), "g:i A")


def _referrals(client_id: UUID, limit: int) -> Iterable[Moment]:
    for at, now, reason, referral, referrer in asked.referral_events(limit, client=client_id):
        word = words.of(now)
        said = _("Referral: {state}").format(state=str(word.words).lower())
        more = reason or (referrer if now == "received" else "")
        url = address("admissions:referral", referral)
        yield Moment(at, said, more, word.shape, word.tone, url, Permission.REFERRAL_SEE)


def _determinations(client_id: UUID, limit: int) -> Iterable[Moment]:
    rows = asked.determinations(limit, client=client_id)
    for assessed_at, recommended, rulebook, decided_at, level, name in rows:
        said = _("Assessed; {level} recommended").format(level=recommended)
        yield Moment(assessed_at, said, rulebook, "clipboard-check", "info")
        if decided_at:
            agreed = level == recommended
            said = _("Level of care {level} decided").format(level=level)
            more = _("as recommended, {name}") if agreed else _("against the recommendation, {name}")
            yield Moment(decided_at, said, more.format(name=name), "scale", "ok" if agreed else "wait")


def _consents(client_id: UUID, limit: int) -> Iterable[Moment]:
    names = {"treatment": _("Consent to treatment"), "part2-tpo": _("Consent to share records (42 CFR Part 2)")}
    names |= {kind: _("Consent, {what}").format(what=title) for kind, title in TITLES.items() if kind not in names}
    for at, now, reason, kind in asked.consent_events(limit, client=client_id):
        word = words.of("signed" if now == "active" else now)
        yield Moment(at, f"{names.get(kind, kind)}: {str(word.words).lower()}", reason, word.shape, word.tone)


def _episodes(client_id: UUID, limit: int) -> Iterable[Moment]:
    for at, was, now, reason, level in asked.episode_events(limit, client=client_id):
        said = _("Admitted to level {level}") if not was else _("Episode: {state}")
        said = said.format(level=level, state=str(words.of(now).words).lower())
        yield Moment(at, said, reason, "door-open", "ok" if not was else "info")


def _plans(client_id: UUID, limit: int) -> Iterable[Moment]:
    for at, number, minutes, name, episode in asked.signed_plans(limit, client=client_id):
        said = _("Treatment plan signed, version {number}").format(number=number)
        more = _("{hours} hours a week, {name}").format(hours=hour_words(minutes), name=name)
        url = address("plans:plan", episode)
        yield Moment(at, said, more, "clipboard-list", "ok", url, Permission.PLAN_SEE)


def _bookings(client_id: UUID, limit: int) -> Iterable[Moment]:
    for at, episode, seats, first in asked.bookings(limit, client=client_id):
        said = ngettext("{n} session booked", "{n} sessions booked", seats).format(n=seats)
        more = _("from {day}").format(day=date_format(first, "D N j"))
        url = address("scheduling:client_week", episode)
        yield Moment(at, said, more, "calendar-check", "info", url, Permission.WEEK_SEE)


def _sessions(client_id: UUID, limit: int) -> Iterable[Moment]:
    rows = asked.sessions(limit, client=client_id)
    for mark, arrived, left, minutes, reason, session, title, start, end, room in rows:
        read = reading(Mark(mark), Period(start, end), arrived, left)
        word = words.of(read)
        if mark in HERE:
            said = _("Came to {title}").format(title=title)
            more = _("{minutes} min, {room}").format(minutes=minutes, room=room)
            more = more if read == "present" else f"{more} · {str(word.words).lower()}"
        else:
            said, more = _("Missed {title}").format(title=title), reason or str(word.words).lower()
        url = address("scheduling:session", session)
        yield Moment(start, said, more, word.shape, word.tone, url, Permission.WEEK_SEE)


def _notes(client_id: UUID, limit: int) -> Iterable[Moment]:
    for at, signed_as, session, title in asked.notes(limit, client=client_id):
        said = _("Note signed: {title}").format(title=title)
        url = address("notes:session", session)
        yield Moment(at, said, signed_as, "pen-line", "ok", url, Permission.NOTE_SEE)


SOURCES: tuple[Callable[[UUID, int], Iterable[Moment]], ...] = (
    _referrals, _determinations, _consents, _episodes, _plans, _bookings, _sessions, _notes,
)  # fmt: skip
