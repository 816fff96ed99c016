"""A home of its own, and a hand that reaches past the triggers."""

import pytest
from django.db import connection

from daybridge.vault import keyring


@pytest.fixture
def home(settings, tmp_path):
    """A home with its own keys and no checkpoint yet."""
    settings.HOME = tmp_path
    keyring.forget()
    yield tmp_path
    keyring.forget()


@pytest.fixture
def tamper(db):
    """Run statements as somebody who owns the database: without the triggers, and without constraints on places."""

    def run(*statements: str) -> None:
        with connection.cursor() as cursor:
            put_back = _open(cursor)
            for statement in statements:
                cursor.execute(statement)
            for statement in put_back:
                cursor.execute(statement)

    return run


def _open(cursor) -> list[str]:
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        return ["ALTER TABLE audit_entry ENABLE TRIGGER USER"]
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_entry%'")
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _name, sql in triggers]
