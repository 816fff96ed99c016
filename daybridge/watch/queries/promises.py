"""Promises that need a person: what people asked for, and consents that end soon."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.consent.queries import renewals_due
from daybridge.keeping.queries import waiting
from daybridge.rights.queries import Due, due
from daybridge.watch.queries.rows import Item, Section
from daybridge.watch.queries.scope import Scope
from daybridge.watch.rules import MOST


def privacy(scope: Scope) -> Section | None:
    """What waits for whoever guards the records: a ledger that does not hold, requests with a clock, reports, reviews;
    nearest day first. The administrator has the list only while the ledger needs somebody."""
    rows = due(by=scope.by, at=scope.at)
    if not may(scope.by, Permission.REQUEST_WORK):
        found = tuple(_due(row) for row in rows[:MOST])
        return Section(_("The ledger"), found, len(rows), reverse("jobs:list"), _("Work"), "") if rows else None
    return Section(
        _("Privacy"), tuple(_due(row) for row in rows[:MOST]), len(rows), reverse("rights:desk"), _("The privacy desk"),
        _("Nobody waits for an answer about a record."),
    )  # fmt: skip


def _due(row: Due) -> Item:
    why = _("{why}; by {day}").format(why=row.why, day=date_format(row.due, "M j")) if row.due else row.why
    return Item(row.title, why, row.url, row.act, row.url, row.shape, tone=row.tone, client_id=row.client_id)


def renewals(scope: Scope) -> Section | None:
    """Consents that end soon, of the clients one looks after; no list when there is none."""
    mine = {one.client_id for one in scope.people.values()} if scope.sees_own else None
    rows = [one for one in renewals_due(by=scope.by, at=scope.at) if mine is None or one.client_id in mine]
    if not rows:
        return None
    items = tuple(
        Item(one.title, one.reason, one.url, _("Renew"), one.url, "file-clock", client_id=one.client_id)
        for one in rows[:MOST]
    )
    return Section(_("Consents to renew"), items, len(rows), reverse("chart:clients"), _("Clients"), "")


def purges(scope: Scope) -> Section | None:
    """Purges somebody else proposed, for whoever approves them; no list when there is none."""
    rows = waiting(by=scope.by)
    if not rows:
        return None
    items = tuple(Item(one.title, one.reason, one.url, _("Decide"), one.url, "archive-x") for one in rows[:MOST])
    return Section(_("Records past their time"), items, len(rows), reverse("keeping:overview"), _("Keeping"), "")
