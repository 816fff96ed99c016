"""Assessing and deciding as steps of a referral: actions and pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.admissions.actions import assess
from daybridge.admissions.models import PacketItem, Referral, Screen
from daybridge.kit.errors import BadInput, NotAllowed, Refused
from daybridge.level_of_care.models import Determination
from daybridge.level_of_care.rules import Choice
from daybridge.level_of_care.tests.factories import case
from daybridge.people.tests import factories as people

SAID = {"use_risk": "Drank on four of the last seven days."}


@pytest.fixture
def referral(site, now):
    client = people.client(site, given_name="Rosa", family_name="Delgado")
    return Referral.objects.create(
        site=site, client=client, state="screened", source="phone", first_call_at=now - timedelta(days=2),
        state_since=now - timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def by(users):
    return users[Role.COUNSELOR]


def do_assess(referral, by, at, facts=None):
    return assess.assess(referral_id=referral.id, case=facts or case(), evidence=SAID, by=by, at=at)


def test_an_assessment_moves_the_referral_and_the_decision_moves_it_on(referral, by, now):
    do_assess(referral, by, now)
    referral.refresh_from_db()
    assert referral.state == "assessed"
    assess.decide(referral_id=referral.id, choice=Choice("2.1"), by=by, at=now)
    referral.refresh_from_db()
    assert referral.state == "decided"
    assert [event.now for event in referral.events.all()] == ["assessed", "decided"]


def test_the_same_form_again_keeps_one_assessment_and_another_keeps_two(referral, by, now):
    first = do_assess(referral, by, now)
    assert do_assess(referral, by, now + timedelta(seconds=2)) == first
    do_assess(referral, by, now + timedelta(minutes=5), case(use_risk=2))
    assert Determination.objects.count() == 2


def test_deciding_twice_is_refused_in_words(referral, by, now):
    do_assess(referral, by, now)
    assess.decide(referral_id=referral.id, choice=Choice("2.1"), by=by, at=now)
    with pytest.raises(Refused, match="decided already"):
        assess.decide(referral_id=referral.id, choice=Choice("2.1"), by=by, at=now)


def test_a_decided_referral_may_be_assessed_again(referral, by, now):
    do_assess(referral, by, now)
    assess.decide(referral_id=referral.id, choice=Choice("2.1"), by=by, at=now)
    do_assess(referral, by, now + timedelta(days=1), case(use_risk=2))
    referral.refresh_from_db()
    assert referral.state == "assessed"


def test_a_level_not_offered_here_refers_elsewhere_with_the_level_and_a_warm_hand_off(referral, by, now):
    made = do_assess(referral, by, now, case({"needs_24h_supervision": True}))
    assert made.recommended == "3.5"
    assess.decide(referral_id=referral.id, choice=Choice("3.5"), by=by, at=now)
    referral.refresh_from_db()
    assert referral.state == "elsewhere"
    reason = referral.events.get(now="elsewhere").reason
    assert "3.5 High-intensity residential care" in reason
    assert "hand-off" in reason


@pytest.mark.parametrize(
    ("state", "words"),
    [("received", "phone screen"), ("contacted", "phone screen"), ("admitted", "past"), ("declined", "past")],
)
def test_before_the_screen_and_after_the_end_nobody_assesses(referral, by, now, state, words):
    Referral.objects.filter(pk=referral.pk).update(state=state)
    with pytest.raises(Refused, match=words):
        do_assess(referral, by, now)
    assert not Determination.objects.exists()


def test_a_decision_before_any_assessment_is_refused(referral, by, now):
    with pytest.raises(Refused, match="Assess first"):
        assess.decide(referral_id=referral.id, choice=Choice("2.1"), by=by, at=now)


def test_facts_that_make_no_sense_leave_the_referral_where_it_was(referral, by, now):
    with pytest.raises(BadInput):
        do_assess(referral, by, now, case(use_risk=9))
    referral.refresh_from_db()
    assert referral.state == "screened"


def test_who_may_and_whose_referral_it_is(referral, users, by, other_site, now):
    with pytest.raises(NotAllowed):
        do_assess(referral, users[Role.INTAKE], now)
    with pytest.raises(Referral.DoesNotExist):
        do_assess(referral, access.user(Role.COUNSELOR, other_site), now)
    do_assess(referral, by, now)
    with pytest.raises(NotAllowed):
        assess.decide(referral_id=referral.id, choice=Choice("2.1"), by=users[Role.INTAKE], at=now)


# Pages


def url(name, referral):
    return reverse(f"admissions:{name}", args=[referral.id])


RATED = {"use_risk": "3", "evidence_use_risk": "Drank.", "age": "34", "concerns": "alcohol", "imminent_danger": "no"}


@pytest.mark.parametrize(("who", "status"), [("counselor", 200), ("nurse", 200), ("intake", 404), ("other_site", 404)])
def test_who_may_assess(sign_in, referral, who, status):
    assert sign_in(who).get(url("assess", referral)).status_code == status


def test_the_page_begins_with_what_packet_screen_and_record_say(sign_in, referral, now):
    for category, text in (("substance-use", "Alcohol use"), ("mental-health", "Depression"), ("other", "Sprain")):
        PacketItem.objects.create(referral=referral, kind="condition", text=text, category=category)
    Screen.objects.create(referral=referral, answers={"needs": ["transport", "work"]}, by="user:x", at=now)
    page = sign_in("counselor").get(url("assess", referral))
    form = page.context["form"]
    assert form.initial["age"] >= 33
    assert form.initial["concerns"] == "Alcohol use\nDepression"
    assert (form.initial["co_occurring"], form.initial["transport"]) == ("yes", "no")
    assert form.initial["obligations"] == ["work"]
    assert "use_risk" not in form.initial
    assert "Rosa Delgado" in page.content.decode()


def test_saving_leads_to_the_decision(sign_in, referral):
    answer = sign_in("counselor").post(url("assess", referral), RATED)
    assert answer.url == url("decide", referral)
    made = Determination.objects.get()
    assert made.case["dimensions"]["use_risk"] == 3
    assert made.case["dimensions"]["withdrawal"] is None
    assert made.case["findings"]["imminent_danger"] is False
    assert made.evidence == {"use_risk": "Drank."}


def test_a_preview_answers_a_piece_and_keeps_nothing(sign_in, referral):
    browser = sign_in("counselor")
    answer = browser.post(url("assess", referral), RATED | {"preview": "1"}, headers={"HX-Request": "true"})
    assert "2.1 Intensive outpatient program" in answer.content.decode()
    assert b"<!doctype" not in answer.content
    bad = browser.post(url("assess", referral), {"age": "old", "preview": "1"}, headers={"HX-Request": "true"})
    assert "cannot be read yet" in bad.content.decode()
    assert not Determination.objects.exists()


def test_without_script_a_preview_is_the_whole_page(sign_in, referral):
    answer = sign_in("counselor").post(url("assess", referral), RATED | {"preview": "1"})
    assert "2.1 Intensive outpatient program" in answer.content.decode()
    assert b"<!doctype" in answer.content
    assert not Determination.objects.exists()


def test_a_form_with_faults_is_shown_again_with_what_was_typed(sign_in, referral):
    answer = sign_in("counselor").post(url("assess", referral), RATED | {"age": "300"})
    assert answer.status_code == 422
    assert "Drank." in answer.content.decode()


def test_assessing_too_early_says_why_not_in_place(sign_in, referral):
    Referral.objects.filter(pk=referral.pk).update(state="received")
    answer = sign_in("counselor").post(url("assess", referral), RATED)
    assert answer.status_code == 409
    assert "phone screen first" in answer.content.decode()


def test_agreeing_is_one_click_and_shows_reasons_with_their_rules(sign_in, referral, by, now):
    do_assess(referral, by, now)
    browser = sign_in("counselor")
    page = browser.get(url("decide", referral)).content.decode()
    assert "Agree: 2.1" in page
    assert "LOC-" in page
    assert browser.post(url("decide", referral), {"level": "2.1"}).status_code == 302
    again = browser.post(url("decide", referral), {"level": "2.1"})
    assert again.status_code == 409
    assert "decided already" in again.content.decode()
    assert "Agree:" not in again.content.decode()


def test_another_level_without_a_reason_is_refused_in_place(sign_in, referral, by, now):
    do_assess(referral, by, now)
    browser = sign_in("counselor")
    answer = browser.post(url("decide", referral), {"level": "1.5"})
    assert answer.status_code == 409
    assert "Choose the reason" in answer.content.decode()
    empty = browser.post(url("decide", referral), {"level": "1.5", "code": "", "reason": ""})
    assert empty.status_code == 422
    assert "is needed" in empty.content.decode()
    told = {"level": "1.5", "code": "preference", "reason": "She asks for it."}
    assert browser.post(url("decide", referral), told).status_code == 302


def test_a_level_elsewhere_is_said_before_agreeing(sign_in, referral, by, now):
    do_assess(referral, by, now, case({"needs_24h_supervision": True}))
    browser = sign_in("director")
    assert "Not offered here." in browser.get(url("decide", referral)).content.decode()
    assert browser.post(url("decide", referral), {"level": "3.5"}).url == url("referral", referral)


@pytest.mark.parametrize("who", ["intake", "other_site"])
def test_the_decision_is_not_found_out_of_reach_or_before_an_assessment(sign_in, referral, by, now, who):
    assert sign_in("counselor").get(url("decide", referral)).status_code == 404
    do_assess(referral, by, now)
    assert sign_in(who).get(url("decide", referral)).status_code == 404
