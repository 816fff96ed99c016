"""What changes ahead: weeks that clients told anew, and credentials that end."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.access.rules import Permission
from daybridge.people import queries as people
from daybridge.plans.queries import told
from daybridge.ui.addresses import address
from daybridge.watch.queries.rows import Item, Section
from daybridge.watch.queries.scope import Scope
from daybridge.watch.rules import MOST


def lives(scope: Scope) -> Section | None:
    """Clients who told a new week, to be placed again; no list when there is none."""
    if not scope.by.sites_with(Permission.LIFE_SAY):
        return None
    latest: dict[UUID, date] = {}
    for episode, since, _said_at in told(episodes=list(scope.people)):
        latest[episode] = since
    if not latest:
        return None
    items = tuple(_life(scope, episode, since) for episode, since in list(latest.items())[:MOST])
    return Section(_("Weeks that change"), items, len(latest), reverse("scheduling:week"), _("The week"), "")


def _life(scope: Scope, episode: UUID, since: date) -> Item:
    person, day = scope.people[episode], date_format(since, "M j")
    return Item(
        person.short, _("told a new week from {day}").format(day=day), address("plans:life", episode),
        _("Place again"), f"{address('scheduling:place', episode)}?first={since}", "calendar-clock",
        client_id=person.client_id,
    )  # fmt: skip


def credentials(scope: Scope) -> Section | None:
    """Credentials that end soon or have ended: one's own, the whole site's for who runs it; no list when none does."""
    rows = people.endings(by=scope.by, today=scope.day)
    if not rows:
        return None
    items = tuple(_ending(row) for row in rows[:MOST])
    is_running = bool(scope.by.sites_with(Permission.PROGRAM_WRITE))
    url = reverse("program:overview") if is_running else reverse("people:mine")
    words = _("The program") if is_running else _("My work")
    return Section(_("Credentials that end"), items, len(rows), url, words, "")


def _ending(row: Any) -> Item:
    day = date_format(row.expires_on, "M j")
    why = _("{kind} ended {day}: no leading, no signing") if row.warning == 0 else _("{kind} ends {day}")
    url = reverse("people:mine") if row.is_mine else address("people:post", row.user_id)
    return Item(
        _("You") if row.is_mine else row.name, why.format(kind=row.kind, day=day), url,
        _("Look") if row.is_mine else _("Renew"), url, "badge-alert" if row.warning in (0, 7) else "badge-check",
        tone="wait" if row.warning in (0, 7) else "info",
    )  # fmt: skip
