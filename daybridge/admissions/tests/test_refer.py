"""Taking referrals in: packets and forms, whole or not at all."""

import gzip
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daybridge import vault
from daybridge.access.gates import COMMAND_LINE, FRONT_DOOR
from daybridge.access.rules import Role
from daybridge.admissions.actions import refer
from daybridge.admissions.models import Packet, PacketItem, PossibleMatch, Referral, ReferralEvent
from daybridge.admissions.rules.arrival import NewReferral
from daybridge.admissions.tests.factories import packet
from daybridge.audit.models import Entry
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.people.models import Client
from daybridge.people.rules import NewPerson
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
STORED = (Client, Packet, Referral, ReferralEvent, PacketItem, PossibleMatch, Entry)


def take(site, data, now, by=COMMAND_LINE, name="packet.json"):
    return refer.receive_packet(site=site, name=name, data=data, by=by, at=now)


def counts():
    return [model.objects.count() for model in STORED]


def test_a_packet_becomes_a_client_a_referral_and_its_evidence(site, now):
    data = packet(phone="555-555-0123", number="77", conditions=["5602001", "370143000"])
    outcome = take(site, data, now)
    referral = Referral.objects.get(pk=outcome.referral)
    assert outcome.status == "received"
    assert (outcome.client.name, outcome.client.birth_date) == ("Rosa Delgado", date(1992, 3, 4))
    assert [one.kind for one in outcome.conditions] == ["substance-use", "mental-health"]
    assert referral.concern == "Opioid use disorder, Major depression"
    assert referral.client.phones.get().number == "+15555550123"
    assert referral.items.filter(kind="condition").count() == 2
    assert referral.events.get().now == "received"
    assert Entry.objects.filter(verb="referral.receive", client_id=referral.client_id).count() == 1


def test_the_packet_is_kept_unchanged_and_sealed(site, now):
    data = gzip.compress(packet(), mtime=0)
    take(site, data, now, name="packet.json.gz")
    kept = Packet.objects.get()
    assert data not in bytes(kept.content)
    assert vault.unseal_bytes(kept.content, refer.packet_context(kept.sha256)) == data


def test_the_same_packet_twice_stores_nothing_again(site, now):
    first = take(site, packet(), now)
    before = counts()
    again = take(site, packet(), now, name="other-name.json")
    assert (again.status, again.referral, again.file) == ("duplicate", first.referral, "other-name.json")
    assert counts() == before


def test_a_duplicate_tells_nothing_to_somebody_who_may_not_see_referrals(site, now):
    take(site, packet(), now)
    again = take(site, packet(), now, by=FRONT_DOOR)
    assert (again.status, again.referral, again.client) == ("duplicate", None, None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        packet()[:-20],
        packet().decode().encode("utf-16"),
        b'{"resourceType": "Bundle", "type": "collection", "entry": []}',
        b'{"hello": 1}',
        gzip.compress(packet())[:40],
        packet(born=date(2030, 1, 1)),
        packet(given="R" * 10_000),
        packet().replace(
            b'"entry"', b'"meta": {"profile": ["http://hl7.org/fhir/5.0/StructureDefinition/Bundle"]}, "entry"'
        ),
    ],
    ids=["empty", "words", "cut off", "utf-16", "nobody", "not fhir", "cut gzip", "unborn", "long name", "R5"],
)
def test_a_bad_packet_is_refused_with_where_and_what_and_stores_nothing(site, now, data):
    before = counts()
    outcome = take(site, data, now)
    assert outcome.status == "rejected"
    assert outcome.problems
    assert outcome.problems[0].message
    assert counts() == before


@pytest.mark.parametrize(("given", "family"), [("🌻 Sunny", "Müller"), ("نور", "الهاشمي"), ("李", "小龍")])
def test_names_of_every_script_are_taken_as_they_are(site, now, given, family):
    outcome = take(site, packet(given=given, family=family), now)
    client = Client.objects.get()
    assert (outcome.status, client.given_name, client.family_name) == ("received", given, family)


def test_the_same_record_number_is_a_possible_match_even_under_another_name(site, now):
    first = take(site, packet(number="77"), now)
    second = take(site, packet(given="Rosie", family="Gomez", born=date(1992, 4, 3), number="77"), now)
    match = PossibleMatch.objects.get()
    assert second.status == "possible-match"
    assert match.facts["by"] == "identifier"
    assert match.client_id == Referral.objects.get(pk=first.referral).client_id
    assert Client.objects.standing().count() == 2


def test_name_and_birth_date_need_one_more_fact(site, now):
    take(site, packet(phone="555-555-0123"), now)
    assert take(site, packet(phone="555-555-0999"), now).status == "received"
    assert take(site, packet(phone="555-555-0123", street="9 Elm"), now).status == "possible-match"


def test_people_of_another_site_are_not_compared(site, other_site, now):
    take(other_site, packet(number="77"), now)
    assert take(site, packet(number="77", street="2 Elm"), now).status == "received"


def test_the_number_of_queries_does_not_depend_on_how_many_clients_there_are(site, now):
    take(site, packet(number="1"), now)
    with CaptureQueriesContext(
        connection,
    ) as few:
        take(site, packet(number="2", street="1 Elm"), now)
    for _ in range(30):
        people.client(site, birth_date=date(1980, 1, 1))
    with CaptureQueriesContext(connection) as many:
        take(site, packet(number="3", street="2 Elm"), now)
    assert len(many) == len(few)


def form(**more):
    return NewReferral(**{"person": NewPerson(given="Rosa", birth_date=date(1992, 3, 4)), "source": "phone"} | more)


def test_a_form_posted_twice_is_one_referral(site, users, now):
    sent = form(token=uuid4())
    first = refer.receive_form(site=site, form=sent, by=users[Role.INTAKE], at=now)
    before = counts()
    again = refer.receive_form(site=site, form=sent, by=users[Role.INTAKE], at=now)
    assert (again.status, again.referral) == ("duplicate", first.referral)
    assert counts() == before


def test_a_form_about_somebody_not_yet_born_is_refused(site, users, now):
    with pytest.raises(Refused):
        refer.receive_form(
            site=site,
            form=form(person=NewPerson(given="A", birth_date=date(2027, 1, 1))),
            by=users[Role.INTAKE],
            at=now,
        )
    assert Referral.objects.count() == 0


def test_who_may_not_receive_stores_nothing(site, users, now):
    for call in (
        lambda: refer.receive_form(site=site, form=form(), by=users[Role.BILLER], at=now),
        lambda: take(site, packet(), now, by=users[Role.BILLER]),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert Referral.objects.count() == 0
