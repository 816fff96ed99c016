"""What a card says of a referral: since when, from whom, and what it stands on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from daybridge.admissions.models import Referral
from daybridge.admissions.rules import Facts, ReferralState, days_since
from daybridge.kit import rulebook

RULES = rulebook.load(Path(__file__).resolve().parent.parent / "rulebook.toml")
LATE = frozenset({ReferralState.DECIDED, ReferralState.WAITLISTED})
CALLING = frozenset({ReferralState.RECEIVED, ReferralState.CONTACTED})
HOW = {
    "packet": gettext_lazy("by packet"), "form": gettext_lazy("by form"), "phone": gettext_lazy("by phone"),
    "web": gettext_lazy("web form"),
}  # fmt: skip
STEPS = {
    ReferralState.CONTACTED: (gettext_lazy("Phone screen waits"), "clipboard-list", "info"),
    ReferralState.SCREENED: (gettext_lazy("Assessment waits"), "clipboard-check", "info"),
    ReferralState.ASSESSED: (gettext_lazy("Decision waits"), "pen-line", "wait"),
}
COLUMNS = (
    "id", "site_id", "client_id", "client__preferred_name", "client__given_name", "client__family_name", "state",
    "source", "referrer", "concern", "first_call_at", "state_since", "next_on", "best_time", "danger_at", "version",
)  # fmt: skip


class Row(NamedTuple):
    """What a card is made from, in the order of COLUMNS: whole records cost more to load than the card to make."""

    id: UUID
    site_id: UUID
    client_id: UUID
    preferred: str
    given: str
    family: str
    state: str
    source: str
    referrer: str
    concern: str
    first_call_at: datetime
    state_since: datetime
    next_on: datetime | None
    best_time: str
    danger_at: datetime | None
    version: int

    @property
    def name(self) -> str:
        return f"{self.preferred or self.given} {self.family}".strip()


def row(referral: Referral) -> Row:
    """The row of a referral that is loaded already."""
    return Row._make(attrgetter(*(name.replace("__", ".") for name in COLUMNS))(referral))


@dataclass(frozen=True, slots=True)
class Tag:
    """Words with their shape and tone."""

    words: str
    shape: str
    tone: str


def age(first_call: datetime, at: datetime) -> str:
    """How long ago the first call was: "38 min", "2 h", "3 days". `at` by the local clock."""
    minutes = max(0, int((at - first_call).total_seconds() // 60))
    if minutes < 60:
        return _("%d min") % minutes
    if minutes < 24 * 60:
        return _("%d h") % (minutes // 60)
    days = days_since(first_call, at)
    return ngettext("%d day", "%d days", days) % days


def source(one: Row) -> str:
    """From whom, and how it came."""
    how = str(HOW[one.source])
    return f"{one.referrer}, {how}" if one.referrer else how[:1].upper() + how[1:]


def tag(one: Row, facts: Facts, last: str, at: datetime) -> Tag:
    """What stands out most: danger, a possible match, a call that is due, what was tried, else what it waits for."""
    if one.danger_at:
        return Tag(_("In danger now"), "octagon-alert", "safety")
    if facts.possible_match:
        return Tag(_("Same person?"), "copy", "info")
    if one.next_on:
        return _appointed(one.next_on, at)
    if one.state in CALLING and last in ("left-message", "no-answer"):
        return _tried(facts.call_attempts, last)
    return _standing(one, facts, at)


def _appointed(next_on: datetime, at: datetime) -> Tag:
    if next_on > at:
        return Tag(_("Call %s") % clock(next_on, at), "calendar", "info")
    return Tag(_("Call was due %s") % clock(next_on, at), "hourglass", "wait")


def _tried(attempts: int, last: str) -> Tag:
    if last == "left-message":
        return Tag(
            ngettext("%d try, left a message", "%d tries, left a message", attempts) % attempts, "phone-missed", "quiet"
        )
    return Tag(ngettext("%d try, no answer", "%d tries, no answer", attempts) % attempts, "phone-missed", "quiet")


def _standing(one: Row, facts: Facts, at: datetime) -> Tag:
    if one.state == ReferralState.RECEIVED:
        by = one.first_call_at + timedelta(minutes=RULES.number("ADM-3"))
        if by > at:
            return Tag(_("Call by %s") % clock(by, at), "clock", "wait")
        return Tag(_("Call is overdue"), "hourglass", "wait")
    if one.state == ReferralState.DECIDED:
        return (
            Tag(_("Ready"), "circle-check", "ok")
            if facts.consents_signed
            else Tag(_("Forms to sign"), "file-clock", "info")
        )
    if one.state == ReferralState.WAITLISTED:
        return (
            Tag(_("A seat is open"), "circle-check", "ok")
            if facts.seat_free
            else Tag(_("No seat yet"), "hourglass", "quiet")
        )
    step = STEPS.get(one.state)
    return Tag(str(step[0]), *step[1:]) if step else Tag(age(one.state_since, at), "clock", "quiet")


def clock(instant: datetime, at: datetime) -> str:
    """A local time as said in a row: "12:40 PM" today, "Wed 9:00 AM" this week, else with the date."""
    local, today = timezone.localtime(instant), timezone.localtime(at).date()
    if local.date() == today:
        return date_format(local, "g:i A")
    return date_format(local, "D g:i A") if abs((local.date() - today).days) < 7 else date_format(local, "M j, g:i A")
