"""Our SVG writer: small pictures that follow theme, print and contrast. Pure: numbers in, safe markup out."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

ARCH = 12  # width of one arch in a bridge, which is 10 high


@dataclass(frozen=True, slots=True)
class Scale:
    """The fixed range of an instrument and, perhaps, the range to aim for."""

    low: float = 0
    high: float = 10
    good_from: float | None = None
    good_to: float | None = None


def hour_words(minutes: int) -> str:
    """Hours to the quarter, rounded down so that a plan never reads as met before it is: "6.5"."""
    return f"{minutes // 15 / 4:g}"


def bridge(*, delivered: int, booked: int, prescribed: int) -> SafeString:
    """One arch an hour of the plan: dark came, light booked (still to come), deck alone open. All in minutes."""
    whole = prescribed / 60
    came = min(delivered / 60, whole)
    likely = min((delivered + booked) / 60, whole)
    label = _("%(came)s of %(plan)s hours; %(likely)s with what is booked") % {
        "came": hour_words(delivered),
        "plan": hour_words(prescribed),
        "likely": hour_words(delivered + booked),
    }
    parts = [("on", 0.0, came, _arches), ("plan", came, likely, _arches), ("off", likely, whole, _deck)]
    drawn = [_part(name, start, end, draw) for name, start, end, draw in parts if end - start > 0.001]
    width = _n(max(whole, 1) * ARCH)
    return format_html(
        '<svg class="spans" viewBox="0 0 {} 10" width="{}" height="10" role="img" aria-label="{}">{}</svg>',
        width, width, label, mark_safe("".join(drawn)),
    )  # fmt: skip


def spark(*, values: Sequence[float], scale: Scale, title: str = "") -> SafeString:
    """A line of 112 x 36 on the instrument's own scale; the last value is a dot. Words stand beside it."""
    if not values:
        return mark_safe("")
    step = 104 / max(len(values) - 1, 1)
    points = [(2 + step * at if len(values) > 1 else 106.0, _height(value, scale)) for at, value in enumerate(values)]
    spoken = format_html('role="img" aria-label="{}"', title) if title else mark_safe('aria-hidden="true"')
    last_x, last_y = points[-1]
    return format_html(
        '<svg class="spark" viewBox="0 0 112 36" width="112" height="36" {}>{}<polyline class="line" points="{}"/>'
        '<circle class="last" cx="{}" cy="{}" r="3.5"/></svg>',
        spoken, _band(scale), " ".join(f"{_n(x)},{_n(y)}" for x, y in points), _n(last_x), _n(last_y),
    )  # fmt: skip


def bars(*, rows: Iterable[tuple[str, float]], caption: str = "", unit: str = "") -> SafeString:
    """A table whose numbers have bars: it is its own text alternative."""
    rows = list(rows)
    most = max([value for _label, value in rows] + [0]) or 1
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" width="100" height="8"/><rect class="bar-fill" width="{}" height="8"/></svg></td>'
        '<td class="num">{}{}</td></tr>',
        ((label, _n(max(value, 0) / most * 100), f"{value:g}", f" {unit}" if unit else "") for label, value in rows),
    )
    head = format_html("<caption>{}</caption>", caption) if caption else ""
    return format_html('<table class="bars">{}<tbody>{}</tbody></table>', head, body)


def columns(*, rows: Iterable[tuple[str, float]], title: str, goal: float | None = None) -> SafeString:
    """Columns over time with the goal as a line, and the same numbers as a table beneath."""
    rows = list(rows)
    most = max([value for _label, value in rows] + [goal or 0]) or 1
    wide = 600 / max(len(rows), 1)
    drawn = mark_safe("".join(_column(at * wide, wide, value / most) for at, (_label, value) in enumerate(rows)))
    line = (
        format_html('<line class="goal" x1="0" x2="600" y1="{0}" y2="{0}"/>', _n(120 - goal / most * 116))
        if goal
        else ""
    )
    labels = format_html_join("", "<li>{}</li>", ((label,) for label, _value in rows))
    said = ", ".join(f"{label} {value:g}" for label, value in rows)
    numbers = ((label, f"{value:g}") for label, value in rows)
    table = format_html_join("", '<tr><th scope="row">{}</th><td class="num">{}</td></tr>', numbers)
    return format_html(
        '<figure class="columns-chart">'
        '<svg viewBox="0 0 600 121" width="600" height="128" preserveAspectRatio="none" role="img">'
        '<title>{}</title><desc>{}</desc>{}{}<line class="base" x1="0" x2="600" y1="120" y2="120"/></svg>'
        '<ol aria-hidden="true">{}</ol>'
        '<details class="numbers"><summary>{}</summary><table class="table"><tbody>{}</tbody></table></details>'
        "</figure>",
        title, said, drawn, line, labels, _("Numbers"), table,
    )  # fmt: skip


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _arches(first: int, last: int) -> str:
    """Arches from number `first` up to, not including, `last`, with a gap between two."""
    return "".join(f"M{at * ARCH + 0.4} 0h11.2v10h-1.2a4.4 5.4 0 0 0-8.8 0h-1.2z" for at in range(first, last))


def _deck(first: int, last: int) -> str:
    return "".join(f"M{at * ARCH + 0.4} 0h11.2v3h-11.2z" for at in range(first, last))


def _part(name: str, start: float, end: float, draw: Callable[[int, int], str]) -> str:
    x, width = _n(start * ARCH), _n((end - start) * ARCH)
    path = draw(math.floor(start), math.ceil(end - 0.001))
    return (
        f'<svg x="{x}" width="{width}" height="10" viewBox="{x} 0 {width} 10"><path class="{name}" d="{path}"/></svg>'
    )


def _height(value: float, scale: Scale) -> float:
    share = (value - scale.low) / ((scale.high - scale.low) or 1)
    return 33 - 30 * min(max(share, 0), 1)


def _band(scale: Scale) -> str:
    if scale.good_from is None or scale.good_to is None:
        return ""
    top, foot = _height(scale.good_to, scale), _height(scale.good_from, scale)
    return format_html('<rect class="band" width="112" y="{}" height="{}"/>', _n(top), _n(max(foot - top, 1)))


def _column(x: float, wide: float, share: float) -> str:
    tall, width = max(share, 0) * 116, min(wide * 0.64, 48)
    left, top = x + (wide - width) / 2, 120 - tall
    return f'<rect class="bar-fill" x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(tall)}"/>'
