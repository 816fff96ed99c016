"""Consents that end soon, for Today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access.rules import Permission
from daybridge.asking import Given, prepared
from daybridge.consent import columns, phrases, shown
from daybridge.consent.models import Consent
from daybridge.consent.queries.standing import TITLES
from daybridge.consent.rules.book import RULES
from daybridge.consent.rules.words import FormKind
from daybridge.people import reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """One consent whose last day is near: `title` is the client, `reason` what ends, `due` the last day."""

    consent_id: UUID
    client_id: UUID
    title: str
    reason: str
    url: str
    due: date
    days_left: int


def renewals_due(*, by, at: datetime) -> tuple[Renewal, ...]:
    """The consents within reach that end within CON-20's days, the soonest first; without those said yes to anew."""
    horizon = (at + timedelta(days=RULES.number("CON-20") + 1)).date()
    rows = _ending(reach.asking(by, Permission.CONSENT_SEE), horizon=horizon)
    newer = _renewed(rows) if rows else ()
    return tuple(one for one in (_row(row, at) for row in rows if row.id not in newer) if one)


@prepared
def _ending(within: reach.Shape):
    found = Consent.objects.filter(within.of("client")).in_force()
    ending = found.filter(expires_on__lte=Given("horizon"), expires_on__isnull=False)
    return ending.select_related("client__site").defer("text", "signature").order_by("expires_on", "id")


def _renewed(rows: list[Consent]) -> set[UUID]:
    """Those for which the same client has a later consent about the same recipient."""
    others = Consent.objects.in_force().filter(client__in={row.client_id for row in rows}).defer("text", "signature")
    last: dict[tuple, list[Consent]] = {}
    for one in others:
        last.setdefault(_about(one), []).append(one)
    return {
        row.id for row in rows
        if any(one.expires_on is None or one.expires_on > row.expires_on for one in last.get(_about(row), ()))
    }  # fmt: skip


def _about(one: Consent) -> tuple:
    return one.client_id, one.kind, one.recipient_type, one.recipient_name, one.recipient_relation


def _row(consent: Consent, at: datetime) -> Renewal | None:
    left = (consent.expires_on - shown.today(consent.client, at)).days
    if not 0 <= left <= RULES.number("CON-20"):
        return None
    agreed = columns.terms_of(consent)
    name = (
        phrases.who(agreed.recipient_type, agreed.name, agreed.relation, "en", phrases.THEY)
        or TITLES[FormKind(consent.kind)]
    )
    ends = ngettext("ends in %(n)d day", "ends in %(n)d days", left) % {"n": left} if left else _("ends today")
    return Renewal(
        consent_id=consent.id, client_id=consent.client_id, title=consent.client.name,
        reason=_("Consent for %(who)s %(ends)s") % {"who": name, "ends": ends},
        url=reverse("consent:forms", args=[consent.client_id]), due=consent.expires_on, days_left=left,
    )  # fmt: skip
