"""How a line of the roll looks on the board: words, shape, and what one more tap offers. Nothing clinical."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybridge.attendance.queries import HoursPage, Row
from daybridge.attendance.rules import Hours, Mark

LOOKS = {
    # reading: class, shape, words
    "expected": ("", "circle", gettext_lazy("Tap when here")),
    "present": ("here", "check", gettext_lazy("Here")),
    "late": ("late", "clock", gettext_lazy("Late,")),
    "left-early": ("here", "log-out", gettext_lazy("Left")),
    "excused": ("away", "calendar-x", gettext_lazy("Excused")),
    "no-show": ("away", "circle-slash", gettext_lazy("Not here")),
}
REASONS = (
    ("", gettext_lazy("Called ahead")), ("work", gettext_lazy("Work")), ("child care", gettext_lazy("Children")),
    ("transport", gettext_lazy("Transport")), ("appointment", gettext_lazy("Appointment")),
    ("weather", gettext_lazy("Weather")), ("other", gettext_lazy("Another reason")),
)  # fmt: skip


def reasons() -> SafeString:
    """The options of "why", drawn once for all the cards of a board."""
    return format_html_join("", '<option value="{}">{}</option>', REASONS)


@dataclass(frozen=True, slots=True)
class Choice:
    """One move in a card's menu."""

    words: str
    shape: str
    to: str
    is_online: bool = False
    asks_reason: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card; `seen` goes back with every tap, so that two tablets never overwrite each other."""

    id: UUID
    name: str
    look: str
    shape: str
    words: str
    time: datetime | None
    seen: str
    taps_in: bool
    choices: tuple[Choice, ...]


def card(row: Row) -> Card:
    """The card of a line."""
    look, shape, words = LOOKS[row.reading]
    if row.is_online and row.reading == "present":
        shape, words = "video", _("Online")
    time = row.left_at if row.reading == "left-early" else row.arrived_at
    taps_in = row.mark is Mark.EXPECTED and bool(row.moves)
    return Card(row.id, row.name, look, shape, str(words), time, row.mark, taps_in, _choices(row))


def _choices(row: Row) -> tuple[Choice, ...]:
    offers = [
        Choice(_("Here, in the room"), "check", Mark.PRESENT),
        Choice(_("Here, online"), "video", Mark.PRESENT, is_online=True),
        Choice(_("Leaving now"), "log-out", Mark.LEFT),
        Choice(_("Excused"), "calendar-x", Mark.EXCUSED, asks_reason=True),
        Choice(_("Not here"), "circle-slash", Mark.NO_SHOW),
        Choice(_("Not yet, undo"), "undo-2", Mark.EXPECTED),
    ]
    return tuple(one for one in offers if one.to in row.moves and not _is_so_already(one, row))


def _is_so_already(choice: Choice, row: Row) -> bool:
    return row.mark is Mark.PRESENT and choice.to == Mark.PRESENT and choice.is_online == row.is_online


def said(row: Row) -> str:
    """What the toast says of a mark just made."""
    words = {
        "expected": _("{name} is expected again"), "present": _("{name} is here"), "late": _("{name} is here, late"),
        "left-early": _("{name} left"), "excused": _("{name} is excused"), "no-show": _("{name} is not here"),
    }  # fmt: skip
    return words[row.reading].format(name=row.name)


def undo(session_id: UUID, before: Row, after: Row) -> str:
    """The path that takes a mark back, its query the fields of the POST; "" when no move leads back."""
    if before.mark not in after.moves:
        return ""
    fields = {"to": before.mark, "seen": after.mark}
    if before.is_here and before.arrived_at:
        fields["time"] = (before.left_at or before.arrived_at).isoformat()
        fields |= {"online": "on"} if before.is_online else {}
    if before.reason:
        fields["reason"] = before.reason
    return f"{reverse('attendance:mark', args=[session_id, before.id])}?{urlencode(fields)}"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the hours list, the shortage in words."""

    episode_id: UUID
    client_id: UUID
    name: str
    has_plan: bool
    hours: Hours
    came: str
    words: str
    counselor: str


def people(page: HoursPage) -> list[PersonRow]:
    """The rows of the page."""
    return [
        PersonRow(
            one.episode_id, one.client_id, one.name, one.has_plan, one.hours,
            _("{hours} came").format(hours=hour_words(one.hours.delivered)),
            shortage(one.hours), one.counselor,
        )
        for one in page.people.object_list
    ]  # fmt: skip


def shortage(hours: Hours) -> str:
    """Where the week stands, in words."""
    if not hours.prescribed:
        return _("No signed plan yet")
    if hours.delivered >= hours.prescribed:
        return _("All hours done")
    if not hours.short:
        return _("Booked as planned")
    missing = hour_words(hours.short)
    if not hours.likely:
        return _("{hours} short, nothing booked").format(hours=missing)
    return _("{hours} short; likely {likely}").format(hours=missing, likely=hour_words(hours.likely))


def hour_words(minutes: int) -> str:
    """In hours and minutes: "2 h", "2 h 15 min", "45 min"."""
    hours, rest = divmod(minutes, 60)
    parts = [_("{n} h").format(n=hours)] if hours or not rest else []
    parts += [_("{n} min").format(n=rest)] if rest else []
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Facts:
    """The sums of the week, in words; empty where there is nothing to say."""

    delivered: str
    booked: str
    prescribed: str
    without_plan: str


def facts(page: HoursPage) -> Facts:
    """The sums at the head of the hours page, in whole hours."""
    total = page.total
    whole = [_("{n} h").format(n=minutes // 60) for minutes in (total.delivered, total.booked, total.prescribed)]
    return Facts(*whole, str(page.without_plan or ""))
