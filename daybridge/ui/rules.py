"""Rules of drafts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybridge.kit.errors import Refused, Stale

MAX_CHARACTERS = 200_000
MAX_KEY = 120
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "otp", "code", "_draft")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form: field name to its values, and the page it was typed on."""

    fields: Mapping[str, list[str]]
    url: str = ""
    title: str = ""


def check_draft(key: str, data: Typed) -> None:
    """Raise Refused for a draft that has no name or is longer than MAX_CHARACTERS."""
    if not key or len(key) > MAX_KEY:
        raise Refused("This draft has no usable name.")
    if sum(len(value) for values in data.fields.values() for value in values) > MAX_CHARACTERS:
        raise Refused("This draft is too long to keep; save the form instead.")


def check_version(held: int, seen: int) -> None:
    """Raise Stale unless the writer has `seen` the version that is `held` (0: none yet)."""
    if held != seen:
        raise Stale("This draft was also changed in another window.")


def kept(data: Typed) -> Typed:
    """`data` without what must never be stored, and without an address that leads out of the house."""
    fields = {name: list(values) for name, values in data.fields.items() if not _is_secret(name)}
    inside = data.url.startswith("/") and not data.url.startswith(("//", "/\\"))
    return Typed(fields, data.url[:500] if inside else "", data.title[:200])


def _is_secret(name: str) -> bool:
    return name in NEVER_KEPT or "password" in name.lower()
