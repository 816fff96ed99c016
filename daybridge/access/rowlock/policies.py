"""The policies, made from the models: a row is shown when the client it leads to is shown."""

import hashlib
import logging
from collections.abc import Iterable

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

ROLE = "daybridge_request"
NAME = "daybridge_reach"
CLIENT = "people_client"
# Read by the policy of clients itself; it holds ids of clients and staff and no fact of care.
BARE = frozenset({"people.CareTeamMember"})
log = logging.getLogger(__name__)

_IDS = "(SELECT coalesce(nullif(current_setting('daybridge.{name}', true), ''), '{{}}')::uuid[])::uuid[]"
REACHED = (
    f"id = ANY ({_IDS.format(name='clients')})"
    f" OR ((site_id = ANY ({_IDS.format(name='sites')}) OR (site_id = ANY ({_IDS.format(name='team_sites')}) AND NOT"
    " EXISTS (SELECT 1 FROM people_careteammember m WHERE m.client_id = people_client.id)))"
    f" AND id <> ALL ({_IDS.format(name='hidden')}))"
)


def paths() -> dict[str, tuple[str, str]]:
    """Every table whose rows belong to a client: (its column, the table it leads to), the shortest way."""
    found: dict[str, tuple[str, str]] = {}
    known = {CLIENT}
    while True:
        step = {
            model._meta.db_table: (field.column, field.related_model._meta.db_table)
            for model in _models() if model._meta.db_table not in known
            for field in reversed(_required(model)) if field.related_model._meta.db_table in known
        }  # fmt: skip
        if not step:
            return found
        found |= step
        known |= set(step)


def _models() -> Iterable[type[models.Model]]:
    ours = (one for one in apps.get_models() if one.__module__.startswith("daybridge."))
    return [one for one in ours if one._meta.label not in BARE]


def _required(model: type[models.Model]) -> list[models.ForeignKey]:
    keys = [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey) and not one.null]
    return [one for one in keys if one.related_model is not model]


def statements() -> list[str]:
    """What makes the lock: rights of the role, and one policy a table. Every line may be run again."""
    made = [f"GRANT USAGE ON SCHEMA public TO {ROLE}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}",
            # tables made later, outside migrations: the cache's
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {ROLE}"]  # fmt: skip
    shown = {CLIENT: REACHED} | {
        table: f"EXISTS (SELECT 1 FROM {to} up WHERE up.id = {table}.{column})"
        for table, (column, to) in sorted(paths().items())
    }
    for table, condition in shown.items():
        made += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"DROP POLICY IF EXISTS {NAME} ON {table}",
                 f"CREATE POLICY {NAME} ON {table} TO {ROLE} USING ({condition}) WITH CHECK (true)"]  # fmt: skip
    return made


def build(**_signal: object) -> None:
    """After every migration: make the role if we may, and the policies when they changed. Does nothing on SQLite."""
    if connection.vendor != "postgresql" or not _tables_are_there():
        return
    from daybridge.access.rowlock import lock

    made = statements()
    mark = "rowlock " + hashlib.sha256("\n".join(made).encode()).hexdigest()[:16]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _role(cursor)
            cursor.execute("SELECT obj_description(to_regclass(%s))", [CLIENT])
            if cursor.fetchone()[0] != mark:
                for one in made:
                    cursor.execute(one)
                cursor.execute(f"COMMENT ON TABLE {CLIENT} IS '{mark}'")
    except DatabaseError as problem:
        log.warning("The second lock is off: %s", str(problem).strip().partition("\n")[0])
    lock.ask_again()


def _tables_are_there() -> bool:
    return {CLIENT, *paths()} <= set(connection.introspection.table_names())


def _role(cursor) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
    if cursor.fetchone() is None:
        cursor.execute(
            f"DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN;"
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
    cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [ROLE])
    if not cursor.fetchone()[0]:
        cursor.execute(f"GRANT {ROLE} TO CURRENT_USER")
