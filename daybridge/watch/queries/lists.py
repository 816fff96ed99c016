"""The lists of Today, each a reason and one act a row."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access.rules import Permission
from daybridge.admissions.models import Referral
from daybridge.admissions.rules import days_since
from daybridge.attendance.models import RollLine
from daybridge.attendance.queries import week_hours
from daybridge.attendance.rules import BOOK, HERE, Hours, Mark
from daybridge.notes.models import SessionNote
from daybridge.people.rules import short_name
from daybridge.plans.models import TreatmentPlan
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import SessionState
from daybridge.ui.addresses import address
from daybridge.ui.charts import hour_words
from daybridge.watch.queries.rows import Item, Section
from daybridge.watch.queries.scope import Scope
from daybridge.watch.rules import CALLS, HOURS, MOST, NOTES, WAITING

LOOK_BACK = timedelta(days=7)


def calls(scope: Scope) -> Section | None:
    """Who missed a session and has not been seen since: somebody calls within a day. Source: rulebook ATT-5."""
    if not scope.by.sites_with(Permission.CHART_READ):
        return None
    since = RollLine.objects.filter(
        episode=OuterRef("episode"), mark__in=HERE, session__starts_at__gt=OuterRef("session__starts_at")
    )
    missed = RollLine.objects.filter(
        ~Exists(since), scope.own("episode__"), mark=Mark.NO_SHOW, session__starts_at__gte=scope.at - LOOK_BACK
    )
    rows = missed.order_by("session__starts_at").values_list(
        "episode_id", "episode__client_id", "episode__client__preferred_name", "episode__client__given_name",
        "episode__client__family_name", "session__starts_at", "session__ends_at",
    )  # fmt: skip
    by_episode: dict[UUID, list[tuple]] = {}
    for row in rows:
        by_episode.setdefault(row[0], []).append(row)
    groups = sorted(by_episode.values(), key=lambda lines: (-len(lines), lines[-1][5]))
    items = tuple(_call(scope, lines) for lines in groups[:MOST])
    return Section(
        _("Call today"), items, len(groups), reverse("attendance:hours"), _("Everybody's hours"),
        _("Nobody has missed a session without being seen again."),
    )  # fmt: skip


def _call(scope: Scope, lines: list[tuple]) -> Item:
    episode, client, preferred, given, family, _start, ended = lines[-1]
    days = [date_format(line[5].astimezone(scope.zone), "D") for line in lines]
    why = _("missed {days}").format(days=_(" and ").join(dict.fromkeys(days)))
    overdue = scope.at - ended > timedelta(hours=BOOK.number("ATT-5"))
    return Item(
        short_name(preferred or given, family),
        why if not overdue else _("{why}; a day ago and more").format(why=why),
        address("chart:chart", client), _("Find a make-up"),
        address("scheduling:place", episode), "phone-missed", client_id=client,
    )  # fmt: skip


def notes(scope: Scope) -> Section | None:
    """Sessions somebody came to whose note is not signed, the oldest first."""
    sites = scope.by.sites_with(Permission.NOTE_WRITE)
    if not sites:
        return None
    came = RollLine.objects.filter(session=OuterRef("pk"), mark__in=HERE)
    held = Session.objects.filter(Exists(came), site__in=sites, status=SessionState.HELD)
    if scope.sees_own:
        held = held.filter(lead=scope.staff_id)
    lines = SessionNote.objects.filter(session=OuterRef("pk")).values("saved_at")[:1]
    rows = held.annotate(saved=Subquery(lines)).order_by("ends_at")
    found = list(rows.values_list("id", "title", "starts_at", "ends_at", "lead__user__name", "saved")[:MOST])
    items = tuple(_note(scope, Held(*row)) for row in found)
    count = held.count() if len(found) == MOST else len(found)
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
    planned = TreatmentPlan.objects.active().filter(scope.own("episode__"), episode__status="active")
    shown = {row[0]: row for row in planned.order_by().values_list(*NAMED)}
    week = week_hours(episode_ids=shown, first=scope.first, zone=scope.zone, at=scope.at)
    short = sorted((one for one in shown if week[one].short), key=lambda one: (-week[one].short, str(one)))
    items = tuple(_short(*shown[one], week=week[one]) for one in short[:MOST])
    return Section(
        _("Hours at risk"), items, len(short), reverse("attendance:hours"), _("Everybody's hours"),
        _("Every week is booked as planned."),
    )  # fmt: skip


PERSON = ("episode__client_id", *(f"episode__client__{name}_name" for name in ("preferred", "given", "family")))
NAMED = ("episode_id", *PERSON)


def _short(episode: UUID, client: UUID, *names: str, week: Hours) -> Item:
    preferred, given, family = names
    why = _("likely {hours}").format(hours=hour_words(week.likely)) if week.likely else _("nothing booked yet")
    return Item(
        short_name(preferred or given, family), why, address("chart:chart", client), _("Place hours"),
        address("scheduling:place", episode), "calendar-clock", hours=week, client_id=client,
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
    rows = Referral.objects.visible_to(scope.by).filter(state__in=mine)
    first = list(rows.order_by("first_call_at").values_list(*WAITS)[:MOST])
    count = rows.count() if len(first) == MOST else len(first)
    items = tuple(_step(scope, Waiting(*row)) for row in first)
    return Section(
        _("Waiting to start"), items, count, reverse("admissions:board"), _("The board"),
        _("Nobody waits for a step of yours."),
    )  # fmt: skip


class Waiting(NamedTuple):
    """A referral whose next step is due, in the order of WAITS."""

    id: UUID
    state: str
    first_call_at: datetime
    client_id: UUID
    preferred: str
    given: str
    family: str


WAITS = (
    "id", "state", "first_call_at", "client_id", "client__preferred_name", "client__given_name", "client__family_name",
)  # fmt: skip


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

LISTS: dict[str, Callable[[Scope], Section | None]] = {CALLS: calls, NOTES: notes, HOURS: hours, WAITING: waiting}
