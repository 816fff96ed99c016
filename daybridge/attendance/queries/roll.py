"""The roll of one session."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from daybridge.access import rowlock
from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.asking import Given, prepared
from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import HERE, MOVES, Mark, board_names, opens_at, reading
from daybridge.audit import ledger
from daybridge.kit.periods import Period
from daybridge.people import reach
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import SessionState

CORRECTABLE = frozenset({SessionState.OPEN, SessionState.HELD})


@dataclass(frozen=True, slots=True)
class Row:
    """One client on the roll, with the moves allowed now. `name` is first name and initial."""

    id: UUID
    episode_id: UUID
    client_id: UUID
    name: str
    mark: Mark
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
    """A session's roll. `rows` is empty until the check-in is opened; `booked` counts the seats taken."""

    session_id: UUID
    title: str
    room: str
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    status: str
    rows: tuple[Row, ...]
    booked: int
    may_write_note: bool

    @property
    def here(self) -> int:
        return sum(row.is_here for row in self.rows)

    @property
    def all(self) -> int:
        return len(self.rows)

    @property
    def missing(self) -> int:
        """How many were booked after the check-in was opened."""
        return max(0, self.booked - len(self.rows)) if self.is_open else 0

    @property
    def is_open(self) -> bool:
        return self.status == SessionState.OPEN

    @property
    def is_planned(self) -> bool:
        return self.status == SessionState.PLANNED

    @property
    def is_held(self) -> bool:
        return self.status == SessionState.HELD

    @property
    def is_called_off(self) -> bool:
        return self.status == SessionState.CANCELLED


@dataclass(frozen=True, slots=True)
class Standing:
    """How many are here, of how many."""

    session_id: UUID
    here: int
    all: int


@rowlock.as_system("who led a group reads its roll; what is shown is filtered by reach")
def roll(*, session_id: UUID, by, at: datetime) -> Roll:
    """The roll of one session; the reading is on the ledger. Raises Session.DoesNotExist out of reach. 3 queries."""
    session = _session(session_id, by)
    rows = _rows(session, by)
    booked = sum(many for (many,) in _booked(reach.asking(by, Permission.ROLL_SEE), session=session.id))
    ledger.read_list("roll.see", [row.client_id for row in rows], by=by, at=at, session=session.id)
    return Roll(
        session_id=session.id, title=session.title, room=session.room.name, starts_at=session.starts_at,
        ends_at=session.ends_at, opens_at=opens_at(Period(session.starts_at, session.ends_at)), status=session.status,
        rows=tuple(rows), booked=booked, may_write_note=may(by, Permission.NOTE_WRITE, session),
    )  # fmt: skip


def row(*, line_id: UUID, by) -> Row:
    """One line of the roll, for whoever marks it. Raises RollLine.DoesNotExist out of reach."""
    line = RollLine.objects.visible_to(by).select_related("session").get(pk=line_id)
    return next(row for row in _rows(line.session, by) if row.id == line.id)


def standing(*, session_id: UUID, by) -> Standing:
    """The count at the head of the board. Raises Session.DoesNotExist out of reach."""
    session = _session(session_id, by)
    marks = list(session.roll.visible_to(by).values_list("mark", flat=True))
    return Standing(session.id, sum(mark in HERE for mark in marks), len(marks))


def _session(session_id: UUID, by) -> Session:
    for session in _sessions(session=session_id, sites=list(by.sites_with(Permission.ROLL_SEE))):
        return session
    raise Session.DoesNotExist


@prepared
def _sessions():
    return Session.objects.filter(pk=Given("session"), site__in=Given("sites")).select_related("room")


@prepared
def _lines(within: reach.Shape):
    """The lines of a session within reach, with their clients."""
    seen = within.of("episode__client", site="session__site", also=reach.LEADS)
    return RollLine.objects.filter(seen, session=Given("session")).select_related("episode__client")


@prepared
def _booked(within: reach.Shape):
    """How many seats of clients within reach are taken."""
    seen = within.of("episode__client", site="session__site", also=reach.LEADS)
    taken = Booking.objects.filter(seen, session=Given("session"), status="booked")
    return taken.values("session").annotate(many=Count("id")).values_list("many")


def _rows(session: Session, by) -> list[Row]:
    found = _lines(reach.asking(by, Permission.ROLL_SEE), session=session.id)
    lines = sorted(found, key=lambda line: (line.episode.client.called.casefold(), line.episode.client.family_name))
    people = [line.episode.client for line in lines]
    names = board_names([(one.called, one.family_name, one.record_number) for one in people])
    return [_row(line, session, name) for line, name in zip(lines, names, strict=True)]


def _row(line: RollLine, session: Session, name: str) -> Row:
    mark, moves = Mark(line.mark), set()
    if session.status in CORRECTABLE:
        moves = MOVES[mark]
    return Row(
        id=line.id, episode_id=line.episode_id, client_id=line.episode.client_id, name=name, mark=mark,
        reading=reading(mark, Period(session.starts_at, session.ends_at), line.arrived_at, line.left_at),
        arrived_at=line.arrived_at, left_at=line.left_at, is_online=line.is_online, reason=line.reason,
        minutes=line.credited_minutes, moves=tuple(sorted(moves, key=list(Mark).index)),
    )  # fmt: skip
