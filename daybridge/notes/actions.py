"""The only writers of session notes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from daybridge import vault
from daybridge.access import rowlock
from daybridge.access.gates import require
from daybridge.access.rules import Permission
from daybridge.attendance.rules import HERE
from daybridge.audit import ledger
from daybridge.kit.errors import Refused, Stale
from daybridge.kit.states import check_move
from daybridge.notes.models import Addendum, NoteLine, SessionNote
from daybridge.notes.rules import MOVES, LineWords, NoteState, NoteWords, SignedLine, content_hash, ready
from daybridge.notes.sealed import addendum_context, context, line_context, line_words, signed_note, unsealed
from daybridge.people import signing
from daybridge.people.models import signer
from daybridge.plans.models import Goal
from daybridge.scheduling import actions as scheduling
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import SessionState


@transaction.atomic
def save(*, session_id: UUID, words: NoteWords, by, at: datetime) -> SessionNote:
    """Keep a draft. The first save makes the note; each one raises its version by one; the same words twice do not.

    Raises Session.DoesNotExist out of reach, NotAllowed, Refused after signing or for somebody who was not there,
    Stale when another person saved since `words.version`.
    """
    session = _locked(session_id, by, Permission.NOTE_WRITE)
    note = _note_of(session)
    if note is None:
        note = SessionNote(session=session, version=0, written_by=by)
    if note.status != NoteState.DRAFT:
        raise Refused(_("This note is signed. Add an addendum instead."))
    if note.version != words.version:
        if _says_so_already(note, words):
            return note  # the same form sent twice
        raise Stale(_("Somebody else saved this note after you opened it. Your words are kept below."))
    note.version += 1
    note.saved_at, note.topic = at, words.topic
    note.what_we_did = vault.seal(words.what_we_did, context(note, "what_we_did"))
    note.practice = vault.seal(words.practice, context(note, "practice"))
    note.save()
    _save_lines(note, words.lines)
    ledger.record("note.save", note, by=by, at=at, version=note.version, lines=len(words.lines))
    return note


@transaction.atomic
def sign(*, session_id: UUID, by, at: datetime) -> SessionNote:
    """Sign the note for everybody who was there; the minutes come from the roll and the session is documented.

    Raises Session.DoesNotExist out of reach, NotAllowed, IllegalMove when signed before, Refused before the roll
    is closed, by another person than the one who led, with a credential that has ended, or with a line missing.
    Source: rulebook NOTE-1, NOTE-2; people.rules.check_may_sign.
    """
    session = _locked(session_id, by, Permission.NOTE_SIGN)
    note = _note_of(session)
    if note is None:
        raise Refused(_("There is no note to sign yet."))
    check_move(MOVES, NoteState(note.status), NoteState.SIGNED)
    _check_signer(session, by)
    signing.check(by=by, at=at)
    lines = _signed_lines(note, session)
    note.status, note.signed_by, note.signed_as, note.signed_at = NoteState.SIGNED, by, signer(by), at
    note.content_hash = content_hash(signed_note(note, lines))
    note.save()
    scheduling.move(session_id=session.id, to=SessionState.DOCUMENTED, by=by, at=at)
    ledger.record("note.sign", note, by=by, at=at, hash=note.content_hash, lines=len(lines))
    return note


@transaction.atomic
def save_and_sign(*, session_id: UUID, words: NoteWords, by, at: datetime) -> SessionNote:
    """Keep what is typed and sign it, or do neither. Raises what `save` and `sign` raise."""
    save(session_id=session_id, words=words, by=by, at=at)
    return sign(session_id=session_id, by=by, at=at)


@transaction.atomic
def add(*, note_id: UUID, words: str, by, at: datetime) -> Addendum:
    """Add words to a signed note. Raises SessionNote.DoesNotExist out of reach, NotAllowed, Refused for a draft."""
    note = SessionNote.objects.visible_to(by).select_related("session").get(pk=note_id)
    require(by, Permission.NOTE_SIGN, note)
    signing.check(by=by, at=at)
    if note.status != NoteState.SIGNED:
        raise Refused(_("This note is not signed yet; write in the note itself."))
    if not words.strip():
        raise Refused(_("Write what is to be added."))
    addendum = Addendum(note=note, by=by, signed_as=signer(by), at=at)
    addendum.words = vault.seal(words, addendum_context(addendum))
    addendum.save()
    ledger.record("note.add", note, by=by, at=at, addendum=addendum.id)
    return addendum


def _locked(session_id: UUID, by, permission: Permission) -> Session:
    reach = Session.objects.filter(site__in=by.sites_with(Permission.NOTE_SEE))
    session = reach.select_for_update(of=("self",), no_key=True).select_related("lead").get(pk=session_id)
    require(by, permission, session)
    return session


def _note_of(session: Session) -> SessionNote | None:
    return SessionNote.objects.select_for_update(no_key=True).filter(session=session).first()


def _says_so_already(note: SessionNote, words: NoteWords) -> bool:
    """Whether the saved note holds exactly these words."""
    if (note.topic, unsealed(note, "what_we_did"), unsealed(note, "practice")) != (
        words.topic, words.what_we_did, words.practice,
    ):  # fmt: skip
        return False
    kept = {
        LineWords(line.episode_id, line.participation, line.response, line_words(line), line.goal_id)
        for line in note.lines.all()
    }
    return set(words.lines) <= kept


def _present(session: Session) -> dict[UUID, int]:
    """Who was there: episode → credited minutes."""
    return dict(session.roll.filter(mark__in=HERE).values_list("episode_id", "credited_minutes"))


def _save_lines(note: SessionNote, lines: tuple[LineWords, ...]) -> None:
    expected = set(note.session.roll.values_list("episode_id", flat=True))
    if not {line.episode_id for line in lines} <= expected:
        raise Refused(_("A line names somebody who is not on the roll."))
    goals = set(
        Goal.objects.filter(id__in=[line.goal_id for line in lines if line.goal_id]).values_list(
            "id", "plan__episode_id"
        )
    )
    for line in lines:
        if line.goal_id and (line.goal_id, line.episode_id) not in goals:
            raise Refused(_("A line names a goal of somebody else's plan."))
        NoteLine.objects.update_or_create(
            note=note,
            episode_id=line.episode_id,
            defaults={
                "goal_id": line.goal_id,
                "participation": line.participation,
                "response": line.response,
                "words": vault.seal(line.words, line_context(note.id, line.episode_id)),
            },
        )


def _check_signer(session: Session, by) -> None:
    if session.status != SessionState.HELD:
        raise Refused(_("Close the check-in first; the minutes come from it."))
    if session.lead.user_id != by.id:
        raise Refused(_("Only the person who led the session signs its note."))


@rowlock.as_system("a note is signed whole")
def _signed_lines(note: SessionNote, session: Session) -> list[SignedLine]:
    """The lines of those who were there, with their minutes; Refused while something is missing."""
    present = _present(session)
    rows = {line.episode_id: line for line in note.lines.filter(episode_id__in=present).select_related("goal")}
    typed = [
        LineWords(episode, row.participation, row.response, line_words(row), row.goal_id)
        if (row := rows.get(episode))
        else LineWords(episode)
        for episode in present
    ]
    if any(line_words(line) for line in note.lines.exclude(episode_id__in=present)):
        raise Refused(_("A line is about somebody who was not there. Correct the roll, or take those words out."))
    decision = ready(unsealed(note, "what_we_did"), typed)
    if not decision.ok:
        raise Refused(" ".join(finding.text for finding in decision.findings))
    for episode, minutes in present.items():
        rows[episode].minutes = minutes
    NoteLine.objects.bulk_update(rows.values(), ["minutes"])
    return [
        SignedLine(
            str(line.episode_id), present[line.episode_id], str(rows[line.episode_id].goal_id or ""),
            line.participation, line.response, line.words,
        )
        for line in typed
    ]  # fmt: skip
