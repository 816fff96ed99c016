"""The gate relies only on what was signed: a word, a choice or a signature changed in the database opens nothing."""

from datetime import date, timedelta

import pytest

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.consent import actions, gate, wording
from daybridge.consent.models import Consent, ConsentSignature
from daybridge.consent.rules import Recipient, Request
from daybridge.consent.rules.desk import Call
from daybridge.consent.tests import factories
from daybridge.kit.errors import Refused
from daybridge.kit.ids import new_id
from daybridge.people.tests import factories as people

TO_MOTHER = Request(recipient=Recipient("person", "Ana Vega", "mother"), purpose="family", kinds=("presence",))
TO_INSURER = Request(recipient=Recipient("organization", "Blue", "payer"), purpose="payment", kinds=("plan",))


@pytest.fixture
def client(site):
    return people.client(site, given_name="Rosa", family_name="Delgado", birth_date=date(1990, 5, 1))


@pytest.fixture
def by(users):
    return users[Role.INTAKE]


@pytest.fixture
def signed(client, by, now):
    return factories.signed(client, "family", by=by, at=now, code_word="blue heron")


def change(consent, **columns):
    Consent.objects.filter(pk=consent.pk).update(**columns)


def rewrite(consent):
    text = consent.text.replace("Ana", "Eva")
    change(consent, text=text, text_hash=wording.text_hash(text))
    consent.signatures.update(text_hash=wording.text_hash(text))


def slip_in(consent):
    """A copy of a row that was signed, with more in it."""
    change(consent, status="expired")
    name = consent.signatures.get()
    consent.pk, consent.kinds = new_id(), [*consent.kinds, "tests"]
    consent.save(force_insert=True)
    name.pk, name.consent = new_id(), consent
    name.save(force_insert=True)


def forge(consent):
    ConsentSignature.objects.create(
        consent=consent, name="Ada", relation="parent", kind="typed", text_hash=consent.text_hash, at=consent.signed_at,
        by="system:x",
    )  # fmt: skip


CHANGES = {
    "a word": lambda one: change(one, text=one.text.replace("Ana", "Eva")), "the words and their hashes": rewrite,
    "more kinds": lambda one: change(one, kinds=[*one.kinds, "tests"]),
    "who": lambda one: change(one, recipient_name="Ana  Vega"), "what for": lambda one: change(one, purposes=[]),
    "how sensitive": lambda one: change(one, sensitivities=["sud", "hiv"]),
    "a longer time": lambda one: change(one, expires_event=""), "which days": lambda one: change(
        one, period_from=date(2020, 1, 1)
    ),
    "the word to say on the phone": lambda one: change(one, code_word=""), "a forged signature": forge,
    "a consent slipped in": slip_in,
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_after_signing_lets_nothing_out_and_the_refusal_says_why(client, signed, by, now, what):
    assert gate.weigh(client=client, request=TO_MOTHER, at=now).ok
    CHANGES[what](signed)
    with pytest.raises(Refused, match="are not those that were signed"):
        gate.clear(client=client, request=TO_MOTHER, by=by, at=now)
    call = Call(name="Rosa Delgado", caller="Ana Vega", relation="mother", code_word="blue heron")
    assert not actions.answer(call=call, by=by, at=now).may_say
    assert not gate.holding(Consent.objects.all(), now)


def test_one_that_was_taken_back_is_not_made_to_stand_again(client, signed, by, now):
    actions.revoke(consent_id=signed.id, reason="", by=by, at=now)
    change(signed, status="active", ended_at=None)
    assert "not those that were signed" in gate.weigh(client=client, request=TO_MOTHER, at=now).withheld[0].reason


def test_a_line_added_to_the_ledger_without_its_key_proves_nothing(client, signed, by, now):
    told = Entry.objects.get(verb="consent.sign")
    slip_in(signed)
    Entry.objects.create(
        chain=told.chain, seq=told.seq + 900, at=told.at, actor=told.actor, verb=told.verb, kind=told.kind,
        object_type=told.object_type, object_id=str(signed.pk), client_id=told.client_id, data=told.data,
        previous=told.previous, mac=told.mac,
    )  # fmt: skip
    assert not gate.weigh(client=client, request=TO_MOTHER, at=now).ok


def test_the_others_still_count_and_a_new_one_can_be_signed_in_its_place(client, signed, by, now):
    factories.signed(client, "part2-tpo", by=by, at=now)
    change(signed, matter="x", kinds=["presence"])
    assert gate.weigh(client=client, request=TO_INSURER, at=now).ok
    assert not gate.weigh(client=client, request=TO_MOTHER, at=now).ok
    factories.signed(client, "family", by=by, at=now + timedelta(minutes=1), kinds=("presence",))
    assert gate.weigh(client=client, request=TO_MOTHER, at=now + timedelta(minutes=2)).ok


def test_looking_whether_it_is_intact_costs_one_question(client, signed, now, django_assert_max_num_queries):
    factories.signed(client, "part2-tpo", by=signed.witness, at=now)
    with django_assert_max_num_queries(4):
        assert gate.weigh(client=client, request=TO_MOTHER, at=now).ok
