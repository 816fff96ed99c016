"""Larger figures: asked for by a page, drawn once by the job worker, kept under the hash of spec and words."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from daybridge.attendance.models import Figure
from daybridge.jobs import actions as jobs

TASK = "draw-figure"
# Colors are our own tokens, so a figure follows light, dark and contrast like everything else on the page.
LOOK: dict[str, Any] = {
    "background": "transparent",
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--ink-soft)", "titleColor": "var(--ink-soft)", "gridColor": "var(--line)",
        "domainColor": "var(--line-strong)", "tickColor": "var(--line-strong)", "labelFontSize": 12,
        "titleFontSize": 12, "titleFontWeight": 500,
    },
    "legend": {"labelColor": "var(--ink)", "labelFontSize": 12, "title": None, "orient": "top"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draw: a Vega-Lite spec with its data (sums, never a client), and what it says in words."""

    spec: dict[str, Any]
    title: str
    description: str

    @property
    def hash(self) -> str:
        """SHA-256 (hex) over spec, look and words."""
        body = [self.spec, LOOK, self.title, self.description]
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure for the page; `svg` is empty while it is being drawn."""

    hash: str
    svg: SafeString


@transaction.atomic
def want(*, figure: Wanted, by, at: datetime) -> Shown:
    """The figure if it is drawn; otherwise asks the job worker for it, once a day at most while it is missing."""
    found, _new = Figure.objects.get_or_create(
        hash=figure.hash,
        defaults={
            "spec": {**figure.spec, "config": LOOK}, "title": figure.title, "description": figure.description,
            "asked_at": at,
        },
    )  # fmt: skip
    if not found.svg:
        key = f"{TASK}:{found.hash}:{at:%Y-%m-%d}"
        jobs.ask(task=TASK, key=key, arguments=[found.hash], by=by, at=at)
    return shown(found)


def standing(*, figure_hash: str) -> Shown:
    """The figure as it stands; nothing in it belongs to one site or person. Raises Figure.DoesNotExist."""
    return shown(Figure.objects.get(pk=figure_hash))


def shown(figure: Figure) -> Shown:
    return Shown(figure.hash, mark_safe(figure.svg))  # our own writer's markup, see draw()


def draw(job) -> None:
    """The job worker's part: draw the figure named by the job. Drawing it again gives the same picture."""
    import vl_convert  # 100 MB once it draws: loaded in the worker, never where pages are served

    figure = Figure.objects.get(pk=job.arguments[0])
    svg = spoken(vl_convert.vegalite_to_svg(figure.spec), figure.title, figure.description)
    Figure.objects.filter(pk=figure.hash).update(svg=svg, made_at=timezone.now())


def spoken(svg: str, title: str, description: str) -> str:
    """The picture with its name and its words for people who do not see it."""
    start, rest = svg.split(">", 1)
    start = f'{start} role="img" aria-label={quoteattr(title)}'
    return f"{start}><title>{escape(title)}</title><desc>{escape(description)}</desc>{rest}"
