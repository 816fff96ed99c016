"""Run beside a fresh home: `python -m bench.reach CLIENTS` prints what reach and ledger cost the pages, as JSON.

Each page is answered in turns as it is and with both taken out: everybody at one's sites is shown, nothing is written
down, and the database's second lock stays open. On PostgreSQL also with only that second lock open: what it costs by
itself. Only here may they be taken out.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from statistics import median
from typing import Any
from unittest.mock import patch

from daybridge.config import ready

WARM, ROUNDS = 8, 120


def main(clients: int) -> None:
    ready.django()
    ready.database()
    from django.conf import settings
    from django.utils import timezone

    settings.ROOT_URLCONF = "bench.addresses"
    settings.ALLOWED_HOSTS = ["testserver"]
    from bench import measured, scale

    measured._collect()
    now = timezone.now()
    house = scale.fill(clients, now)[0]
    measured._settle()
    pages = measured._pages(house, now)
    print(json.dumps({"clients": clients, "pages": _cost(pages)}))


@dataclass(frozen=True)
class Everybody:
    """In the place of reach: the filter every list has anyway, by site."""

    sites: Any

    def of(self, path: str = "", *, site: str = "", also: Any = None) -> Any:
        from django.db.models import Q

        return Q(**{f"{site or (path + '__site' if path else 'site')}__in": self.sites})


@contextmanager
def without() -> Iterator[None]:
    """No reach but the site's, no ledger, no second lock."""
    from django.db.models import Q

    from daybridge.access.reach import WAYS, Near
    from daybridge.access.rules import Permission
    from daybridge.asking import Given, Shaped

    def sites_only(by, permission: Permission, path: str = "", *, site: str = "", also: Q | None = None) -> Q:
        return Everybody(by.sites_with(permission)).of(path, site=site)

    def asking(by, permission: Permission) -> Shaped:
        return Shaped(Everybody(Given("sites-only")), {"sites-only": list(by.sites_with(permission))})

    def nothing(*_given: object, **_named: object) -> None:
        return None

    with ExitStack() as out:
        for name, instead in {
            "daybridge.people.reach.clients_within": sites_only,
            "daybridge.people.reach.asking": asking, "daybridge.people.reach.is_whole": lambda *_given: True,
            "daybridge.people.reach.not_hidden": lambda *_given: Q(),
            "daybridge.access.rowlock.is_on": lambda: False,
            "daybridge.audit.ledger.read": nothing, "daybridge.audit.ledger.read_list": nothing,
            "daybridge.audit.ledger.record": nothing,
        }.items():  # fmt: skip
            out.enter_context(patch(name, instead))
        out.enter_context(patch.object(WAYS, "near", lambda _user_id: Near()))
        yield


def _cost(pages: dict[str, Callable[[], None]]) -> dict[str, dict[str, float]]:
    """Milliseconds of each page in each way, taken in turns; and by how much it is more, the middle of the turns."""
    ways = {"on": nullcontext, "off": without} | ({"unlocked": unlocked} if _has_lock() else {})
    spent = {name: {way: [] for way in ways} for name in pages if name != "empty"}
    for place in range(WARM + ROUNDS):
        for name, taken in spent.items():
            for way, as_it_is in ways.items():
                with as_it_is():
                    milliseconds = _timed(pages[name])
                if place >= WARM:
                    taken[way].append(milliseconds)
    return {name: _told(taken) for name, taken in spent.items()}


def _told(taken: dict[str, list[float]]) -> dict[str, float]:
    told = {f"{way}_ms": round(median(some), 2) for way, some in taken.items()}
    told["more"] = _more(taken["on"], taken["off"])
    return told | ({"lock_more": _more(taken["on"], taken["unlocked"])} if "unlocked" in taken else {})


def _more(some: list[float], others: list[float]) -> float:
    """By how much a turn takes longer in one way than in the other: a busy moment meets both."""
    return round(median(one / other for one, other in zip(some, others, strict=True)) - 1, 3)


def _has_lock() -> bool:
    from daybridge.access import rowlock

    return rowlock.is_on()


def unlocked() -> AbstractContextManager[object]:
    """Only without the database's second lock."""
    return patch("daybridge.access.rowlock.is_on", lambda: False)


def _timed(ask: Callable[[], None]) -> float:
    """Processor time where the database is inside this process, else the time it takes."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    began = clock()
    ask()
    return (clock() - began) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]))
