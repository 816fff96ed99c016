"""Whatever is sealed can be sealed anew: every column of bytes says under which context. Keys stay in their folder."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from daybridge.vault import SealedField

ROOT = Path(__file__).resolve().parents[2]


def test_every_column_of_bytes_is_a_sealed_one():
    bare = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("daybridge.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and not isinstance(field, SealedField)
    ]
    assert bare == [], "use vault.SealedField, so that `daybridge keys rotate` finds it"


def test_every_context_is_made_of_columns_of_its_row():
    wrong = []
    for model in apps.get_models():
        names = {field.attname for field in model._meta.concrete_fields}
        wrong += [
            f"{model._meta.label}.{field.name}: {column}"
            for field in model._meta.concrete_fields
            if isinstance(field, SealedField)
            for column in field.columns
            if column not in names
        ]
    assert wrong == []


def test_no_key_stands_in_the_repository():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    named = [name for name in listed if re.search(r"(^|/)keys/|\.key$|\.pem$|(^|/)data\.json$|\.dbk$", name)]
    assert named == []
    files = [ROOT / name for name in listed if name.endswith((".py", ".toml", ".md", ".json", ".yml", ".html"))]
    long = re.compile(r"(?<![0-9a-f])(?!0{64}|(.)\1{63})[0-9a-f]{64}(?![0-9a-f])")
    assert [
        str(path.relative_to(ROOT)) for path in files if path.exists() and long.search(path.read_text("utf-8"))
    ] == []


@pytest.mark.django_db
def test_no_key_stands_in_the_database(users, now):
    """Every text of every table, after the program was founded and people signed in."""
    from daybridge.people.tests import factories as people
    from daybridge.vault import keyring

    people.document(people.client(next(iter(users.values())).memberships.first().site))
    secrets = {keyring.named(name).hex() for name in ("master.key", "ledger.key", "match.key", "checkpoint.key")}
    secrets |= {key.hex() for key in keyring.ring().keys.values()}
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            told = " ".join(
                bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value) for value in row
            )
            assert not any(secret in told for secret in secrets), model._meta.label
