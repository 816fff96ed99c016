"""What happens to a published week, as JSON and as values; the exact fields are in solver/README.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.check import Booking
from daybridge.scheduling.solver.model import Client, Window
from daybridge.scheduling.solver.wire import piece_from_json

Moment = tuple[int, int]
"""Day and minute."""

FIELDS: dict[str, frozenset[str]] = {
    "admit": frozenset({"client"}),
    "discharge": frozenset({"client"}),
    "change_of_plan": frozenset({"client", "changes"}),
    "availability": frozenset({"client", "windows", "pref_windows"}),
    "missed": frozenset({"client", "bookings", "days"}),
    "staff_absence": frozenset({"staff", "windows", "days"}),
    "change_of_shift": frozenset({"staff", "windows"}),
    "room_closed": frozenset({"room", "windows", "days"}),
    "session_cancelled": frozenset({"session"}),
}
"""The kinds of event and what each may carry besides `kind` and `now`."""
NEEDED: dict[str, frozenset[str]] = {
    "change_of_plan": frozenset({"changes"}),
    "availability": frozenset({"windows"}),
    "change_of_shift": frozenset({"windows"}),
}
"""What a kind cannot do without, besides the one it is about."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `about` is the id of the client, staff member, room or session it happens to.

    `client` is the whole person when somebody new is admitted. `windows` are the new availability or shift, or the
    time away or closed; None where the event leaves it open. `changes` are client fields as in the instance.
    """

    kind: str
    about: str
    client: Client | None = None
    windows: tuple[Window, ...] | None = None
    pref_windows: tuple[Window, ...] | None = None
    days: tuple[int, ...] | None = None
    bookings: tuple[Booking, ...] | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


def event_from_json(data: Any) -> tuple[Event, Moment]:
    """The event and its `now`. Raises BadInput with the path of the first fault."""
    if not isinstance(data, dict):
        raise BadInput("event: must be an object.")
    kind = piece_from_json("text", data.get("kind"), "event.kind")
    if kind not in FIELDS:
        raise BadInput("event.kind: “{kind}” is none of {kinds}.", kind=kind, kinds=", ".join(FIELDS))
    unknown = sorted(set(data) - FIELDS[kind] - {"kind", "now"})
    if unknown:
        raise BadInput("event: {kind} has no field {names}.", kind=kind, names=", ".join(map(str, unknown)))
    missing = sorted(NEEDED.get(kind, frozenset()) - set(data))
    if missing:
        raise BadInput("event: {kind} needs {names}.", kind=kind, names=", ".join(missing))
    return _event(kind, data), _moment(data.get("now"))


def _moment(value: Any) -> Moment:
    day, minute = piece_from_json("moment", value, "event.now")
    if not (0 <= day <= 7 and 0 <= minute <= 1440):
        raise BadInput("event.now: must be a day 0 to 7 and a minute 0 to 1440.")
    return day, minute


def _event(kind: str, data: Mapping[str, Any]) -> Event:
    subject = data.get(_subject(kind))
    person = piece_from_json("client", subject, "event.client") if isinstance(subject, dict) else None
    if person is not None and kind != "admit":
        raise BadInput("event.client: must be the id of a client.")
    read = {
        name: piece_from_json("windows" if "windows" in name else name, data[name], f"event.{name}")
        for name in ("windows", "pref_windows", "days", "bookings")
        if data.get(name) is not None
    }
    changes = data.get("changes", {})
    if not isinstance(changes, dict) or {"id", "site"} & set(changes):
        raise BadInput("event.changes: must be an object of client fields other than id and site.")
    about = person.id if person else piece_from_json("text", subject, f"event.{_subject(kind)}")
    return Event(kind=kind, about=about, client=person, changes=changes, **read)


def _subject(kind: str) -> str:
    """The field that says whom or what the event is about."""
    return next(name for name in ("client", "staff", "room", "session") if name in FIELDS[kind])
