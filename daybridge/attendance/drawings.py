"""The one larger figure of this room, as a Vega-Lite spec."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.attendance.figures import Wanted
from daybridge.attendance.queries import Week


def delivered_against_prescribed(weeks: Sequence[Week]) -> Wanted:
    """Bars of hours delivered, a tick for what the plans asked for, one pair a week."""
    rows = numbers(weeks)
    x = {"field": "week", "type": "ordinal", "sort": None, "axis": {"labelAngle": 0, "title": None, "ticks": False}}
    kinds = [_("Delivered"), _("Prescribed")]
    colors = {"type": "nominal", "scale": {"domain": kinds, "range": ["var(--accent)", "var(--ink)"]}}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": 720, "height": 180,
        "encoding": {"x": x},
        "layer": [
            _layer({"type": "bar", "width": {"band": 0.55}, "cornerRadiusEnd": 3}, "delivered", kinds[0], colors),
            _layer({"type": "tick", "thickness": 3, "width": {"band": 0.8}}, "prescribed", kinds[1], colors),
        ],
    }  # fmt: skip
    said = "; ".join(_("week of {week}: {delivered} of {prescribed} hours").format(**row) for row in rows)
    return Wanted(spec, _("Hours delivered against prescribed, last 8 weeks"), said)


def numbers(weeks: Sequence[Week]) -> list[dict[str, object]]:
    """The figure's rows, in hours with one decimal; the table beside it shows the same."""
    return [
        {
            "week": date_format(week.first, "M j"), "delivered": round(week.delivered / 60, 1),
            "prescribed": round(week.prescribed / 60, 1),
        }
        for week in weeks
    ]  # fmt: skip


def _layer(mark: dict[str, object], field: str, words: str, colors: dict[str, object]) -> dict[str, object]:
    y = {"field": field, "type": "quantitative", "title": _("Hours"), "axis": {"tickCount": 4, "domain": False}}
    return {"mark": mark, "encoding": {"y": y, "color": {"datum": words, **colors}}}
