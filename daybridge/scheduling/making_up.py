"""Which session could make up for a missed one, the best first, and why. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Missed:
    """What was missed: topic and category, and the client's own track."""

    topic: object = None
    category: str = ""
    track: object = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One session with a free seat that suits the client."""

    session: Any
    topic: object
    category: str
    track: object
    track_name: str
    starts_at: datetime
    minutes: int
    free: int
    same_day: bool


def ranked(offers: Iterable[Offer], missed: Missed, lacking: int) -> list[Offer]:
    """The missed topic first, then its kind, then what gives the hours that lack, in the client's own track, soon."""

    def order(one: Offer) -> Sequence[object]:
        return (
            one.topic is None or one.topic != missed.topic, not one.category or one.category != missed.category,
            lacking > 0 and one.minutes < lacking, one.track != missed.track, not one.same_day, one.starts_at,
        )  # fmt: skip

    return sorted(offers, key=order)


def _alike(one: Offer, missed: Missed) -> list[str]:
    if one.topic is not None and one.topic == missed.topic:
        return [_("the same topic")]
    if one.category and one.category == missed.category:
        return [_("the same kind of group")]
    return []


def reasons(one: Offer, missed: Missed, lacking: int) -> list[str]:
    """Why a session is a good one, in words; what is nothing special is not said."""
    said = _alike(one, missed)
    if 0 < lacking <= one.minutes:
        said.append(_("brings the week to its hours"))
    if one.same_day:
        said.append(_("on a day the client comes anyway"))
    if one.track != missed.track:
        said.append(_("in another track: %(name)s") % {"name": one.track_name})
    said.append(ngettext("%(n)d seat free", "%(n)d seats free", one.free) % {"n": one.free})
    return said
