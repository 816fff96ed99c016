"""The admissions board and its lanes as lists."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.access.rules import Permission
from daybridge.admissions.models import Referral
from daybridge.admissions.queries import asked
from daybridge.admissions.queries.cards import Card, cards
from daybridge.admissions.queries.said import COLUMNS, RULES, Row
from daybridge.admissions.queries.seats import Seats, seats
from daybridge.admissions.rules import CLOSED, ReferralState
from daybridge.audit import ledger
from daybridge.kit.periods import local_instant, week_start
from daybridge.people import reach

LANES = (
    ReferralState.RECEIVED, ReferralState.CONTACTED, ReferralState.SCREENED,
    ReferralState.ASSESSED, ReferralState.DECIDED, ReferralState.WAITLISTED,
)  # fmt: skip
SHOWS = ("everyone", "mine", "waiting")
SHOWN = 15
ENDED_SHOWN = 10
PER_PAGE = 50
LATELY = timedelta(days=90)
MEDIAN_OF = 200


class Standing(NamedTuple):
    """As much of a referral as it takes to place and count it, in the order of its columns."""

    id: UUID
    state: str
    first_call_at: datetime
    state_since: datetime
    client_id: UUID
    next_on: datetime | None
    danger_at: datetime | None
    owner: UUID | None


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
    show = show if show in SHOWS else "everyone"
    ways = _ways(by, at)
    standing, ended = _standing(by, at)
    lanes, ways_out, free = _lanes(filter(ways[show], standing)), _ways_out(ended, at), seats(by=by)
    shown = [one.id for waiting in lanes.values() for one in waiting[:SHOWN]]
    shown += [one.id for gone in ways_out.values() for one in gone[:ENDED_SHOWN]]
    found = map(Row._make, asked.rows(ids=shown))
    made = {card.id: card for card in cards(found, by=by, at=at, open_sites=free.sites)}
    ledger.read_list("referral.board", [card.client_id for card in made.values()], by=by, at=at, show=show)
    return Board(
        lanes=tuple(
            Lane(str(state), len(some), _made(made, some[:SHOWN]), *_pace(state, some, at))
            for state, some in lanes.items()
        ),
        ended=tuple(Lane(name, len(some), _made(made, some[:ENDED_SHOWN])) for name, some in ways_out.items()),
        counts={name: sum(map(way, standing)) for name, way in ways.items()},
        first_day_days=_first_day([one for one in ended if one.state == ReferralState.ADMITTED][:MEDIAN_OF]),
        goal_days=RULES.number("ADM-2"),
        seats=free,
    )


def lane(*, state: ReferralState, page: int, by, at: datetime) -> Page:
    """One page of a lane as a list of cards, longest waiting first (ended ones: latest first). On the ledger."""
    order = "-state_since" if state in CLOSED or state == ReferralState.ADMITTED else "first_call_at"
    found = Referral.objects.visible_to(by).filter(state=state).order_by(order, "id").values_list(*COLUMNS)
    chosen = Paginator(found, PER_PAGE).get_page(page)
    chosen.object_list = cards(map(Row._make, chosen.object_list), by=by, at=at, open_sites=seats(by=by).sites)
    ledger.read_list("referral.lane", [one.client_id for one in chosen.object_list], by=by, at=at, lane=str(state))
    return chosen


def _made(made: dict[UUID, Card], some: Iterable[Standing]) -> tuple[Card, ...]:
    """The cards of some, without those that another person moved out of reach in between."""
    return tuple(made[one.id] for one in some if one.id in made)


def _standing(by, at: datetime) -> tuple[list[Standing], list[Standing]]:
    """Everybody on a lane, longest waiting first, and whoever left the lanes lately, latest first: one query."""
    rows = asked.standing(
        reach.asking(by, Permission.REFERRAL_SEE), lanes=list(LANES), ways_out=[ReferralState.ADMITTED, *CLOSED],
        since=at - LATELY,
    )  # fmt: skip
    found = [Standing(*row) for row in rows]
    ended = [one for one in found if one.state not in LANES]
    ended.sort(key=lambda one: one.state_since, reverse=True)
    return [one for one in found if one.state in LANES], ended


def _ways(by, at: datetime) -> dict[str, Callable[[Standing], bool]]:
    """The ways of looking at the board, by name."""
    me = getattr(by, "pk", None)
    return {
        "everyone": lambda _one: True,
        "mine": lambda one: one.owner == me and me is not None,
        "waiting": lambda one: _is_ours(one, at),
    }


def _is_ours(one: Standing, at: datetime) -> bool:
    """Ours to act on now: danger, a call that is due, nobody called yet, or a decision that waits."""
    if one.danger_at:
        return True
    if one.next_on:
        return one.next_on <= at
    return one.state in (ReferralState.RECEIVED, ReferralState.ASSESSED)


def _lanes(chosen: Iterable[Standing]) -> dict[ReferralState, list[Standing]]:
    lanes: dict[ReferralState, list[Standing]] = {state: [] for state in LANES}
    for one in chosen:
        lanes[ReferralState(one.state)].append(one)
    return lanes


def _pace(state: ReferralState, some: list[Standing], at: datetime) -> tuple[str, bool]:
    """How long the middle one has been on this step, whether shown or not, in words; and whether that is slow."""
    if state == ReferralState.RECEIVED:
        return _("call in %d h") % (RULES.number("ADM-3") // 60), False
    if not some:
        return "", False
    since = sorted(one.state_since for one in some)[len(some) // 2]
    days = (at - since).total_seconds() / 86400
    if state != ReferralState.WAITLISTED and days > RULES.number("ADM-4"):
        return ngettext("%d day, slow", "%d days, slow", round(days)) % round(days), True
    return (ngettext("%d day here", "%d days here", round(days)) % round(days) if round(days) else _("today")), False


def _ways_out(gone: list[Standing], at: datetime) -> dict[str, list[Standing]]:
    monday = local_instant(week_start(timezone.localtime(at).date()), 0, timezone.get_current_timezone())
    return {
        "admitted": [one for one in gone if one.state == ReferralState.ADMITTED and one.state_since >= monday],
        "elsewhere": [one for one in gone if one.state != ReferralState.ADMITTED],
    }


def _first_day(admitted: list[Standing]) -> float | None:
    """Median days from the first call to the first day, of those admitted in the last 90 days."""
    firsts = {one.client_id: one.first_call_at for one in admitted}
    starts: dict[UUID, list[date]] = {}
    for client, day in asked.first_days(clients=list(firsts)):
        starts.setdefault(client, []).append(day)
    waits = []
    for client, call in firsts.items():
        called_on = timezone.localtime(call).date()
        later = [day for day in starts.get(client, []) if day >= called_on]
        if later:
            waits.append((min(later) - called_on).days)
    return float(median(waits)) if waits else None
