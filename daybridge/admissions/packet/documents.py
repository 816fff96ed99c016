"""From JSON text to resources, each with the place it stands at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from daybridge.admissions.packet.report import Report, refuse

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Resource:
    """One FHIR resource; `prefix` leads to it: "entry[3].resource.", "line 4: " or ""."""

    body: Json
    prefix: str
    full_url: str = ""

    @property
    def type(self) -> str:
        return str(self.body["resourceType"])

    @property
    def place(self) -> str:
        return self.prefix.rstrip(".: ") or "$"

    def at(self, field: str) -> str:
        return self.prefix + field


def resources(text: bytes, report: Report) -> list[Resource]:
    """Every resource of a Bundle, of one lone resource or of NDJSON lines. Raises BadInput when it is no FHIR JSON."""
    found: list[Resource] = []
    for document, prefix in _documents(text):
        found.extend(_flatten(document, prefix, report))
    report.stop_if_bad()
    return found


def _documents(text: bytes) -> list[tuple[object, str]]:
    try:
        return [(orjson.loads(text), "")]
    except orjson.JSONDecodeError as error:
        lines = text.split(b"\n")
        first = next(line for line in lines if line.strip())
        if len(lines) == 1 or not _stands_alone(first):
            raise refuse(f"line {error.lineno}", _not_json(text, error)) from None
    return [(_line(line, n), f"line {n}: ") for n, line in enumerate(lines, 1) if line.strip()]


def _stands_alone(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _line(line: bytes, number: int) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        if _is_cut(line, error):
            raise refuse(f"line {number}", f"Line {number} is cut off: its end is missing.") from None
        raise refuse(f"line {number}", f"Line {number}, column {error.colno} is not JSON.") from None


def _not_json(text: bytes, error: orjson.JSONDecodeError) -> str:
    if text.lstrip().startswith(b"<"):
        return "The file is XML or a web page; we take FHIR R4 as JSON."
    if text.lstrip()[:1] not in (b"{", b"["):
        return "The file is not JSON. We take FHIR R4 as .json or .ndjson, plain or .gz."
    if _is_cut(text, error):
        return f"The file is cut off at line {error.lineno}, column {error.colno}: its end is missing. Send it again."
    return f"Line {error.lineno}, column {error.colno} is not JSON."


def _is_cut(text: bytes, error: orjson.JSONDecodeError) -> bool:
    return "unexpected end" in error.msg or error.pos >= len(text.decode("utf-8").rstrip())


def _flatten(document: object, prefix: str, report: Report) -> Iterator[Resource]:
    if not isinstance(document, dict) or not isinstance(document.get("resourceType"), str):
        report.problem(
            prefix.rstrip(": ") or "$", "This is JSON but not FHIR: an object with a resourceType is expected."
        )
        return
    if document["resourceType"] != "Bundle":
        yield Resource(document, prefix)
        return
    yield Resource({key: value for key, value in document.items() if key != "entry"}, prefix)
    entries = document.get("entry", [])
    if not isinstance(entries, list):
        report.problem(f"{prefix}entry", "“entry” of the Bundle has to be a list.")
        return
    for n, entry in enumerate(entries):
        yield from _entry(entry, f"{prefix}entry[{n}]", report)


def _entry(entry: object, place: str, report: Report) -> Iterator[Resource]:
    if not isinstance(entry, dict):
        report.problem(place, "An entry of the Bundle has to be an object.")
        return
    body = entry.get("resource")
    if body is None:
        return
    if not isinstance(body, dict) or not isinstance(body.get("resourceType"), str):
        report.problem(f"{place}.resource", "This entry is not FHIR: a resource with a resourceType is expected.")
        return
    url = entry.get("fullUrl")
    yield Resource(body, f"{place}.resource.", url if isinstance(url, str) else "")
