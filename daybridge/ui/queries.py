"""Reading drafts: only one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from daybridge.ui.models import Draft


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft for its owner: `fields` is field name to values; `url` and `title` the page it belongs to."""

    key: str
    fields: Mapping[str, list[str]]
    version: int
    saved_at: datetime
    url: str
    title: str


def draft(*, by, key: str) -> DraftRow | None:
    """The draft of `by` under `key`, or None."""
    found = Draft.objects.visible_to(by).filter(key=key).first()
    return _row(found) if found else None


def drafts(*, by) -> tuple[DraftRow, ...]:
    """Every draft of `by`, the latest first."""
    return tuple(_row(found) for found in Draft.objects.visible_to(by).order_by("-saved_at"))


def _row(draft: Draft) -> DraftRow:
    typed = draft.typed
    return DraftRow(draft.key, typed.fields, draft.version, draft.saved_at, typed.url, typed.title)
