"""Make Django and the database ready for a command, as far as that command needs."""

import os
from pathlib import Path

from daybridge.kit.errors import CannotRun


def use_home(folder: Path | None) -> None:
    """Take `folder` for DAYBRIDGE_HOME; before Django is set up."""
    if folder is not None:
        os.environ["DAYBRIDGE_HOME"] = str(folder.resolve())


def django() -> None:
    """Load the settings. CannotRun when the home cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybridge.config.settings")
    import django as framework

    try:
        framework.setup()
    except OSError as error:
        raise CannotRun(
            "The home “{home}” cannot be used: {why}.", home=error.filename or "", why=error.strerror
        ) from None


def pending() -> int:
    """How many migrations wait."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def program():
    """The program, of a database that is up to date. CannotRun, with what to do, when there is none."""
    django()
    from daybridge.access.models import Program

    if has_tables() and pending():
        raise CannotRun("The database is older than this version. “daybridge serve” brings it up to date.")
    found = Program.objects.first() if has_tables() else None
    if found is None:
        raise CannotRun("There is no program here yet. Start one with “daybridge init” or “daybridge demo”.")
    return found


def has_tables() -> bool:
    """Whether the database was ever set up; an embedded file that is not there is not made by asking."""
    from django.db import connection

    path = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and "memory" not in str(path) and not Path(path).exists():
        return False
    return "django_migrations" in connection.introspection.table_names()


def database() -> bool:
    """Bring the tables up to date; whether there was anything to do."""
    django()
    from django.core.management import call_command

    if not has_tables():
        _make_keys()
    waiting = pending()
    if waiting:
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return bool(waiting)


def _make_keys() -> None:
    """All of them at the start: a key that is missing later is a loss, and can be told so."""
    from daybridge.vault import keyring

    keyring.current()
    for name in ("ledger.key", "match.key", "checkpoint.key"):
        keyring.named(name)
