"""The gate: what it lets through, what it writes down, and when it stops."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.consent import actions, gate, who
from daybridge.consent.models import Disclosure
from daybridge.consent.rules import THE_CLIENT, Given, Person, Recipient, Request, grounds
from daybridge.consent.tests import factories
from daybridge.consent.tests.asking import EMERGENCY, NURSE
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.people.tests import factories as people

INSURER = Recipient("organization", "Blue Shield", "payer")
TO_INSURER = Request(recipient=INSURER, purpose="payment", kinds=("plan", "counseling-notes"), what="a plan")
TO_MOTHER = Request(
    recipient=Recipient("person", "Ana Vega", "mother"), purpose="family", kinds=("presence", "schedule", "notes")
)
OWN = Request(recipient=THE_CLIENT, purpose="client", kinds=("schedule",), what="the week on paper")


@pytest.fixture
def client(site):
    return people.client(site, given_name="Rosa", family_name="Delgado")


@pytest.fixture
def by(users):
    return users[Role.INTAKE]


def test_a_clearance_names_what_may_leave_and_is_written_down(client, by, now):
    consent = factories.signed(client, "part2-tpo", by=by, at=now)
    clearance = gate.clear(client=client, request=TO_INSURER, by=by, at=now)
    assert (clearance.kinds, clearance.relied_on) == (("plan",), (str(consent.id),))
    assert "Federal confidentiality rules (42 CFR part 2)" in clearance.notice
    assert "the client lets" in clearance.scope[0]
    assert clearance.covers(client.id, "plan")
    assert not clearance.covers(client.id, "counseling-notes")
    row = Disclosure.objects.get()
    assert (row.id, row.relied_on, row.allowed) == (clearance.disclosure_id, [str(consent.id)], ["plan"])
    assert (row.recipient_type, row.recipient_relation) == ("organization", "payer")
    assert [one["kind"] for one in row.withheld] == ["counseling-notes"]
    assert Entry.objects.get(kind="disclosure").object_id == str(row.id)


def test_a_clearance_for_something_else_stops_the_sender(client, site, by, now):
    clearance = gate.clear(client=client, request=OWN, by=by, at=now)
    clearance.check(client.id, "schedule")
    for client_id, kind in ((client.id, "plan"), (people.client(site).id, "schedule"), (client.id, "schedule:hiv")):
        with pytest.raises(ValueError, match="does not cover"):
            clearance.check(client_id, kind)


def test_a_revoked_consent_stops_the_next_disclosure_and_the_refusal_is_kept(client, by, now):
    consent = factories.signed(client, "part2-tpo", by=by, at=now)
    gate.clear(client=client, request=TO_INSURER, by=by, at=now)
    actions.revoke(consent_id=consent.id, reason="", by=by, at=now)
    with pytest.raises(Refused, match="No consent"):
        gate.clear(client=client, request=TO_INSURER, by=by, at=now)
    assert Entry.objects.filter(kind="disclosure").count() == 1
    assert Entry.objects.filter(verb="disclosure.refused").count() == 1
    assert list(Disclosure.objects.order_by("id").values_list("allowed", flat=True)) == [["plan"], []]


def test_another_clients_consent_lets_nothing_out(client, site, by, now):
    factories.signed(people.client(site), "part2-tpo", by=by, at=now)
    with pytest.raises(Refused):
        gate.clear(client=client, request=TO_INSURER, by=by, at=now)


def test_without_the_permission_to_disclose_there_is_no_answer(client, users, by, now):
    factories.signed(client, "part2-tpo", by=by, at=now)
    with pytest.raises(NotAllowed):
        gate.clear(client=client, request=TO_INSURER, by=users[Role.BILLER], at=now)
    assert not Disclosure.objects.exists()


def test_nobody_but_the_gate_makes_a_clearance(client, now):
    facts = {"client_id": client.id, "disclosure_id": client.id, "request": OWN, "kinds": ("plan",), "relied_on": ()}
    with pytest.raises(TypeError, match="nowhere else"):
        gate.Clearance(**facts, notice="", scope=(), at=now, seal=object())


def test_a_copy_of_a_clearance_with_more_in_it_is_not_made(client, by, now):
    clearance = gate.clear(client=client, request=OWN, by=by, at=now)
    with pytest.raises(TypeError):
        replace(clearance, kinds=("schedule", "notes"), seal=None)


def test_the_trace_is_gone_when_the_transaction_fails(client, by, now):
    with transaction.atomic():
        gate.clear(client=client, request=OWN, by=by, at=now)
        transaction.set_rollback(True)
    assert not Disclosure.objects.exists()
    assert not Entry.objects.filter(kind="disclosure").exists()


def test_a_named_person_gets_what_the_client_chose_and_a_look_alike_nothing(client, by, now):
    factories.signed(client, "family", by=by, at=now)
    assert gate.clear(client=client, request=TO_MOTHER, by=by, at=now).kinds == ("presence", "schedule")
    twin = replace(TO_MOTHER, recipient=Recipient("person", "Ana Vegas", "mother"))
    with pytest.raises(Refused, match="looks like"):
        gate.clear(client=client, request=twin, by=by, at=now)


def test_weighing_writes_nothing_and_may_suppose_a_consent(client, by, now):
    assert not gate.weigh(client=client, request=TO_MOTHER, at=now).ok
    supposed = Given(
        id="new", kind="family", state="active", signed_at=now, recipient=TO_MOTHER.recipient, kinds=("presence",)
    )
    assert gate.weigh(client=client, request=TO_MOTHER, at=now, supposing=supposed).allowed == ("presence",)
    assert not Disclosure.objects.exists()


def test_a_restriction_and_a_ruling_of_the_record_count(client, users, by, now):
    wide = factories.signed(client, "family", by=by, at=now)
    narrow = factories.signed(client, "family", by=by, at=now, kinds=("presence",))
    assert gate.weigh(client=client, request=TO_MOTHER, at=now).allowed == ("presence",)
    factories.ruling(wide, narrow, at=now)
    assert gate.weigh(client=client, request=TO_MOTHER, at=now).allowed == ("presence", "schedule")
    factories.restriction(client, by=users[Role.PRIVACY_OFFICER], at=now, kinds=("schedule",))
    assert gate.weigh(client=client, request=TO_MOTHER, at=now).allowed == ("presence",)


def test_the_age_and_the_state_of_the_record_say_who_must_have_signed(client, by, now):
    factories.signed(client, "family", by=by, at=now)
    client.birth_date = now.date().replace(year=now.year - 10)
    client.save(update_fields=["birth_date"])
    assert not gate.weigh(client=client, request=TO_MOTHER, at=now).ok
    assert who.person_of(client, now.date()) == Person(birth_date=client.birth_date)


def test_an_emergency_is_written_down_at_once_with_who_what_when_and_why(client, by, now):
    facts = replace(EMERGENCY, when=now)
    request = Request(recipient=NURSE, purpose="emergency", kinds=("medication",), what="what she takes", ground=facts)
    gate.clear(client=client, request=request, by=by, at=now)
    row = Disclosure.objects.get()
    told = ("Nurse Cole", "St. Mary's Hospital", "overdose")
    assert (row.recipient, row.recipient_relation, row.ground["why"]) == told
    assert (row.ground["discloser"], row.what, row.at) == ("P. Raman", "what she takes", now)
    assert "Cole" not in str(Entry.objects.get(kind="disclosure").data)


def test_a_subpoena_alone_is_refused_and_the_refusal_is_kept(client, by, now):
    request = Request(
        recipient=Recipient("authority", "County Court"), purpose="legal-order", kinds=("attendance",),
        ground=grounds.CourtOrder(has_subpoena=True, document="d1"),
    )  # fmt: skip
    with pytest.raises(Refused, match="subpoena alone is not enough"):
        gate.clear(client=client, request=request, by=by, at=now)
    assert Disclosure.objects.get().ground["has_subpoena"] is True


def test_a_clock_set_back_does_not_bring_a_last_day_back(client, by, now):
    yesterday = now - timedelta(days=1)
    signed_at = yesterday - timedelta(days=1)
    factories.signed(client, "family", by=by, at=signed_at, ends="day", expires_on=yesterday.date())
    gate.clear(client=client, request=OWN, by=by, at=now)
    assert not gate.weigh(client=client, request=TO_MOTHER, at=yesterday).ok
    Disclosure.objects.all().delete()
    assert gate.weigh(client=client, request=TO_MOTHER, at=yesterday).ok


# In bulk


def test_a_consent_taken_back_in_the_middle_stops_before_the_next_record(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now)
    clearance = gate.clear(client=client, request=TO_MOTHER, by=by, at=now)
    export = gate.bulk(clearance=clearance, records=range(5), clock=lambda: now)
    assert [next(export) for _ in range(3)] == [0, 1, 2]
    actions.revoke(consent_id=consent.id, reason="", by=by, at=now)
    with pytest.raises(Refused, match="has ended"):
        next(export)
    assert list(export) == []


def test_a_restriction_agreed_in_the_middle_stops_too(client, users, by, now):
    factories.signed(client, "family", by=by, at=now)
    clearance = gate.clear(client=client, request=TO_MOTHER, by=by, at=now)
    export = gate.bulk(clearance=clearance, records=range(5), clock=lambda: now)
    assert next(export) == 0
    factories.restriction(client, by=users[Role.PRIVACY_OFFICER], at=now, kinds=("schedule",))
    with pytest.raises(Refused):
        next(export)


def test_of_many_clients_each_is_asked_right_before_their_record(site, by, now):
    clients = [people.client(site) for _ in range(4)]
    consents = [factories.signed(one, "part2-tpo", by=by, at=now) for one in clients[:3]]
    told = []
    for one, clearance in gate.each(clients=clients, request=TO_INSURER, by=by, clock=lambda: now):
        told.append((one, clearance.kinds))
        if one == clients[0]:
            actions.revoke(consent_id=consents[1].id, reason="", by=by, at=now)
    assert told == [(clients[0], ("plan",)), (clients[2], ("plan",))]
    assert Entry.objects.filter(verb="disclosure.refused").count() == 2


def test_a_code_word_is_kept_as_a_digest_of_one_client(client, site):
    kept = gate.code_word(" Blue  Heron", client.id)
    assert kept == gate.code_word("blue heron", client.id)
    assert kept != gate.code_word("blue heron", people.client(site).id)
    assert gate.code_word(" ", client.id) == ""
    assert "heron" not in kept
