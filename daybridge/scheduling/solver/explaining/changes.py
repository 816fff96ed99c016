"""Changes of a program to be thought through: a track, a room, a counselor more; a site less; more admissions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from daybridge.kit.errors import BadInput
from daybridge.scheduling.solver.model import Client, Problem, Requirement, Room, Session, Staff
from daybridge.scheduling.solver.wire import piece_from_json

FIELDS: dict[str, frozenset[str]] = {
    "add_track": frozenset({"sessions", "staff", "rooms"}),
    "add_block": frozenset({"block"}),
    "add_room": frozenset({"site", "capacity", "like"}),
    "add_counselor": frozenset({"site", "like"}),
    "close_site": frozenset({"site", "to"}),
    "more_clients": frozenset({"percent", "site"}),
}
"""The kinds of change and what each may carry besides `kind`."""
NEEDED: dict[str, frozenset[str]] = {
    "add_track": frozenset({"sessions"}),
    "add_block": frozenset({"block"}),
    "add_room": frozenset({"site", "capacity"}),
    "add_counselor": frozenset({"like"}),
    "close_site": frozenset({"site"}),
    "more_clients": frozenset({"percent"}),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `like` is the room or member of staff a new one resembles; `to` the site people move to."""

    kind: str
    site: str = ""
    like: str = ""
    to: str = ""
    capacity: int = 0
    percent: int = 0
    sessions: tuple[Session, ...] = ()
    staff: tuple[Staff, ...] = ()
    rooms: tuple[Room, ...] = field(default=())


def change_from_json(data: Any) -> Change:
    """The change in parsed JSON. Raises BadInput with the path of the first fault."""
    if not isinstance(data, dict) or data.get("kind") not in FIELDS:
        raise BadInput("change.kind: must be one of {kinds}.", kinds=", ".join(FIELDS))
    kind = data["kind"]
    unknown = sorted(set(data) - FIELDS[kind] - {"kind"})
    missing = sorted(NEEDED[kind] - set(data))
    if unknown or missing:
        raise BadInput(
            "change: {kind} takes {names}.", kind=kind, names=", ".join(sorted(FIELDS[kind])), unknown=unknown
        )
    return Change(kind, **_read(data))


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in ("site", "like", "to"):
        if data.get(name) is not None:
            out[name] = piece_from_json("text", data[name], f"change.{name}")
    for name in ("capacity", "percent"):
        if name in data:
            out[name] = piece_from_json("number", data[name], f"change.{name}")
    block = data.get("block")
    rows = block.get("sessions", ()) if isinstance(block, dict) else data.get("sessions", ())
    for name, piece, values in (
        ("sessions", "session", rows),
        ("staff", "staff", data.get("staff", ())),
        ("rooms", "room", data.get("rooms", ())),
    ):
        if not isinstance(values, list | tuple):
            raise BadInput("change.{name}: must be a list.", name=name)
        out[name] = tuple(piece_from_json(piece, one, f"change.{name}[{n}]") for n, one in enumerate(values))
    return out


def changed(problem: Problem, change: Change) -> Problem:
    """The problem with the change made. Raises BadInput when it names what the problem does not know."""
    known = {s.id for s in problem.sites}
    for one in (change.site, change.to):
        if one and one not in known:
            raise BadInput("The problem has no site {id}.", id=one)
    return KINDS[change.kind](problem, change)


def _more(problem: Problem, change: Change) -> Problem:
    return replace(
        problem,
        sessions=(*problem.sessions, *change.sessions),
        staff=(*problem.staff, *change.staff),
        rooms=(*problem.rooms, *change.rooms),
    )


def _room(problem: Problem, change: Change) -> Problem:
    new = Room(f"+room-{len(problem.rooms) + 1}", change.site, change.capacity)
    sessions = tuple(
        replace(s, room_options=(*s.room_options, new.id))
        if s.site == change.site
        and change.capacity >= s.min_size
        and (not change.like or change.like in s.room_options)
        else s
        for s in problem.sessions
    )
    return replace(problem, rooms=(*problem.rooms, new), sessions=sessions)


def _counselor(problem: Problem, change: Change) -> Problem:
    like = next((f for f in problem.staff if f.id == change.like), None)
    if like is None:
        raise BadInput("The problem has no staff {id}.", id=change.like)
    new = f"+staff-{len(problem.staff) + 1}"

    def added(options: tuple[str, ...]) -> tuple[str, ...]:
        return (*options, new) if change.like in options else options

    return replace(
        problem,
        staff=(*problem.staff, replace(like, id=new)),
        sessions=tuple(replace(s, staff_options=added(s.staff_options)) for s in problem.sessions),
        clients=_with_needs(problem, lambda need: replace(need, staff=added(need.staff))),
    )


def _with_needs(problem: Problem, new: Callable[[Requirement], Requirement]) -> tuple[Client, ...]:
    return tuple(replace(c, requirements=tuple(new(need) for need in c.requirements)) for c in problem.clients)


def _close(problem: Problem, change: Change) -> Problem:
    """Nothing runs at the site any more; its clients go to the other one, or without."""
    clients = tuple(_moved(problem, change, c) if c.site == change.site else c for c in problem.clients)
    return replace(
        problem,
        sessions=tuple(s for s in problem.sessions if s.site != change.site),
        staff=tuple(replace(f, windows=()) if f.site == change.site else f for f in problem.staff),
        clients=clients,
    )


def _moved(problem: Problem, change: Change, client: Client) -> Client:
    """The client at the other site, with whoever there has a credential of those they had."""
    skills = {f.id: set(f.credentials) for f in problem.staff}
    there = [f.id for f in problem.staff if f.site == change.to]

    def alike(need: Requirement) -> tuple[str, ...]:
        had = set().union(*(skills[one] for one in need.staff))
        return tuple(one for one in there if had & skills[one])

    needs = tuple(replace(need, preferred=None, mandatory=False, staff=alike(need)) for need in client.requirements)
    return replace(_uncommitted(client), site=change.to or client.site, requirements=needs)


def _uncommitted(client: Client) -> Client:
    return replace(client, must_reach=False, must_attend=None, last_week_sessions=(), last_week_appts=())


def _grow(problem: Problem, change: Change) -> Problem:
    """So many percent more people like those there are, spread evenly over them."""
    like = [c for c in problem.clients if not change.site or c.site == change.site]
    count = round(len(like) * change.percent / 100)
    new = tuple(
        replace(_uncommitted(like[n * len(like) // count]), id=f"+client-{n + 1}", completed_topics=())
        for n in range(count)
        if like
    )
    return replace(problem, clients=(*problem.clients, *new))


KINDS: dict[str, Callable[[Problem, Change], Problem]] = {
    "add_track": _more,
    "add_block": _more,
    "add_room": _room,
    "add_counselor": _counselor,
    "close_site": _close,
    "more_clients": _grow,
}
