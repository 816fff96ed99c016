"""The only joins of the roll and of the week's hours."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Sum

from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import HERE, MOVES, Hours, Mark, credited_minutes, reading
from daybridge.audit import ledger
from daybridge.kit.periods import Period, week_period
from daybridge.plans.models import TreatmentPlan
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import SessionState


@dataclass(frozen=True, slots=True)
class Row:
    """One client on the roll, with the moves allowed now. `name` is first name and initial."""

    id: UUID
    episode_id: UUID
    client_id: UUID
    name: str
    mark: str
    reading: str
    arrived_at: datetime | None
    left_at: datetime | None
    is_online: bool
    reason: str
    minutes: int
    moves: tuple[Mark, ...]

    @property
    def is_here(self) -> bool:
        return self.mark in HERE


@dataclass(frozen=True, slots=True)
class Roll:
    """A session's roll. `rows` is empty until the check-in is opened."""

    session: Session
    rows: tuple[Row, ...]
    booked: int

    @property
    def here(self) -> int:
        return sum(row.is_here for row in self.rows)

    @property
    def is_open(self) -> bool:
        return self.session.status == SessionState.OPEN

    @property
    def is_planned(self) -> bool:
        return self.session.status == SessionState.PLANNED


def roll(*, session_id: UUID, by, at: datetime) -> Roll:
    """The roll of one session; writes a read line. Raises Session.DoesNotExist out of reach. 3 queries and the ledger."""
    session = Session.objects.visible_to(by).select_related("room", "lead__user", "site").get(pk=session_id)
    lines = _lines(session)
    booked = session.bookings.filter(status="booked").count()
    ledger.read_list("roll.see", [line.episode.client_id for line in lines], by=by, at=at, session=session.id)
    return Roll(session, tuple(_row(line) for line in lines), booked)


def row(*, line_id: UUID, by) -> Row:
    """One line of the roll. Raises RollLine.DoesNotExist out of reach."""
    lines = RollLine.objects.visible_to(by).select_related("episode__client", "session")
    return _row(lines.get(pk=line_id))


def _lines(session: Session) -> list[RollLine]:
    lines = RollLine.objects.filter(session=session).select_related("episode__client", "session")
    return sorted(lines, key=lambda line: (line.episode.client.called.casefold(), line.episode.client.family_name))


def _row(line: RollLine) -> Row:
    planned = Period(line.session.starts_at, line.session.ends_at)
    mark, client = Mark(line.mark), line.episode.client
    return Row(
        id=line.id, episode_id=line.episode_id, client_id=client.id, name=client.short, mark=line.mark,
        reading=reading(mark, planned, line.arrived_at, line.left_at), arrived_at=line.arrived_at,
        left_at=line.left_at, is_online=line.is_online, reason=line.reason, minutes=line.credited_minutes,
        moves=tuple(sorted(MOVES[mark], key=list(Mark).index)),
    )  # fmt: skip


def week_hours(
    *, episode_ids: Iterable[UUID], first: date, zone: ZoneInfo, at: datetime | None = None
) -> dict[UUID, Hours]:
    """Each episode's program week from `first`: minutes delivered, still booked and prescribed.

    A session that is open now counts what has passed of it up to `at`. Callers ask for episodes within reach.
    4 queries, whatever the number of episodes.
    """
    ids, week = list(episode_ids), week_period(first, zone)
    inside = {"session__starts_at__gte": week.start, "session__starts_at__lt": week.end}
    delivered = dict(
        RollLine.objects.filter(episode_id__in=ids, mark__in=HERE, **inside)
        .values_list("episode_id")
        .annotate(total=Sum("credited_minutes"))
    )
    running, booked = _running(ids, inside, at), _booked(ids, inside)
    prescribed = dict(
        TreatmentPlan.objects.active().filter(episode_id__in=ids).values_list("episode_id", "weekly_minutes")
    )
    return {
        one: Hours(delivered.get(one, 0) + running[one], max(0, booked[one] - running[one]), prescribed.get(one, 0))
        for one in ids
    }


def _booked(ids: list[UUID], inside: dict[str, object]) -> dict[UUID, int]:
    """Minutes of sessions that have not been held yet."""
    totals: dict[UUID, int] = defaultdict(int)
    booked = Booking.objects.filter(
        episode_id__in=ids, status="booked", session__status__in=[SessionState.PLANNED, SessionState.OPEN], **inside
    )
    for episode, start, end in booked.values_list("episode_id", "session__starts_at", "session__ends_at"):
        totals[episode] += Period(start, end).minutes
    return totals


def _running(ids: list[UUID], inside: dict[str, object], at: datetime | None) -> dict[UUID, int]:
    """Minutes already sat through in sessions open now."""
    totals: dict[UUID, int] = defaultdict(int)
    if at is None:
        return totals
    lines = RollLine.objects.filter(
        episode_id__in=ids, mark__in=HERE, session__status=SessionState.OPEN, **inside
    ).select_related("session")
    for line in lines:
        planned = Period(line.session.starts_at, line.session.ends_at)
        totals[line.episode_id] += credited_minutes(planned, line.arrived_at, min(line.left_at or at, at))
    return totals
