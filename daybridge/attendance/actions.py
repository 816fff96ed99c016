"""The only writers of the roll."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from daybridge.access import rowlock
from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import HERE, MOVES, Detail, Mark, credited_minutes, opens_at
from daybridge.audit import ledger
from daybridge.kit.errors import Refused, Stale
from daybridge.kit.periods import Period
from daybridge.kit.states import check_move
from daybridge.scheduling import actions as scheduling
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import SessionState


@transaction.atomic
def open_roll(*, session_id: UUID, by, at: datetime) -> Session:
    """Start the check-in: the session opens and every booked client stands on the roll as expected.

    Opening an open roll adds whoever was booked since. Raises Session.DoesNotExist out of reach, NotAllowed,
    Refused when it is too early or the session was cancelled. Source: rulebook ATT-4.
    """
    session = _locked(session_id, by)
    require(by, Permission.ROLL_MARK, session)
    if session.status == SessionState.PLANNED:
        if at < opens_at(Period(session.starts_at, session.ends_at)):
            raise Refused(_("It is too early to check in: this session has not come up yet."))
        session = scheduling.move(session_id=session.id, to=SessionState.OPEN, by=by, at=at)
    elif session.status != SessionState.OPEN:
        raise Refused(_("The check-in of this session is closed."))
    lines = _missing_lines(session)
    RollLine.objects.bulk_create(lines)
    if lines:
        ledger.record("roll.open", session, by=by, at=at, lines=len(lines))
    return session


@rowlock.as_system("everybody booked stands on the roll, whoever opens it")
def _missing_lines(session: Session) -> list[RollLine]:
    known = set(session.roll.values_list("episode_id", flat=True))
    booked = Booking.objects.filter(session=session, status="booked").exclude(episode_id__in=known)
    return [RollLine(session=session, episode_id=booking.episode_id) for booking in booked]


@transaction.atomic
def mark(*, line_id: UUID, to: Mark, by, at: datetime, detail: Detail = Detail()) -> RollLine:  # noqa: B008
    """Move one line of the roll; the times follow from the mark.

    After the session was held the credit is reckoned anew. Raises RollLine.DoesNotExist out of reach, NotAllowed,
    IllegalMove, Stale when the line is no longer as `detail.seen`, Refused when the roll is not open or the time
    makes no sense; then nothing is written.
    """
    line = _locked_line(line_id, by)
    require(by, Permission.ROLL_MARK, line.session)
    if line.session.status not in {SessionState.OPEN, SessionState.HELD}:
        raise Refused(_("The roll of this session is closed; add a note instead."))
    was = Mark(line.mark)
    if detail.seen is not None and detail.seen is not was:
        raise Stale(_("Somebody else changed this just now. This is how it stands."))
    check_move(MOVES, was, to)
    _apply(line, to, detail.time or at, detail)
    line.save(update_fields=["mark", "arrived_at", "left_at", "is_online", "reason", "credited_minutes"])
    ledger.record("roll.mark", line, by=by, at=at, was=was, now=to, minutes=line.credited_minutes)
    return line


@transaction.atomic
def all_here(*, session_id: UUID, by, at: datetime) -> int:
    """Mark everybody still expected as here now; returns how many. The exceptions are corrected one by one."""
    session = _locked(session_id, by)
    require(by, Permission.ROLL_MARK, session)
    if session.status != SessionState.OPEN:
        raise Refused(_("The check-in of this session is closed."))
    lines = list(session.roll.visible_to(by).select_for_update(of=("self",), no_key=True).filter(mark=Mark.EXPECTED))
    for line in lines:
        line.session = session
        _apply(line, Mark.PRESENT, at, Detail())
        ledger.record("roll.mark", line, by=by, at=at, was=Mark.EXPECTED, now=Mark.PRESENT)
    RollLine.objects.bulk_update(lines, ["mark", "arrived_at", "left_at", "is_online", "reason", "credited_minutes"])
    return len(lines)


@transaction.atomic
def take_back(*, session_id: UUID, since: datetime, by, at: datetime) -> int:
    """Undo one "everyone here": whoever arrived at exactly `since` is expected again; returns how many."""
    session = _locked(session_id, by)
    require(by, Permission.ROLL_MARK, session)
    if session.status != SessionState.OPEN:
        raise Refused(_("The check-in of this session is closed."))
    lines = list(
        session.roll.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .filter(mark=Mark.PRESENT, arrived_at=since)
    )
    for line in lines:
        line.session = session
        _apply(line, Mark.EXPECTED, at, Detail())
        ledger.record("roll.mark", line, by=by, at=at, was=Mark.PRESENT, now=Mark.EXPECTED)
    RollLine.objects.bulk_update(lines, ["mark", "arrived_at", "left_at", "is_online", "reason", "credited_minutes"])
    return len(lines)


@transaction.atomic
def close_roll(*, session_id: UUID, by, at: datetime) -> Session:
    """The session was held: whoever was still expected did not come, and every stay is credited to the minute.

    Raises as `open_roll`; Refused before the session's start. Source: rulebook ATT-3.
    """
    session = _locked(session_id, by)
    require(by, Permission.ROLL_MARK, session)
    if at < session.starts_at:
        raise Refused(_("This session has not started yet."))
    held = scheduling.move(session_id=session.id, to=SessionState.HELD, by=by, at=at)
    lines = _credit_all(held)
    counts = {mark: sum(line.mark == mark for line in lines) for mark in Mark}
    ledger.record("roll.close", held, by=by, at=at, **{str(k).replace("-", "_"): v for k, v in counts.items() if v})
    return held


@rowlock.as_system("the whole roll is closed, whoever closes it")
def _credit_all(held: Session) -> list[RollLine]:
    lines = list(held.roll.select_for_update(of=("self",), no_key=True))
    for line in lines:
        line.session = held
        if line.mark == Mark.EXPECTED:
            line.mark = Mark.NO_SHOW
        line.credited_minutes = _credit(line)
    RollLine.objects.bulk_update(lines, ["mark", "credited_minutes"])
    return lines


def _locked(session_id: UUID, by) -> Session:
    reach = Session.objects.filter(site__in=by.sites_with(Permission.ROLL_SEE))
    return reach.select_for_update(of=("self",), no_key=True).get(pk=session_id)


def _locked_line(line_id: UUID, by) -> RollLine:
    """The line, after its session: closing and marking lock in one order, so a mark always knows whether it closed."""
    session_id = RollLine.objects.visible_to(by).values_list("session_id", flat=True).get(pk=line_id)
    session = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session_id)
    line = RollLine.objects.select_for_update(of=("self",), no_key=True).select_related("episode").get(pk=line_id)
    line.session = session
    return line


def _apply(line: RollLine, to: Mark, when: datetime, detail: Detail) -> None:
    """Set the line's mark and what hangs on it."""
    if to is Mark.PRESENT:
        line.arrived_at, line.left_at = line.arrived_at or when, None
        line.is_online = detail.is_online
    elif to is Mark.LEFT:
        if line.arrived_at is None or when < line.arrived_at:
            raise Refused(_("Nobody can leave before they arrived."))
        line.left_at = when
    else:
        line.arrived_at = line.left_at = None
        line.is_online = False
    line.mark = to
    line.reason = detail.reason if to not in HERE else ""
    line.credited_minutes = _credit(line) if line.session.status == SessionState.HELD else 0


def _credit(line: RollLine) -> int:
    if line.mark not in HERE or line.arrived_at is None:
        return 0
    planned = Period(line.session.starts_at, line.session.ends_at)
    return credited_minutes(planned, line.arrived_at, line.left_at)
