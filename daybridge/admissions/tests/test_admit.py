"""Admission: all its conditions, all or nothing, and its page."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.admissions.actions import admit, assess
from daybridge.admissions.models import Referral
from daybridge.consent import actions as consent
from daybridge.consent.tests import factories as consents
from daybridge.episodes.models import Episode
from daybridge.episodes.tests import factories as episodes
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.level_of_care.rules import Choice
from daybridge.level_of_care.tests.factories import case
from daybridge.people.models import CareTeamMember, Staff
from daybridge.people.tests import factories as people
from daybridge.program.models import Enrollment, Track

FIRST_DAY = date(2026, 3, 4)


@pytest.fixture
def by(users):
    return users[Role.INTAKE]


@pytest.fixture
def track(site):
    return Track.objects.create(site=site, name="Evening", part_of_day="evening", seats=1)


@pytest.fixture
def counselor(site, users):
    return people.staff(site, user=users[Role.COUNSELOR])


@pytest.fixture
def decided(site, users, now):
    client = people.client(site, given_name="Rosa", family_name="Delgado")
    referral = Referral.objects.create(
        site=site, client=client, state="screened", source="phone", first_call_at=now - timedelta(days=2),
        state_since=now - timedelta(days=1),
    )  # fmt: skip
    clinician = users[Role.COUNSELOR]
    assess.assess(referral_id=referral.id, case=case(), evidence={}, by=clinician, at=now)
    assess.decide(referral_id=referral.id, choice=Choice("2.1"), by=clinician, at=now)
    referral.refresh_from_db()
    return referral


@pytest.fixture
def signed(decided, by, now):
    consents.both(decided.client, by=by, at=now)
    return decided


@pytest.fixture
def do_admit(track, counselor, by, now):
    def do(referral, **fields):
        usual = {"track_id": track.id, "counselor_id": counselor.id, "start_on": FIRST_DAY, "by": by, "at": now}
        return admit.admit(referral_id=referral.id, **usual | fields)

    return do


def test_admission_opens_the_episode_enrolls_assigns_and_ends_the_referral(signed, do_admit, track, counselor):
    episode = do_admit(signed)
    signed.refresh_from_db()
    assert (episode.level, episode.status, episode.admitted_on) == ("2.1", "active", FIRST_DAY)
    assert Enrollment.objects.get(episode=episode).track == track
    assert CareTeamMember.objects.get(client=signed.client, role="primary counselor").staff == counselor
    assert signed.state == "admitted"


def nothing_happened(referral):
    state = Referral.objects.get(pk=referral.pk).state
    return not Episode.objects.exists() and not Enrollment.objects.exists() and state != "admitted"


@pytest.mark.parametrize("missing", ["treatment", "part2-tpo"])
def test_each_consent_is_needed_and_taking_it_back_counts(signed, do_admit, by, now, missing):
    kept = signed.client.consents.get(kind=missing)
    consent.revoke(consent_id=kept.id, reason="", by=by, at=now)
    with pytest.raises(Refused, match="consents"):
        do_admit(signed)
    assert nothing_happened(signed)


def test_without_a_decision_nobody_is_admitted(signed, do_admit):
    Referral.objects.filter(pk=signed.pk).update(state="assessed")
    with pytest.raises(Refused, match="Decide the level"):
        do_admit(signed)
    signed.client.determinations.update(recommended="3.5", decided_level="3.5")
    Referral.objects.filter(pk=signed.pk).update(state="decided")
    with pytest.raises(Refused, match="not offered here"):
        do_admit(signed)
    assert nothing_happened(signed)


def test_a_full_track_takes_nobody_and_nothing_is_half_stored(signed, do_admit, site, track, now):
    other = episodes.episode(people.client(site))
    Enrollment.objects.create(episode=other, track=track, since=FIRST_DAY)
    with pytest.raises(Refused, match="no seat"):
        do_admit(signed)
    assert Episode.objects.count() == 1
    assert not CareTeamMember.objects.exists()
    signed.refresh_from_db()
    assert signed.state == "decided"


@pytest.mark.parametrize(("day", "words"), [(date(2026, 3, 1), "past"), (date(2026, 7, 1), "too far")])
def test_a_first_day_that_makes_no_sense_is_refused(signed, do_admit, day, words):
    with pytest.raises(Refused, match=words):
        do_admit(signed, start_on=day)
    assert nothing_happened(signed)


def test_the_form_posted_twice_admits_once(signed, do_admit):
    do_admit(signed)
    with pytest.raises(Refused, match="admitted already"):
        do_admit(signed)
    assert Episode.objects.count() == 1


def test_who_may_admit_and_whom(signed, do_admit, users, other_site):
    with pytest.raises(NotAllowed):
        do_admit(signed, by=users[Role.COUNSELOR])
    with pytest.raises(Referral.DoesNotExist):
        do_admit(signed, by=access.user(Role.INTAKE, other_site))
    foreign = people.staff(other_site)
    with pytest.raises(Staff.DoesNotExist):
        do_admit(signed, counselor_id=foreign.id)
    assert nothing_happened(signed)


# Pages


def url(referral):
    return reverse("admissions:admit", args=[referral.id])


def answers(seat, member, **fields):
    return {"track": str(seat.id), "counselor": str(member.id), "start_on": "2026-03-04"} | fields


@pytest.fixture
def march(now):
    """The clock of the pages stands at the tests' Monday."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.mark.parametrize(
    ("who", "status"), [("intake", 200), ("director", 200), ("counselor", 404), ("other_site", 404)]
)
def test_who_may_open_the_page(sign_in, decided, who, status):
    assert sign_in(who).get(url(decided)).status_code == status


def test_until_consents_are_signed_the_button_is_off_and_says_why(march, sign_in, decided, track, counselor, by, now):
    browser = sign_in("intake")
    page = browser.get(url(decided)).content.decode()
    sign = reverse("consent:sign", args=[decided.client_id, "treatment"])
    assert f"{sign}?next={url(decided)}" in page
    assert "The consent to treatment is not signed." in page
    assert "disabled" in page
    assert browser.post(url(decided), answers(track, counselor)).status_code == 409
    consents.both(decided.client, by=by, at=now)
    assert "disabled" not in browser.get(url(decided)).content.decode()


def test_the_page_begins_with_the_only_free_track_and_the_counselor_with_room(sign_in, signed, track, counselor):
    page = sign_in("intake").get(url(signed))
    assert page.context["form"].initial["track"] == str(track.id)
    assert page.context["form"].initial["counselor"] == str(counselor.id)
    assert "1 of 1 seats free" in page.content.decode()
    assert "0 of 20 clients" in page.content.decode()


def test_admitting_leads_to_a_page_one_may_open_and_a_second_post_says_so(march, sign_in, signed, track, counselor):
    browser = sign_in("intake")
    answer = browser.post(url(signed), answers(track, counselor))
    episode = Episode.objects.get()
    assert answer.url == reverse("chart:chart", args=[episode.client_id])
    assert browser.get(answer.url).status_code == 200
    again = browser.post(url(signed), answers(track, counselor))
    assert again.status_code == 409
    assert "admitted already" in again.content.decode()
    assert Episode.objects.count() == 1


def test_a_form_with_faults_names_them(march, sign_in, signed, track, counselor):
    answer = sign_in("intake").post(url(signed), answers(track, counselor, track="", start_on="soon"))
    assert answer.status_code == 422
    past = sign_in("intake").post(url(signed), answers(track, counselor, start_on="2026-03-01"))
    assert past.status_code == 409
    assert "past" in past.content.decode()
