"""What is chosen before signing: complete, sensible, said in the words, and kept as columns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daybridge.consent import columns, phrases, terms, wording
from daybridge.consent.models import Consent
from daybridge.consent.rules.words import Kind
from daybridge.consent.terms import Terms
from daybridge.consent.tests.factories import MOTHER, TERMS
from daybridge.kit.errors import BadInput

TODAY = date(2026, 3, 2)


def faults(form, **changed):
    with pytest.raises(BadInput) as raised:
        terms.complete(form, replace(TERMS[form], **changed), TODAY)
    return {problem.path: problem.message for problem in raised.value.problems}


@pytest.mark.parametrize("form", wording.CHOSEN)
def test_the_usual_terms_of_each_form_are_complete(form):
    assert terms.complete(form, TERMS[form], TODAY).kinds


@pytest.mark.parametrize("form", [*wording.FIRST, *wording.SMALL])
def test_a_form_that_asks_nothing_keeps_nothing_of_what_is_sent_along(form):
    assert terms.complete(form, MOTHER, TODAY) == terms.NOTHING


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"), ({"name": "A" * 10_000}, "name"), ({"relation": "m" * 61}, "relation"),
        ({"kinds": ()}, "kinds"), ({"kinds": ("counseling-notes",)}, "kinds"), ({"kinds": ("everything",)}, "kinds"),
        ({"sensitivities": ("sud",)}, "sensitivities"), ({"ends": ""}, "ends"), ({"ends": "never"}, "ends"),
        ({"ends": "day"}, "expires_on"), ({"ends": "day", "expires_on": TODAY - timedelta(days=1)}, "expires_on"),
        ({"ends": "day", "expires_on": date(2030, 1, 1)}, "expires_on"), ({"ends": "event", "event": " "}, "event"),
        ({"period_from": TODAY, "period_until": TODAY - timedelta(days=1)}, "period_until"),
    ],
)  # fmt: skip
def test_each_fault_is_said_beside_its_field_in_a_full_sentence(changed, field):
    found = faults("family", **changed)
    assert list(found) == [field]
    assert found[field].endswith(".")


def test_what_only_some_forms_ask_is_asked_there():
    assert "matter" in faults("legal-proceeding", matter="")
    assert "relation" in faults("class-of-recipients", relation="somebody")
    assert "members" in faults("intermediary", members=("x",) * 21)
    assert "purposes" in faults("named-recipient", purposes=())
    assert "purposes" in faults("named-recipient", purposes=("legal-proceeding",))
    assert "recipient_type" in faults("named-recipient", recipient_type="")


def test_a_court_may_be_promised_a_while_that_is_no_longer_than_the_page_holds():
    day = {"revocable": "day", "revocable_on": TODAY + timedelta(days=60)}
    ends = {"ends": "day", "expires_on": TODAY + timedelta(days=90)}
    assert terms.complete("court-referral", replace(TERMS["court-referral"], **day, **ends), TODAY).revocable == "day"
    assert "ends" in faults("court-referral", ends="treatment")
    assert "revocable" in faults("court-referral", revocable="")
    assert "revocable_on" in faults("court-referral", revocable="day")
    assert "revocable_on" in faults("court-referral", **day, ends="day", expires_on=TODAY)
    assert "revocable_on" in faults("court-referral", revocable="day", revocable_on=date(2030, 1, 1))
    assert terms.complete("family", replace(MOTHER, **day), TODAY).revocable == "", "nobody else binds anybody"


def test_whatever_is_shared_also_tells_that_the_person_comes_here():
    assert terms.complete("family", replace(MOTHER, kinds=("attendance",)), TODAY).kinds == ("presence", "attendance")
    notes = terms.complete("counseling-notes", replace(TERMS["counseling-notes"], kinds=()), TODAY)
    assert notes.kinds == (Kind.COUNSELING_NOTES,)


def test_a_legal_case_and_private_notes_cannot_be_widened():
    legal = terms.complete("legal-proceeding", replace(TERMS["legal-proceeding"], purposes=("treatment",)), TODAY)
    assert legal.purposes == ("legal-proceeding",)
    assert "kinds" in faults("legal-proceeding", kinds=("presence", "counseling-notes"))


@pytest.mark.parametrize("form", wording.CHOSEN)
def test_terms_become_columns_and_come_back(form):
    complete = terms.complete(form, TERMS[form], TODAY)
    kept = Consent(kind=form, **columns.of(wording.form(form, "en"), complete))
    assert columns.terms_of(kept) == complete
    assert columns.digest(kept) == columns.digest(Consent(kind=form, **columns.of(wording.form(form, "es"), complete)))


def test_a_widened_column_no_longer_fits_its_digest():
    kept = Consent(kind="family", **columns.of(wording.form("family", "en"), MOTHER))
    before = columns.digest(kept)
    kept.kinds = [*kept.kinds, "tests"]
    assert columns.digest(kept) != before


pytestmark = pytest.mark.django_db  # the program's name stands in the columns


def test_a_sentence_says_who_may_know_what_until_when():
    said = phrases.sentence("family", replace(MOTHER, sensitivities=("hiv",)), "en", phrases.YOU)
    assert said == (
        "Ana Vega (mother) may know: that you come here, when you come, if you came or not. Also what is about HIV."
    )
    assert phrases.until(MOTHER, "en", date.isoformat) == "Until care here ends."
    day = replace(MOTHER, ends="day", expires_on=date(2026, 3, 1))
    assert phrases.until(day, "es", date.isoformat) == "Hasta el 2026-03-01."
    group = phrases.sentence("class-of-recipients", TERMS["class-of-recipients"], "es", phrases.THEY)
    assert group.startswith("Quienes pagan la atención puede saber")


@given(
    name=some.text(max_size=300), event=some.text(max_size=300),
    kinds=some.lists(some.sampled_from(["presence", "plan", "tests", "x"]), unique=True),
)  # fmt: skip
def test_whatever_is_typed_is_taken_whole_or_refused_with_sentences(name, event, kinds):
    wanted = Terms(recipient_type="person", name=name, kinds=tuple(kinds), ends="event", event=event)
    found: tuple = ()
    complete = MOTHER
    try:
        complete = terms.complete("family", wanted, TODAY)
    except BadInput as error:
        found = error.problems
    assert all(problem.path and problem.message for problem in found)
    assert len(complete.name) <= 200
    assert complete.kinds[0] == "presence"
