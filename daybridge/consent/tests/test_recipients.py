"""Named recipients and look-alikes, kinds and their sensitive parts, days."""

from dataclasses import replace

import pytest

from daybridge.consent import rules
from daybridge.consent.rules import (
    Period,
    Recipient,
    consented,
    labels,
)
from daybridge.consent.tests.asking import (
    DAY,
    DR_ITO,
    MOTHER,
    TODAY,
    ask,
    decide,
    family,
    reason,
    signed,
)

# Named recipients


@pytest.mark.parametrize(
    ("recipient", "opens"),
    [
        (MOTHER, True),
        (Recipient("person", "elena   DELGADO", "Mother"), True),
        (Recipient("", "Elena Delgado"), True),
        (Recipient("person", "Elena Delgardo", "mother"), False),
        (Recipient("person", "E1ena Delgado", "mother"), False),
        (Recipient("person", "Еlena Delgado", "mother"), False),  # a Cyrillic capital
        (Recipient("person", "Élena Delgado", "mother"), False),
        (Recipient("person", "Elena Delgado", "aunt"), False),
        (Recipient("person", "Elena Delgado", "family"), True),
        (Recipient("organization", "Elena Delgado", "mother"), False),
    ],
)
def test_a_name_must_be_the_same_and_a_look_alike_is_told(recipient, opens):
    answer = decide(family(), request=ask("family", ["schedule"], recipient))
    assert answer.ok is opens
    if not opens:
        assert (reason(answer), answer.reasons[0].code) == (consented.LOOK_ALIKE.reason, "CON-12")


def test_somebody_else_is_no_look_alike():
    answer = decide(family(), request=ask("family", ["schedule"], Recipient("person", "Ray Ortiz", "uncle")))
    assert reason(answer) == consented.NO_CONSENT.reason


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Dr. Anna Meier", "Dr. Anna Maier", True),
        ("Blue Shield", "Blue Sheild", True),
        ("Barnes Law", "Bames Law", True),
        ("Groß & Co", "Gross and Co", False),
        ("Grossmann", "Großmann", True),
        ("Ann", "Anne", False),
        ("Rosa", "Rosa", False),
        ("", "", False),
    ],
)
def test_which_names_look_alike(one, other, alike):
    assert rules.look_alike(one, other) is rules.look_alike(other, one) is alike


def test_a_same_name_with_another_id_is_somebody_else():
    consent = family(recipient=replace(MOTHER, id="7"))
    assert not decide(consent, request=ask("family", ["schedule"], replace(MOTHER, id="8"))).ok
    assert decide(consent, request=ask("family", ["schedule"], MOTHER)).ok


def test_a_class_is_met_by_what_the_recipient_is():
    housing = signed("class-of-recipients", recipient=Recipient("class", "sober homes", "housing"), kinds=("presence",))
    home = Recipient("organization", "Elm House", "housing")
    assert decide(housing, request=ask("at-request", ["presence"], home)).ok
    assert not decide(housing, request=ask("at-request", ["presence"], replace(home, relation="employer"))).ok


@pytest.mark.parametrize(
    ("members", "recipient", "opens"),
    [
        ((), Recipient("intermediary", "Health Bridge"), True),
        ((), Recipient("person", "Dr. Ito", "treating-provider", via="Health Bridge"), True),
        ((), Recipient("person", "Dr. Ito", "payer", via="Health Bridge"), False),
        (("Dr. Ito",), Recipient("person", "Dr. Ito", via="Health Bridge"), True),
        (("Dr. Ito",), Recipient("person", "Dr. Ita", "treating-provider", via="Health Bridge"), False),
        ((), Recipient("person", "Dr. Ito", "treating-provider", via="Other Bridge"), False),
        ((), Recipient("person", "Health Bridge"), False),
    ],
)
def test_an_intermediary_passes_to_named_members_or_to_those_who_treat(members, recipient, opens):
    consent = signed(
        "intermediary", recipient=Recipient("intermediary", "Health Bridge"), kinds=("plan",), members=members
    )
    assert decide(consent, request=ask("treatment", ["plan"], recipient)).ok is opens


@pytest.mark.parametrize("fields", [{"recipient": rules.NOBODY}, {"kinds": ()}, {"kinds": ("browser-history",)},
                                    {"period": Period(TODAY, TODAY - DAY)}])  # fmt: skip
def test_a_consent_silent_about_who_or_what_lets_nothing_out(fields):
    consent = family(**fields)
    assert rules.defect(consent) == rules.scopes.INCOMPLETE
    assert not decide(consent, request=ask("family", ["presence", "schedule"])).ok


# Kinds, sensitive parts, days


def test_a_sensitive_part_leaves_only_when_it_is_named():
    plain = signed("named-recipient", recipient=DR_ITO, kinds=("tests",), purposes=("treatment",))
    asked = ask("treatment", ["tests", "tests:hiv"], DR_ITO)
    answer = decide(plain, request=asked)
    assert (answer.allowed, reason(answer)) == (("tests",), consented.NOT_THAT_SENSITIVE.reason)
    assert decide(replace(plain, sensitivities=("sud", "hiv")), request=asked).allowed == ("tests", "tests:hiv")
    assert not decide(replace(plain, sensitivities=("hiv",)), request=asked).ok


@pytest.mark.parametrize(
    ("held", "asked", "opens"),
    [
        (Period(), None, True),
        (Period(TODAY - 9 * DAY, TODAY), None, False),
        (Period(TODAY - 9 * DAY, TODAY), Period(TODAY - DAY, TODAY), True),
        (Period(TODAY - 9 * DAY, TODAY), Period(TODAY - 10 * DAY, TODAY), False),
        (Period(TODAY - 9 * DAY), Period(TODAY), True),
        (Period(None, TODAY), Period(TODAY), False),
    ],
)
def test_the_days_asked_about_lie_inside_the_consents_days(held, asked, opens):
    answer = decide(family(period=held), request=ask("family", ["schedule"], period=asked))
    assert answer.ok is opens
    if not opens:
        assert reason(answer) == consented.OUTSIDE.reason


@pytest.mark.parametrize(
    ("kind", "system", "code", "age", "cell"),
    [
        ("diagnoses", "http://hl7.org/fhir/sid/icd-10-cm", "F10.20", None, "diagnoses"),
        ("diagnoses", "http://hl7.org/fhir/sid/icd-10-cm", "F33.1", None, "diagnoses:mental-health"),
        ("diagnoses", "http://hl7.org/fhir/sid/icd-10-cm", "B20", None, "diagnoses:hiv"),
        ("diagnoses", "http://hl7.org/fhir/sid/icd-10-cm", "O98.711", None, "diagnoses:hiv"),
        ("diagnoses", "http://hl7.org/fhir/sid/icd-10-cm", "O99.324", None, "diagnoses"),
        ("diagnoses", "http://hl7.org/fhir/sid/icd-10-cm", "O09.90", None, "diagnoses:reproductive"),
        ("diagnoses", "http://hl7.org/fhir/sid/icd-10-cm", "I10", None, "diagnoses"),
        ("diagnoses", "http://snomed.info/sct", "86406008", None, "diagnoses:hiv"),
        ("diagnoses", "http://snomed.info/sct", "86406008", 15, "diagnoses:hiv+minors"),
        ("tests", "http://loinc.org", "2106-3", None, "tests:reproductive"),
        ("notes", "", "", None, "notes"),
        ("schedule", "", "", 17, "schedule:minors"),
    ],
)
def test_labels_come_from_the_table(kind, system, code, age, cell):
    assert labels.label(kind, system=system, code=code, age=age) == cell


def test_everything_here_is_sud_and_notes_are_mental_health_too():
    assert labels.sensitivities("schedule") == {"sud"}
    assert labels.sensitivities("notes") == {"sud", "mental-health"}
    assert not decide(family(kinds=("notes",), sensitivities=("sud",)), request=ask("family", ["notes"])).ok
