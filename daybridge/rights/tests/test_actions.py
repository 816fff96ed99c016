"""Requests from asking to the end: clocks, letters, two people at once, and who may."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from daybridge.access.gates import Guest
from daybridge.access.rules import Permission, Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.consent.models import Disclosure, Restriction
from daybridge.consent.tests import factories as consents
from daybridge.kit.errors import BadInput, IllegalMove, NotAllowed, Refused
from daybridge.people.models import Client
from daybridge.people.tests import factories as people
from daybridge.rights import actions, sealed
from daybridge.rights.models import ContactWish, Letter, Request, RequestEvent
from daybridge.rights.rules.requests import Answer, Kind, State
from daybridge.rights.tests import factories

WHY = "The nurse checked the paper of that day."


@pytest.fixture
def officer(users):
    return users[Role.PRIVACY_OFFICER]


@pytest.fixture
def rosa(site):
    return people.client(site, languages=["es"])


@pytest.fixture
def asked(rosa, officer, now):
    return factories.request(rosa, Kind.AMENDMENT, by=officer, at=now)


def test_taking_a_request_starts_its_clock_and_writes_a_letter(rosa, officer, now):
    request = factories.request(rosa, by=officer, at=now)
    assert (request.received_on, request.due_on) == (date(2026, 3, 2), date(2026, 4, 1))
    letter = Letter.objects.get(request=request)
    assert letter.language == "es"
    assert "1 de abril de 2026" in sealed.words(letter, "words")


def test_what_was_asked_is_sealed_and_never_on_the_ledger(asked):
    assert b"February" not in bytes(asked.asked)
    assert sealed.asked(asked).words == factories.NEEDED
    assert "February" not in str(list(Entry.objects.values_list("data", "reason")))


def test_a_request_of_yesterday_is_due_a_day_earlier(rosa, officer, now):
    request = factories.request(rosa, by=officer, at=now, received_on=date(2026, 3, 1))
    assert request.due_on == date(2026, 3, 31)


@pytest.mark.parametrize("fields", [{"received_on": date(2026, 3, 3)}, {"words": "x" * 20_001}])
def test_what_cannot_be_taken_leaves_nothing(rosa, officer, now, fields):
    with pytest.raises(Refused):
        factories.request(rosa, by=officer, at=now, **fields)
    assert not Request.objects.exists()
    assert not Letter.objects.exists()


def test_a_letter_of_fifty_pages_is_kept_as_it_came(rosa, officer, now):
    letter = ContentFile(b"Dear program,\n" + b"Please read every word of this.\n" * 3000, name="letter.txt")
    request = actions.take(client_id=rosa.pk, asked=factories.asked(words=""), upload=letter, by=officer, at=now)
    assert request.document.size > 90_000
    assert request.document.kind == "request"


@pytest.mark.parametrize(("content", "name"), [(b"MZ" + b"\0" * 100, "letter.pdf"), (b"", "letter.txt")])
def test_a_file_of_a_false_type_is_refused_whole(rosa, officer, now, content, name):
    with pytest.raises(BadInput):
        actions.take(
            client_id=rosa.pk, asked=factories.asked(), upload=ContentFile(content, name=name), by=officer, at=now
        )
    assert not Request.objects.exists()


def test_a_form_sent_twice_is_one_request(rosa, officer, now):
    token = uuid4()
    both = [actions.take(client_id=rosa.pk, asked=factories.asked(), token=token, by=officer, at=now) for _ in "ab"]
    assert both[0] == both[1]
    assert Request.objects.count() == 1


def test_another_site_finds_nobody(rosa, other_site, now):
    stranger = access.user(Role.PRIVACY_OFFICER, other_site)
    with pytest.raises(Client.DoesNotExist):
        factories.request(rosa, by=stranger, at=now)


def test_the_person_asks_on_their_own_page(rosa, now):
    guest = Guest(actor=f"client:{rosa.pk}", client_id=rosa.pk, permissions=frozenset({Permission.REQUEST_TAKE}))
    request = actions.ask(client_id=rosa.pk, asked=factories.asked(way="letter", checked="known"), by=guest, at=now)
    assert sealed.asked(request).way == "page"
    assert sealed.asked(request).checked == "own-page"
    assert request.taken_by == guest.actor
    with pytest.raises(Request.DoesNotExist):
        actions.begin(request_id=request.pk, by=guest, at=now)


def test_the_way_of_a_request_is_kept_step_by_step(asked, officer, now):
    actions.begin(request_id=asked.pk, by=officer, at=now)
    actions.extend(request_id=asked.pk, reason="The papers are in another house.", by=officer, at=now)
    actions.answer(request_id=asked.pk, answer=Answer(outcome=State.GRANTED), by=officer, at=now)
    actions.deliver(request_id=asked.pk, way="paper", by=officer, at=now)
    done = actions.close(request_id=asked.pk, by=officer, at=now)
    assert done.owner == officer
    assert done.due_on == date(2026, 3, 2) + timedelta(days=90)
    assert list(RequestEvent.objects.values_list("now", flat=True)) == [
        "received", "in-work", "extended", "granted", "delivered", "closed"
    ]  # fmt: skip
    assert list(Letter.objects.values_list("name", flat=True)) == ["receipt", "extended", "amendment-granted"]
    assert not Letter.objects.filter(given_at=None).exists()


def test_two_people_at_once_one_is_told_that_it_was_taken(asked, officer, site, now):
    colleague = access.user(Role.PRIVACY_OFFICER, site)
    actions.begin(request_id=asked.pk, by=officer, at=now)
    with pytest.raises(IllegalMove):
        actions.begin(request_id=asked.pk, by=colleague, at=now)
    asked.refresh_from_db()
    assert asked.owner == officer


def test_deciding_twice_is_refused_and_writes_no_second_letter(asked, officer, now):
    actions.begin(request_id=asked.pk, by=officer, at=now)
    no = Answer(outcome=State.DENIED, ground="complete", words=WHY)
    actions.answer(request_id=asked.pk, answer=no, by=officer, at=now)
    with pytest.raises(IllegalMove):
        actions.answer(request_id=asked.pk, answer=Answer(outcome=State.GRANTED), by=officer, at=now)
    assert Letter.objects.filter(request=asked, name__startswith="amendment").count() == 1


def test_a_no_is_told_with_its_reason_in_the_person_s_language(asked, officer, now):
    actions.begin(request_id=asked.pk, by=officer, at=now)
    no = Answer(outcome=State.DENIED, ground="complete", words=WHY)
    actions.answer(request_id=asked.pk, answer=no, by=officer, at=now)
    text = sealed.words(Letter.objects.get(name="amendment-denied"), "words")
    assert "Creemos que lo que dice es correcto y completo" in text
    assert WHY in text
    assert "hhs.gov" in text


def test_a_statement_of_disagreement_stays_with_the_record(asked, officer, now):
    actions.begin(request_id=asked.pk, by=officer, at=now)
    with pytest.raises(Refused):
        actions.disagree(request_id=asked.pk, words="I was there.", by=officer, at=now)
    no = Answer(outcome=State.DENIED, ground="complete", words=WHY)
    actions.answer(request_id=asked.pk, answer=no, by=officer, at=now)
    kept = actions.disagree(request_id=asked.pk, words="I was there.", by=officer, at=now)
    assert sealed.words(kept, "disagreement") == "I was there."


def test_a_granted_restriction_is_one_the_gate_obeys(rosa, officer, now):
    wants = {"to": "health-plan", "recipient": "Blue Shield", "paid_in_full": "yes"}
    request = factories.request(rosa, Kind.RESTRICTION, by=officer, at=now, wants=wants)
    actions.begin(request_id=request.pk, by=officer, at=now)
    actions.answer(request_id=request.pk, answer=Answer(outcome=State.GRANTED), by=officer, at=now)
    kept = Restriction.objects.get(client=rosa)
    assert (kept.recipient_name, kept.purposes, kept.ended_at) == ("Blue Shield", ["payment", "operations"], None)


def test_the_gate_obeys_a_granted_restriction_and_the_person_still_gets_their_own(rosa, users, officer, now):
    consents.both(rosa, by=users[Role.INTAKE], at=now)
    plan = consent.Recipient("organization", "Blue Shield", "payer")
    bill = consent.Request(recipient=plan, purpose="payment", kinds=("plan",), what="a plan")
    gate.clear(client=rosa, request=bill, by=users[Role.INTAKE], at=now)
    wants = {"to": "health-plan", "recipient": "Blue Shield", "paid_in_full": "yes"}
    request = factories.request(rosa, Kind.RESTRICTION, by=officer, at=now, wants=wants)
    actions.begin(request_id=request.pk, by=officer, at=now)
    actions.answer(request_id=request.pk, answer=Answer(outcome=State.GRANTED), by=officer, at=now)
    later = now + timedelta(minutes=1)
    with pytest.raises(Refused):
        gate.clear(client=rosa, request=bill, by=users[Role.INTAKE], at=later)
    own = consent.Request(recipient=consent.THE_CLIENT, purpose="client", kinds=("plan",), what="a plan")
    assert gate.clear(client=rosa, request=own, by=users[Role.INTAKE], at=later).kinds == ("plan",)


def test_a_denied_restriction_restricts_nothing(rosa, officer, now):
    request = factories.request(rosa, Kind.RESTRICTION, by=officer, at=now)
    actions.begin(request_id=request.pk, by=officer, at=now)
    no = Answer(outcome=State.DENIED, ground="care", words=WHY)
    actions.answer(request_id=request.pk, answer=no, by=officer, at=now)
    assert not Restriction.objects.exists()


def test_the_newest_wish_of_how_to_be_reached_is_in_force(rosa, officer, now):
    for minutes in (0, 1):
        at = now + timedelta(minutes=minutes)
        request = factories.request(rosa, Kind.CONTACT, by=officer, at=at)
        actions.begin(request_id=request.pk, by=officer, at=at)
        actions.answer(request_id=request.pk, answer=Answer(outcome=State.GRANTED), by=officer, at=at)
    assert ContactWish.objects.count() == 2
    assert ContactWish.objects.get(ended_at=None).request == request


def test_a_withdrawn_request_ends(asked, officer, now):
    actions.withdraw(request_id=asked.pk, by=officer, at=now)
    with pytest.raises(IllegalMove):
        actions.begin(request_id=asked.pk, by=officer, at=now)


def test_a_record_is_not_granted_before_it_is_there(rosa, officer, now):
    request = factories.request(rosa, by=officer, at=now)
    actions.begin(request_id=request.pk, by=officer, at=now)
    with pytest.raises(Refused, match="Put the record together"):
        actions.answer(request_id=request.pk, answer=Answer(outcome=State.GRANTED), by=officer, at=now)


def test_a_letter_handed_over_went_through_the_gate(asked, officer, now):
    letter = Letter.objects.get(request=asked)
    clearance, given = actions.give_letter(letter_id=letter.pk, by=officer, at=now)
    assert given.given_at == now
    assert Disclosure.objects.get(pk=clearance.disclosure_id).purpose == "client"
    later = now + timedelta(days=1)
    _clearance, again = actions.give_letter(letter_id=letter.pk, by=officer, at=later)
    assert again.given_at == now


@pytest.mark.parametrize("role", [Role.COUNSELOR, Role.FRONT_DESK])
def test_who_takes_requests_in_does_not_answer_them(asked, users, now, role):
    with pytest.raises((Request.DoesNotExist, NotAllowed)):
        actions.begin(request_id=asked.pk, by=users[role], at=now)
