"""The admissions board and its lanes as lists."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
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
    views = {"everyone": open_ones, "mine": _mine(open_ones, by), "waiting": _waiting(open_ones, at)}
    chosen = views.get(show, views["everyone"])
    free = seats(by=by)
    lanes = _lanes(chosen, at, free.sites)
    ended = _ended(reach, at)
    seen = [card.client_id for lane in (*lanes, *ended) for card in lane.cards]
    ledger.read_list("referral.board", seen, by=by, at=at, show=show)
    return Board(
        lanes=lanes,
        ended=ended,
        counts={name: sum(_counts(found).values()) for name, found in views.items()},
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


def _mine(found: QuerySet, by) -> QuerySet:
    return found.filter(owner__user_id=getattr(by, "pk", None))


def _waiting(found: QuerySet, at: datetime) -> QuerySet:
    """Ours to act on now: danger, a call that is due, nobody called yet, or a decision that waits."""
    ours = Q(next_on=None, state__in=(ReferralState.RECEIVED, ReferralState.ASSESSED))
    return found.filter(Q(danger_at__isnull=False) | Q(next_on__lte=at) | ours)


def _counts(found: QuerySet) -> dict[str, int]:
    return dict(found.order_by().values_list("state").annotate(many=Count("id")))


def _lanes(chosen: QuerySet, at: datetime, open_sites: frozenset[UUID]) -> tuple[Lane, ...]:
    counts = _counts(chosen)
    rows = [
        one
        for state in LANES
        for one in chosen.filter(state=state).select_related("client").order_by("first_call_at", "id")[:SHOWN]
    ]
    waits = {state: _median_days(chosen.filter(state=state), counts.get(state, 0), at) for state in LANES}
    made = cards(rows, at=at, open_sites=open_sites)
    return tuple(
        Lane(
            str(state),
            counts.get(state, 0),
            tuple(card for card in made if card.state == state),
            *_pace(state, waits[state]),
        )
        for state in LANES
    )


def _median_days(found: QuerySet, many: int, at: datetime) -> float | None:
    """Days the middle one has been on its step, whether shown or not; None when nobody is."""
    middle = found.order_by("state_since").values_list("state_since", flat=True)[many // 2 : many // 2 + 1]
    since = next(iter(middle), None)
    return (at - since).total_seconds() / 86400 if since else None


def _pace(state: ReferralState, days: float | None) -> tuple[str, bool]:
    """How long the median card has been on this step, in words, and whether that is slow."""
    if state == ReferralState.RECEIVED:
        return _("call in %d h") % (RULES.number("ADM-3") // 60), False
    if days is None:
        return "", False
    if state != ReferralState.WAITLISTED and days > RULES.number("ADM-4"):
        return ngettext("%d day, slow", "%d days, slow", round(days)) % round(days), True
    return (ngettext("%d day here", "%d days here", round(days)) % round(days) if round(days) else _("today")), False


def _ended(reach: QuerySet, at: datetime) -> tuple[Lane, ...]:
    monday = local_instant(week_start(timezone.localtime(at).date()), 0, timezone.get_current_timezone())
    lately = reach.filter(state=ReferralState.ADMITTED, state_since__gte=monday)
    gone = reach.filter(state__in=CLOSED, state_since__gte=at - LATELY)
    found = [("admitted", lately.count(), lately), ("elsewhere", gone.count(), gone)]
    rows = [
        list(rows.select_related("client").order_by("-state_since", "id")[:ENDED_SHOWN]) for _name, _many, rows in found
    ]
    made = {card.id: card for card in cards([one for part in rows for one in part], at=at, open_sites=frozenset())}
    return tuple(
        Lane(name, many, tuple(made[one.id] for one in part))
        for (name, many, _rows), part in zip(found, rows, strict=True)
    )


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
