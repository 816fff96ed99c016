"""The admissions board and its lanes as lists."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.admissions.models import Referral
from daybridge.admissions.queries.cards import RULES, Card, cards
from daybridge.admissions.queries.seats import Seats, seats
from daybridge.admissions.rules import CLOSED, ReferralState
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.periods import local_instant, week_start

LANES = (
    ReferralState.RECEIVED, ReferralState.CONTACTED, ReferralState.SCREENED,
    ReferralState.ASSESSED, ReferralState.DECIDED, ReferralState.WAITLISTED,
)  # fmt: skip
SHOWS = ("everyone", "mine", "waiting")
SHOWN = 15
ENDED_SHOWN = 10
PER_PAGE = 50
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Lane:
    """One step of the way in: its oldest cards, how many there are in all, and its pace in words."""

    state: str
    count: int
    cards: tuple[Card, ...]
    pace: str = ""
    is_slow: bool = False

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page shows. `first_day_days` is the median from first call to first day, None without data."""

    lanes: tuple[Lane, ...]
    ended: tuple[Lane, ...]
    counts: dict[str, int]
    first_day_days: float | None
    goal_days: int
    seats: Seats


def board(*, show: str, by, at: datetime) -> Board:
    """The board of the sites within reach: everyone, mine, or those waiting on us. One line of the ledger.

    At most 15 cards a lane, longest waiting first; the number of queries is constant.
    """
    reach = Referral.objects.visible_to(by)
    open_ones = reach.filter(state__in=LANES)
    ways = {"everyone": Q(), "mine": _mine(by), "waiting": _waiting(at)}
    way = ways.get(show, ways["everyone"])
    chosen, counts = open_ones.filter(way), _counts(open_ones, ways)
    free = seats(by=by)
    shown, ended = _longest(chosen), _ended(reach, at)
    made = {card.id: card for card in cards([*shown, *ended.rows], at=at, open_sites=free.sites)}
    ledger.read_list("referral.board", [card.client_id for card in made.values()], by=by, at=at, show=show)
    waits = _median_days(chosen, at)
    return Board(
        lanes=tuple(
            Lane(
                str(state),
                counts.get((state, show if show in ways else "everyone"), 0),
                tuple(made[one.id] for one in shown if one.state == state),
                *_pace(state, waits.get(state)),
            )
            for state in LANES
        ),
        ended=tuple(Lane(name, many, tuple(made[one] for one in ids)) for name, many, ids in ended.lanes),
        counts={name: sum(many for (_state, way), many in counts.items() if way == name) for name in ways},
        first_day_days=_first_day(reach, at),
        goal_days=RULES.number("ADM-2"),
        seats=free,
    )


def lane(*, state: ReferralState, page: int, by, at: datetime) -> Page:
    """One page of a lane as a list of cards, longest waiting first (ended ones: latest first). On the ledger."""
    order = "-state_since" if state in CLOSED or state == ReferralState.ADMITTED else "first_call_at"
    found = Referral.objects.visible_to(by).filter(state=state).select_related("client").order_by(order, "id")
    chosen = Paginator(found, PER_PAGE).get_page(page)
    chosen.object_list = cards(chosen.object_list, at=at, open_sites=seats(by=by).sites)
    ledger.read_list("referral.lane", [one.client_id for one in chosen.object_list], by=by, at=at, lane=str(state))
    return chosen


def _mine(by) -> Q:
    return Q(owner__user_id=getattr(by, "pk", None))


def _waiting(at: datetime) -> Q:
    """Ours to act on now: danger, a call that is due, nobody called yet, or a decision that waits."""
    ours = Q(next_on=None, state__in=(ReferralState.RECEIVED, ReferralState.ASSESSED))
    return Q(danger_at__isnull=False) | Q(next_on__lte=at) | ours


def _counts(found: QuerySet, ways: dict[str, Q]) -> dict[tuple[str, str], int]:
    """How many are in each state, for every way of looking: one query."""
    counted = {name: Count("id", filter=way) if way else Count("id") for name, way in ways.items()}
    rows = found.order_by().values("state").annotate(**counted)
    return {(row["state"], name): row[name] for row in rows for name in ways}


def _longest(found: QuerySet) -> list[Referral]:
    """The longest waiting of each state, as many as a lane shows: one query."""
    order = (F("first_call_at").asc(), F("id").asc())
    numbered = found.annotate(place=Window(RowNumber(), partition_by=F("state"), order_by=order))
    return list(numbered.filter(place__lte=SHOWN).select_related("client").order_by("first_call_at", "id"))


def _median_days(found: QuerySet, at: datetime) -> dict[str, float]:
    """Days the middle one of each state has been on its step, whether shown or not: one query."""
    numbered = found.annotate(
        place=Window(RowNumber(), partition_by=F("state"), order_by=F("state_since").asc()),
        many=Window(Count("id"), partition_by=F("state")),
    )
    middle = numbered.filter(place=F("many") / 2 + 1).order_by().values_list("state", "state_since")
    return {state: (at - since).total_seconds() / 86400 for state, since in middle}


def _pace(state: ReferralState, days: float | None) -> tuple[str, bool]:
    """How long the median card has been on this step, in words, and whether that is slow."""
    if state == ReferralState.RECEIVED:
        return _("call in %d h") % (RULES.number("ADM-3") // 60), False
    if days is None:
        return "", False
    if state != ReferralState.WAITLISTED and days > RULES.number("ADM-4"):
        return ngettext("%d day, slow", "%d days, slow", round(days)) % round(days), True
    return (ngettext("%d day here", "%d days here", round(days)) % round(days) if round(days) else _("today")), False


class Ended(NamedTuple):
    """Referrals that ended lately: the rows shown, and each lane's name, number and ids."""

    rows: list[Referral]
    lanes: list[tuple[str, int, list[UUID]]]


def _ended(reach: QuerySet, at: datetime) -> Ended:
    monday = local_instant(week_start(timezone.localtime(at).date()), 0, timezone.get_current_timezone())
    ways = {
        "admitted": Q(state=ReferralState.ADMITTED, state_since__gte=monday),
        "elsewhere": Q(state__in=CLOSED, state_since__gte=at - LATELY),
    }
    many = reach.order_by().aggregate(**{name: Count("id", filter=way) for name, way in ways.items()})
    rows = {
        name: list(reach.filter(way).select_related("client").order_by("-state_since", "id")[:ENDED_SHOWN])
        for name, way in ways.items()
    }
    lanes = [(name, many[name], [one.id for one in rows[name]]) for name in ways]
    return Ended([one for part in rows.values() for one in part], lanes)


def _first_day(reach: QuerySet, at: datetime) -> float | None:
    """Median days from the first call to the first day, of those admitted in the last 90 days."""
    admitted = reach.filter(state=ReferralState.ADMITTED, state_since__gte=at - LATELY).order_by("-state_since")[:200]
    firsts = dict(admitted.values_list("client_id", "first_call_at"))
    starts: dict[UUID, list] = {}
    for client, day in Episode.objects.filter(client__in=firsts).values_list("client_id", "admitted_on"):
        starts.setdefault(client, []).append(day)
    waits = []
    for client, call in firsts.items():
        called_on = timezone.localtime(call).date()
        later = [day for day in starts.get(client, []) if day >= called_on]
        if later:
            waits.append((min(later) - called_on).days)
    return float(median(waits)) if waits else None
