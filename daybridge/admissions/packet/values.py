"""Reads single FHIR values: text, dates, lists, codes; wrong shapes become problems with their path."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from daybridge.admissions.packet.documents import Json, Resource
from daybridge.admissions.packet.report import Report

NAME_LIMIT = 200
TEXT_LIMIT = 2000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPACE = re.compile(r"\s+")
_OVERRIDES = "\u202d\u202e"


@dataclass(frozen=True, slots=True)
class Coding:
    system: str = ""
    code: str = ""
    display: str = ""


def name(value: object, path: str, report: Report) -> str:
    """A name, NFC and trimmed. Over 200 characters or with control characters: a problem."""
    return _text(value, path, report, NAME_LIMIT) if _no_control(value, path, report) else ""


def text(value: object, path: str, report: Report) -> str:
    """A line of text, NFC; line breaks and tabs become spaces."""
    if isinstance(value, str):
        value = _SPACE.sub(" ", value)
    return _text(value, path, report, TEXT_LIMIT) if _no_control(value, path, report) else ""


def _text(value: object, path: str, report: Report, limit: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        report.problem(path, "Text is expected here.")
        return ""
    if len(value) > limit:
        report.problem(path, f"This has {len(value):,} characters; the most we take is {limit:,}.")
        return ""
    return unicodedata.normalize("NFC", value).strip()


def _no_control(value: object, path: str, report: Report) -> bool:
    if not isinstance(value, str):
        return True
    for n, char in enumerate(value, 1):
        if unicodedata.category(char) == "Cc" or char in _OVERRIDES:
            report.problem(
                path, f"Character {n} is a control character (U+{ord(char):04X}), which no name or text has."
            )
            return False
    return True


def day(value: object) -> date | None:
    """The day of a FHIR date or dateTime as written; None for anything less than a full, real date."""
    if not isinstance(value, str) or not _DAY.match(value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def objects(body: Json, field: str, at: str, report: Report) -> Iterator[tuple[Json, str]]:
    """The objects of a list field, each with its path; a wrong shape is a problem."""
    value = body.get(field)
    if value is None:
        return
    if not isinstance(value, list):
        report.problem(at + field, "A list is expected here.")
        return
    for n, one in enumerate(value):
        if isinstance(one, dict):
            yield one, f"{at}{field}[{n}]."
        else:
            report.problem(f"{at}{field}[{n}]", "An object is expected here.")


def inside(body: Json, *fields: str) -> Any:
    """The value some fields down, or None when a step is missing or no object."""
    value: Any = body
    for field in fields:
        value = value.get(field) if isinstance(value, dict) else None
    return value


def codings(concept: object, path: str, report: Report) -> tuple[list[Coding], str]:
    """The codings and the text of a CodeableConcept."""
    if not isinstance(concept, dict):
        if concept is not None:
            report.problem(path, "A coded value (an object) is expected here.")
        return [], ""
    found = [
        Coding(*(text(one.get(part), at + part, report) for part in ("system", "code", "display")))
        for one, at in objects(concept, "coding", f"{path}.", report)
    ]
    return found, text(concept.get("text"), f"{path}.text", report)


def first_code(concept: object) -> str:
    """The first code of a CodeableConcept, for statuses; "" when there is none."""
    found = inside(concept, "coding") if isinstance(concept, dict) else None
    code = found[0].get("code") if isinstance(found, list) and found and isinstance(found[0], dict) else ""
    return code if isinstance(code, str) else ""


def words(resource: Resource, field: str, report: Report) -> tuple[list[Coding], str]:
    """Codings of a field and the best words for it: its text, else a display, else the code."""
    found, said = codings(resource.body.get(field), resource.at(field), report)
    said = said or next((one.display for one in found if one.display), "") or next((one.code for one in found), "")
    return found, said
