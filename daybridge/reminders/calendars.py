"""Writes a calendar (RFC 5545): one event a session, times in UTC, lines folded at 75 octets. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

BREAK = "\r\n"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `uid` stays the same for the life of the session, `changed_at` is when it last changed."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    changed_at: datetime
    location: str = ""
    is_off: bool = False


def calendar(events: Iterable[Event], name: str) -> bytes:
    """The whole file; the same events give the same bytes. Source: RFC 5545, 3.1 and 3.4 to 3.8; RFC 7986, 5.7."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Daybridge//Week//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}", f"NAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ]  # fmt: skip
    for one in sorted(events, key=lambda event: (event.starts_at, event.uid)):
        lines += _event(one)
    lines.append("END:VCALENDAR")
    return "".join(part + BREAK for line in lines for part in _folded(line)).encode()


def _event(one: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(one.uid)}"
    yield f"DTSTAMP:{_instant(one.changed_at)}"
    yield f"DTSTART:{_instant(one.starts_at)}"
    yield f"DTEND:{_instant(one.ends_at)}"
    yield f"SUMMARY:{_text(one.summary)}"
    if one.location:
        yield f"LOCATION:{_text(one.location)}"
    yield f"STATUS:{'CANCELLED' if one.is_off else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """TEXT escaped: backslash, semicolon, comma, newline; other control characters are left out."""
    words = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    words = words.replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(one for one in words if one >= " " and one != "\x7f")


def _folded(line: str) -> Iterator[str]:
    """Parts of at most 75 octets; those after the first begin with a space; no character is cut."""
    part, size = "", 0
    for one in line:
        wide = len(one.encode())
        if size + wide > 75:
            yield part
            part, size = " ", 1
        part += one
        size += wide
    yield part
