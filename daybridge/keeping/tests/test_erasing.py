"""After a purge no row and no byte of the person is left, and nobody else lost anything."""

import pytest
from django.db import IntegrityError, connection, transaction

from daybridge.access.rules import Role
from daybridge.audit import queries as audit
from daybridge.audit.models import Entry
from daybridge.keeping import erasing, register
from daybridge.keeping.models import PurgeItem
from daybridge.keeping.tests import factories, planting
from daybridge.people.tests import factories as people
from daybridge.scheduling.models import Session
from daybridge.ui.models import Draft

pytestmark = pytest.mark.django_db
KEPT = {"audit.Entry", "audit.Head", "keeping.Purge", "keeping.PurgeItem", "keeping.Certificate", "jobs.Job"}
LEANED_ON = {"admissions.Packet", "notes.SessionNote", "scheduling.Session"}


@pytest.fixture
def planted(site, users, now):
    """A person of whom every table knows something, and somebody else with as much."""
    planting.without_checks()
    person = factories.old_record(site, given_name=planting.WORD, family_name=planting.WORD)
    planting.plant(person)
    yield person
    planting.with_checks()


def test_every_table_with_a_way_to_the_client_is_in_the_register():
    labels = {table.label for table in register.tables()}
    assert {
        "people.Phone",
        "plans.Objective",
        "notes.NoteLine",
        "consent.ConsentEvent",
        "attendance.RollLine",
    } <= labels
    assert labels <= set(register.class_of())


def test_owners_come_before_what_belongs_to_them():
    """So that the closure is found in one walk; two tables that own each other would need another way."""
    seen = set()
    for table in register.tables():
        assert {owner for _column, owner in table.ways} <= seen, table.label
        seen.add(table.model)


def test_no_word_of_the_person_is_left(planted):
    for table in register.tables():
        assert table.model._base_manager.filter(**{table.path: planted.pk}).exists(), table.label
    assert len(planting.found()) > 60
    counts = erasing.erase({planted.pk})
    assert planting.found() == []
    assert set(counts) >= {table.label for table in register.tables()} | LEANED_ON


def test_nobody_else_loses_a_row(site, users, now):
    planting.without_checks()
    planting.plant(people.client(site))
    before = factories.counts()
    person = factories.old_record(site)
    planting.plant(person)
    erasing.erase({person.pk})
    planting.with_checks()
    assert factories.counts() == before


def test_copies_joined_into_the_record_go_with_it(site, users, now):
    person = factories.old_record(site)
    copy = factories.old_record(site, merged_into=person)
    below = factories.old_record(site, merged_into=copy)
    assert register.one_person(person.pk) == {person.pk, copy.pk, below.pk}
    counts = erasing.erase(register.one_person(person.pk))
    assert counts == {"people.Client": 3}


def test_a_group_and_its_note_stay_for_the_others(site, users, now):
    from daybridge.notes.models import SessionNote
    from daybridge.notes.tests import factories as notes

    lead = people.staff(site)
    session, stays = notes.held(lead, size=2)
    notes.session_note(session, stays, lead.user)
    erasing.erase({stays[0].client_id})
    assert SessionNote.objects.get().lines.count() == 1
    erasing.erase({stays[1].client_id})
    assert SessionNote.objects.count() == 0  # nobody is left of whom it could tell
    assert Session.objects.filter(pk=session.pk).exists()  # a group is the program's own


def test_drafts_about_the_person_go(site, users, now):
    person = factories.old_record(site)
    user = users[Role.COUNSELOR]
    Draft.objects.create(owner=user, key=f"notes:{person.pk}", saved_at=now)
    Draft.objects.create(owner=user, key="access:invite", saved_at=now)
    erasing.erase({person.pk})
    assert list(Draft.objects.values_list("key", flat=True)) == ["access:invite"]


def test_what_something_else_still_needs_takes_the_whole_purge_back(site, users, now):
    """Should a table ever refer to a client outside the register, nothing goes."""
    person = factories.old_record(site)
    phone = people.phone(person)
    with connection.cursor() as cursor:
        kind = "uuid" if connection.vendor == "postgresql" else "char(32)"
        rule = "REFERENCES people_client (id) DEFERRABLE INITIALLY DEFERRED"
        cursor.execute(f"CREATE TABLE outside_the_register (id integer PRIMARY KEY, client {kind} {rule})")
        key = str(person.pk) if connection.vendor == "postgresql" else person.pk.hex
        cursor.execute("INSERT INTO outside_the_register VALUES (1, %s)", [key])
    with pytest.raises(IntegrityError):
        _erase_and_check(person.pk)
    phone.refresh_from_db()


@transaction.atomic
def _erase_and_check(client_id):
    erasing.erase({client_id})
    connection.check_constraints()  # what the end of the job's transaction does


def test_the_bytes_are_overwritten_in_the_file(site, users, now):
    """SQLite: the word is nowhere in the database's pages, free ones included."""
    if connection.vendor != "sqlite":
        return  # PostgreSQL reuses the space; the guide says what to do on a disk that is not encrypted
    word = "Quetzalcoatlus"
    person = factories.old_record(site, given_name=word, name_key=word.casefold())
    for n in range(50):
        people.phone(person, f"{word}{n}")
    assert word.encode() in connection.connection.serialize()
    erasing.erase({person.pk})
    assert word.encode() not in connection.connection.serialize()
    assert word.casefold().encode() not in connection.connection.serialize()


def test_the_ledger_keeps_its_chain_and_its_ids(site, users, now):
    person = factories.old_record(site)
    proof = factories.run(factories.approved([person], users, now), now)
    assert audit.verify().ok
    item = PurgeItem.objects.get()
    assert item.counts == {"people.Client": 1}
    line = Entry.objects.get(verb="record.purged")
    assert (line.client_id, line.data["rows"]) == (person.pk, 1)
    assert proof.content["records"][0]["id"] == str(person.pk)
    assert KEPT & set(register.class_of()) == KEPT
