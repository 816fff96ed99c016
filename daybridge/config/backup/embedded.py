"""The embedded database in a backup: one consistent copy of the file."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from daybridge.audit.ledger import CHAIN
from daybridge.config.backup.manifest import Manifest
from daybridge.kit.errors import Refused

NAME = "daybridge.sqlite3"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was copied, as the manifest tells it."""

    tables: dict[str, dict]
    migrations: dict[str, list[str]]
    head: dict[str, object]


def take(folder: Path) -> Taken:
    """Copy the database into `folder`, one moment of it: readers and writers go on."""
    with (
        closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=30)) as source,
        closing(sqlite3.connect(folder / NAME)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return Taken(_counts(copy), _migrations(copy), _head(copy))


def put(folder: Path, told: Manifest, home: Path) -> None:
    """Lay the copy into `home` and prove its rows. Refused when they are not the manifest's."""
    path = home / NAME
    (folder / NAME).replace(path)
    try:
        with closing(sqlite3.connect(path)) as copy:
            counts = _counts(copy)
    except sqlite3.DatabaseError:
        raise Refused("The database in the backup is damaged.") from None
    check_counts({name: table["rows"] for name, table in counts.items()}, told)


def check_counts(found: dict[str, int], told: Manifest) -> None:
    """Refused unless every table holds as many rows as the manifest says."""
    for name, table in told.tables.items():
        if found.get(name) != table["rows"]:
            raise Refused("The backup's table {name} does not hold the rows its manifest counts.", name=name)


def _counts(database: sqlite3.Connection) -> dict[str, dict]:
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {
        name: {"rows": database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]} for (name,) in names.fetchall()
    }


def _migrations(database: sqlite3.Connection) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for app, name in database.execute("SELECT app, name FROM django_migrations ORDER BY app, name"):
        names.setdefault(app, []).append(name)
    return names


def _head(database: sqlite3.Connection) -> dict[str, object]:
    row = database.execute("SELECT seq, mac FROM audit_head WHERE chain = ?", [CHAIN]).fetchone() or (0, "")
    return {"seq": row[0], "mac": row[1]}
