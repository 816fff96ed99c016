"""Reading JSON into frozen values: every fault is kept with its path. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, get_type_hints

from daybridge.kit.errors import Problem

LONGEST, MOST = 300, 500
Faults = list[Problem]
Reader = Callable[[Any, str, Faults], Any]


def text(value: Any, at: str, faults: Faults) -> str:
    """A short text as it stands."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return value
    faults.append(Problem(at, f"A text of at most {LONGEST} characters is expected."))
    return ""


def yes_no(value: Any, at: str, faults: Faults) -> bool:
    """true or false, no words for them."""
    if not isinstance(value, bool):
        faults.append(Problem(at, "true or false is expected."))
    return value is True


def day(value: Any, at: str, faults: Faults) -> date | None:
    """A day as year-month-day."""
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError:
        faults.append(Problem(at, "A day as year-month-day is expected."))
        return None


def instant(value: Any, at: str, faults: Faults) -> datetime | None:
    """A date and time with its offset from UTC; one without would be another instant in another place."""
    try:
        found = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        faults.append(Problem(at, "A date and time with its offset is expected, as 2026-03-02T10:30:00-05:00."))
        return None
    return found


def one_of(allowed: Iterable[str]) -> Reader:
    """A reader of one word of a list."""
    values = [str(one) for one in allowed]
    words = ", ".join(values)

    def read(value: Any, at: str, faults: Faults) -> str:
        if isinstance(value, str) and value in values:
            return value
        faults.append(Problem(at, f"One of {words} is expected."))
        return ""

    return read


def many(of: Reader) -> Reader:
    """A reader of a list, each as `of` reads it."""

    def read(value: Any, at: str, faults: Faults) -> tuple[Any, ...]:
        if isinstance(value, list) and len(value) <= MOST:
            return tuple(of(one, f"{at}[{place}]", faults) for place, one in enumerate(value))
        faults.append(Problem(at, f"A list of at most {MOST} is expected."))
        return ()

    return read


BY_TYPE: Mapping[Any, Reader] = {
    str: text, bool: yes_no, date | None: day, datetime | None: instant, tuple[str, ...]: many(text),
}  # fmt: skip


def shape(make: Callable[..., Any], readers: Mapping[str, Reader], needed: Collection[str] = ()) -> Reader:
    """An object with these keys, no others; null is the same as left out."""

    def read(value: Any, at: str, faults: Faults) -> Any:
        if not isinstance(value, Mapping):
            faults.append(Problem(at or "$", "An object is expected."))
            return None
        before = len(faults)
        given = {str(key): one for key, one in value.items() if one is not None}
        faults += [Problem(_under(at, key)[:200], "This is not known here.") for key in given if key not in readers]
        faults += [Problem(_under(at, key), "This is missing.") for key in needed if key not in given]
        found = {key: readers[key](one, _under(at, key), faults) for key, one in given.items() if key in readers}
        return make(**found) if len(faults) == before else None

    return read


def like(made: type, needed: Collection[str] = (), special: Mapping[str, Reader] = MappingProxyType({})) -> Reader:
    """The shape of a dataclass: a reader for each field by its type, `special` ones by name."""
    hints = get_type_hints(made)
    readers = {one.name: special[one.name] if one.name in special else BY_TYPE[hints[one.name]] for one in fields(made)}
    return shape(made, readers, needed)


def _under(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
