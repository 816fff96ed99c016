"""Signing, taking back, and what stands."""

from datetime import timedelta

import pytest

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.consent import actions, gate, queries, wording
from daybridge.consent.models import Consent
from daybridge.consent.rules import Recipient, Request
from daybridge.consent.tests import factories
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused
from daybridge.people.models import Client
from daybridge.people.tests import factories as people

TO_INSURER = Request(
    recipient=Recipient("organization", "Blue Shield", "payer"),
    purpose="payment",
    kinds=("plan", "counseling-notes"),
    what="a plan",
)


@pytest.fixture
def client(site):
    return people.client(site, given_name="Rosa", family_name="Delgado")


@pytest.fixture
def by(users):
    return users[Role.INTAKE]


def test_signing_keeps_the_exact_words_their_hash_both_people_and_the_device(client, by, now):
    consent = factories.signed(client, "part2-tpo", by=by, at=now)
    assert "I am Rosa Delgado. Today is March 2, 2026." in consent.text
    assert consent.text_hash == wording.text_hash(consent.text)
    assert (consent.signer_name, consent.witness, consent.device) == ("Rosa Delgado", by, "test")
    assert (consent.status, consent.form) == ("active", "part2-tpo@2026.2")
    assert list(consent.events.values_list("was", "now")) == [("draft", "active")]
    assert Entry.objects.get(verb="consent.sign").data["text_hash"] == consent.text_hash


def test_words_that_changed_meanwhile_are_refused_and_nothing_is_kept(client, by, now):
    page = queries.page(client_id=client.id, form="treatment", language="en", at=now, by=by)
    seen = factories.typed(text_hash=page.text_hash)
    with pytest.raises(Refused, match="changed while it was open"):
        actions.sign(
            client_id=client.id, form="treatment", language="en", signature=seen, by=by, at=now + timedelta(days=1)
        )
    assert not Consent.objects.exists()
    actions.sign(client_id=client.id, form="treatment", language="en", signature=seen, by=by, at=now)


def test_the_same_form_twice_is_refused_until_it_was_taken_back(client, by, now):
    consent = factories.signed(client, "treatment", by=by, at=now)
    with pytest.raises(Refused, match="already signed"):
        factories.signed(client, "treatment", by=by, at=now)
    actions.revoke(consent_id=consent.id, reason="", by=by, at=now)
    factories.signed(client, "treatment", by=by, at=now)


def test_taking_back_works_once_and_is_told(client, by, now):
    consent = factories.signed(client, "part2-tpo", by=by, at=now)
    actions.revoke(consent_id=consent.id, reason="by phone", by=by, at=now)
    assert [event.now for event in consent.events.all()] == ["active", "revoked"]
    assert Entry.objects.filter(verb="consent.revoke", client_id=client.id).exists()
    with pytest.raises(IllegalMove):
        actions.revoke(consent_id=consent.id, reason="", by=by, at=now)


def test_only_those_who_may_take_a_signature_do(client, users, by, other_site, now):
    with pytest.raises(NotAllowed):
        factories.signed(client, "treatment", by=users[Role.FRONT_DESK], at=now)
    consent = factories.signed(client, "treatment", by=by, at=now)
    with pytest.raises(NotAllowed):
        actions.revoke(consent_id=consent.id, reason="", by=users[Role.PRIVACY_OFFICER], at=now)
    stranger = access.user(Role.DIRECTOR, other_site)
    with pytest.raises(Client.DoesNotExist):
        factories.signed(client, "treatment", by=stranger, at=now)
    with pytest.raises(Consent.DoesNotExist):
        actions.revoke(consent_id=consent.id, reason="", by=stranger, at=now)


def test_standing_tells_which_forms_hold_and_is_a_read(client, by, now):
    first = factories.signed(client, "treatment", by=by, at=now)
    factories.signed(client, "part2-tpo", by=by, at=now)
    actions.revoke(consent_id=first.id, reason="", by=by, at=now)
    standing = queries.standing(client_id=client.id, at=now, by=by)
    assert (standing.treatment, standing.part2) == (False, True)
    assert [row.state for row in standing.rows] == ["revoked", "active"]
    assert Entry.objects.filter(verb="consent.list", kind="read", client_id=client.id).exists()
    assert queries.in_force(client_ids=[client.id], at=now, by=by) == {client.id: frozenset({"part2-tpo"})}


def test_a_consent_past_its_last_day_is_shown_as_ended(client, by, now):
    consent = factories.signed(client, "part2-tpo", by=by, at=now)
    Consent.objects.filter(pk=consent.pk).update(expires_on=now.date())
    later = now + timedelta(days=1)
    assert queries.standing(client_id=client.id, at=later, by=by).rows[1].state == "expired"
    with pytest.raises(Refused):
        gate.clear(client=client, request=TO_INSURER, by=by, at=later)


def test_a_copy_needs_a_clearance_for_that_client(client, site, by, now):
    consent = factories.signed(client, "treatment", by=by, at=now)
    other = factories.signed(people.client(site), "treatment", by=by, at=now)
    clearance, kept = actions.give_copy(consent_id=consent.id, by=by, at=now)
    assert queries.copy(clearance=clearance, consent=kept).signer == "Rosa Delgado"
    with pytest.raises(ValueError, match="does not cover"):
        queries.copy(clearance=clearance, consent=other)
