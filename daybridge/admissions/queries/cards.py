"""A referral as a card: who, since when, from where, what matters, and its one next act."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.admissions.models import ContactAttempt, PossibleMatch, Referral
from daybridge.admissions.rules import MOVES, Act, Facts, ReferralState, days_since, next_act
from daybridge.consent.models import Consent
from daybridge.kit import rulebook
from daybridge.level_of_care.models import Determination
from daybridge.people.models import Phone

RULES = rulebook.load(Path(__file__).resolve().parent.parent / "rulebook.toml")
FORMS = frozenset({"treatment", "part2-tpo"})
SAFETY = Act("settle-danger", "Safety first")
LATE = frozenset({ReferralState.DECIDED, ReferralState.WAITLISTED})


@dataclass(frozen=True, slots=True)
class Tag:
    """Words with their shape and tone."""

    words: str
    shape: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One referral on the board. `moves` are the states it may be put into by hand now."""

    id: UUID
    client_id: UUID
    name: str
    age: str
    source: str
    concern: str
    extra: str
    tag: Tag
    act: Act
    state: str
    moves: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a set of referrals, read in one query each."""

    tries: Counter = field(default_factory=Counter)
    last_result: dict = field(default_factory=dict)
    matched: frozenset = frozenset()
    phones: frozenset = frozenset()
    signed: dict = field(default_factory=dict)
    levels: dict = field(default_factory=dict)
    open_sites: frozenset = frozenset()


def cards(referrals: Iterable[Referral], *, at: datetime, open_sites: frozenset[UUID]) -> list[Card]:
    """Cards of referrals (with their clients); the number of queries does not depend on how many there are."""
    referrals = list(referrals)
    around = _around(referrals, at, open_sites)
    return [_card(one, around, at) for one in referrals]


def _around(referrals: list[Referral], at: datetime, open_sites: frozenset[UUID]) -> Around:
    ids, clients = [one.id for one in referrals], {one.client_id for one in referrals}
    calls = ContactAttempt.objects.filter(referral__in=ids).order_by("at").values_list("referral_id", "result")
    calls = list(calls)
    late = {one.client_id for one in referrals if one.state in LATE}
    signed: dict[UUID, set[str]] = {}
    in_force = Q(expires_on=None) | Q(expires_on__gte=timezone.localtime(at).date())
    for client, kind in Consent.objects.in_force().filter(in_force, client__in=late).values_list("client_id", "kind"):
        signed.setdefault(client, set()).add(kind)
    levels = Determination.objects.filter(client__in=clients).order_by("assessed_at")
    return Around(
        tries=Counter(one for one, _result in calls),
        last_result=dict(calls),
        matched=frozenset(PossibleMatch.objects.filter(referral__in=ids, state="open").values_list("referral", flat=1)),
        phones=frozenset(Phone.objects.filter(client__in=clients).values_list("client_id", flat=True)),
        signed=signed,
        levels={c: (r, d) for c, r, d in levels.values_list("client_id", "recommended", "decided_level")},
        open_sites=open_sites,
    )


def _card(one: Referral, around: Around, at: datetime) -> Card:
    state = ReferralState(one.state)
    facts = Facts(
        possible_match=one.id in around.matched,
        has_phone=one.client_id in around.phones,
        call_attempts=around.tries[one.id],
        consents_signed=around.signed.get(one.client_id, set()) >= FORMS,
        seat_free=one.site_id in around.open_sites,
    )
    return Card(
        id=one.id, client_id=one.client_id, name=one.client.name, age=age(one.first_call_at, at),
        source=source(one), concern=one.concern, extra=_extra(one, around), state=str(state),
        tag=_tag(one, facts, around.last_result.get(one.id, ""), at),
        act=SAFETY if one.danger_at else next_act(state, facts),
        moves=moves(state), version=one.version,
    )  # fmt: skip


def moves(state: ReferralState) -> tuple[str, ...]:
    """Where a referral may be put by hand, in the order of the way in; admission has its own page."""
    return tuple(str(to) for to in ReferralState if to in MOVES[state] and to != ReferralState.ADMITTED)


def age(first_call: datetime, at: datetime) -> str:
    """How long ago the first call was: "38 min", "2 h", "3 days"."""
    minutes = max(0, int((at - first_call).total_seconds() // 60))
    if minutes < 60:
        return _("%d min") % minutes
    if minutes < 24 * 60:
        return _("%d h") % (minutes // 60)
    days = days_since(first_call, timezone.localtime(at))
    return ngettext("%d day", "%d days", days) % days


def source(one: Referral) -> str:
    """From whom, and how it came."""
    how = {"packet": _("by packet"), "form": _("by form"), "phone": _("by phone"), "web": _("web form")}[one.source]
    return f"{one.referrer}, {how}" if one.referrer else how[:1].upper() + how[1:]


def _extra(one: Referral, around: Around) -> str:
    recommended, decided = around.levels.get(one.client_id, ("", ""))
    if one.state == ReferralState.ASSESSED and recommended:
        return _("Suggested: %s") % recommended
    if one.state in LATE and decided:
        return _("Level %s") % decided
    return _("Best reached: %s") % one.best_time if one.best_time else ""


def _tag(one: Referral, facts: Facts, last: str, at: datetime) -> Tag:
    if one.danger_at:
        return Tag(_("In danger now"), "octagon-alert", "safety")
    if facts.possible_match:
        return Tag(_("Same person?"), "copy", "info")
    if one.next_on:
        return _appointed(one.next_on, at)
    if one.state in (ReferralState.RECEIVED, ReferralState.CONTACTED) and last in ("left-message", "no-answer"):
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


def _standing(one: Referral, facts: Facts, at: datetime) -> Tag:
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
    waits = {
        ReferralState.CONTACTED: Tag(_("Phone screen waits"), "clipboard-list", "info"),
        ReferralState.SCREENED: Tag(_("Assessment waits"), "clipboard-check", "info"),
        ReferralState.ASSESSED: Tag(_("Decision waits"), "pen-line", "wait"),
    }
    return waits.get(ReferralState(one.state)) or Tag(age(one.state_since, at), "clock", "quiet")


def clock(instant: datetime, at: datetime) -> str:
    """A local time as said in a row: "12:40 PM" today, "Wed 9:00 AM" this week, else with the date."""
    local, today = timezone.localtime(instant), timezone.localtime(at).date()
    if local.date() == today:
        return date_format(local, "g:i A")
    return date_format(local, "D g:i A") if abs((local.date() - today).days) < 7 else date_format(local, "M j, g:i A")
