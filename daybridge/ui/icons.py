"""Shapes: lucide's, slimmed to what our style sheet does not already say."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

MARK = mark_safe(
    '<svg class="mark" viewBox="0 0 36 36" width="36" height="36" aria-hidden="true">'
    '<path class="sun" d="M10 19a8 8 0 0 1 16 0z"/>'
    '<path class="deck" d="M2 20.5h32v9.5h-3.5a12.5 7.5 0 0 0-25 0H2z"/></svg>'
)


def icon(name: str, label: str = "") -> SafeString:
    """The lucide shape `name` (raises lucide.IconDoesNotExist); spoken as `label` or hidden from speech."""
    return _drawn(str(name), str(label))


@lru_cache(maxsize=512)
def _drawn(name: str, label: str) -> SafeString:
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="18" height="18" {}>{}</svg>', spoken, _inside(name)
    )


def _inside(name: str) -> SafeString:
    whole = lucide(name, size=None)
    return mark_safe(" ".join(whole[whole.index(">") + 1 : whole.rindex("</svg>")].split()))
