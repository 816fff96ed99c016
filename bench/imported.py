"""Run beside a fresh home: `python -m bench.imported [FOLDER]` takes packets in, four times over; prints JSON.

Each pass appends a line break to every packet, so that it is a new file and the whole way is gone again; the person is
then a possible match with the pass before, as in life. Without a folder the simulation writes the packets.
"""

import gc
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from daybridge.config import ready

PASSES, GENERATED = 4, 40


def main(folder: str = "") -> None:
    ready.django()
    ready.database()
    from django.utils import timezone

    site = _site(timezone.now())
    _small_cache()
    passes = [_once(site, folder, number) for number in range(PASSES)]
    names = [name for name, _data in _packets(folder, 0)]
    print(json.dumps({"packets": len(names), "outside": bool(folder), "passes": passes}))


def _small_cache() -> None:
    """The embedded database keeps up to 32 MB of pages; with 1 MB, what grows is ours."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-1000")


def _site(now):
    from daybridge.access.actions import demo, founding
    from daybridge.access.gates import COMMAND_LINE

    demo.found_demo_program(name="Harbor Recovery", timezone="America/New_York", at=now)
    return founding.open_site(name="Harbor Street", timezone="America/New_York", by=COMMAND_LINE, at=now)


def _once(site, folder: str, number: int) -> dict[str, object]:
    from django.utils import timezone

    from daybridge.access.gates import COMMAND_LINE
    from daybridge.admissions.actions import refer

    spent, sizes, statuses, busy = [], 0, {}, 0.0
    for name, data in _packets(folder, number):
        began, worked = time.perf_counter(), time.process_time()
        outcome = refer.receive_packet(site=site, name=name, data=data, by=COMMAND_LINE, at=timezone.now())
        spent.append(time.perf_counter() - began)
        busy += time.process_time() - worked
        sizes += len(data)
        statuses[outcome.status] = statuses.get(outcome.status, 0) + 1
    gc.collect()
    return {
        "per_s": round(len(spent) / sum(spent), 1),
        "per_processor_s": round(len(spent) / busy, 1), "median_ms": round(median(spent) * 1000, 1),
        "slowest_ms": round(max(spent) * 1000, 1), "mb": round(sizes / 2**20, 1), "memory_mb": _memory(),
        "statuses": statuses,
    }  # fmt: skip


def _packets(folder: str, number: int) -> Iterator[tuple[str, bytes]]:
    """One at a time, as the command reads them: first the files as they came, then each with line breaks added."""
    import gzip

    if folder:
        for path in sorted(Path(folder).glob("*.json.gz")):
            data = path.read_bytes()
            yield path.name, gzip.compress(gzip.decompress(data) + b"\n" * number) if number else data
        return
    from random import Random

    from daybridge.simulation.packets import packet
    from daybridge.simulation.personas import persona

    rng, day = Random(7), date(2026, 11, 2)
    for one in range(GENERATED):
        yield f"packet-{one}.json", packet(persona(one, rng, day), day) + b"\n" * number


def _memory() -> float:
    """Megabytes of its own this process holds now, without the database file mapped into it; elsewhere its peak."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return round(next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024, 1)
    except (OSError, StopIteration):
        import resource

        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
