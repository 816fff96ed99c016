"""The time line, written without a template: a chart has dozens of lines, and each would be worked out node by node."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from daybridge.ui.icons import icon

DAY = '<li class="day"><span>{}</span></li>\n'
LINE = '<li data-tone="{}"><time>{}</time>{}<div>{}{}</div></li>\n'


def timeline(items: Iterable[Any]) -> SafeString:
    """Items have `words`, `at`, and may have `more`, `shape`, `tone`, `url`; one with a `day` is a heading."""
    return format_html('<ol class="timeline">\n{}</ol>', format_html_join("", "{}", ((_line(one),) for one in items)))


def _line(item: Any) -> SafeString:
    day, url, more, shape, tone = (getattr(item, name, "") for name in ("day", "url", "more", "shape", "tone"))
    if day:
        return format_html(DAY, day)
    said = format_html('<a href="{}">{}</a>', url, item.words) if url else item.words
    small = format_html("<small>{}</small>", more) if more else ""
    return format_html(LINE, tone or "quiet", getattr(item, "at", ""), icon(shape or "circle-dot"), said, small)
