"""What the pages show of notes: the list, and one session's note with its lines."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from daybridge.access import rowlock
from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import HERE, Mark, board_names, reading
from daybridge.audit import ledger
from daybridge.kit.periods import Period
from daybridge.notes.models import NoteLine, SessionNote
from daybridge.notes.rules import LineWords, NoteState, SignedLine, content_hash, is_due_since, is_written, twins
from daybridge.notes.sealed import addendum_words, line_words, signed_note, unsealed
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.plans.models import Goal
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import SessionState

SIZE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One session in the list of notes; `status` is not-started, draft, overdue or signed."""

    session_id: UUID
    title: str
    starts_at: datetime
    lead: str
    who: str
    status: str

    @property
    def is_to_do(self) -> bool:
        return self.status != NoteState.SIGNED


@dataclass(frozen=True, slots=True)
class Line:
    """One client's line. `goals` are choices (id, words); `twin` names whose line reads alike."""

    episode_id: UUID
    client_id: UUID
    name: str
    minutes: int
    reading: str
    is_online: bool
    goals: tuple[tuple[str, str], ...]
    typed: LineWords
    goal: str
    twin: str

    @property
    def is_here(self) -> bool:
        return self.reading in {"present", "late", "left-early"}

    @property
    def remark(self) -> str:
        """The reading, where it says more than that the person was here."""
        return "" if self.reading == "present" else self.reading


@dataclass(frozen=True, slots=True)
class Added:
    """An addendum as read."""

    words: str
    signed_as: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotePage:
    """A session and its note. `lines` are those who were there, `absent` the names of those who were not."""

    session_id: UUID
    note_id: UUID | None
    title: str
    room: str
    lead: str
    starts_at: datetime
    ends_at: datetime
    state: str
    status: str
    version: int
    topic: str
    what_we_did: str
    practice: str
    saved_at: datetime | None
    lines: tuple[Line, ...]
    absent: tuple[str, ...]
    signed_as: str
    signed_at: datetime | None
    hash: str
    is_intact: bool
    addenda: tuple[Added, ...]
    may_write: bool
    may_sign: bool

    @property
    def is_signed(self) -> bool:
        return self.status == NoteState.SIGNED

    @property
    def is_held(self) -> bool:
        return self.state == SessionState.HELD

    @property
    def is_checked_in(self) -> bool:
        return self.state not in {SessionState.PLANNED, SessionState.CANCELLED}

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def note_list(*, by, mine: str, page: int, at: datetime) -> Page:
    """A page of 50 sessions somebody came to: notes to finish first, the oldest on top; then signed, newest on top.

    `mine` is "mine" for the sessions `by` led, "all" for every one within reach. Individual sessions name their client
    and are read on the ledger. 4 queries and the ledger.
    """
    came = RollLine.objects.filter(session=OuterRef("pk"), mark__in=HERE)
    held = Session.objects.filter(
        Exists(came),
        site__in=by.sites_with(Permission.NOTE_SEE),
        status__in=[SessionState.HELD, SessionState.DOCUMENTED, SessionState.CLOSED],
    )
    if mine == "mine":
        held = held.filter(lead__user_id=by.id)
    to_do = When(status=SessionState.HELD, then=Value(0))
    held = held.annotate(
        rank=Case(to_do, default=Value(1), output_field=IntegerField()),
        waits=Case(When(status=SessionState.HELD, then=F("ends_at"))),
    ).select_related("lead__user")
    found = Paginator(held.order_by("rank", "waits", "-ends_at", "id"), SIZE).get_page(page)
    sessions = list(found.object_list)
    ones = [session.id for session in sessions if session.kind == "individual"]
    people = {
        line.session_id: line.episode.client
        for line in RollLine.objects.filter(_lines_within(by), session__in=ones).select_related("episode__client")
    }
    noted = set(SessionNote.objects.filter(session__in=sessions).values_list("session_id", flat=True))
    found.object_list = [_row(session, people.get(session.id), session.id in noted, at) for session in sessions]
    ledger.read_list("notes.list", [client.id for client in people.values()], by=by, at=at)
    return found


def _row(session: Session, client: Client | None, is_noted: bool, at: datetime) -> Row:
    status = "draft" if is_noted else "not-started"
    if session.status != SessionState.HELD:
        status = "signed"
    elif is_due_since(session.ends_at, at):
        status = "overdue"
    who = client.short if client else ""
    return Row(session.id, session.title, session.starts_at, session.lead.name, who, status)


@rowlock.as_system(
    "who led a group reads its note, and the seal is over every line; what is shown is filtered by reach"
)
def note_page(*, session_id: UUID, by, at: datetime) -> NotePage:
    """A session's note, written or not, with one line for each who was there; the reading is on the ledger.

    Raises Session.DoesNotExist out of reach. Up to 8 queries and the ledger, whatever the number of lines.
    """
    reach = Session.objects.filter(site__in=by.sites_with(Permission.NOTE_SEE))
    session = reach.select_related("room", "lead__user").get(pk=session_id)
    note = SessionNote.objects.filter(session=session).first()
    kept = {line.episode_id: line for line in note.lines.select_related("goal")} if note else {}
    roll = _roll(session, by)
    lines = _lines(session, roll, kept)
    ledger.read_list("note.read", [line.client_id for line in lines], by=by, at=at, session=session.id)
    return NotePage(
        session_id=session.id, note_id=note.id if note else None, title=session.title, room=session.room.name,
        lead=session.lead.signature, starts_at=session.starts_at, ends_at=session.ends_at, state=session.status,
        status=note.status if note else "not-started", version=note.version if note else 0,
        topic=note.topic if note else session.title, what_we_did=unsealed(note, "what_we_did") if note else "",
        practice=unsealed(note, "practice") if note else "", saved_at=note.saved_at if note else None, lines=lines,
        absent=tuple(name for line, name in roll if line.mark not in HERE and line.episode_id not in _said(kept)),
        signed_as=note.signed_as if note else "", signed_at=note.signed_at if note else None,
        hash=note.content_hash if note else "", is_intact=_is_intact(note, kept), addenda=_addenda(note),
        may_write=may(by, Permission.NOTE_WRITE, session),
        may_sign=may(by, Permission.NOTE_SIGN, session) and session.lead.user_id == by.id,
    )  # fmt: skip


def _lines_within(by) -> Q:
    """Lines of clients whose notes `by` reads: those within reach, and everybody in a session they led."""
    led = reach.led(by)
    return reach.clients_within(by, Permission.NOTE_SEE, "episode__client", site="session__site", also=led)


def _roll(session: Session, by) -> list[tuple[RollLine, str]]:
    """The roll within reach by name, with the names that tell people apart."""
    found = RollLine.objects.filter(_lines_within(by), session=session).select_related("episode__client")
    lines = sorted(found, key=lambda line: (line.episode.client.called.casefold(), line.episode.client.family_name))
    people = [line.episode.client for line in lines]
    names = board_names([(one.called, one.family_name, one.record_number) for one in people])
    return list(zip(lines, names, strict=True))


def _said(kept: dict[UUID, NoteLine]) -> set[UUID]:
    return {episode for episode, line in kept.items() if line.words and line_words(line)}


def _lines(session: Session, roll: list[tuple[RollLine, str]], kept: dict[UUID, NoteLine]) -> tuple[Line, ...]:
    """Those who were there, and those who were not but have words that must be taken out before signing."""
    shown = [(line, name) for line, name in roll if line.mark in HERE or line.episode_id in _said(kept)]
    goals = _goals([line.episode_id for line, _name in shown])
    typed = {line.episode_id: _typed(line.episode_id, kept, goals) for line, _name in shown}
    alike, names = twins(list(typed.values())), {line.episode_id: name for line, name in shown}
    planned = Period(session.starts_at, session.ends_at)
    rows = []
    for line, name in shown:
        episode, saved = line.episode_id, kept.get(line.episode_id)
        goal = saved.goal if saved and saved.goal_id else None
        choices = dict(goals.get(episode, ()))
        if goal:
            choices.setdefault(str(goal.id), goal.short or goal.words)  # of an earlier version of the plan
        rows.append(Line(
            episode, line.episode.client_id, name, line.credited_minutes,
            reading(Mark(line.mark), planned, line.arrived_at, line.left_at), line.is_online, tuple(choices.items()),
            typed[episode], (goal.short or goal.words) if goal else "", names.get(alike.get(episode), ""),
        ))  # fmt: skip
    return tuple(rows)


def _goals(episodes: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = {}
    rows = Goal.objects.filter(plan__episode__in=episodes, plan__status="active").order_by("place")
    for goal, episode, words, short in rows.values_list("id", "plan__episode_id", "words", "short"):
        found.setdefault(episode, []).append((str(goal), short or words))
    return found


def _typed(episode: UUID, kept: dict[UUID, NoteLine], goals: dict[UUID, list[tuple[str, str]]]) -> LineWords:
    """The line as saved; one not begun starts with the plan's first goal."""
    line = kept.get(episode)
    if line is None:
        first = goals.get(episode)
        return LineWords(episode, goal_id=UUID(first[0][0]) if first else None)
    return LineWords(episode, line.participation, line.response, line_words(line), line.goal_id)


def _is_intact(note: SessionNote | None, kept: dict[UUID, NoteLine]) -> bool:
    """Whether a signed note still says what was signed; a draft has nothing to break."""
    if note is None or note.status != NoteState.SIGNED:
        return True
    signed = [
        SignedLine(str(one.episode_id), one.minutes, str(one.goal_id or ""), one.participation, one.response,
                   line_words(one))
        for one in kept.values() if is_written(_typed(one.episode_id, kept, {}))
    ]  # fmt: skip
    return content_hash(signed_note(note, signed)) == note.content_hash


def _addenda(note: SessionNote | None) -> tuple[Added, ...]:
    if note is None or note.status != NoteState.SIGNED:
        return ()
    return tuple(Added(addendum_words(one), one.signed_as, one.at) for one in note.addenda.all())
