"""The public instances of the weekly schedule: where they are, what is known of them, and the independent checker."""

import csv
import gzip
import importlib.util
import json
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
DATA = SHARED / "data" / "scheduling"
CHECKER = SHARED / "tools" / "check_schedule.py"
NONE = "the public instances (../shared/data/scheduling) are not here"


def are_here() -> bool:
    """Whether there is anything to measure."""
    return DATA.is_dir() and CHECKER.is_file()


def load(name: str) -> dict[str, Any]:
    """An instance as JSON."""
    plain = DATA / f"{name}.json"
    read = plain.read_bytes() if plain.exists() else gzip.decompress((DATA / f"{name}.json.gz").read_bytes())
    return json.loads(read)


def sample(name: str) -> dict[str, Any] | None:
    """The best known week of an instance, where there is one."""
    path = DATA / "samples" / f"{name}.best.json"
    return json.loads(path.read_bytes()) if path.exists() else None


def names(*starts: str) -> list[str]:
    """Instances whose names start so."""
    return sorted(path.name.split(".")[0] for path in DATA.glob("*.json*") if path.name.startswith(starts))


def bounds() -> dict[str, dict[str, str]]:
    """Best known costs and proven bounds by instance."""
    with (DATA / "bounds.csv").open() as file:
        return {row["instance"]: row for row in csv.DictReader(file)}


def judged(instance: dict[str, Any], schedule: dict[str, Any]) -> dict[str, Any]:
    """The independent checker's answer, its violations by rule among it."""
    spec = importlib.util.spec_from_file_location("check_schedule", CHECKER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checker = module.Checker(instance, schedule)
    return checker.run() | {"rules": sorted({rule for rule, _ in checker.bad})}
