"""A referral as a card: who, since when, from where, what matters, and its one next act."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from daybridge.access.rules import Permission
from daybridge.admissions.queries import asked
from daybridge.admissions.queries.said import CALLING, LATE, Row, Tag, age, source, tag
from daybridge.admissions.rules import MOVES, Act, Facts, ReferralState, next_act
from daybridge.people import reach
from daybridge.people.models import Client

FORMS = frozenset({"treatment", "part2-tpo"})
SAFETY = Act("settle-danger", "Safety first")
LEVELLED = LATE | {ReferralState.ASSESSED}


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


def cards(rows: Iterable[Row], *, by, at: datetime, open_sites: frozenset[UUID]) -> list[Card]:
    """Cards of referrals as `by` may see them; the number of queries does not depend on how many there are."""
    rows, local = list(rows), timezone.localtime(at)
    around = _around(rows, by, local, open_sites)
    return [_card(one, around, local) for one in rows]


def _around(rows: list[Row], by, at: datetime, open_sites: frozenset[UUID]) -> Around:
    """Each thing is asked only of those whose card can say it."""
    ids = [one.id for one in rows]
    calls = asked.calls(ids=[one.id for one in rows if one.state in CALLING])
    to_call = [one.client_id for one in rows if one.state == ReferralState.RECEIVED]
    levelled = [one.client_id for one in rows if one.state in LEVELLED]
    return Around(
        tries=Counter(one for one, _result in calls),
        last_result=dict(calls),
        matched=_matched(ids, by),
        phones=frozenset(one for (one,) in asked.phones(clients=to_call)),
        signed=_signed([one.client_id for one in rows if one.state in LATE], at),
        levels={client: (said, decided) for client, said, decided in asked.levels(clients=levelled)},
        open_sites=open_sites,
    )


def _matched(referral_ids: list[UUID], by) -> frozenset[UUID]:
    """Referrals that may be of somebody known whom `by` reaches too: a match with a record out of reach, or hidden,
    would say that somebody is a client. Whoever reaches both is told."""
    found = asked.open_matches(ids=referral_ids)
    if not found or reach.is_whole(by, Permission.REFERRAL_SEE):
        return frozenset(referral for referral, _client in found)
    near = Client.objects.filter(reach.clients_within(by, Permission.REFERRAL_SEE), pk__in={one for _id, one in found})
    told = set(near.values_list("pk", flat=True))
    return frozenset(referral for referral, client in found if client in told)


def _signed(clients: list[UUID], at: datetime) -> dict[UUID, set[str]]:
    """The kinds of consent in force, by client."""
    signed: dict[UUID, set[str]] = {}
    for client, kind in asked.consents(clients=clients, day=at.date()):
        signed.setdefault(client, set()).add(kind)
    return signed


def _card(one: Row, around: Around, at: datetime) -> Card:
    state = ReferralState(one.state)
    facts = Facts(
        possible_match=one.id in around.matched,
        has_phone=one.client_id in around.phones,
        call_attempts=around.tries[one.id],
        consents_signed=around.signed.get(one.client_id, set()) >= FORMS,
        seat_free=one.site_id in around.open_sites,
    )
    return Card(
        id=one.id, client_id=one.client_id, name=one.name, age=age(one.first_call_at, at),
        source=source(one), concern=one.concern, extra=_extra(one, around), state=str(state),
        tag=tag(one, facts, around.last_result.get(one.id, ""), at),
        act=SAFETY if one.danger_at else next_act(state, facts),
        moves=moves(state), version=one.version,
    )  # fmt: skip


def _extra(one: Row, around: Around) -> str:
    recommended, decided = around.levels.get(one.client_id, ("", ""))
    if one.state == ReferralState.ASSESSED and recommended:
        return _("Suggested: %s") % recommended
    if one.state in LATE and decided:
        return _("Level %s") % decided
    return _("Best reached: %s") % one.best_time if one.best_time else ""


@cache
def moves(state: ReferralState) -> tuple[str, ...]:
    """Where a referral may be put by hand, in the order of the way in; admission has its own page."""
    return tuple(str(to) for to in ReferralState if to in MOVES[state] and to != ReferralState.ADMITTED)
