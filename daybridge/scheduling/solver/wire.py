"""Problems and schedules from and to JSON values. A malformed file is refused whole, every fault with its path."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from daybridge.kit.errors import BadInput
from daybridge.kit.errors import Problem as Fault
from daybridge.scheduling.solver import model

Reader = Callable[[Any, str], Any]
OPTIONAL = {"must_run", "must_attend", "frozen", "objective"}
"""Fields an instance may leave out: None is then written by leaving them out again."""


class _Wrong(Exception):
    """One fault at one path; becomes BadInput at the door."""


def _need(ok: bool, path: str, message: str) -> None:
    if not ok:
        raise _Wrong(path, message)


def _text(value: Any, path: str) -> str:
    _need(isinstance(value, str), path, "must be text")
    return str(value)


def _whole(value: Any, path: str) -> int:
    _need(isinstance(value, int) and not isinstance(value, bool), path, "must be a whole number")
    return int(value)


def _flag(value: Any, path: str) -> bool:
    _need(isinstance(value, bool), path, "must be true or false")
    return bool(value)


def _scalar(value: Any, path: str) -> str | int:
    return _text(value, path) if isinstance(value, str) else _whole(value, path)


def _maybe(reader: Reader) -> Reader:
    return lambda value, path: None if value is None else reader(value, path)


def _list(reader: Reader) -> Reader:
    def read(value: Any, path: str) -> tuple[Any, ...]:
        _need(isinstance(value, list), path, "must be a list")
        return tuple(reader(item, f"{path}[{n}]") for n, item in enumerate(value))

    return read


def _row(size: int) -> Reader:
    def read(value: Any, path: str) -> tuple[int, ...]:
        _need(isinstance(value, list) and len(value) == size, path, f"must be a list of {size} whole numbers")
        return tuple(_whole(item, path) for item in value)

    return read


def _window(value: Any, path: str) -> model.Window:
    return model.Window(*_row(3)(value, path))


def _object(kind: Callable[..., Any], readers: Mapping[str, Reader]) -> Reader:
    """Reads an object into `kind`. Leaving out a field that has a default is fine; unknown fields are not."""

    def read(value: Any, path: str) -> Any:
        _need(isinstance(value, dict), path, "must be an object")
        unknown = sorted(set(value) - set(readers))
        _need(not unknown, path, f"has unknown fields: {', '.join(map(str, unknown))}")
        taken = {key: reader(value[key], f"{path}.{key}") for key, reader in readers.items() if key in value}
        try:
            return kind(**taken)
        except TypeError as error:
            raise _Wrong(path, "lacks a required field") from error

    return read


_TEXTS, _WINDOWS = _list(_text), _list(_window)
_WEIGHTS = _object(model.Weights, {f.name: _whole for f in fields(model.Weights)})
_RULES = _object(
    model.Rules,
    {
        "gap_tolerance": _whole,
        "parts": _list(_row(2)),
        "udt_min_day_gap": _whole,
        "severe_fraction_percent": _whole,
    },
)
_TOPIC = _object(
    model.Topic,
    {"id": _text, "category": _text, "minutes": _whole, "credentials": _TEXTS, "prerequisites": _TEXTS},
)
_SITE = _object(model.Site, {"id": _text, "open": _WINDOWS, "offices": _whole, "udt_capacity_per_day": _whole})
_ROOM = _object(model.Room, {"id": _text, "site": _text, "capacity": _whole})
_LUNCH = _object(model.Lunch, {"earliest": _whole, "latest": _whole, "minutes": _whole, "min_shift": _whole})
_STAFF = _object(
    model.Staff,
    dict.fromkeys(("id", "site"), _text)
    | dict.fromkeys(("credentials", "languages"), _TEXTS)
    | dict.fromkeys(("max_group_minutes_day", "max_minutes_day"), _whole)
    | {"gender": _maybe(_text), "windows": _WINDOWS, "lunch": _maybe(_LUNCH)},
)
_SIZES = ("min_size", "max_size", "max_per_facilitator", "ideal_size", "max_facilitators")
_SESSION = _object(
    model.Session,
    dict.fromkeys(("id", "site", "topic", "population", "language"), _text)
    | dict.fromkeys(("day", "start", "minutes", *_SIZES), _whole)
    | dict.fromkeys(("tags", "staff_options", "room_options"), _TEXTS)
    | dict.fromkeys(("gender", "stream"), _maybe(_text))
    | {"members": _maybe(_TEXTS), "planned": _flag, "must_run": _maybe(_flag)},
)
_REQUIREMENT = _object(
    model.Requirement,
    dict.fromkeys(("id", "service"), _text)
    | dict.fromkeys(("minutes", "weight", "grid"), _whole)
    | dict.fromkeys(("counts", "mandatory"), _flag)
    | {"staff": _TEXTS, "preferred": _maybe(_text), "windows": _maybe(_WINDOWS)},
)
_PAST = _object(model.PastAppointment, {"requirement": _text, "staff": _text, "day": _whole, "start": _whole})
_MIX = _object(model.MixLine, {"category": _text, "min": _whole, "max": _whole})
_MINUTES = ("target_minutes", "max_minutes", "max_minutes_day", "per_diem_minutes")
_CLIENT = _object(
    model.Client,
    dict.fromkeys(("id", "site", "track", "level", "population"), _text)
    | dict.fromkeys(("priority", "days_min", "days_max", "days_pref", "udt", *_MINUTES), _whole)
    | dict.fromkeys(("languages", "tags", "completed_topics", "last_week_sessions"), _TEXTS)
    | dict.fromkeys(("waitlist", "must_reach"), _flag)
    | {"gender": _maybe(_text), "must_attend": _maybe(_TEXTS), "windows": _WINDOWS, "pref_windows": _maybe(_WINDOWS)}
    | {"mix": _list(_MIX), "requirements": _list(_REQUIREMENT), "last_week_appts": _list(_PAST)},
)
_CONFLICT = _object(model.Conflict, {"a": _text, "b": _text, "kind": _text})
_FROZEN = _object(model.Frozen, {"before_day": _whole, "before_start": _whole, "bookings": _list(_list(_scalar))})
_PROBLEM_FIELDS: dict[str, Reader] = {
    "name": _text,
    "schema": _text,
    "seed": _whole,
    "slot_minutes": _whole,
    "rules": _RULES,
    "weights": _WEIGHTS,
    "sites": _list(_SITE),
    "rooms": _list(_ROOM),
    "staff": _list(_STAFF),
    "topics": _list(_TOPIC),
    "sessions": _list(_SESSION),
    "clients": _list(_CLIENT),
    "conflicts": _list(_CONFLICT),
    "frozen": _maybe(_FROZEN),
    "extras": lambda value, path: value,
}
_PROBLEM = _object(model.Problem, _PROBLEM_FIELDS)
_SCHEDULE = _object(
    model.Schedule,
    {
        "schema": _text,
        "instance": _text,
        "sessions": _list(_object(model.SessionRun, {"id": _text, "room": _text, "staff": _TEXTS, "clients": _TEXTS})),
        "appointments": _list(
            _object(
                model.Appointment,
                {"client": _text, "requirement": _text, "staff": _text, "day": _whole, "start": _whole},
            )
        ),
        "udt": _list(_object(model.UrineTest, {"client": _text, "day": _whole})),
        "objective": _maybe(_whole),
    },
)


def _read(reader: Reader, data: Any, path: str) -> Any:
    try:
        return reader(data, path)
    except _Wrong as wrong:
        where, message = wrong.args
        raise BadInput("{path}: {message}.", (Fault(where, message),), path=where, message=message) from wrong


def problem_from_json(data: Any) -> model.Problem:
    """The problem in the parsed JSON `data`. Raises BadInput with the path of the first fault.

    Top-level fields no rule reads are kept in `extras`, so that writing gives back what was read.
    """
    if isinstance(data, dict):
        known = {key: value for key, value in data.items() if key in _PROBLEM_FIELDS and key != "extras"}
        extras = {key: value for key, value in data.items() if key not in known}
        data = known | {"extras": extras}
    problem: model.Problem = _read(_PROBLEM, data, "problem")
    return problem


def schedule_from_json(data: Any) -> model.Schedule:
    """The schedule in the parsed JSON `data`. Raises BadInput with the path of the first fault."""
    schedule: model.Schedule = _read(_SCHEDULE, data, "schedule")
    return schedule


_PIECES: dict[str, Reader] = {
    "client": _CLIENT,
    "session": _SESSION,
    "staff": _STAFF,
    "room": _ROOM,
    "windows": _WINDOWS,
    "days": _list(_whole),
    "bookings": _list(_list(_scalar)),
    "moment": _row(2),
    "text": _text,
    "number": _whole,
}


def piece_from_json(what: str, data: Any, path: str) -> Any:
    """One piece of a problem on its own, as events and changes carry it. Raises BadInput with the path of the fault."""
    return _read(_PIECES[what], data, path)


def plain(value: Any) -> Any:
    """A frozen value as JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {key: plain(item) for key, item in pairs if item is not None or key not in OPTIONAL}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def problem_to_json(problem: model.Problem) -> dict[str, Any]:
    """The problem as JSON values, exactly what problem_from_json() read."""
    out: dict[str, Any] = plain(problem)
    extras: dict[str, Any] = out.pop("extras")
    return out | extras


def schedule_to_json(schedule: model.Schedule) -> dict[str, Any]:
    """The schedule as JSON values, exactly what schedule_from_json() read."""
    out: dict[str, Any] = plain(schedule)
    return out
