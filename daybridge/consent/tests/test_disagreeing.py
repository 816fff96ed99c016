"""Consents that disagree, and what the program agreed to keep back."""

from dataclasses import replace

import pytest

from daybridge.consent.rules import (
    ConsentState,
    Recipient,
    Restriction,
    Ruling,
    consented,
)
from daybridge.consent.tests.asking import (
    DAY,
    DR_ITO,
    EMERGENCY,
    MOTHER,
    NOON,
    NURSE,
    ask,
    decide,
    family,
    reason,
    signed,
)

# Two consents


WIDE = signed("named-recipient", id="wide", recipient=DR_ITO, kinds=("plan", "notes"), purposes=("treatment",))
NARROW = replace(WIDE, id="narrow", kinds=("plan",))
OTHER = replace(WIDE, id="other", kinds=("schedule",))


def test_of_two_consents_that_disagree_the_narrower_holds_until_a_person_decides():
    asked = ask("treatment", ["plan", "notes"], DR_ITO)
    answer = decide(WIDE, NARROW, request=asked)
    assert (answer.allowed, reason(answer)) == (("plan",), consented.NARROWER.reason)
    assert "CON-25" in {one.code for one in answer.reasons}
    kept = Ruling("wide", "narrow", NOON)
    assert decide(WIDE, NARROW, request=asked, rulings=(kept,)).allowed == ("plan", "notes")
    assert decide(WIDE, NARROW, request=asked, rulings=(kept,), at=NOON - DAY / 2).allowed == ("plan",)
    back = Ruling("narrow", "wide", NOON + DAY)
    assert decide(WIDE, NARROW, request=asked, rulings=(kept, back), at=NOON + DAY).allowed == ("plan",)


def test_two_consents_about_different_things_add_up():
    assert decide(WIDE, OTHER, request=ask("treatment", ["plan", "schedule"], DR_ITO)).allowed == ("plan", "schedule")


def test_a_narrow_named_consent_narrows_the_single_one_for_that_recipient_only():
    asked = ask("treatment", ["plan", "notes"], DR_ITO)
    assert decide(signed(), NARROW, request=asked).allowed == ("plan",)
    somebody = replace(DR_ITO, name="Dr. Wu")
    assert decide(signed(), NARROW, request=replace(asked, recipient=somebody)).allowed == ("plan", "notes")


def test_a_ruling_about_a_consent_that_ended_does_not_matter():
    over = replace(WIDE, state=ConsentState.REVOKED)
    answer = decide(over, NARROW, request=ask("treatment", ["plan"], DR_ITO), rulings=(Ruling("wide", "narrow", NOON),))
    assert answer.allowed == ("plan",)


# Restrictions


@pytest.mark.parametrize(
    ("limits", "allowed"),
    [
        ({}, ()),
        ({"kinds": ("presence",)}, ("schedule",)),
        ({"purposes": ("payment",)}, ("presence", "schedule")),
        ({"recipient": MOTHER}, ()),
        ({"recipient": Recipient("person", "Elena Delgardo")}, ()),
        ({"recipient": Recipient("", "", "payer")}, ("presence", "schedule")),
        ({"ended_at": NOON}, ("presence", "schedule")),
        ({"ended_at": NOON + DAY}, ()),
        ({"agreed_at": NOON + DAY}, ()),
    ],
)
def test_an_agreed_restriction_narrows(limits, allowed):
    limit = Restriction(**{"id": "r", "agreed_at": NOON - DAY} | limits)
    answer = decide(family(), request=ask("family", ["presence", "schedule"]), restrictions=(limit,))
    assert answer.allowed == allowed


def test_a_restriction_does_not_stop_help_in_an_emergency_or_the_client():
    limit = Restriction(id="r", agreed_at=NOON - DAY)
    assert decide(request=ask("client"), restrictions=(limit,)).ok
    assert decide(request=ask("emergency", recipient=NURSE, ground=EMERGENCY), restrictions=(limit,)).ok
