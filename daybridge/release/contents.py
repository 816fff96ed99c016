"""The record's entries by kind and label: what a paper may be made of, cell by cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from daybridge.admissions.models import PacketItem
from daybridge.attendance.models import RollLine
from daybridge.consent.rules import Kind, Period, Request
from daybridge.consent.rules.labels import label
from daybridge.episodes.models import Episode
from daybridge.release.rules import Ask
from daybridge.rights.record import SECTIONS, Entry, Whose
from daybridge.scheduling.models import Booking

UNDATED = frozenset((Kind.PRESENCE, Kind.DEMOGRAPHICS))
OF_PACKETS = {Kind.DIAGNOSES: "condition", Kind.MEDICATION: "medication"}
OF_RECORD = {
    Kind.DEMOGRAPHICS: "person", Kind.REFERRAL: "referrals", Kind.LEVEL_OF_CARE: "assessments", Kind.PLAN: "plans",
    Kind.NOTES: "notes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry with the cell the gate has to let out: "notes", "diagnoses:hiv"."""

    cell: str
    entry: Entry


def pieces(of: Whose, kinds: tuple[str, ...], period: Period | None) -> list[Piece]:
    """Everything of these kinds, in their order, about these days; what bears no day stays out of a period."""
    found = [piece for kind in kinds for piece in _of_kind(of, Kind(kind))]
    if period is None:
        return found
    return [one for one in found if one.cell.partition(":")[0] in UNDATED or _inside(one.entry, period, of.zone)]


def _of_kind(of: Whose, kind: Kind) -> Iterator[Piece]:
    if kind in OF_PACKETS:
        yield from _coded(of, kind)
        return
    readers: dict[Kind, Callable[[Whose], Iterator[Entry]]] = {
        Kind.PRESENCE: _presence, Kind.SCHEDULE: _schedule, Kind.ATTENDANCE: _attendance,
    }  # fmt: skip
    reader = readers.get(kind) or SECTIONS[OF_RECORD[kind]][1]
    yield from (Piece(label(kind), entry) for entry in reader(of))


def _coded(of: Whose, kind: Kind) -> Iterator[Piece]:
    """What packets brought, each with the label its code has."""
    for item in PacketItem.objects.filter(referral__client__in=of.ids, kind=OF_PACKETS[kind]):
        facts = ((_("From"), item.start), (_("Until"), item.end), (_("Code"), item.code))
        cell = label(kind, system=item.system, code=item.code, age=_age(of.client.birth_date, item.start))
        yield Piece(cell, Entry(item.text, facts))


def _age(born: date | None, on: date | None) -> int | None:
    if born is None or on is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _presence(of: Whose) -> Iterator[Entry]:
    stays = Episode.objects.filter(client__in=of.ids).order_by("-admitted_on")
    here = any(one.ended_on is None for one in stays)
    yield Entry(_("In care with us"), ((_("Now"), _("yes") if here else _("no")),))


def _schedule(of: Whose) -> Iterator[Entry]:
    """When and where, not what about."""
    booked = Booking.objects.filter(episode__client__in=of.ids, status="booked").select_related("session")
    for one in booked.order_by("session__starts_at"):
        session = one.session
        yield Entry(_("Session"), ((_("Begins"), session.starts_at), (_("Ends"), session.ends_at)))


def _attendance(of: Whose) -> Iterator[Entry]:
    lines = RollLine.objects.filter(episode__client__in=of.ids).exclude(mark="expected").select_related("session")
    for line in lines.order_by("session__starts_at"):
        yield Entry(_("Session"), (
            (_("Began"), line.session.starts_at), (_("Came"), line.mark),
            (_("Minutes counted"), line.credited_minutes),
        ))  # fmt: skip


def _inside(entry: Entry, period: Period, zone: ZoneInfo) -> bool:
    day = next((_day(value, zone) for _term, value in entry.facts if isinstance(value, date)), None)
    return day is not None and period.holds(Period(day, day))


def _day(value: date, zone: ZoneInfo) -> date:
    return value.astimezone(zone).date() if isinstance(value, datetime) else value


def request_for(ask: Ask, found: list[Piece]) -> Request:
    """What the gate is asked: the kinds wanted, each sensitive part of them by its own label."""
    cells = dict.fromkeys([*ask.kinds, *(one.cell for one in found)])
    return Request(
        recipient=ask.recipient, purpose=ask.purpose, kinds=tuple(cells), what="a paper from the record",
        period=ask.period, ground=ask.ground,
    )  # fmt: skip
