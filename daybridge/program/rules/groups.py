"""Who may lead, and what a weekly group may look like. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from daybridge.kit import rulebook
from daybridge.kit.decisions import Decision, Finding
from daybridge.kit.errors import Refused
from daybridge.kit.rulebook import Rulebook
from daybridge.people.rules import Held, leads_as
from daybridge.program.rules.offer import LARGE, NewGroup, Span

BOOK = rulebook.load(Path(__file__).parents[1] / "rulebook.toml")
# Credentials that let somebody practise and be billed without being supervised; states differ.
LICENSED = frozenset({
    "LPC", "LMHC", "LCPC", "LPCC", "LCSW", "LICSW", "LMFT", "PhD", "PsyD", "MD", "DO", "PMHNP", "NP", "PA", "LADC",
    "LCDC",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a weekly group that is judged: its topic, its room, its lead and what else they do that day."""

    category: str
    credentials: Sequence[str]
    room_seats: int
    held: Sequence[Held]
    lead_hours: Sequence[Span]
    room_taken: Sequence[Span]
    lead_taken: Sequence[Span]


def may_lead(credentials: Sequence[str], credential: str, until: date | None, day: date) -> bool:
    """Whether who holds `credential` until `until` (None: no end) may lead on `day` what asks for `credentials`.

    A topic that names no credential may be led by anybody whose own has not ended. Source: PROGRAM, credential rule.
    """
    in_force = until is None or day <= until
    return in_force and (not credentials or credential in credentials)


def largest(category: str, book: Rulebook = BOOK) -> int:
    """The most people a group of this category may hold. Source: PROGRAM-1, PROGRAM-3."""
    return book.number("PROGRAM-3" if category in LARGE else "PROGRAM-1")


def clock(minute: int) -> str:
    """A minute of the day as people say it: "5:30 pm", "9 am"."""
    hour, rest = divmod(minute, 60)
    half = "am" if hour % 24 < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f':{rest:02}' if rest else ''} {half}"


def overlaps(one: Span, others: Iterable[Span]) -> bool:
    """Whether `one` shares a minute with any of `others`."""
    return any(one.weekday == other.weekday and one.start < other.end and other.start < one.end for other in others)


def works_during(span: Span, hours: Iterable[Span]) -> bool:
    """Whether somebody with these working hours works all through `span`."""
    return any(one.weekday == span.weekday and one.start <= span.start and span.end <= one.end for one in hours)


def check_group(group: NewGroup, setting: Setting, book: Rulebook = BOOK) -> Decision:
    """Whether a weekly group may be set up; every reason against it is found.

    Source: PROGRAM-1 to PROGRAM-3, the credential rule, rooms and staff in one place at a time.
    """
    span = Span(group.weekday, group.start_minute, group.start_minute + group.minutes)
    most = largest(setting.category, book)
    leads = leads_as(setting.credentials, setting.held, group.since)
    found = [
        (group.max_size > most, "size", f"A group of this kind holds at most {most} people.", "PROGRAM-1"),
        (group.min_size < book.number("PROGRAM-2"), "small", "A group needs at least two people.", "PROGRAM-2"),
        (group.max_size < group.min_size, "order", "The largest size is below the smallest.", ""),
        (group.max_size > setting.room_seats, "room", "The room has fewer seats than the group.", ""),
        (not leads, "credential", "The lead does not hold a credential this topic asks for.", "PROGRAM"),
        (not works_during(span, setting.lead_hours), "hours", "The lead does not work at that time.", ""),
        (
            span.end > 1440 or group.minutes <= 0 or not 0 <= group.weekday <= 6,
            "time",
            "The time is not on one day.",
            "",
        ),
        (overlaps(span, setting.room_taken), "room-taken", "The room has another group at that time.", ""),
        (overlaps(span, setting.lead_taken), "lead-taken", "The lead has another group at that time.", ""),
    ]
    findings = tuple(Finding(code, text, source) for is_wrong, code, text, source in found if is_wrong)
    return Decision(not findings, findings, book.version)


def check_end(since: date, until: date, today: date) -> None:
    """Raise Refused unless a group that meets since `since` may stop meeting from `until` on.

    What was laid for days gone by stays as it was, so that the first day without the group is today or later.
    """
    if until < max(since, today):
        raise Refused("A group can end today or later, and not before it began.")
