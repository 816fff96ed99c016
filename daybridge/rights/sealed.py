"""What is sealed of a request, a breach, a letter or a packet: under which context, and opened again."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models

from daybridge import vault
from daybridge.rights.models import Request
from daybridge.rights.rules.requests import Asked, Kind


def context(row: models.Model, part: str) -> str:
    """A sealed part opens in its own row and field only."""
    return f"{row._meta.label_lower}.{part}:{row.pk}"


def put(row: models.Model, part: str, words: str | bytes) -> None:
    """Seal words into a field of the row; the row is not saved. No words stay no bytes."""
    data = words.encode() if isinstance(words, str) else words
    setattr(row, part, vault.seal_bytes(data, context(row, part)) if data else b"")


def words(row: models.Model, part: str) -> str:
    """The words of one part."""
    return vault.unseal(getattr(row, part), context(row, part))


def content(row: models.Model, part: str) -> bytes:
    """The bytes of one part; none when nothing was sealed yet."""
    blob = bytes(getattr(row, part))
    return vault.unseal_bytes(blob, context(row, part)) if blob else b""


def put_data(row: models.Model, part: str, data: Mapping[str, Any]) -> None:
    put(row, part, json.dumps(data, ensure_ascii=False, sort_keys=True))


def data(row: models.Model, part: str) -> dict[str, Any]:
    """What was kept by `put_data`; empty when nothing was."""
    text = words(row, part)
    return json.loads(text) if text else {}


def asked(request: Request) -> Asked:
    """What was asked for, as the rules see it."""
    said = data(request, "asked")
    return Asked(
        kind=Kind(request.kind), words=said.get("words", ""), wants=said.get("wants", {}),
        way=said.get("way", "in-person"), asker=said.get("asker", "self"), asker_name=said.get("asker_name", ""),
        checked=said.get("checked", "known"), received_on=_day(request.received_on),
    )  # fmt: skip


def _day(value: date) -> date:
    return value
