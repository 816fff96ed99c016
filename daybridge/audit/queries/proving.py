"""Prove the chain: walk it from its start to its head, in one process or several."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import get_context

import django
from django.db import connection, transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from daybridge.asking import Given, prepared
from daybridge.audit import ledger
from daybridge.audit.models import Entry, Head
from daybridge.audit.rules import End, Fault, Line, Link, Walk, What, naming
from daybridge.vault import keyring

CHUNK = 5_000
STEP = 40_000  # entries of one step of a walk that somebody watches: about two seconds
WORTHWHILE = 100_000  # entries from which a second process earns its start
LINE = ("chain", "seq", "at", "actor", "verb", "kind", "object_type", "object_id", "whose", "reason", "origin",
        "data", "previous", "mac")  # fmt: skip
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Proof:
    """The state of the chain: how many entries were walked, where it ends, and every fault found on the way."""

    entries: int
    end: End
    faults: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.faults

    @property
    def broken(self) -> dict[str, object] | None:
        """The first fault as the contract tells it, or None."""
        return self.faults[0].told() if self.faults else None

    def but(self, fault: Fault | None) -> "Proof":
        """The same proof with one more fault; the same when there is none."""
        return replace(self, faults=(*self.faults, fault)) if fault else self


@dataclass(frozen=True, slots=True)
class Way:
    """How far a walk in steps has come: `place` of `until`, with nothing amiss so far."""

    end: End
    count: int
    place: int
    until: int


def step(*, way: Way | None = None) -> Way | Proof:
    """Walk on by one step: how far it is now, or the proof when the end or the first fault was reached."""
    head = Head.objects.filter(pk=ledger.CHAIN).first()
    way = way or Way(End(), 0, 0, head.seq if head else 0)
    walk, place = Walk(_key(), end=way.end, count=way.count), min(way.place + STEP, way.until)
    _walk_to(walk, way.place, place)
    if walk.notes:
        return Proof(walk.count, walk.end, tuple(naming.on_the_way(walk, _sealed(head))))
    return Way(walk.end, walk.count, place, way.until) if place < way.until else _finish(walk)


def verify(*, processes: int = 1, on_progress: Progress | None = None) -> Proof:
    """Walk the chain from its start and name what was done to it. It may be written to meanwhile.

    With several processes the pieces are walked side by side; where one does not fit, the walk is done again, whole.
    """
    head = Head.objects.filter(pk=ledger.CHAIN).first()
    until = head.seq if head else 0
    if processes > 1 and until >= WORTHWHILE:
        end = _side_by_side(until, processes, on_progress)
        if end:
            return _finish(Walk(_key(), end=end, count=until))
    walk = Walk(_key())
    _walk_to(walk, 0, until, on_progress)
    return _finish(walk)


def _walk_to(walk: Walk, start: int, until: int, on_progress: Progress | None = None) -> None:
    for done in range(start, until, CHUNK):
        _walk_on(walk, min(done + CHUNK, until))
        if on_progress:
            on_progress(min(done + CHUNK, until), until)


def _key() -> bytes:
    return keyring.named("ledger.key")


def _walk_on(walk: Walk, until: int) -> None:
    """Walk to the place `until`; from the very beginning nothing is left out, whatever number it bears."""
    if walk.is_full:
        return
    walk.over(_links(walk.end.seq if walk.count else None, until))


@prepared
def _rows(*bounds: str) -> QuerySet:
    """The links after one number, up to another where these are given, in order. The client's id is as it is kept."""
    found = Entry.objects.filter(chain=ledger.CHAIN).annotate(whose=Cast("client_id", CharField()))
    found = found.filter(seq__gt=Given("after")) if "after" in bounds else found
    found = found.filter(seq__lte=Given("until")) if "until" in bounds else found
    return found.order_by("seq", "id").values_list(*LINE)


def _links(after: int | None, until: int | None) -> Iterator[Link]:
    bounds = {name: seq for name, seq in (("after", after), ("until", until)) if seq is not None}
    said = str if connection.vendor == "postgresql" else _with_hyphens
    for *first, client, reason, origin, data, previous, mac in _rows(*bounds, **bounds):
        yield Link(Line(*first, said(client) if client else "", reason, origin, data), previous, mac)


def _with_hyphens(kept: str) -> str:
    """An id as it is signed, from the 32 letters SQLite keeps: written in any other way it was changed."""
    return f"{kept[:8]}-{kept[8:12]}-{kept[12:16]}-{kept[16:20]}-{kept[20:]}"


def _finish(walk: Walk) -> Proof:
    """The entries written meanwhile, and the head; for this moment nobody writes."""
    with transaction.atomic():
        row = Head.objects.select_for_update().filter(pk=ledger.CHAIN).first()
        if not walk.is_full:
            walk.over(_links(walk.end.seq if walk.count else None, None))
        astray = Entry.objects.exclude(chain=ledger.CHAIN).order_by("seq").first()
    faults = naming.named(walk, ledger.CHAIN, _sealed(row))
    if astray:
        faults.append(Fault(What.INSERTED, astray.seq, astray.verb, astray.at))
    return Proof(walk.count, walk.end, tuple(faults))


def _sealed(row: Head | None) -> naming.Head | None:
    return naming.Head(End(row.seq, row.mac), row.seal) if row else None


def _side_by_side(until: int, processes: int, on_progress: Progress | None) -> End | None:
    """The end of the chain's first `until` links, when every piece of them fits; None when one does not."""
    bounds = [until * part // (processes * 4) for part in range(processes * 4 + 1)]
    pieces = list(pairwise(bounds))
    end = End()
    with ProcessPoolExecutor(processes, get_context("spawn"), django.setup) as pool:
        for (_, last), found in zip(pieces, pool.map(_piece, pieces), strict=True):
            if found is None:
                pool.shutdown(cancel_futures=True)
                return None
            end = found
            if on_progress:
                on_progress(last, until)
    return end


def _piece(bounds: tuple[int, int]) -> End | None:
    """Walk the links after the first bound up to the second; their end when all fit, hanging on the one before."""
    first, last = bounds
    before = Entry.objects.filter(chain=ledger.CHAIN, seq=first).values_list("mac", flat=True).first() if first else ""
    if before is None:
        return None
    walk = Walk(_key(), end=End(first, before))
    for done in range(first, last, CHUNK):
        walk.over(_links(walk.end.seq if first or walk.count else None, min(done + CHUNK, last)))
    return walk.end if walk.count == last - first and not walk.notes else None
