"""`make bench`, or a part of it: `make bench BENCH=pages`. Ratios of one run, medians; one table, one JSON file.

BENCH_FULL=1 measures the pages at 100,000 clients too.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.table import keep, row, show
from tests.journeys.harness.places import place

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = ROOT.parent / "shared" / "data" / "synthea"
SMALL, MIDDLE, LARGE = 1_000, 10_000, 100_000
LINES, PROOF = 1_000_000, 60
MORE = 0.10
RATE, FLAT, GATE, P95, SHARE, GROWTH, WEIGHT = 20, 1.05, 5, 100, 0.15, 1.5, 120_000


def beside(module: str, *arguments: str) -> dict:
    """Run a measuring module in a fresh home; what its last line says."""
    with place() as surroundings:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments], env=surroundings, cwd=ROOT, text=True, capture_output=True,
            check=False,
        )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{module} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def imports() -> tuple[list[dict], dict]:
    """Packets a second, and memory over four passes."""
    outside = OUTSIDE.is_dir()
    if not outside:
        print("· the outside packets (../shared/data/synthea) are not here; packets of the simulation instead")
    raw = beside("bench.imported", *([str(OUTSIDE)] if outside else []))
    first, last = raw["passes"][0], raw["passes"][-1]
    grown = round(last["memory_mb"] / raw["passes"][1]["memory_mb"], 3)
    kind = "outside" if outside else "simulated"
    return [
        row(f"import, {raw['packets']} {kind} packets, {first['mb']} MB", f"{first['per_s']} a second",
            f"at least {RATE}", first["per_s"] >= RATE),
        row("import, a second of processor time (when the machine is busy)", first["per_processor_s"]),
        row("import, memory of pass 4 by that of pass 2", grown, f"at most {FLAT}", grown <= FLAT),
    ], raw  # fmt: skip


def pages() -> tuple[list[dict], dict]:
    """Server time, queries and share of an empty view's throughput, at growing numbers of clients."""
    sizes = [SMALL, MIDDLE, *([LARGE] if os.environ.get("BENCH_FULL") else [])]
    raw = {}
    for size in sizes:
        print(f"· pages at {size:,} clients")
        raw[str(size)] = beside("bench.measured", str(size))
    rows = [one for name in ("Today", "board", "chart", "roll") for one in _page(name, raw)]
    return rows, raw


def _page(name: str, raw: dict) -> list[dict]:
    small, middle = raw[str(SMALL)]["pages"][name], raw[str(MIDDLE)]["pages"][name]
    rows = [
        row(f"{name}, p50 / p95 at {MIDDLE:,}", f"{middle['p50_ms']} / {middle['p95_ms']} ms", f"p95 at most {P95}",
            middle["p95_ms"] <= P95),
        row(f"{name}, throughput by that of an empty view", middle["of_empty"], f"at least {SHARE}",
            middle["of_empty"] >= SHARE),
        row(f"{name}, queries at {SMALL:,} and {MIDDLE:,}", f"{small['queries']} and {middle['queries']}", "the same",
            small["queries"] == middle["queries"]),
    ]  # fmt: skip
    if str(LARGE) in raw:
        growth = round(raw[str(LARGE)]["pages"][name]["p95_ms"] / small["p95_ms"], 2)
        rows.append(row(f"{name}, p95 at {LARGE:,} by p95 at {SMALL:,}", growth, f"at most {GROWTH}", growth <= GROWTH))
    return rows


def weight() -> tuple[list[dict], dict]:
    """The first load of Today, over the wire."""
    from bench import weight as today
    from tests.journeys.harness import chromium

    if chromium.path() is None:
        print(f"· {chromium.NONE}")
        return [], {}
    raw = today.measured()
    kinds = ", ".join(raw["encodings"])
    return [
        row("Today, first load over the wire", f"{raw['bytes'] / 1000:.1f} kB ({kinds})", f"at most {WEIGHT // 1000}",
            raw["bytes"] <= WEIGHT),
        row("Today, other hosts asked", len(raw["elsewhere"]), "0", not raw["elsewhere"]),
        row("Today, layout shift", raw["layout_shift"], "0", raw["layout_shift"] == 0),
    ], raw  # fmt: skip


def gate() -> tuple[list[dict], dict]:
    """One answer of the gate, and whether it grows with the number of clients."""
    print(f"· the gate at {SMALL:,} and {LARGE:,} clients")
    raw = beside("bench.gate", str(SMALL), str(LARGE))
    small, large = raw[str(SMALL)], raw[str(LARGE)]
    answer, growth = large["answer"], round(large["answer"]["p50_ms"] / small["answer"]["p50_ms"], 2)
    weight = round(large["rules"]["p50_ms"] / answer["p50_ms"], 3)
    return [
        row(f"gate, an answer at {LARGE:,}, p50 / p95", f"{answer['p50_ms']} / {answer['p95_ms']} ms",
            f"p95 at most {GATE}", answer["p95_ms"] <= GATE),
        row(f"gate, an answer at {LARGE:,} by one at {SMALL:,} (p50)", growth, f"at most {GROWTH}", growth <= GROWTH),
        row("gate, processor time of an answer, p50 / p95 (when the machine is busy)",
            f"{answer['processor_p50_ms']} / {answer['processor_p95_ms']} ms"),
        row("gate, share of the rules themselves in an answer", weight),
        row(f"gate, an answer written down at {LARGE:,}, p50 / p95",
            f"{large['cleared']['p50_ms']} / {large['cleared']['p95_ms']} ms"),
    ], raw  # fmt: skip


def chain() -> tuple[list[dict], dict]:
    """The proof of a long ledger, its memory, and what one line costs."""
    print(f"· a ledger of {LINES:,} lines; writing them takes minutes")
    raw = beside("bench.chain", str(LINES))
    flat = round(raw["memory_mb"][-1] / raw["memory_mb"][0], 3) if raw["memory_mb"] else 0
    return [
        row(f"proof of {raw['entries']:,} lines, {raw['processes']} processes", f"{raw['together_s']} s",
            f"at most {PROOF}", raw["together_s"] <= PROOF),
        row(f"proof of {raw['entries']:,} lines, one process", f"{raw['one_process_s']} s"),
        row("the same, seconds of processor time (when the machine is busy)", raw["processor_s"]),
        row("proof, memory at its end by that at a tenth", flat, f"at most {FLAT}", flat <= FLAT),
        row("a row, and a row with its ledger line", f"{raw['insert_ms']} and {raw['insert_with_line_ms']} ms"),
    ], raw  # fmt: skip


def reach() -> tuple[list[dict], dict]:
    """What reach and ledger together add to a page."""
    print(f"· pages with and without reach and ledger at {SMALL:,} clients")
    raw = beside("bench.reach", str(SMALL))
    rows = [
        row(f"{name}, with reach and ledger by without", f"{one['on_ms']} / {one['off_ms']} ms: {one['more']:+.1%}",
            f"at most {MORE:.0%} more", one["more"] <= MORE)
        for name, one in raw["pages"].items()
    ]  # fmt: skip
    locks = [
        row(f"{name}, with row-level security by without", f"{one['on_ms']} / {one['unlocked_ms']} ms: "
            f"{one['lock_more']:+.1%}")
        for name, one in raw["pages"].items() if "unlocked_ms" in one
    ]  # fmt: skip
    return rows + locks, raw


PARTS = {"chain": chain, "gate": gate, "import": imports, "pages": pages, "reach": reach, "weight": weight}


def main(wanted: list[str]) -> int:
    names = wanted or list(PARTS)
    if unknown := [name for name in names if name not in PARTS]:
        print(f"There is no benchmark “{unknown[0]}”. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    rows, raw = [], {}
    for name in names:
        print(f"· measuring {name}")
        found, raw[name] = PARTS[name]()
        rows += found
    show(rows)
    print(f"kept in {keep(names, rows, raw).relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
