"""One table on the screen, one JSON file to keep."""

import json
from datetime import UTC, datetime
from pathlib import Path

from bench import machine

RESULTS = Path(__file__).with_name("results")


def show(rows: list[dict]) -> None:
    """Measure, value, goal, and whether it is met; rows without a goal only tell."""
    wide = [max(len(str(row[key])) for row in rows) for key in ("what", "value", "goal")]
    for row in rows:
        met = {True: "met", False: "NOT met", None: ""}[row["met"]]
        cells = [str(row[key]).ljust(size) for key, size in zip(("what", "value", "goal"), wide, strict=True)]
        print("  ".join([*cells, met]).rstrip())


def row(what: str, value: object, goal: str = "", met: bool | None = None) -> dict:
    return {"what": what, "value": value, "goal": goal, "met": met}


def keep(names: list[str], rows: list[dict], raw: dict) -> Path:
    """Write bench/results/<time>-<names>.json."""
    now = datetime.now(UTC)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y%m%dT%H%M%SZ}-{'-'.join(names)}.json"
    body = {"at": now.isoformat(timespec="seconds"), "machine": machine.told(), "table": rows, "raw": raw}
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
