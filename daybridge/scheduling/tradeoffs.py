"""What speaks for and against one possible week, in words: hours, days, breaks, liked times, counselor, last week."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.scheduling.rules import Local, Service, Slot, joined, local
from daybridge.scheduling.shortfalls import DAYS, hours, when

BREAK = 15  # minutes between two sessions of a day that nobody minds


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence about a week: whether it is good to have (ok), a price (wait) or neither (quiet)."""

    tone: str
    text: str

    @property
    def shape(self) -> str:
        return {"ok": "check", "wait": "minus"}.get(self.tone, "dot")


@dataclass(frozen=True, slots=True)
class Before:
    """What a week is compared with: the plan, the times the client would rather not come, who and what they know.

    `series` are the sessions of this week the client came to last week or is booked into now: id to title and time.
    """

    target_minutes: int
    days_min: int
    unliked: tuple[Local, ...] = ()
    counselor: tuple[object, str] | None = None
    series: tuple[tuple[object, str, Local], ...] = ()


def points(slots: Sequence[Slot], given_back: Sequence[Slot], before: Before, zone: ZoneInfo) -> tuple[Point, ...]:
    """Every sentence about a week, hours first."""
    spans = [(slot, local(slot.starts_at, slot.ends_at, zone)) for slot in slots]
    return (
        *_hours(slots, before), *_days(spans, before), *_breaks([span for _slot, span in spans]),
        *_liked(spans, before), *_counselor(spans, before), *_series(slots, before), *_given_back(given_back, zone),
    )  # fmt: skip


def breaks(spans: Iterable[Local]) -> list[tuple[int, int]]:
    """The waits between sessions of one day that are longer than nobody minds: weekday and minutes."""
    days: dict[int, list[Local]] = {}
    for span in sorted(spans):
        days.setdefault(span.weekday, []).append(span)
    gaps = ((day, late.start - early.end) for day, mine in days.items() for early, late in pairwise(joined(mine)))
    return [(day, minutes) for day, minutes in gaps if minutes > BREAK]


def _hours(slots: Sequence[Slot], before: Before) -> Iterator[Point]:
    minutes = sum(slot.minutes for slot in slots)
    if minutes >= before.target_minutes:
        yield Point("ok", _("All %(hours)s hours of the plan") % {"hours": hours(before.target_minutes)})
    else:
        words = _("%(hours)s of %(target)s hours; %(short)s short")
        short = hours(before.target_minutes - minutes)
        told = {"hours": hours(minutes), "target": hours(before.target_minutes), "short": short}
        yield Point("wait", words % told)


def _days(spans: Sequence[tuple[Slot, Local]], before: Before) -> Iterator[Point]:
    days = sorted({span.weekday for _slot, span in spans})
    named = ", ".join(DAYS[day] for day in days)
    words = ngettext("%(n)d day: %(days)s", "%(n)d days: %(days)s", len(days)) % {"n": len(days), "days": named}
    if len(days) < before.days_min:
        yield Point("wait", _("%(days)s; the plan asks for %(least)d") % {"days": words, "least": before.days_min})
    else:
        yield Point("quiet", words)


def _breaks(spans: Sequence[Local]) -> Iterator[Point]:
    found = breaks(spans)
    if not found:
        yield Point("ok", _("No waiting between sessions"))
        return
    told = ", ".join(_("%(n)d minutes on %(day)s") % {"n": minutes, "day": DAYS[day]} for day, minutes in found)
    yield Point("wait", _("Waits in between: %(told)s") % {"told": told})


def _liked(spans: Sequence[tuple[Slot, Local]], before: Before) -> Iterator[Point]:
    if not before.unliked:
        return
    against = [
        (slot, span) for slot, span in spans
        if any(span.weekday == no.weekday and span.start < no.end and no.start < span.end for no in before.unliked)
    ]  # fmt: skip
    if not against:
        yield Point("ok", _("Every time is one the client likes"))
        return
    told = ", ".join(when(span) for _slot, span in against)
    yield Point("wait", _("At times the client would rather not come: %(told)s") % {"told": told})


def _counselor(spans: Sequence[tuple[Slot, Local]], before: Before) -> Iterator[Point]:
    own = [(slot, span) for slot, span in spans if slot.kind == Service.INDIVIDUAL]
    if before.counselor is None or not own:
        return
    known, name = before.counselor
    for slot, span in own:
        if slot.lead_id == known:
            words = _("Own session with %(name)s, the client’s counselor, %(when)s")
            yield Point("ok", words % {"name": name, "when": when(span)})
        else:
            words = _("Own session %(when)s with %(other)s instead of %(name)s")
            yield Point("wait", words % {"when": when(span), "other": slot.lead, "name": name})


def _series(slots: Sequence[Slot], before: Before) -> Iterator[Point]:
    if not before.series:
        return
    kept = {slot.session_id for slot in slots}
    lost = [f"{title} {when(span)}" for one, title, span in before.series if one not in kept]
    if not lost:
        yield Point("ok", _("Keeps every group the client knows"))
        return
    told = {"kept": len(before.series) - len(lost), "all": len(before.series), "lost": ", ".join(lost)}
    yield Point("wait", _("Keeps %(kept)d of %(all)d groups the client knows; leaves %(lost)s") % told)


def _given_back(slots: Sequence[Slot], zone: ZoneInfo) -> Iterator[Point]:
    if slots:
        told = ", ".join(f"{slot.title} {when(local(slot.starts_at, slot.ends_at, zone))}" for slot in slots)
        words = ngettext(
            "Gives %(n)d booked seat back: %(told)s", "Gives %(n)d booked seats back: %(told)s", len(slots)
        )
        yield Point("quiet", words % {"n": len(slots), "told": told})
