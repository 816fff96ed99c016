"""What just happened, said once, with its undo."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo="


@dataclass(frozen=True, slots=True)
class Toast:
    """Words, and where a POST undoes it with which fields ("" and none when it cannot be undone)."""

    words: str
    undo: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def say(request: HttpRequest, words: str, undo: str = "") -> None:
    """Show `words` on the next page; `undo` is a path of ours whose query becomes the fields of the POST."""
    messages.success(request, words, extra_tags=f"{UNDO}{undo}" if undo else "")


def read(message: Message) -> Toast:
    """The toast in a django message."""
    tags = message.extra_tags or ""
    if not tags.startswith(f"{UNDO}/"):
        return Toast(str(message))
    path, _query, fields = tags.removeprefix(UNDO).partition("?")
    return Toast(str(message), path, tuple(parse_qsl(fields, keep_blank_values=True)))
