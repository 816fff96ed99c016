"""The privacy officer's desk: what is due, what left, whether the ledger holds."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access import queries as access
from daybridge.access.gates import may, require
from daybridge.access.rules import Permission
from daybridge.admissions.queries.guarded import hidden_matches
from daybridge.people import guarding
from daybridge.rights.models import Breach
from daybridge.rights.queries import breaches, leaving, ledger, notices, requests
from daybridge.rights.queries.conflicts import conflicts
from daybridge.rights.queries.leaving import Recent
from daybridge.rights.queries.ledger import Due, LedgerHealth
from daybridge.rights.rules.breaches import BreachState
from daybridge.rights.rules.requests import RUNNING, State, Urgency


@dataclass(frozen=True, slots=True)
class Desk:
    """The page of the privacy officer."""

    due: tuple[Due, ...]
    open_requests: int
    late_requests: int
    open_breaches: int
    without_notice: int
    recent: tuple[Recent, ...]
    ledger: LedgerHealth


def desk(*, by, at: datetime) -> Desk:
    """Everything the privacy officer has to see. Raises NotAllowed."""
    require(by, Permission.REQUEST_WORK)
    rows = [requests.row(one, at) for one in requests.open_ones(by=by)]
    waiting = [
        *ledger.due(by=by, at=at), *_reviews(by, at), *_signing(by, at), *_conflicts(by, at), *_requests(rows),
        *_breaches(by, at), *_hidden(by),
    ]  # fmt: skip
    open_breaches = Breach.objects.visible_to(by).exclude(state=BreachState.CLOSED).count()
    return Desk(
        due=tuple(sorted(waiting, key=_order)), open_requests=len(rows),
        late_requests=sum(row.urgency is Urgency.LATE for row in rows), open_breaches=open_breaches,
        without_notice=notices.without_notice(by=by), recent=tuple(leaving.recent(by=by, at=at)),
        ledger=ledger.health(at=at),
    )  # fmt: skip


def due(*, by, at: datetime) -> list[Due]:
    """Rows for Today: a ledger that does not hold or was not proved lately, reviews of broken glass, requests that wait
    or are near their last day or past it, and reports of breaches; nearest first, the permission table to sign. Empty
    for people who do not work on these. 6 queries.
    """
    waiting = [*ledger.due(by=by, at=at), *_reviews(by, at), *_signing(by, at), *_hidden(by)]
    if may(by, Permission.REQUEST_WORK):
        waiting += _requests([requests.row(one, at) for one in requests.open_ones(by=by)])
    if may(by, Permission.BREACH_WORK):
        waiting += _breaches(by, at)
    return sorted(waiting, key=_order)


def _order(one: Due) -> tuple[bool, bool, date, str]:
    return (one.tone != ledger.FIRST, one.due is None, one.due or date.max, one.title)


def _requests(rows: list[requests.Row]) -> list[Due]:
    """What nobody has taken on, what is near its last day, and answers that wait to be handed over."""
    out = []
    for row in rows:
        act = _act(row)
        if act:
            url = reverse("rights:request", args=[row.id])
            tone = "wait" if row.urgency in (Urgency.LATE, Urgency.SOON) or row.state == State.RECEIVED else "info"
            why = f"{row.kind} · {until(row.left)}" if row.state in RUNNING else f"{row.kind} · {_('answered')}"
            out.append(Due(row.name, why, url, row.due_on, act, row.shape, tone, row.client_id))
    return out


def _act(row: requests.Row) -> str:
    if row.state == State.RECEIVED:
        return _("Take on")
    if row.is_answered:
        return _("Hand over")
    return _("Answer") if row.urgency in (Urgency.LATE, Urgency.SOON) else ""


def until(days: int) -> str:
    """How long until a last day, in words."""
    if days < 0:
        return ngettext("{n} day late", "{n} days late", -days).format(n=-days)
    if days == 0:
        return _("due today")
    return ngettext("{n} day left", "{n} days left", days).format(n=days)


def _breaches(by, at: datetime) -> list[Due]:
    out = []
    for row in breaches.reports(by=by, at=at).object_list:
        if not row.is_open:
            continue
        words = {
            BreachState.REPORTED: _("to weigh"),
            BreachState.LOW: _("to close"),
            BreachState.BREACH: _("to finish"),
        }
        why = words[BreachState(row.state)] + (f" · {until(row.left)}" if row.due_on else "")
        title = _("Report {number}").format(number=row.number)
        tone = "wait" if row.state != BreachState.LOW else "info"
        out.append(Due(title, why, reverse("rights:breach", args=[row.id]), row.due_on, _("Open"), "siren", tone))
    return out


def _reviews(by, at: datetime) -> list[Due]:
    """Records opened in need that nobody has reviewed."""
    return [
        Due(one.title, one.reason, one.url, timezone.localtime(one.due).date(), _("Review"), "octagon-alert", "wait")
        for one in guarding.reviews_due(by=by, at=at)
    ]


def _signing(by, at: datetime) -> list[Due]:
    """The table of who may do what, when it changed since it was signed."""
    return [
        Due(one.title, one.reason, one.url, None, _("Read and sign"), "pen-line", "wait")
        for one in access.signing_due(by=by, at=at)
    ]


def _hidden(by) -> list[Due]:
    """New referrals that may be of somebody whose record is hidden: only whoever guards it and its team may know."""
    why = _("a new referral may be the same person; ask {names} to look at it")
    return [
        Due(one.record_number, why.format(names=", ".join(one.named)), reverse("people:hidden"), None, _("See"),
            "eye-off", "wait")
        for one in hidden_matches(by=by)
    ]  # fmt: skip


def _conflicts(by, at: datetime) -> list[Due]:
    """People whose consents say different things; the narrower counts until somebody decides."""
    why = _("two consents say different things; the narrower counts until it is decided")
    return [
        Due(one.name, why, reverse("consent:forms", args=[one.client_id]), None, _("Decide"), "split", "wait",
            one.client_id)
        for one in conflicts(by=by, at=at)
    ]  # fmt: skip
