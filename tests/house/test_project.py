"""Promises of the repository as a whole."""

import io
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.house import locks

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ROOT / "daybridge"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_the_lock_files_match():
    assert locks.faults() == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    out = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)


def test_no_machine_and_no_registry_is_named():
    pattern = re.compile(r"/ro" r"ot/|/ho" r"me/[a-z]+/|/wo" r"rk/|py" r"pi\.org|python" r"hosted|registry\.n" r"pm")
    wrong = []
    for path in tracked():
        if path.suffix in {".png", ".mo", ".gz"}:
            continue
        wrong += [f"{path.relative_to(ROOT)}: {m[0]}" for m in pattern.finditer(path.read_text("utf-8", "ignore"))]
    assert wrong == []


def test_every_model_has_a_retention_class():
    import tomllib

    classes = tomllib.loads((ROOMS / "config" / "retention.toml").read_text(encoding="utf-8"))
    listed = {model for row in classes.values() for model in row["models"]}
    named = {m._meta.label for m in apps.get_models() if m.__module__.startswith("daybridge.")}
    assert named - listed == set()
    assert listed - named == set()


def test_every_room_says_what_it_is():
    rooms = {path.parent for path in ROOMS.glob("*/apps.py")}
    assert [room.name for room in rooms if not (room / "README.md").exists()] == []


def test_every_constraint_is_named_after_its_table():
    wrong = []
    for model in apps.get_models():
        if model.__module__.startswith("daybridge."):
            wrong += [c.name for c in model._meta.constraints if not c.name.startswith(model._meta.app_label)]
    assert wrong == []
