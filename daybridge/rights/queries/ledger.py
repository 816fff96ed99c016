"""Whether the ledger holds, and what to do when it does not or when nobody has looked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.audit import queries as audit
from daybridge.audit.models import Entry, Head
from daybridge.rights.rules.book import BOOK

FIRST = "safety"  # the tone of what comes before everything else


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits for a person: what, why, where, by when (None: no day is set)."""

    title: str
    why: str
    url: str
    due: date | None
    act: str
    shape: str
    tone: str
    client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LedgerHealth:
    """The ledger: how many lines, when the chain was last proved, whether it held, and whether that is long ago."""

    lines: int
    proved_at: datetime | None
    is_broken: bool
    is_old: bool


def health(*, at: datetime) -> LedgerHealth:
    """How the ledger stands. One that nobody proved yet is old once its first line is. Source: RIGHTS-22."""
    proof = audit.last_proven()
    lines = Head.objects.values_list("seq", flat=True).first() or 0
    since = proof.at if proof else Entry.objects.order_by("seq").values_list("at", flat=True).first()
    limit = timedelta(hours=BOOK.number("RIGHTS-22"))
    is_broken, is_old = proof is not None and not proof.ok, since is not None and at - since > limit
    return LedgerHealth(lines, proof.at if proof else None, is_broken=is_broken, is_old=is_old)


def due(*, by, at: datetime) -> list[Due]:
    """A row for those who watch over the ledger or over the work that proves it, when there is something to do."""
    reads = may(by, Permission.LEDGER_READ)
    if not reads and not may(by, Permission.JOBS_SEE):
        return []
    stands, url = health(at=at), reverse("access:ledger" if reads else "jobs:list")
    act = _("Prove it now") if reads else _("See the work")
    if stands.is_broken:
        why = _("Somebody or something changed it. Look at it before anything else.")
        return [Due(_("The ledger does not hold"), why, url, None, act, "octagon-alert", FIRST)]
    if not stands.is_old:
        return []
    if stands.proved_at is None:
        return [Due(_("The ledger was never proved"), _("It should be every night."), url, None, act, "link", "wait")]
    day = date_format(timezone.localtime(stands.proved_at), "M j, g:i A")
    why = _("last on {day}; it should be every night").format(day=day)
    return [Due(_("The ledger was not proved lately"), why, url, None, act, "link", "wait")]
