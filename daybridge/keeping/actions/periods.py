"""What a state or a contract asks for instead of the usual years."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.keeping import register
from daybridge.keeping.models import Period
from daybridge.keeping.rules import KeepingClass, check_reason, check_years
from daybridge.kit.errors import BadInput, IllegalMove, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A class, its years, and which law or contract asks for them, with a word on why it applies here."""

    kept: str
    years: int
    source: str
    reason: str


@transaction.atomic
def choose(*, site_id: UUID, choice: Choice, by, at: datetime) -> Period:
    """Keep a class as chosen at a site; of several sources the longest counts.

    Raises Site.DoesNotExist out of reach, NotAllowed, BadInput for years out of bounds or without a source, Refused
    when the same source already asks for this class.
    """
    site = Site.objects.select_for_update().get(pk=site_id, id__in=by.sites_with(Permission.RETENTION_SET))
    require(by, Permission.RETENTION_SET, site)
    check_years(_class(choice.kept), choice.years)
    if not choice.source.strip():
        raise BadInput("Say which law or contract asks for it.")
    source = choice.source.strip()
    if Period.objects.in_force().filter(site=site, kept=choice.kept, source=source).exists():
        raise Refused("This law or contract is listed already; end it there first.")
    period = Period.objects.create(
        site=site, kept=choice.kept, years=choice.years, source=source, reason=check_reason(choice.reason),
        set_by=by.actor, set_at=at,
    )  # fmt: skip
    ledger.record("retention.chosen", period, by=by, at=at, kept=period.kept, years=period.years)
    return period


def _class(key: str) -> KeepingClass:
    found = [kept for kept in register.classes() if kept.id == key]
    if not found:
        raise BadInput("Choose a class of records.")
    return found[0]


@transaction.atomic
def end(*, period_id: UUID, by, at: datetime) -> Period:
    """The source asks no more. Raises Period.DoesNotExist out of reach, NotAllowed, IllegalMove when ended before."""
    period = Period.objects.visible_to(by).select_for_update().get(pk=period_id)
    require(by, Permission.RETENTION_SET, period)
    if period.ended_at:
        raise IllegalMove("This was ended before.")
    period.ended_at = at
    period.save(update_fields=["ended_at"])
    ledger.record("retention.ended", period, by=by, at=at, kept=period.kept, years=period.years)
    return period
