"""The pages of the way in, through their addresses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybridge.access.rules import Role
from daybridge.admissions.models import ContactAttempt, Packet, PossibleMatch, Referral
from daybridge.admissions.queries.cards import cards
from daybridge.admissions.queries.guarded import hidden_matches
from daybridge.admissions.queries.said import row
from daybridge.admissions.rules.referral import SETTLE_MATCH
from daybridge.admissions.tests import factories
from daybridge.admissions.tests.factories import packet
from daybridge.audit.models import Entry
from daybridge.people.models import Client
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
SCREEN = {
    "danger": "no",
    "concern": "Wants help",
    "withdrawal": "none",
    "pregnant": "no",
    "insurance": "medicaid",
    "may_contact": "yes",
}


@pytest.fixture
def intake(sign_in):
    return sign_in(Role.INTAKE)


def url(name, *args):
    return reverse(f"admissions:{name}", args=args)


def upload(browser, *files):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return browser.post(url("upload"), {"files": sent})


def test_the_board_shows_each_lane_with_the_one_next_act(intake, site):
    waiting = factories.referral(site)
    people.phone(waiting.client)
    factories.referral(site, state="contacted")
    page = intake.get(url("board")).content.decode()
    assert waiting.client.name in page
    assert f'href="{url("referral", waiting.id)}#call">Call now' in page
    assert f'href="{url("screen", Referral.objects.get(state="contacted").id)}">Screen' in page


@pytest.mark.parametrize("role", [Role.BILLER, Role.FRONT_DESK, Role.PEER])
def test_the_board_does_not_exist_for_others(sign_in, site, role):
    assert sign_in(role).get(url("board")).status_code == 404


def test_a_clinician_sees_the_board_without_moving_anything(sign_in, site):
    factories.referral(site)
    page = sign_in(Role.NURSE).get(url("board")).content.decode()
    assert 'class="mover"' not in page
    assert "New referral" not in page


def test_the_board_asks_the_database_as_often_for_twenty_as_for_one(intake, site):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert intake.get(url("board")).status_code == 200
        return len(found)

    for state in ("received", "contacted", "decided"):
        people.phone(factories.referral(site, state=state).client)
    intake.get(url("board"))
    one = asked()
    for state in ("received", "contacted", "screened", "assessed", "decided", "waitlisted"):
        for referral in factories.referrals(site, 20, state=state):
            people.phone(referral.client)
            ContactAttempt.objects.create(referral=referral, result="no-answer", by="system:test", at=factories.CALLED)
    assert asked() == one


def test_a_long_lane_shows_fifteen_and_leads_to_the_rest(intake, site):
    factories.referrals(site, 60)
    page = intake.get(url("board")).content.decode()
    assert page.count('class="slip"') == 15
    assert "and 45 more" in page
    second = intake.get(url("board"), {"lane": "received", "page": 2}).content.decode()
    assert "51 to 60 of 60" in second


def test_looking_at_the_board_is_on_the_ledger(intake, site):
    referral = factories.referral(site)
    intake.get(url("board"))
    assert Entry.objects.get(verb="referral.board").data["clients"] == [str(referral.client_id)]


def test_filters_live_in_the_address(intake, site):
    mine = factories.referral(site, state="contacted", owner=people.staff(site, user=intake.user))
    other = factories.referral(site, state="contacted")
    page = intake.get(url("board"), {"show": "mine"}).content.decode()
    assert mine.client.name in page
    assert other.client.name not in page
    due = factories.referral(site, state="contacted", next_on=timezone.now() - timedelta(hours=1))
    page = intake.get(url("board"), {"show": "waiting"}).content.decode()
    assert due.client.name in page
    assert mine.client.name not in page


def test_a_card_is_moved_and_the_move_taken_back(intake, site):
    referral = factories.referral(site)
    answer = intake.post(url("move", referral.id), {"to": "contacted", "was": "received", "version": 1}, follow=True)
    assert "Undo" in answer.content.decode()
    intake.post(url("move", referral.id), {"to": "received"})
    referral.refresh_from_db()
    assert referral.state == "received"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"to": "assessed"}, 409),
        ({"to": "moon"}, 422),
        ({"to": "contacted", "version": 9}, 409),
        ({"to": "declined"}, 409),
    ],
)
def test_a_move_that_cannot_be_is_said_on_the_board(intake, site, data, status):
    referral = factories.referral(site)
    answer = intake.post(url("move", referral.id), data)
    assert answer.status_code == status
    assert "Not moved." in answer.content.decode()


@pytest.mark.parametrize("name", ["referral", "screen", "compare", "packet"])
def test_a_referral_of_another_site_does_not_exist(sign_in, site, other_site, name):
    referral = factories.referral(site)
    assert sign_in("other_site").get(url(name, referral.id)).status_code == 404
    assert sign_in(Role.INTAKE).get(url(name, uuid4())).status_code == 404


@pytest.mark.parametrize("name", ["contact", "move", "screen", "safety"])
def test_nobody_of_another_site_works_a_referral(sign_in, site, other_site, name):
    referral = factories.referral(site)
    data = SCREEN | {"result": "reached", "to": "contacted", "how": "x"}
    assert sign_in("other_site").post(url(name, referral.id), data).status_code == 404
    assert Referral.objects.get().state == "received"


def test_a_phone_referral_of_one_name_leads_to_its_page_and_not_twice(intake, site):
    data = {"given": "Imani", "message": "no", "token": str(uuid4())}
    first, second = intake.post(url("new"), data), intake.post(url("new"), data)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == url("referral", Referral.objects.get().id)
    assert Referral.objects.get().may_leave_message is False


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"message": "no"}, 422),
        ({"given": "A" * 10_000, "message": "no"}, 422),
        ({"given": "A", "birth_date": "2999-01-01", "message": "no"}, 409),
    ],
    ids=["no name", "endless name", "unborn"],
)
def test_a_wrong_phone_referral_says_so_and_stores_nothing(intake, site, data, status):
    assert intake.post(url("new"), data).status_code == status
    assert Client.objects.count() == 0


def test_a_director_of_two_sites_chooses_the_site(sign_in, site, other_site):
    from daybridge.access.models import Membership

    browser = sign_in(Role.DIRECTOR)
    Membership.objects.create(user=browser.user, site=other_site, role=Role.DIRECTOR)
    assert "Mill Pond" in browser.get(url("new")).content.decode()
    browser.post(url("new"), {"given": "Imani", "message": "no", "site": str(other_site.id)})
    assert Referral.objects.get().site == other_site


def test_each_uploaded_file_has_its_own_outcome(intake, site):
    answer = upload(
        intake, ("good.json", packet(number="7")), ("good-again.json", packet(number="7")), ("bad.json", b'{"a": 1}'),
        ("like.json", packet(given="Rosie", number="7")),
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "We have this file already" in page
    assert "not FHIR" in page
    assert url("compare", PossibleMatch.objects.get().referral_id) in page
    assert Packet.objects.count() == 2


def test_a_good_upload_alone_is_a_plain_success(intake, site):
    assert upload(intake, ("good.json", packet())).status_code == 200


def test_an_empty_upload_asks_for_a_file(intake, site):
    answer = intake.post(url("upload"), {})
    assert answer.status_code == 422
    assert "There is a problem." in answer.content.decode()


def test_a_file_over_25_mb_is_refused_in_one_sentence(intake, site):
    answer = upload(intake, ("big.json", b" " * 25_000_001))
    assert answer.status_code == 422
    assert "larger than 25 MB" in answer.content.decode()


def test_200_mb_are_refused_before_they_are_read(intake, site, settings):
    class Unread:
        def read(self, *args):
            raise AssertionError("the body was read")

        readline = read

    answer = intake.generic(
        "POST", url("upload"), b"", content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": "200000000", "wsgi.input": Unread()},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "larger than 100 MB" in answer.content.decode()


def test_an_upload_without_the_form_token_is_refused(users, site):
    from django.test import Client as Browser

    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(users[Role.INTAKE])
    assert upload(browser, ("good.json", packet())).status_code == 403
    assert Packet.objects.count() == 0


def taken(intake, **more):
    upload(intake, ("packet one.json", packet(**more)))
    return Referral.objects.order_by("first_call_at").last()


def test_the_page_shows_what_the_packet_brought_and_is_on_the_ledger(intake, site):
    referral = taken(intake, conditions=["5602001"], number="77", phone="555-555-0123")
    page = intake.get(url("referral", referral.id)).content.decode()
    for words in (
        "Opioid use disorder",
        "Substance use",
        "sent as",
        "DB-00001",
        "+15555550123",
        "None named in the packet",
    ):
        assert words in page
    assert Entry.objects.filter(verb="referral.open", kind="read", client_id=referral.client_id).exists()


def test_the_packet_comes_back_as_it_was_and_the_reading_is_on_the_ledger(intake, site):
    referral = taken(intake)
    answer = intake.get(url("packet", referral.id))
    assert answer.content == packet()
    assert answer["Content-Disposition"] == 'attachment; filename="packet_one.json"'
    assert Entry.objects.filter(verb="referral.packet", kind="read").count() == 1
    assert intake.get(url("packet", factories.referral(site).id)).status_code == 404


def test_a_call_is_noted_and_shown_in_what_happened(intake, site):
    referral = factories.referral(site)
    data = {"result": "left-message", "remark": "after 6", "version": 1, "token": str(uuid4())}
    page = intake.post(url("contact", referral.id), data, follow=True).content.decode()
    assert "Left a message" in page
    assert "after 6" in page


def test_a_stale_call_comes_back_with_what_was_typed_and_can_be_sent_again(intake, site):
    referral = factories.referral(site, version=5)
    data = {"result": "no-answer", "remark": "typed by me", "version": 1}
    answer = intake.post(url("contact", referral.id), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this referral" in page
    assert "typed by me" in page
    assert 'name="version" value="5"' in page
    assert intake.post(url("contact", referral.id), {"result": ""}).status_code == 422


def test_the_phone_screen_moves_the_referral(intake, site):
    referral = factories.referral(site)
    assert intake.get(url("screen", referral.id)).status_code == 200
    assert intake.post(url("screen", referral.id), SCREEN | {"version": 1}).status_code == 302
    assert Referral.objects.get().state == "screened"
    assert intake.post(url("screen", referral.id), {"version": 1}).status_code == 422


def test_two_people_screening_see_both_versions(intake, site):
    referral = factories.referral(site)
    intake.post(url("screen", referral.id), SCREEN | {"version": 1, "concern": "what she heard"})
    answer = intake.post(url("screen", referral.id), SCREEN | {"version": 1, "concern": "what I heard"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "what I heard" in page
    assert "what she heard" in page


def test_danger_leads_to_the_crisis_steps_until_it_is_settled(intake, site):
    referral = factories.referral(site)
    answer = intake.post(url("screen", referral.id), SCREEN | {"danger": "yes", "version": 1})
    assert answer["Location"].endswith("#safety")
    page = intake.get(url("referral", referral.id)).content.decode()
    assert 'href="tel:988"' in page
    assert "Safety first" in intake.get(url("board")).content.decode()
    assert intake.post(url("safety", referral.id), {"how": ""}).status_code == 422
    assert intake.post(url("safety", referral.id), {"how": "ambulance came"}).status_code == 302
    assert intake.post(url("safety", referral.id), {"how": "again"}).status_code == 409
    assert "Safety first" not in intake.get(url("board")).content.decode()


def test_two_records_are_compared_and_joined_and_parted(intake, site):
    taken(intake, number="77")
    referral = taken(intake, given="Rosie", number="77")
    match = PossibleMatch.objects.get()
    page = intake.get(url("compare", referral.id)).content.decode()
    assert 'data-verdict="same"' in page
    answer = intake.post(url("match", referral.id, match.id), {"answer": "same"}, follow=True)
    assert "Joined: one person." in answer.content.decode()
    assert Client.objects.standing().count() == 1
    intake.post(url("match", referral.id, match.id), {"answer": "open"})
    assert Client.objects.standing().count() == 2
    assert intake.post(url("match", referral.id, match.id), {"answer": "perhaps"}).status_code == 422
    assert intake.post(url("match", referral.id, uuid4()), {"answer": "same"}).status_code == 404


def test_the_menu_of_a_card_is_fetched_when_it_is_opened(sign_in, site, other_site):
    one = factories.referral(site)
    where = reverse("admissions:moves", args=[one.id])
    piece = sign_in("intake").get(where).content.decode()
    assert 'value="contacted"' in piece
    assert 'value="admitted"' not in piece
    assert one.client.family_name not in piece
    assert sign_in("counselor").get(where).status_code == 404
    assert sign_in("other_site").get(where).status_code == 404


def test_a_match_with_a_hidden_record_is_told_to_those_who_reach_both_and_to_who_guards_it(intake, site, users, now):
    taken(intake, number="77")
    older = Client.objects.get()
    people.hidden(older, users[Role.NURSE], users[Role.PRIVACY_OFFICER])
    referral = taken(intake, given="Rosie", number="77")
    assert PossibleMatch.objects.filter(state="open", client=older).exists()

    def flagged(by):
        return cards([row(referral)], by=by, at=now, open_sites=frozenset())[0].act == SETTLE_MATCH

    assert [flagged(users[one]) for one in (Role.INTAKE, Role.DIRECTOR, Role.NURSE)] == [False, False, True]
    assert url("compare", referral.id) not in intake.get(url("board")).content.decode()
    assert older.record_number not in intake.get(url("compare", referral.id)).content.decode()
    assert [one.record_number for one in hidden_matches(by=users[Role.PRIVACY_OFFICER])] == [older.record_number]
    assert hidden_matches(by=users[Role.DIRECTOR]) == []
