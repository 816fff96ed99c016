"""Run beside a fresh home: `python -m bench.chain [ENTRIES]` proves a long chain and weighs one line; prints JSON.

The entries are written in bulk, but each is linked by the function the ledger itself uses.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

from daybridge.config import ready

LINES, ROUNDS = 300, 5
START = datetime(2026, 1, 5, 13, tzinfo=UTC)


def main(entries: str = "1000000") -> None:
    ready.django()
    ready.database()
    from daybridge.audit import queries

    weighed = _weighed()
    began = time.perf_counter()
    _lengthen(int(entries))
    written, worked = time.perf_counter() - began, time.process_time()
    proof, alone, memory = _timed(lambda on: queries.verify(on_progress=on))
    worked = time.process_time() - worked
    cores = os.cpu_count() or 1
    again, together, _ = _timed(lambda on: queries.verify(processes=cores, on_progress=on))
    if not (proof.ok and again.ok and proof.entries == again.entries):
        raise SystemExit("the chain is not whole")
    spent = {"written_s": written, "one_process_s": alone, "processor_s": worked, "together_s": together}
    told = {name: round(seconds, 1) for name, seconds in spent.items()} | weighed
    print(json.dumps({"entries": proof.entries, "processes": cores, "memory_mb": memory, **told}))


def _timed(prove: Callable) -> tuple[object, float, list[float]]:
    """The proof, its seconds, and the megabytes of this process at each tenth of the way."""
    memory: list[float] = []

    def note(done: int, total: int) -> None:
        if len(memory) < done * 10 // total:
            memory.append(_memory())

    began = time.perf_counter()
    return prove(note), time.perf_counter() - began, memory


def _memory() -> float:
    """Megabytes of its own this process holds, without the database file mapped into it."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return round(next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024, 1)
    except (OSError, StopIteration):
        return 0.0


def _lengthen(entries: int) -> None:
    """Write honest entries up to that number, of the kinds and sizes a program writes."""
    from bench.lines import hang
    from daybridge.audit import ledger
    from daybridge.audit.models import Head

    hang(_facts(seq) for seq in range(Head.objects.get(pk=ledger.CHAIN).seq + 1, entries + 1))


def _facts(seq: int) -> dict[str, object]:
    client = UUID(int=seq % 50_000 + 1)
    kind, verb, data = (
        ("read", "chart.read", {}),
        ("read", "list.seen", {"clients": [str(UUID(int=one)) for one in range(1, 12)]}),
        ("write", "roll.mark", {"was": "expected", "now": "present"}),
        ("disclosure", "consent.disclosed", {"purpose": "treatment", "parts": ["plan", "attendance"]}),
    )[seq % 4]
    return {
        "at": START + timedelta(seconds=seq), "actor": f"user:{UUID(int=seq % 40 + 1)}", "verb": verb, "kind": kind,
        "object_type": "people.client", "object_id": str(client), "client_id": client, "origin": "10.0.0.7",
        "data": data,
    }  # fmt: skip


def _weighed() -> dict[str, object]:
    """Milliseconds of a plain insert, and of the same insert with its line on the ledger, turn by turn."""
    from django.db import transaction

    from daybridge.access.gates import COMMAND_LINE
    from daybridge.audit import ledger
    from daybridge.people.models import Phone
    from daybridge.people.tests import factories

    client = factories.client(_site())
    spent: dict[str, list[float]] = {"plain": [], "with_line": []}
    for number in range(LINES * ROUNDS):
        for name, times in spent.items():
            began = time.perf_counter()
            with transaction.atomic():
                row = Phone.objects.create(client=client, number=f"{name}{number}")
                if name == "with_line":
                    ledger.record("bench.line", row, by=COMMAND_LINE, at=START, number=number)
            times.append((time.perf_counter() - began) * 1000)
    plain, lined = (round(median(times), 3) for times in spent.values())
    return {"insert_ms": plain, "insert_with_line_ms": lined, "ratio": round(lined / plain, 2)}


def _site():
    from daybridge.access.actions import demo, founding
    from daybridge.access.gates import COMMAND_LINE

    demo.found_demo_program(name="Harbor Recovery", timezone="America/New_York", at=START)
    return founding.open_site(name="Harbor Street", timezone="America/New_York", by=COMMAND_LINE, at=START)


if __name__ == "__main__":
    main(*sys.argv[1:])
