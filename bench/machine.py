"""On what it was measured."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit


def told() -> dict[str, object]:
    """Cores, memory, Python, database and the versions that matter."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": _memory(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "database": database(),
        "load_before": [round(one, 2) for one in os.getloadavg()],
        "versions": {name: version(name) for name in ("daybridge", "django", "granian", "whitenoise", "orjson")},
    }


def database() -> str:
    """The kind of database in use, with its version where that is known here."""
    if urlsplit(os.environ.get("DATABASE_URL", "")).scheme.startswith("postgres"):
        import psycopg

        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            return f"PostgreSQL {connection.info.server_version // 10000}"
    import sqlite3

    return f"SQLite {sqlite3.sqlite_version}"


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (ValueError, OSError):
        return None


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
