"""From a report to its end: weighed by four questions, people told in their language, nothing closed too early."""

from datetime import timedelta
from uuid import uuid4

import pytest

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.consent.models import Disclosure
from daybridge.kit.errors import IllegalMove, Refused
from daybridge.people.tests import factories as people
from daybridge.rights import sealed
from daybridge.rights.actions import breaches
from daybridge.rights.models import Breach, BreachPerson, Letter
from daybridge.rights.rules.breaches import FACTORS, BreachState, Rating, Report, Weighed
from daybridge.rights.tests import factories

WORDS = "A list with names and hours lay in the lobby for an hour."


def weighed(rating):
    return Weighed(dict.fromkeys([one.id for one in FACTORS], rating), {one.id: "because" for one in FACTORS}, "note")


@pytest.fixture
def officer(users):
    return users[Role.PRIVACY_OFFICER]


@pytest.fixture
def reported(users, now):
    return factories.breach(by=users[Role.FRONT_DESK], at=now)


@pytest.fixture
def breach(reported, officer, now):
    return breaches.weigh(breach_id=reported.pk, weighed=weighed(Rating.HIGH), by=officer, at=now)


@pytest.fixture
def two(site):
    return [people.client(site, languages=["es"]), people.client(site, languages=["en"])]


def touched(breach, two, by, at):
    numbers = tuple(one.record_number for one in two)
    return breaches.touch(breach_id=breach.pk, record_numbers=numbers, by=by, at=at)


def test_anybody_on_the_staff_reports_and_only_the_officer_reads_it(reported, users, now):
    assert reported.state == BreachState.REPORTED
    assert b"wrong address" not in bytes(reported.what)
    with pytest.raises(Breach.DoesNotExist):
        breaches.weigh(breach_id=reported.pk, weighed=weighed(Rating.LOW), by=users[Role.FRONT_DESK], at=now)


def test_another_site_s_officer_finds_nothing(reported, other_site, now):
    stranger = access.user(Role.PRIVACY_OFFICER, other_site)
    with pytest.raises(Breach.DoesNotExist):
        breaches.close(breach_id=reported.pk, by=stranger, at=now)


def test_a_report_sent_twice_is_one(officer, now):
    token = uuid4()
    report = Report(what="A letter went astray.", found_on=now.date())
    both = [breaches.report(report=report, token=token, by=officer, at=now) for _ in "ab"]
    assert both[0] == both[1]


@pytest.mark.parametrize("days", [1, 400])
def test_a_report_from_the_future_is_refused(officer, now, days):
    with pytest.raises(Refused):
        factories.breach(by=officer, at=now, found_on=now.date() + timedelta(days=days))


def test_a_low_probability_ends_without_letters(reported, officer, now):
    low = breaches.weigh(breach_id=reported.pk, weighed=weighed(Rating.LOW), by=officer, at=now)
    assert low.state == BreachState.LOW
    assert breaches.close(breach_id=low.pk, by=officer, at=now).state == BreachState.CLOSED


def test_new_facts_turn_a_low_probability_into_a_breach_but_never_back(reported, officer, now):
    breaches.weigh(breach_id=reported.pk, weighed=weighed(Rating.LOW), by=officer, at=now)
    breaches.weigh(breach_id=reported.pk, weighed=weighed(Rating.LOW), by=officer, at=now)
    worse = breaches.weigh(breach_id=reported.pk, weighed=weighed(Rating.HIGH), by=officer, at=now)
    assert worse.state == BreachState.BREACH
    with pytest.raises(IllegalMove):
        breaches.weigh(breach_id=reported.pk, weighed=weighed(Rating.LOW), by=officer, at=now)


def test_people_are_added_all_or_none(breach, two, officer, now):
    numbers = (two[0].record_number, "nobody-1")
    with pytest.raises(Refused, match="NOBODY-1"):
        breaches.touch(breach_id=breach.pk, record_numbers=numbers, by=officer, at=now)
    assert not BreachPerson.objects.exists()
    assert touched(breach, two, officer, now) == 2
    assert touched(breach, two, officer, now) == 0


def test_somebody_of_another_site_looks_like_nobody(breach, other_site, officer, now):
    far = people.client(other_site)
    with pytest.raises(Refused) as there:
        breaches.touch(breach_id=breach.pk, record_numbers=(far.record_number,), by=officer, at=now)
    with pytest.raises(Refused) as nowhere:
        breaches.touch(breach_id=breach.pk, record_numbers=("T-99999999",), by=officer, at=now)
    assert str(there.value).replace(far.record_number, "T-99999999") == str(nowhere.value)


def test_everybody_is_written_to_in_their_own_language(breach, two, officer, now):
    touched(breach, two, officer, now)
    assert breaches.write_letters(breach_id=breach.pk, words=WORDS, by=officer, at=now) == 2
    assert breaches.write_letters(breach_id=breach.pk, words=WORDS, by=officer, at=now) == 0
    titles = {sealed.words(one, "words").partition("\n")[0] for one in Letter.objects.all()}
    assert titles == {"# Algo sobre usted pudo haber salido", "# Something about you may have got out"}


def test_letters_wait_until_it_is_known_to_be_a_breach(reported, two, officer, now):
    touched(reported, two, officer, now)
    with pytest.raises(IllegalMove):
        breaches.write_letters(breach_id=reported.pk, words=WORDS, by=officer, at=now)


def test_nothing_is_closed_before_everybody_was_told(breach, two, officer, now):
    touched(breach, two, officer, now)
    breaches.write_letters(breach_id=breach.pk, words=WORDS, by=officer, at=now)
    with pytest.raises(Refused, match="not been told"):
        breaches.close(breach_id=breach.pk, by=officer, at=now)
    for person in breach.people.all():
        breaches.tell(person_id=person.pk, way="mail", by=officer, at=now)
    with pytest.raises(Refused, match="HHS"):
        breaches.close(breach_id=breach.pk, by=officer, at=now)
    breaches.told(breach_id=breach.pk, whom="hhs", on=now.date(), remark="portal 17", by=officer, at=now)
    assert breaches.close(breach_id=breach.pk, by=officer, at=now).state == BreachState.CLOSED
    assert Disclosure.objects.filter(what="letter breach", purpose="client").count() == 2


def test_telling_twice_and_telling_without_a_letter_are_refused(breach, two, officer, now):
    touched(breach, two, officer, now)
    person = breach.people.first()
    with pytest.raises(Refused, match="letter first"):
        breaches.tell(person_id=person.pk, way="mail", by=officer, at=now)
    breaches.write_letters(breach_id=breach.pk, words=WORDS, by=officer, at=now)
    breaches.tell(person_id=person.pk, way="mail", by=officer, at=now)
    with pytest.raises(IllegalMove):
        breaches.tell(person_id=person.pk, way="mail", by=officer, at=now)


def test_whoever_has_a_letter_stays_on_the_list(breach, two, officer, now):
    touched(breach, two, officer, now)
    first, second = breach.people.all()
    breaches.untouch(person_id=first.pk, by=officer, at=now)
    breaches.write_letters(breach_id=breach.pk, words=WORDS, by=officer, at=now)
    with pytest.raises(IllegalMove):
        breaches.untouch(person_id=second.pk, by=officer, at=now)


def test_letters_are_printed_together_each_through_the_gate(breach, two, officer, now):
    with pytest.raises(Refused):
        breaches.give_letters(breach_id=breach.pk, by=officer, at=now)
    touched(breach, two, officer, now)
    breaches.write_letters(breach_id=breach.pk, words=WORDS, by=officer, at=now)
    clearances, letters = breaches.give_letters(breach_id=breach.pk, by=officer, at=now)
    assert {one.client_id for one in clearances} == {one.client_id for one in letters}
    assert len(clearances) == 2


def test_the_ledger_tells_what_was_done_and_no_words(breach, two, officer, now):
    touched(breach, two, officer, now)
    breaches.write_letters(breach_id=breach.pk, words=WORDS, by=officer, at=now)
    lines = Entry.objects.filter(verb__startswith="breach.")
    assert {line.verb for line in lines} == {"breach.report", "breach.weigh", "breach.touch"}
    assert "lobby" not in str(list(Entry.objects.values_list("data", "reason")))
