"""The lists of Today, each a reason and one act a row."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access.rules import Permission
from daybridge.admissions.rules import days_since
from daybridge.attendance.queries import week_hours
from daybridge.attendance.rules import BOOK, Hours
from daybridge.people import reach
from daybridge.ui.addresses import address
from daybridge.ui.charts import hour_words
from daybridge.watch.queries import asked, changes, promises
from daybridge.watch.queries.rows import Item, Section
from daybridge.watch.queries.scope import LOOK_BACK, Person, Scope
from daybridge.watch.rules import (
    CALLS,
    CREDENTIALS,
    HOURS,
    LIVES,
    MOST,
    NOTES,
    PRIVACY,
    PURGES,
    RENEWALS,
    WAITING,
)


def calls(scope: Scope) -> Section | None:
    """Who missed a session and has not been seen since: somebody calls within a day. Source: rulebook ATT-5."""
    if not scope.by.sites_with(Permission.CHART_READ):
        return None
    rows = asked.missed(episodes=list(scope.people), since=scope.at - LOOK_BACK)
    by_episode: dict[UUID, list[tuple]] = {}
    for episode, start, end in rows:
        by_episode.setdefault(episode, []).append((start, end))
    groups = sorted(by_episode.items(), key=lambda group: (-len(group[1]), group[1][-1]))
    items = tuple(_call(scope, scope.people[episode], missed) for episode, missed in groups[:MOST])
    return Section(
        _("Call today"), items, len(groups), reverse("attendance:hours"), _("Everybody's hours"),
        _("Nobody has missed a session without being seen again."),
    )  # fmt: skip


def _call(scope: Scope, person: Person, missed: list[tuple[datetime, datetime]]) -> Item:
    days = [date_format(start.astimezone(scope.zone), "D") for start, _end in missed]
    why = _("missed {days}").format(days=_(" and ").join(dict.fromkeys(days)))
    overdue = scope.at - missed[-1][1] > timedelta(hours=BOOK.number("ATT-5"))
    return Item(
        person.short, why if not overdue else _("{why}; a day ago and more").format(why=why),
        address("chart:chart", person.client_id), _("Find a make-up"),
        address("scheduling:place", person.episode_id), "phone-missed", client_id=person.client_id,
    )  # fmt: skip


def notes(scope: Scope) -> Section | None:
    """Sessions somebody came to whose note is not signed, the oldest first."""
    sites = scope.by.sites_with(Permission.NOTE_WRITE)
    if not sites:
        return None
    whose, given = ("own", {"lead": scope.staff_id}) if scope.sees_own else ("sites", {})
    rows = asked.to_note(whose, MOST, sites=list(sites), **given)
    count = asked.to_note_in_all(whose, sites=list(sites), **given)[0][0] if len(rows) == MOST else len(rows)
    items = tuple(_note(scope, Held(*row)) for row in rows)
    return Section(
        _("Notes to finish"), items, count, reverse("notes:list"), _("All notes"), _("All notes are signed."),
    )  # fmt: skip


class Held(NamedTuple):
    """A session whose note waits; `saved` is when its draft was kept last."""

    id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    lead: str
    saved: datetime | None


def _note(scope: Scope, session: Held) -> Item:
    hours = int((scope.at - session.ends_at).total_seconds() // 3600)
    local = session.starts_at.astimezone(scope.zone)
    age = ngettext("{n} hour old", "{n} hours old", hours).format(n=hours)
    if hours >= 48:
        age = _("{n} days old").format(n=hours // 24)
    why = _("draft, {age}").format(age=age) if session.saved else _("not started, {age}").format(age=age)
    if not scope.sees_own:
        why = f"{session.lead}: {why}"
    url = address("notes:session", session.id)
    shape = "pencil-line" if session.saved else "clock"
    title = f"{session.title}, {date_format(local, 'D g:i')}"
    return Item(title, why, url, _("Finish") if session.saved else _("Write"), url, shape)


def hours(scope: Scope) -> Section | None:
    """Whose booked week will fall short of the plan, the shortest first; and who has no week at all."""
    if not scope.by.sites_with(Permission.HOURS_SEE):
        return None
    people = {one.episode_id: one for one in scope.people.values() if one.status == "active"}
    week = week_hours(episode_ids=people, first=scope.first, zone=scope.zone, at=scope.at)
    short = sorted((one for one in people if week[one].short), key=lambda one: (-week[one].short, str(one)))
    items = tuple(_short(people[one], week[one]) for one in short[:MOST])
    return Section(
        _("Hours at risk"), items, len(short), reverse("attendance:hours"), _("Everybody's hours"),
        _("Every week is booked as planned."),
    )  # fmt: skip


def _short(person: Person, week: Hours) -> Item:
    why = _("likely {hours}").format(hours=hour_words(week.likely)) if week.likely else _("nothing booked yet")
    return Item(
        person.short, why, address("chart:chart", person.client_id), _("Place hours"),
        address("scheduling:place", person.episode_id), "calendar-clock", hours=week, client_id=person.client_id,
    )  # fmt: skip


STEPS: dict[str, tuple[str, str, Permission]] = {
    "received": ("admissions:referral", "Call", Permission.REFERRAL_WORK),
    "contacted": ("admissions:screen", "Screen", Permission.REFERRAL_WORK),
    "screened": ("admissions:assess", "Assess", Permission.ASSESS),
    "assessed": ("admissions:decide", "Decide", Permission.DETERMINATION_DECIDE),
    "decided": ("admissions:admit", "Admit", Permission.ADMIT),
    "waitlisted": ("admissions:admit", "Admit", Permission.ADMIT),
}


def waiting(scope: Scope) -> Section | None:
    """Referrals whose next step is this person's, longest waiting first."""
    mine = [state for state, (*_rest, permission) in STEPS.items() if scope.by.sites_with(permission)]
    if not mine:
        return None
    within = reach.asking(scope.by, Permission.REFERRAL_SEE)
    first = asked.waiting(within, MOST, states=mine)
    many = asked.waiting_in_all(within, states=mine) if len(first) == MOST else ()
    count = sum(one for (one,) in many) if many else len(first)
    items = tuple(_step(scope, Waiting(*row)) for row in first)
    return Section(
        _("Waiting to start"), items, count, reverse("admissions:board"), _("The board"),
        _("Nobody waits for a step of yours."),
    )  # fmt: skip


class Waiting(NamedTuple):
    """A referral whose next step is due, in the order of what is asked."""

    id: UUID
    state: str
    first_call_at: datetime
    client_id: UUID
    preferred: str
    given: str
    family: str


def _step(scope: Scope, referral: Waiting) -> Item:
    page, word, _needed = STEPS[referral.state]
    days = days_since(referral.first_call_at, scope.at.astimezone(scope.zone))
    since = ngettext("{n} day since the first call", "{n} days since the first call", days).format(n=days)
    why = since if days else _("called today")
    url = address("admissions:referral", referral.id)
    return Item(
        f"{referral.preferred or referral.given} {referral.family}".strip(), why, url, ACTS[word](),
        address(page, referral.id), "door-open", tone="wait" if days > 2 else "info", client_id=referral.client_id,
    )  # fmt: skip


ACTS: dict[str, Callable[[], str]] = {
    "Call": lambda: _("Call"),
    "Screen": lambda: _("Screen"),
    "Assess": lambda: _("Assess"),
    "Decide": lambda: _("Decide"),
    "Admit": lambda: _("Admit"),
}

LISTS: dict[str, Callable[[Scope], Section | None]] = {
    CALLS: calls, NOTES: notes, HOURS: hours, WAITING: waiting, PRIVACY: promises.privacy, RENEWALS: promises.renewals,
    PURGES: promises.purges, LIVES: changes.lives, CREDENTIALS: changes.credentials,
}  # fmt: skip
