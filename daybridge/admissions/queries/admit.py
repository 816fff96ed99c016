"""What stands between a decision and the first day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from daybridge.admissions.models import PacketItem, Referral
from daybridge.admissions.rules import ReferralState
from daybridge.admissions.rules.entry import ADMITTABLE, OFFERED
from daybridge.consent import queries as consent
from daybridge.consent.queries import Standing
from daybridge.level_of_care import queries as level_of_care
from daybridge.level_of_care.naming import Level
from daybridge.people import queries as people
from daybridge.people.queries import StaffRow
from daybridge.program import queries as program
from daybridge.program.queries import TrackRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitPage:
    """The checklist, the tracks with a free seat, the counselors. `missing` says in sentences what is not done yet."""

    referral_id: UUID
    client_id: UUID
    client: str
    today: date
    is_admitted: bool
    level: Level | None
    consents: Standing
    coverage: tuple[str, ...]
    tracks: tuple[TrackRow, ...]
    counselors: tuple[StaffRow, ...]
    missing: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        return not self.missing


def admit_page(*, referral_id: UUID, by, at: datetime) -> AdmitPage:
    """Everything the admission needs. Raises Referral.DoesNotExist out of reach. The reading is on the ledger."""
    referral = Referral.objects.visible_to(by).select_related("client", "site").get(pk=referral_id)
    newest = level_of_care.latest(client_id=referral.client_id, by=by, at=at)
    level = newest.decided if newest and newest.assessed_at >= referral.first_call_at else None
    tracks = tuple(row for row in program.tracks(site_id=referral.site_id, by=by) if level and row.level == level.code)
    consents = consent.standing(client_id=referral.client_id, at=at, by=by)
    return AdmitPage(
        referral_id=referral.id, client_id=referral.client_id, client=referral.client.name,
        today=at.astimezone(ZoneInfo(referral.site.timezone)).date(),
        is_admitted=referral.state == ReferralState.ADMITTED, level=level, consents=consents,
        coverage=tuple(PacketItem.objects.filter(referral=referral, kind="coverage").values_list("text", flat=True)),
        tracks=tracks, counselors=tuple(people.counselors(site_id=referral.site_id, by=by)),
        missing=tuple(_missing(referral, level, consents, tracks)),
    )  # fmt: skip


def _missing(referral: Referral, level: Level | None, consents: Standing, tracks: tuple[TrackRow, ...]) -> list[str]:
    said = []
    if level is None or referral.state not in ADMITTABLE:
        said.append(_("The level of care is not decided yet."))
    elif level.code not in OFFERED:
        said.append(_("The level decided on is not offered here."))
    elif not any(row.free for row in tracks):
        said.append(_("No track has a free seat; the person can go on the waitlist."))
    if not consents.treatment:
        said.append(_("The consent to treatment is not signed."))
    if not consents.part2:
        said.append(_("The consent to share for care is not signed."))
    return said
