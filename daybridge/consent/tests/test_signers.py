"""Who must sign."""

from dataclasses import replace
from datetime import date

import pytest

from daybridge.consent import rules
from daybridge.consent.rules import (
    Person,
    consented,
    signers,
)
from daybridge.consent.tests.asking import (
    DAY,
    NOON,
    TODAY,
    ask,
    decide,
    family,
    reason,
)

# Who must sign


def born(years, day=TODAY):
    return date(day.year - years, day.month, day.day)


@pytest.mark.parametrize(
    ("person", "groups"),
    [
        (Person(), [{"self"}]),
        (Person(birth_date=born(18), state="CT"), [{"self"}]),
        (Person(birth_date=born(17), state="CT"), [{"self"}]),
        (Person(birth_date=born(12), state="WA"), [{"self"}, {"parent", "guardian"}]),
        (Person(birth_date=born(13), state="WA"), [{"self"}]),
        (Person(birth_date=born(17), state="??"), [{"self"}, {"parent", "guardian"}]),
        (Person(birth_date=born(18), state="NE"), [{"self"}, {"parent", "guardian"}]),
        (Person(birth_date=born(19), state="NE"), [{"self"}]),
        (Person(incapable_since=TODAY), [{"guardian", "representative"}]),
        (Person(incapable_since=TODAY + DAY), [{"self"}]),
        (Person(died_on=TODAY), [{"guardian", "representative"}]),
    ],
)
def test_who_must_sign(person, groups):
    found = rules.who_must_sign(person, TODAY)
    assert [set(group) for group in found.groups] == groups
    assert found.reason
    assert found.source
    assert found.missing(["self", "parent", "guardian"]) == ()


def test_no_row_of_the_states_passes_for_reviewed():
    assert all("counsel review needed" in row.source for row in signers.states().values() if not row.reviewed)
    assert rules.who_must_sign(Person(birth_date=born(15), state="CT"), TODAY).needs_counsel


@pytest.mark.parametrize(
    ("address", "state"),
    [("12 Elm Street, Norwich, CT 06360", "CT"), ("12 Elm Street, Norwich, CT", "CT"), ("12 Elm Street", ""), ("", "")],
)
def test_the_state_is_read_off_the_end_of_an_address(address, state):
    assert signers.state_of(address) == state


def test_a_consent_needs_everybody_who_must_sign_it():
    young = Person(birth_date=born(15), state="??")
    asked = ask("family", ["schedule"])
    assert reason(decide(family(), request=asked, person=young)) == consented.NOT_SIGNED.reason
    assert not decide(family(signed_by=("parent",)), request=asked, person=young).ok
    assert decide(family(signed_by=("self", "parent")), request=asked, person=young).ok


def test_what_a_guardian_signed_for_a_minor_ends_when_they_come_of_age():
    person = Person(birth_date=born(18), state="??", incapable_since=None)
    both = family(signed_at=NOON - 30 * DAY, signed_by=("self", "parent"))
    assert decide(both, request=ask("family", ["schedule"]), person=person).ok
    spoken_for = replace(both, signed_by=("parent", "guardian"))
    assert not decide(spoken_for, request=ask("family", ["schedule"]), person=person).ok
