"""Pages of the room, through their addresses."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit import ledger
from daybridge.audit.models import Entry
from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.consent.tests import factories as consents
from daybridge.jobs.actions import running
from daybridge.people.tests import factories as people
from daybridge.rights import actions, queries
from daybridge.rights.actions import breaches
from daybridge.rights.models import Breach, Letter, NoticeGiven, RecordPacket, Request
from daybridge.rights.rules.breaches import FACTORS, BreachState, Rating
from daybridge.rights.rules.requests import Answer, Kind, State
from daybridge.rights.tests import factories
from daybridge.rights.tests.test_breaches import WORDS, weighed

TAKEN = {"asker": "self", "checked": "known", "way": "phone", "received_on": "2026-03-02", "words": "Please."}


@pytest.fixture(autouse=True)
def that_monday(now):
    with time_machine.travel(now, tick=True):
        yield


@pytest.fixture
def rosa(site):
    return people.client(site, languages=["en"])


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.PRIVACY_OFFICER)


def taking(kind="access", **fields):
    return TAKEN | {"token": str(uuid4())} | fields


def post(browser, name, *args, **data):
    return browser.post(reverse(f"rights:{name}", args=args), data)


def page(browser, name, *args):
    return browser.get(reverse(f"rights:{name}", args=args))


def test_a_counselor_takes_a_request_in_and_hands_over_the_letter(sign_in, rosa):
    counselor = sign_in(Role.INTAKE)
    found = counselor.get(reverse("rights:find"), {"q": rosa.record_number})
    assert rosa.family_name in found.content.decode()
    url = f"{reverse('rights:take', args=[rosa.pk])}?kind=access"
    done = counselor.post(url, taking(), follow=True)
    assert "Taken in." in done.content.decode()
    assert "We got your request" in done.content.decode()
    letter = Letter.objects.get()
    answer = page(counselor, "letter", letter.pk)
    assert answer["Content-Type"] == "application/pdf"
    assert page(counselor, "request", letter.request_id).status_code == 404


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_form(officer, rosa, kind):
    answer = officer.get(reverse("rights:take", args=[rosa.pk]), {"kind": kind})
    assert answer.status_code == 200


def test_the_kinds_are_offered(officer, rosa):
    assert "A copy of the record" in page(officer, "take", rosa.pk).content.decode()


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"received_on": "2199-01-01"}, 409, "in the future"),
        ({"received_on": "someday"}, 422, "There is a problem"),
        ({"asker": "parent"}, 409, "write their name"),
        ({"words": "x" * 20_001}, 422, "There is a problem"),
        ({"letter": SimpleUploadedFile("letter.pdf", b"MZ this is a program")}, 409, "a program"),
        ({"token": "not-a-token"}, 422, "There is a problem"),
    ],
)
def test_what_cannot_be_taken_in_is_told_in_place(officer, rosa, fields, status, words):
    answer = officer.post(f"{reverse('rights:take', args=[rosa.pk])}?kind=access", taking(**fields))
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Request.objects.exists()


def test_fifty_pages_are_kept_as_a_file(officer, rosa):
    letter = SimpleUploadedFile("letter.txt", b"Please read all of this, line by line.\n" * 2500)
    officer.post(f"{reverse('rights:take', args=[rosa.pk])}?kind=complaint", taking(letter=letter))
    assert Request.objects.get().document.size > 90_000


def test_a_request_goes_its_way_by_clicks(officer, rosa, now):
    request = factories.request(rosa, Kind.AMENDMENT, by=officer.user, at=now)
    post(officer, "begin", request.pk)
    post(officer, "extend", request.pk, reason="The papers are in another house.")
    answer = post(officer, "answer", request.pk, outcome="denied", ground="complete", words="")
    assert answer.status_code == 409
    assert "Say why in words" in answer.content.decode()
    post(officer, "answer", request.pk, outcome="denied", ground="complete", words="We looked at it again with care.")
    assert "The person disagrees" in page(officer, "request", request.pk).content.decode()
    post(officer, "disagree", request.pk, words="I was there.")
    post(officer, "deliver", request.pk, way="mail")
    post(officer, "close", request.pk)
    request.refresh_from_db()
    assert request.state == State.CLOSED
    assert "I was there." in page(officer, "request", request.pk).content.decode()


def test_an_act_that_is_not_possible_now_is_told_in_place(officer, rosa, now):
    request = factories.request(rosa, Kind.AMENDMENT, by=officer.user, at=now)
    answer = post(officer, "close", request.pk)
    assert answer.status_code == 409
    assert "cannot become" in answer.content.decode()


@pytest.mark.parametrize("act", ["begin", "extend", "answer", "deliver", "close", "withdraw", "disagree", "assemble"])
def test_a_request_that_is_not_there_and_one_out_of_reach_look_alike(officer, other_site, users, now, act):
    far = people.client(other_site)
    request = factories.request(far, by=access.user(Role.PRIVACY_OFFICER, other_site), at=now)
    data = {"reason": "long enough reason", "outcome": "granted", "way": "mail", "words": "words"}
    answers = [post(officer, act, one, **data) for one in (request.pk, uuid4())]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_record_from_asking_to_the_hand(officer, rosa, now):
    request = factories.request(rosa, by=officer.user, at=now)
    post(officer, "begin", request.pk)
    post(officer, "assemble", request.pk)
    assert "being put together" in page(officer, "request", request.pk).content.decode()
    running.run(str(RecordPacket.objects.get().job_id))
    assert rosa.record_number in page(officer, "record", request.pk).content.decode()
    assert page(officer, "record_pages", request.pk).status_code == 404
    post(officer, "answer", request.pk, outcome="granted", words="")
    pages, files = page(officer, "record_pages", request.pk), page(officer, "record_files", request.pk)
    assert pages.content.startswith(b"%PDF")
    assert files["Content-Disposition"] == 'attachment; filename="record.zip"'
    assert files.content.startswith(b"PK")
    post(officer, "deliver", request.pk, way="screen")
    request.refresh_from_db()
    assert request.state == State.DELIVERED
    assert Entry.objects.filter(verb="request.deliver", data__how="screen").exists()


def test_the_list_of_what_left_is_a_paper(officer, rosa, users, now):
    wanted = consent.Request(recipient=consent.THE_CLIENT, purpose="client", kinds=("plan",), what="a plan")
    gate.clear(client=rosa, request=wanted, by=users[Role.INTAKE], at=now)
    request = factories.request(rosa, Kind.ACCOUNTING, by=officer.user, at=now)
    post(officer, "begin", request.pk)
    assert page(officer, "left_list", request.pk).content.startswith(b"%PDF")
    assert "a plan" in page(officer, "disclosures", rosa.pk).content.decode()


def test_the_worklist_shows_the_nearest_day_first(officer, site, now):
    slow = factories.request(people.client(site), Kind.AMENDMENT, by=officer.user, at=now)
    fast = factories.request(people.client(site), Kind.CONTACT, by=officer.user, at=now)
    text = page(officer, "requests").content.decode()
    assert text.index(fast.client.family_name) < text.index(slow.client.family_name)
    assert "No request has ended yet." in officer.get(reverse("rights:requests"), {"show": "ended"}).content.decode()


@pytest.mark.parametrize("name", ["requests", "desk"])
def test_lists_take_the_same_queries_for_one_and_for_twenty(officer, site, now, name, django_assert_max_num_queries):
    factories.request(people.client(site), by=officer.user, at=now)
    page(officer, name)
    with CaptureQueriesContext(
        connection,
    ) as one:
        page(officer, name)
    for _ in range(19):
        factories.request(people.client(site), by=officer.user, at=now)
    with django_assert_max_num_queries(len(one)):
        page(officer, name)


def test_the_list_of_reports_takes_the_same_queries(officer, now, django_assert_max_num_queries):
    factories.breach(by=officer.user, at=now)
    page(officer, "breaches")
    with CaptureQueriesContext(connection) as one:
        page(officer, "breaches")
    for _ in range(19):
        factories.breach(by=officer.user, at=now)
    with django_assert_max_num_queries(len(one)):
        page(officer, "breaches")


def test_the_desk_says_what_is_due(officer, rosa, now):
    factories.request(rosa, Kind.CONTACT, by=officer.user, at=now)
    factories.breach(by=officer.user, at=now)
    text = page(officer, "desk").content.decode()
    assert "5 days left" in text
    assert "to weigh" in text
    assert "What this program promises" in text


def test_consents_that_disagree_wait_on_the_desk_until_somebody_decides(officer, rosa, users, now):
    first = consents.signed(rosa, "family", by=users[Role.INTAKE], at=now)
    wider = ("presence", "schedule", "attendance", "plan")
    second = consents.signed(rosa, "family", by=users[Role.INTAKE], at=now, kinds=wider)
    assert "say different things" in page(officer, "desk").content.decode()
    consents.ruling(second, first, at=now)
    assert "say different things" not in page(officer, "desk").content.decode()


def test_today_s_rows_are_for_those_who_work_on_them(users, rosa, now):
    factories.request(rosa, by=users[Role.PRIVACY_OFFICER], at=now)
    assert "Take on" in [row.act for row in queries.due(by=users[Role.PRIVACY_OFFICER], at=now)]
    assert queries.due(by=users[Role.COUNSELOR], at=now) == []


def test_who_opened_a_record_is_a_page(sign_in, users, rosa, now):
    ledger.read("chart.read", rosa, by=users[Role.NURSE], at=now)
    text = page(sign_in(Role.PRIVACY_OFFICER), "opened", rosa.pk).content.decode()
    assert "Opened the chart" in text
    assert users[Role.NURSE].name in text
    assert page(sign_in(Role.BILLER), "opened", rosa.pk).status_code == 404


def test_a_breach_from_the_report_to_its_end(sign_in, officer, rosa, now):
    today = now.date().isoformat()
    peer = sign_in(Role.PEER)
    said = post(peer, "report", what="A list lay in the lobby.", found_on=today, token=uuid4())
    assert said.status_code == 302
    breach = Breach.objects.get()
    answers = {f"{one.id}_{part}": value for one in FACTORS for part, value in (("rating", "high"), ("words", "why"))}
    post(officer, "weigh", breach.pk, **answers)
    wrong = post(officer, "touch", breach.pk, numbers="NOBODY-9")
    assert wrong.status_code == 409
    post(officer, "touch", breach.pk, numbers=rosa.record_number)
    post(officer, "write_letters", breach.pk, words=WORDS)
    assert post(officer, "print_letters", breach.pk).content.startswith(b"%PDF")
    assert post(officer, "close_breach", breach.pk).status_code == 409
    post(officer, "tell", breach.pk, breach.people.get().pk, way="mail")
    post(officer, "told", breach.pk, whom="hhs", on=today, remark="portal 17")
    post(officer, "close_breach", breach.pk)
    breach.refresh_from_db()
    assert breach.state == BreachState.CLOSED
    assert page(officer, "breach", breach.pk).status_code == 200
    assert page(peer, "breach", breach.pk).status_code == 404


def test_somebody_not_touched_after_all_is_taken_off(officer, rosa, now):
    breach = factories.breach(by=officer.user, at=now)
    breaches.touch(breach_id=breach.pk, record_numbers=(rosa.record_number,), by=officer.user, at=now)
    post(officer, "untouch", breach.pk, breach.people.get().pk)
    assert not breach.people.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("weigh", {}), ("touch", {}), ("write_letters", {}), ("told", {"whom": "nobody"}), ("told", {})],
)
def test_forms_of_a_report_say_what_is_missing(officer, now, name, data):
    breach = factories.breach(by=officer.user, at=now)
    assert post(officer, name, breach.pk, **data).status_code == 422


@pytest.mark.parametrize("what", ["", "x"])
def test_a_report_without_words_is_not_taken(officer, now, what):
    assert post(officer, "report", what=what, found_on=now.date(), token=uuid4()).status_code in (409, 422)
    assert not Breach.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "Your rights"), ("es", "Sus derechos"), ("xx", "Your rights")])
def test_the_notice_is_there_for_everybody_in_two_languages(site, language, words):
    browser = Browser()
    answer = browser.get(reverse("rights:notice"), {"lang": language})
    assert words in answer.content.decode()
    assert browser.get(reverse("rights:notice_pdf"), {"lang": language}).content.startswith(b"%PDF")


def given(browser, client, **fields):
    url = reverse("rights:give_notice", args=[client.pk])
    found = re.search(r'name="text_hash" value="([0-9a-f]{64})"', browser.get(url).content.decode())
    return browser.post(url, {"how": "paper", "text_hash": found[1] if found else "0" * 64} | fields)


def test_the_person_signs_that_they_got_the_notice(sign_in, rosa):
    intake = sign_in(Role.INTAKE)
    assert given(intake, rosa, signer_name="Rosa Delgado").status_code == 302
    kept = NoticeGiven.objects.get()
    assert (kept.client, kept.signer_name, kept.how) == (rosa, "Rosa Delgado", "paper")
    assert "You have this notice." in page(intake, "give_notice", rosa.pk).content.decode()


@pytest.mark.parametrize("fields", [{}, {"signer_name": "Rosa Delgado", "why_not": "no"}, {"signer_name": "R"}])
def test_either_a_name_or_why_not(sign_in, rosa, fields):
    assert given(sign_in(Role.INTAKE), rosa, **fields).status_code == 409
    assert not NoticeGiven.objects.exists()


def test_words_changed_while_the_page_was_open_are_read_again(sign_in, rosa):
    answer = given(sign_in(Role.INTAKE), rosa, signer_name="Rosa Delgado", text_hash="0" * 64)
    assert answer.status_code == 409
    assert "read it again" in answer.content.decode()


def test_weighed_low_is_shown_with_its_reasons(officer, now):
    breach = factories.breach(by=officer.user, at=now)
    breaches.weigh(breach_id=breach.pk, weighed=weighed(Rating.LOW), by=officer.user, at=now)
    assert "A low probability was shown" in page(officer, "breach", breach.pk).content.decode()


def test_a_wish_of_how_to_be_reached_is_told_to_those_who_see_the_name(users, rosa, now):
    officer = users[Role.PRIVACY_OFFICER]
    request = factories.request(rosa, Kind.CONTACT, by=officer, at=now)
    actions.begin(request_id=request.pk, by=officer, at=now)
    actions.answer(request_id=request.pk, answer=Answer(outcome=State.GRANTED), by=officer, at=now)
    wish = queries.contact_wish(client_id=rosa.pk, by=users[Role.FRONT_DESK])
    assert (wish.where, wish.avoid) == ("+15555550123", "Do not call home")
    assert queries.contact_wish(client_id=rosa.pk, by=users[Role.ADMINISTRATOR]) is None
