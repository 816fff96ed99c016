"""Default deny, the idle lock, and the reach of systems and of other sites."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from daybridge.access import gates
from daybridge.access.gates import COMMAND_LINE, FRONT_DOOR, NIGHT_SHIFT, may, require, site_of
from daybridge.access.rules import Permission, Role
from daybridge.access.tests import factories
from daybridge.kit.errors import NotAllowed

HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}
MINUTES = settings.IDLE_LOCK_MINUTES


# default deny ------------------------------------------------------------------------------------------------------


def test_a_page_of_another_role_answers_exactly_as_a_page_that_is_not_there(sign_in):
    browser = sign_in("nurse")
    browser.get("/account/")
    refused, missing = browser.get("/staff/"), browser.get("/nowhere/")
    assert (refused.status_code, missing.status_code) == (404, 404)
    assert refused.content == missing.content
    assert sign_in("administrator").get("/staff/").status_code == 200


def test_an_unmarked_view_is_shut_for_everybody(sign_in, settings):
    settings.ROOT_URLCONF = "daybridge.access.tests.unmarked"
    assert sign_in("director").get("/unmarked/").status_code == 404
    assert Browser().get("/unmarked/").status_code == 302


def test_signed_out_a_browser_is_led_to_the_sign_in_and_back(client, site):
    answer = client.get("/ledger/?kind=read&page=2")
    assert answer["Location"] == "/accounts/login/?next=%2Fledger%2F%3Fkind%3Dread%26page%3D2"


def test_signed_out_a_post_leads_back_to_the_page_of_its_form(client, site):
    page = {"Referer": "http://testserver/account/?x=1"}
    assert client.post("/account/", headers=page)["Location"].endswith("next=%2Faccount%2F%3Fx%3D1")
    assert client.post("/account/", headers={"Referer": "https://evil.example/"})["Location"].endswith("next=%2F")


@pytest.mark.parametrize("headers", [HTMX, JSON])
def test_signed_out_a_script_is_told_401(client, site, headers):
    assert client.get("/account/", headers=headers).status_code == 401


def test_a_person_without_any_role_opens_nothing(users):
    users[Role.NURSE].memberships.all().delete()
    browser = Browser()
    browser.force_login(users[Role.NURSE])
    assert browser.get("/account/").status_code == 404
    assert browser.get("/accounts/logout/").status_code == 200


def test_roles_are_read_once_in_a_request(sign_in):
    browser = sign_in("nurse")
    browser.get("/account/sessions/")
    with CaptureQueriesContext(connection) as caught:
        browser.get("/account/sessions/")
    asked = [query["sql"] for query in caught if "access_membership" in query["sql"]]
    assert len(asked) == 1


# the record's gate -------------------------------------------------------------------------------------------------


def test_a_permission_counts_at_its_site_only(users, site, other_site):
    director = users[Role.DIRECTOR]
    assert may(director, Permission.ADMIT)
    assert may(director, Permission.ADMIT, site)
    assert not may(director, Permission.ADMIT, other_site)
    require(director, Permission.ADMIT, site)
    with pytest.raises(NotAllowed):
        require(director, Permission.ADMIT, other_site)


def test_systems_hold_what_they_were_given_and_nothing_else(site, other_site):
    both = frozenset({site.id, other_site.id})
    assert COMMAND_LINE.sites_with(Permission.REFERRAL_RECEIVE) == both
    assert FRONT_DOOR.sites_with(Permission.REFERRAL_RECEIVE) == both
    for permission in set(Permission) - {Permission.REFERRAL_RECEIVE}:
        assert FRONT_DOOR.sites_with(permission) == frozenset()
    assert not may(NIGHT_SHIFT, Permission.CHART_READ)
    assert gates.System("x").actor == "system:x"


def test_a_record_that_does_not_say_its_site_is_a_bug():
    with pytest.raises(TypeError, match="does not say which site"):
        site_of(object())


def test_a_site_is_found_through_what_a_record_belongs_to(site):
    owner = type("Plan", (), {"episode": type("Episode", (), {"client": site})()})()
    assert site_of(owner) == site.id


# the idle lock -----------------------------------------------------------------------------------------------------


def test_an_idle_session_is_locked_and_leads_back(sign_in, now):
    with time_machine.travel(now, tick=False) as clock:
        browser = sign_in("nurse")
        assert browser.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=MINUTES, seconds=-1))
        assert browser.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=MINUTES))
        answer = browser.get("/account/?tab=1&x=2")
        assert answer["Location"] == "/accounts/login/?next=%2Faccount%2F%3Ftab%3D1%26x%3D2"
        assert "_auth_user_id" not in browser.session


def test_a_form_sent_too_late_leads_back_to_its_page(sign_in, now):
    with time_machine.travel(now, tick=False) as clock:
        browser = sign_in("nurse")
        browser.get("/account/")
        clock.shift(timedelta(minutes=MINUTES))
        answer = browser.post("/account/", {"name": "X"}, headers={"Referer": "http://testserver/account/"})
        assert answer["Location"] == "/accounts/login/?next=%2Faccount%2F"
        browser.user.refresh_from_db()
        assert browser.user.name != "X"


@pytest.mark.parametrize("headers", [HTMX, JSON])
def test_a_locked_script_is_told_401(sign_in, now, headers):
    with time_machine.travel(now, tick=False) as clock:
        browser = sign_in("nurse")
        browser.get("/account/")
        clock.shift(timedelta(minutes=MINUTES))
        assert browser.get("/account/", headers=headers).status_code == 401


def test_what_a_page_asks_by_itself_is_no_sign_of_life(sign_in, now):
    with time_machine.travel(now, tick=False) as clock:
        browser = sign_in("nurse")
        browser.get("/account/")
        for _ in range(MINUTES - 1):
            clock.shift(timedelta(minutes=1))
            assert browser.get("/account/", headers={"X-Poll": "1"}).status_code == 200
        clock.shift(timedelta(minutes=1))
        assert browser.get("/account/", headers={"X-Poll": "1"}).status_code == 302


def test_the_stamp_is_not_written_on_every_request(sign_in, now):
    with time_machine.travel(now, tick=False) as clock:
        browser = sign_in("nurse")
        browser.get("/account/")
        with CaptureQueriesContext(connection) as caught:
            browser.get("/account/sessions/")
        assert [query["sql"] for query in caught if query["sql"].startswith(("UPDATE", "INSERT"))] == []
        clock.shift(timedelta(seconds=6))
        with CaptureQueriesContext(connection) as caught:
            browser.get("/account/sessions/")
        assert [query["sql"] for query in caught if query["sql"].startswith("UPDATE")] != []


def test_the_lock_page_ends_the_session_and_leads_back_to_a_page_of_ours(sign_in):
    browser = sign_in("nurse")
    assert browser.get("/locked/?next=/account/%3Fx%3D1")["Location"].endswith("next=%2Faccount%2F%3Fx%3D1")
    assert browser.get("/account/").status_code == 302
    assert sign_in("peer").get("/locked/?next=//evil.example/")["Location"].endswith("next=%2F")


def test_pages_say_when_they_lock_and_where(sign_in):
    page = sign_in("nurse").get("/account/").content.decode()
    assert f'data-idle="{MINUTES * 60 - 10}"' in page
    assert 'data-lock="/locked/"' in page


def test_times_are_those_of_the_persons_site(users, site, now):
    site.timezone = "Pacific/Honolulu"
    site.save()
    with time_machine.travel(now, tick=False):
        browser = Browser()
        browser.force_login(users[Role.NURSE])
        browser.get("/account/")
        assert "5:30 a.m." in browser.get("/account/sessions/").content.decode()


def test_a_user_of_two_sites_reaches_both(users, other_site, site):
    factories.Membership.objects.create(user=users[Role.NURSE], site=other_site, role=Role.NURSE)
    assert users[Role.NURSE].sites_with(Permission.NOTE_SEE) == {site.id, other_site.id}
