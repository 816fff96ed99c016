"""Who stands at the door: the pass of this visit, as long as it is good."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from daybridge.access.gates import Guest
from daybridge.access.models import Program, Site
from daybridge.consent import gate
from daybridge.consent.rules.standing import is_in_force
from daybridge.portal.models import Pass
from daybridge.portal.rules import Holder, PassState, Phone


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with an open page: who acts (`by`), whose record it is about, and how to speak to them."""

    pass_id: UUID
    holder: Holder
    by: Guest
    consent_id: UUID | None
    language: str
    site: Site
    phone: str
    seen_at: datetime | None
    on: Phone

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.site.timezone)

    @property
    def client_id(self) -> UUID:
        return self.by.client_id


def visitor(*, pass_id: UUID, at: datetime) -> Visitor | None:
    """The visitor a pass lets in at `at`; None once it lapsed or ended, or the consent it hangs on did. One query."""
    found = Pass.objects.select_related("client__site", "client__merged_into__site", "consent").filter(pk=pass_id)
    one = found.first()
    if one is None or one.state_at(at) is not PassState.OPEN:
        return None
    site = (one.client.merged_into or one.client).site
    if one.consent and not is_in_force(gate.as_given(one.consent), at.astimezone(ZoneInfo(site.timezone))):
        return None
    phone = site.phone or Program.objects.values_list("phone", flat=True).first() or ""
    return Visitor(
        one.id, Holder(one.kind), one.guest, one.consent_id, one.language, site, phone, one.seen_at, Phone(one.phone)
    )
