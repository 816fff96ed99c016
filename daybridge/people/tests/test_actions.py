"""Registering, joining, assigning."""

from datetime import date, timedelta

import pytest

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.people import actions, queries
from daybridge.people.models import Client, Identifier
from daybridge.people.rules import NewPerson, Number, Place
from daybridge.people.tests import factories

pytestmark = pytest.mark.django_db
ROSA = NewPerson(
    given="Rosa", family="Delgado", birth_date=date(1992, 3, 4), sex="female", languages=("es",),
    phones=("+15555550100", "+15555550100"), addresses=(Place("1 Main St", "Boston", "MA", "02101"),),
    identifiers=(Number("urn:ssn", "999-55-2922", "SS"), Number("urn:mr", "77", "MR")),
)  # fmt: skip


def register(site, users, now, person=ROSA, role=Role.INTAKE):
    return actions.register(site=site, person=person, by=users[role], at=now)


def test_a_registered_client_has_the_next_number_and_its_facts_once(site, users, now):
    first, second = register(site, users, now), register(site, users, now)
    assert (first.record_number, second.record_number) == ("DB-00001", "DB-00002")
    assert first.phones.count() == 1
    assert first.name_key == "rosa delgado"
    assert Entry.objects.filter(verb="client.register", client_id=first.id).count() == 1


def test_a_social_security_number_is_kept_as_a_fingerprint(site, users, now):
    client = register(site, users, now)
    number = client.identifiers.get(kind="SS")
    assert number.digest == actions.fingerprint(system="urn:ssn", value=" 999-55-2922 ")
    assert number.shown == "…2922"
    assert not Identifier.objects.filter(shown__contains="999-55").exists()
    assert client.identifiers.get(kind="MR").shown == "77"


def test_a_family_name_alone_is_enough(site, users, now):
    client = register(site, users, now, NewPerson(given="", family="Suharto"))
    assert (client.given_name, client.family_name) == ("Suharto", "")


def test_only_those_who_take_referrals_register(site, users, now):
    with pytest.raises(NotAllowed):
        register(site, users, now, role=Role.BILLER)
    assert Client.objects.count() == 0


def test_a_join_points_the_copy_at_the_kept_record_and_can_be_taken_back(site, users, now):
    keep, copy = factories.client(site), factories.client(site)
    by = users[Role.INTAKE]
    actions.join(keep_id=keep.id, copy_id=copy.id, by=by, at=now)
    assert list(Client.objects.standing()) == [keep]
    with pytest.raises(Refused):
        actions.join(keep_id=keep.id, copy_id=copy.id, by=by, at=now)
    actions.part(copy_id=copy.id, by=by, at=now)
    assert Client.objects.standing().count() == 2
    assert set(Entry.objects.values_list("verb", flat=True)) == {"client.join", "client.part"}


def test_a_join_never_makes_a_chain(site, users, now):
    one, two, three = (factories.client(site) for _ in range(3))
    by = users[Role.INTAKE]
    actions.join(keep_id=one.id, copy_id=two.id, by=by, at=now)
    for keep, copy in ((two, three), (three, one)):
        with pytest.raises(Refused):
            actions.join(keep_id=keep.id, copy_id=copy.id, by=by, at=now)


def test_records_of_another_site_are_out_of_reach(site, other_site, users, now):
    keep, copy = factories.client(site), factories.client(other_site)
    with pytest.raises(Client.DoesNotExist):
        actions.join(keep_id=keep.id, copy_id=copy.id, by=users[Role.INTAKE], at=now)


def test_a_new_primary_counselor_ends_the_one_before(site, users, now):
    client, first, second = factories.client(site), factories.staff(site), factories.staff(site)
    by = users[Role.INTAKE]
    for member in (first, first, second):
        actions.assign(client_id=client.id, staff_id=member.id, role="primary counselor", by=by, at=now)
    held = client.care_team.order_by("since", "until")
    assert [(one.staff, one.until) for one in held.filter(until=None)] == [(second, None)]
    assert held.count() == 2
    with pytest.raises(Refused):
        actions.assign(client_id=client.id, staff_id=first.id, role="wizard", by=by, at=now)
    with pytest.raises(NotAllowed):
        actions.assign(
            client_id=client.id, staff_id=first.id, role="nurse", by=users[Role.NURSE], at=now + timedelta(days=1)
        )


def test_counselors_with_most_room_come_first_and_none_out_of_reach(site, other_site, users):
    busy, free = factories.staff(site), factories.staff(site)
    factories.staff(site, Role.NURSE, "RN")
    for _ in range(3):
        factories.on_team(factories.client(site), busy)
    rows = queries.counselors(site_id=site.id, by=users[Role.INTAKE])
    assert [(row.id, row.caseload) for row in rows] == [(free.id, 0), (busy.id, 3)]
    assert queries.counselors(site_id=other_site.id, by=users[Role.INTAKE]) == []
