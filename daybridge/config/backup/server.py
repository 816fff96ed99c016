"""A PostgreSQL database in a backup: every table by COPY, read in one transaction, loaded in one transaction."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from daybridge.audit.ledger import CHAIN
from daybridge.audit.models import Head
from daybridge.config.backup.embedded import Taken, check_counts
from daybridge.config.backup.manifest import Manifest
from daybridge.kit.errors import CannotRun, Refused

COLUMNS = """SELECT column_name FROM information_schema.columns
 WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position"""
SEQUENCES = """SELECT c.relname, a.attname, pg_get_serial_sequence(quote_ident(c.relname), a.attname)
 FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
   AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL"""


def take(folder: Path) -> Taken:
    """Copy every table into `folder`, all as of one moment."""
    from daybridge.config.backup.making import applied

    if connection.in_atomic_block:
        raise CannotRun("A backup cannot be made inside another transaction.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = {name: _copy_out(cursor, name, folder) for name in _tables(cursor)}
        head = Head.objects.filter(pk=CHAIN).first() or Head()
        return Taken(tables, applied(), {"seq": head.seq, "mac": head.mac})


def _tables(cursor) -> list[str]:
    caches = {cache.get("LOCATION") for cache in settings.CACHES.values()}
    return sorted(set(connection.introspection.table_names(cursor)) - caches)


def _copy_out(cursor, table: str, folder: Path) -> dict:
    cursor.execute(COLUMNS, [table])
    columns = [name for (name,) in cursor.fetchall()]
    with (folder / f"{table}.copy").open("wb") as file, cursor.copy(f"COPY {_named(table, columns)} TO STDOUT") as copy:
        for data in copy:
            file.write(data)
    return {"rows": cursor.rowcount, "columns": columns}


def _named(table: str, columns: list[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(quote(name) for name in columns)})"


def check_is_empty() -> None:
    """Refused when the database holds tables already."""
    if connection.introspection.table_names():
        raise Refused("The database named by DATABASE_URL is not empty. A backup is restored into an empty one.")


def put(folder: Path, told: Manifest, home: Path) -> None:
    """Make the tables as they were, load every row, prove the counts. Runs in the caller's transaction."""
    _make_tables(told)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(connection.ops.quote_name(name) for name in told.tables)} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        counts = {name: _copy_in(cursor, name, table, folder) for name, table in told.tables.items()}
        check_counts(counts, told)
        _set_sequences(cursor)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _make_tables(told: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations
    newer = [app for app, names in told.migrations.items() if any((app, name) not in known for name in names)]
    if newer:
        raise CannotRun("The backup was made by a newer version of Daybridge ({version}).", version=told.version)
    for app, names in told.migrations.items():
        call_command("migrate", app, names[-1], verbosity=0)


def _copy_in(cursor, table: str, told: dict, folder: Path) -> int:
    with (folder / f"{table}.copy").open("rb") as file:
        with cursor.copy(f"COPY {_named(table, told['columns'])} FROM STDIN") as copy:
            while data := file.read(1 << 16):
                copy.write(data)
        return cursor.rowcount


def _set_sequences(cursor) -> None:
    cursor.execute(SEQUENCES)
    quote = connection.ops.quote_name
    for table, column, sequence in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(%s, COALESCE((SELECT max({quote(column)}) FROM {quote(table)}), 0) + 1, false)", [sequence]
        )
