"""What the law opens without a consent, and who gets the client's own record."""

from dataclasses import replace
from datetime import date

import pytest

from daybridge.consent.rules import (
    THE_CLIENT,
    Person,
    Recipient,
    deciding,
)
from daybridge.consent.tests.asking import (
    AUDIT,
    COURT,
    DAY,
    EVERYTHING,
    FACTS,
    INSURER,
    MOTHER,
    NOON,
    ORDER,
    TODAY,
    ask,
    decide,
    reason,
    signed,
)

# Without a consent


MOST = {
    "legal-order": {"attendance", "counseling-notes"}, "abuse-report": {"presence", "demographics"},
    "crime": {"presence", "demographics"},
}  # fmt: skip


@pytest.mark.parametrize("purpose", FACTS)
def test_the_law_opens_some_things_without_a_consent_and_no_notice_travels(purpose):
    ground, recipient = FACTS[purpose]
    answer = decide(request=ask(purpose, recipient=recipient, ground=ground))
    usual = (
        set(EVERYTHING) - {"counseling-notes"} - ({"photo"} if purpose in ("deidentified", "public-health") else set())
    )
    assert set(answer.allowed) == MOST.get(purpose, usual)
    assert (answer.notice, answer.relied_on) == ("", ())


@pytest.mark.parametrize("purpose", FACTS)
def test_without_its_facts_or_with_those_of_another_purpose_nothing_leaves(purpose):
    _, recipient = FACTS[purpose]
    assert reason(decide(request=ask(purpose, recipient=recipient))) == deciding.NO_FACTS.reason
    wrong = next(ground for other, (ground, _) in FACTS.items() if other != purpose)
    assert not decide(request=ask(purpose, recipient=recipient, ground=wrong)).ok


@pytest.mark.parametrize(
    ("purpose", "change", "words"),
    [
        ("emergency", {"who": " "}, "who gets it"),
        ("emergency", {"discloser": ""}, "who tells"),
        ("emergency", {"when": None}, "when"),
        ("emergency", {"when": NOON + DAY}, "when"),
        ("emergency", {"why": ""}, "what the emergency is"),
        ("emergency", {"could_ask": True}, "can be asked"),
        ("emergency", {"who": "Dr. Wu", "affiliation": "Elsewhere"}, "not who the emergency"),
        ("legal-order", {"has_order": False, "has_subpoena": True}, "subpoena alone is not enough"),
        ("legal-order", {"has_order": False}, "no court order"),
        ("legal-order", {"document": ""}, "Attach the order"),
        ("legal-order", {"court": ""}, "Name the court"),
        ("legal-order", {"dated": TODAY + DAY}, "has no date"),
        ("legal-order", {"until": TODAY - DAY}, "time is over"),
        ("legal-order", {"found_good_cause": False}, "good cause"),
        ("legal-order", {"recipient": "Sheriff"}, "for somebody else"),
        ("audit", {"entitled": "neighbor"}, "by what right"),
        ("audit", {"has_promise": False}, "promise"),
        ("research", {"basis": ""}, "under which rule"),
        ("research", {"approved_on": TODAY + DAY}, "not approved yet"),
        ("research", {"until": TODAY - DAY}, "approval is over"),
        ("research", {"has_promise": False}, "promise"),
        ("deidentified", {"method": ""}, "how the names were taken out"),
        ("deidentified", {"left": ("name",)}, "still holds"),
        ("deidentified", {"knows_better": True}, "could still be known"),
        ("deidentified", {"method": "expert"}, "expert's written finding"),
        ("public-health", {"deidentified": None}, "names nobody"),
        ("abuse-report", {"law": ""}, "state law"),
        ("abuse-report", {"is_first": False}, "Only the first report"),
        ("crime", {"where": "elsewhere"}, "on the premises"),
        ("crime", {"incident": ""}, "what happened"),
    ],
)
def test_each_fact_that_is_missing_is_told(purpose, change, words):
    ground, recipient = FACTS[purpose]
    answer = decide(request=ask(purpose, recipient=recipient, ground=replace(ground, **change)))
    assert not answer.ok
    assert words in reason(answer)


@pytest.mark.parametrize("purpose", ["public-health", "abuse-report", "crime"])
def test_reports_go_to_an_authority_only(purpose):
    ground, recipient = FACTS[purpose]
    answer = decide(request=ask(purpose, recipient=replace(recipient, type="person"), ground=ground))
    assert reason(answer) == deciding.NOT_AN_AUTHORITY.reason


def test_an_order_opens_no_more_than_it_names():
    answer = decide(request=ask("legal-order", ["attendance", "notes"], COURT, ground=ORDER))
    assert (answer.allowed, reason(answer)) == (("attendance",), deciding.NOT_IN_ORDER.reason)


def test_counseling_notes_are_shown_to_who_oversees_their_author_only():
    asked = ask("audit", ["counseling-notes"], INSURER, ground=AUDIT)
    assert reason(decide(request=asked)) == deciding.NOT_OVERSEEN.reason
    assert decide(request=replace(asked, ground=replace(AUDIT, oversees_author=True))).ok


# The client


def test_the_client_may_have_their_own_record_but_for_counseling_notes():
    answer = decide(request=ask("client"))
    assert set(answer.allowed) == set(EVERYTHING) - {"counseling-notes"}
    assert (answer.relied_on, answer.notice) == ((), "")


@pytest.mark.parametrize(
    ("recipient", "person", "opens"),
    [
        (MOTHER, Person(), False),
        (replace(THE_CLIENT, relation="guardian"), Person(), False),
        (replace(THE_CLIENT, relation="guardian"), Person(incapable_since=TODAY), True),
        (replace(THE_CLIENT, relation="representative"), Person(died_on=TODAY), True),
        (replace(THE_CLIENT, relation="representative"), Person(died_on=TODAY + DAY), False),
        (replace(THE_CLIENT, relation="parent"), Person(birth_date=date(2012, 1, 1)), False),
    ],
)
def test_who_gets_the_clients_own_record(recipient, person, opens):
    assert decide(request=ask("client", recipient=recipient), person=person).ok is opens


@pytest.mark.parametrize("purpose", ["marketing", "", "Treatment"])
def test_a_purpose_without_a_rule_is_refused_with_a_sentence(purpose):
    answer = decide(signed(), request=ask(purpose))
    assert (answer.ok, reason(answer)) == (False, deciding.NO_RULE.reason)


def test_an_unknown_kind_or_part_and_a_nameless_recipient_get_nothing():
    answer = decide(request=ask("client", ["browser-history", "plan:secret", "plan"]))
    assert answer.allowed == ("plan",)
    assert reason(decide(request=ask("client", ["plan"], Recipient("client", " ")))) == deciding.NO_RECIPIENT.reason
