"""What is sealed of a note, opened; and under which context each part is sealed."""

from collections.abc import Iterable
from uuid import UUID

from daybridge import vault
from daybridge.notes.models import Addendum, NoteLine, SessionNote
from daybridge.notes.rules import SignedLine, SignedNote


def context(note: SessionNote, part: str) -> str:
    return f"notes.{part}:{note.id}"


def line_context(note_id: UUID, episode_id: UUID) -> str:
    return f"notes.line:{note_id}:{episode_id}"


def addendum_context(addendum: Addendum) -> str:
    return f"notes.addendum:{addendum.id}"


def unsealed(note: SessionNote, part: str) -> str:
    """The words of one part of a note."""
    return vault.unseal(getattr(note, part), context(note, part))


def line_words(line: NoteLine) -> str:
    """The words of one client's line."""
    return vault.unseal(line.words, line_context(line.note_id, line.episode_id))


def addendum_words(addendum: Addendum) -> str:
    """The words of one addendum."""
    return vault.unseal(addendum.words, addendum_context(addendum))


def signed_note(note: SessionNote, lines: Iterable[SignedLine]) -> SignedNote:
    """What the signature of `note` binds, for its hash."""
    return SignedNote(
        str(note.session_id), note.signed_as, note.topic, unsealed(note, "what_we_did"), unsealed(note, "practice"),
        tuple(lines),
    )  # fmt: skip
