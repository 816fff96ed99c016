"""The chain: whole, in order, and broken where somebody touched it."""

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access.gates import COMMAND_LINE
from daybridge.audit import ledger, queries
from daybridge.audit.models import Entry
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(site, now):
    person = people.client(site)
    return [ledger.record(f"test.{n}", person, by=COMMAND_LINE, at=now, n=n, reason="because") for n in range(5)]


def test_an_untouched_chain_is_proved(entries):
    proof = queries.verify()
    assert (proof.entries, proof.broken) == (5, None)


def test_the_database_refuses_to_change_or_delete_an_entry(entries):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entries[2].pk).update(verb="nothing")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entries[2].pk).delete()
    assert queries.verify().ok


def _without_triggers(sql, *params):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_entry%'")
            triggers = [row[0] for row in cursor.fetchall()]
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
            cursor.execute(sql, params)
            for trigger in triggers:
                cursor.execute(trigger)
        else:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
            cursor.execute(sql, params)
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


@pytest.mark.parametrize("column", ["verb", "actor", "reason", "origin", "object_id"])
def test_a_changed_entry_is_named(entries, column):
    _without_triggers(f"UPDATE audit_entry SET {column} = 'x' WHERE seq = %s", 3)
    assert queries.verify().broken["seq"] == 3
    assert queries.verify().broken["what"] == "changed"


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_missing_entry_is_named(entries, seq):
    _without_triggers("DELETE FROM audit_entry WHERE seq = %s", seq)
    assert queries.verify().broken["seq"] == seq


def test_a_line_rolls_back_with_its_act(entries, site, now):
    with transaction.atomic():
        ledger.record("test.lost", site, by=COMMAND_LINE, at=now)
        transaction.set_rollback(True)
    assert queries.verify().entries == 5


def test_a_line_knows_whose_record_it_is(entries):
    assert all(Entry.objects.get(pk=entry.pk).client_id for entry in entries)


def test_a_list_names_everybody_it_showed(site, now):
    person = people.client(site)
    ledger.read_list("list.seen", [person.id], by=COMMAND_LINE, at=now)
    ledger.read_list("list.seen", [], by=COMMAND_LINE, at=now)
    entry = Entry.objects.get()
    assert entry.data == {"clients": [str(person.id)]}
    assert queries.verify().ok
