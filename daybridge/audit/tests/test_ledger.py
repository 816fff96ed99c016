"""The chain: whole, in order, and broken where somebody touched it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from daybridge.access.gates import COMMAND_LINE
from daybridge.audit import ledger, queries
from daybridge.audit.models import Entry
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(site, now):
    person = people.client(site)
    for n in range(5):
        ledger.record(f"test.{n}", person, by=COMMAND_LINE, at=now, n=n, reason="because")
    return list(Entry.objects.order_by("seq"))


def test_an_untouched_chain_is_proved(entries):
    proof = queries.verify()
    assert (proof.entries, proof.broken) == (5, None)


def test_the_database_refuses_to_change_or_delete_an_entry(entries):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entries[2].pk).update(verb="nothing")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entries[2].pk).delete()
    assert queries.verify().ok


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


def test_what_was_told_of_a_client_comes_newest_first(site, now):
    one, two = people.client(site), people.client(site)
    ledger.record("test.write", one, by=COMMAND_LINE, at=now, n=1)
    ledger.read("test.read", two, by=COMMAND_LINE, at=now)
    ledger.read("test.read", one, by=COMMAND_LINE, at=now + timedelta(hours=1), reason="care")
    told = queries.of_client(client_id=one.id)
    assert [(line.verb, line.kind, line.reason) for line in told] == [
        ("test.read", "read", "care"), ("test.write", "write", ""),
    ]  # fmt: skip
    assert [line.verb for line in queries.of_client(client_id=one.id, kinds=("write",))] == ["test.write"]
    assert len(queries.of_client(client_id=one.id, since=now + timedelta(minutes=1))) == 1


def test_lists_that_named_a_client_are_found(site, now):
    one, two = people.client(site), people.client(site)
    ledger.read_list("list.seen", [one.id, two.id], by=COMMAND_LINE, at=now)
    ledger.read_list("list.seen", [two.id], by=COMMAND_LINE, at=now)
    assert len(queries.lists_naming(client_id=one.id, since=now)) == 1
    assert queries.lists_naming(client_id=one.id, since=now + timedelta(days=1)) == []
