"""Notes, for tests."""

from datetime import timedelta

from daybridge.access.models import User
from daybridge.attendance import actions as attendance
from daybridge.attendance.tests import factories as attending
from daybridge.episodes.models import Episode
from daybridge.notes import actions
from daybridge.notes.models import Addendum, NoteLine, SessionNote
from daybridge.notes.rules import LineWords, NoteWords
from daybridge.people.models import Staff
from daybridge.scheduling.models import Session

DID = "Mapped the next ten days and marked the holiday."
OWN = ("Practiced the call out loud.", "Named two triggers at night.", "Wrote an opening line.", "Led the breathing.",
       "Found a second bus.", "Asked for a ride home.", "Spoke of Friday's paycheck.", "Stayed quiet, then asked.",
       "Will phone a sponsor first.", "Told a cousin about treatment.")  # fmt: skip


def held(lead: Staff, size: int = 2, **fields) -> tuple[Session, list[Episode]]:
    """A session that took place with everybody there, through the real actions."""
    session, stays = attending.group(lead, size, **fields)
    attendance.open_roll(session_id=session.id, by=lead.user, at=session.starts_at - timedelta(minutes=10))
    attendance.all_here(session_id=session.id, by=lead.user, at=session.starts_at)
    attendance.close_roll(session_id=session.id, by=lead.user, at=session.ends_at)
    session.refresh_from_db()
    return session, stays


def line(of: Episode, words: str = "Named one worry about Friday.", **fields) -> LineWords:
    return LineWords(of.id, **{"participation": "took-part", "response": "open", "words": words} | fields)


def words(stays: list[Episode], version: int = 0, **fields) -> NoteWords:
    """A note with a line for each, no two alike."""
    lines = tuple(line(one, f"{OWN[at % 10]} {at // 10 or ''}".strip()) for at, one in enumerate(stays))
    return NoteWords(**{"what_we_did": DID, "practice": "Make one call.", "lines": lines, "version": version} | fields)


def session_note(of: Session, stays: list[Episode], by: User) -> SessionNote:
    """A draft saved right after the session."""
    return actions.save(session_id=of.id, words=words(stays), by=by, at=of.ends_at)


def note_line(of: Session, episode: Episode, by: User) -> NoteLine:
    return session_note(of, [episode], by).lines.get()


def addendum(of: SessionNote, by: User) -> Addendum:
    return actions.add(note_id=of.id, words="One more thing.", by=by, at=of.signed_at)
