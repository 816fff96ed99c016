"""Today, through its address."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from daybridge.access.rules import Role
from daybridge.audit import ledger
from daybridge.audit.models import Entry
from daybridge.consent.tests import factories as consents
from daybridge.episodes.tests import factories as episodes
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.rights import actions as rights
from daybridge.rights.rules.requests import Asked, Kind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_everybody_lands_on_their_today(sign_in, role):
    assert sign_in(role).get(reverse("watch:today")).status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_today_takes_the_same_number_of_queries(sign_in, site, count, django_assert_max_num_queries):
    member = people.staff(site)
    for _ in range(count):
        client = people.client(site)
        people.on_team(client, member)
        plans.plan(episodes.episode(client), by=member.user)
    browser = sign_in("director")
    with django_assert_max_num_queries(40):  # three of them turn the second lock on PostgreSQL
        page = browser.get(reverse("watch:today"))
    assert page.content.count(b"nothing booked yet") == min(count, 7)


def test_a_counselor_sees_their_own_clients_hours(sign_in, site, users):
    mine, other = people.client(site, given_name="Mei"), people.client(site, given_name="Owen")
    people.on_team(mine, people.staff(site, user=users[Role.COUNSELOR]))
    people.on_team(other, people.staff(site))
    for client in (mine, other):
        plans.plan(episodes.episode(client), by=users[Role.COUNSELOR])
    page = sign_in("counselor").get(reverse("watch:today")).content.decode()
    assert mine.short in page
    assert other.short not in page


def test_whom_today_named_is_on_the_ledger(sign_in, site):
    client = people.client(site)
    member = people.staff(site)
    people.on_team(client, member)
    plans.plan(episodes.episode(client), by=member.user)
    sign_in("director").get(reverse("watch:today"))
    assert Entry.objects.get(verb="today.see").data["clients"] == [str(client.id)]


def test_what_people_asked_for_waits_on_the_privacy_officers_today(sign_in, site, users, now):
    client = people.client(site)
    rights.take(client_id=client.id, asked=Asked(kind=Kind.ACCESS), by=users[Role.PRIVACY_OFFICER], at=now)
    page = sign_in(Role.PRIVACY_OFFICER).get(reverse("watch:today")).content.decode()
    assert client.name in page
    assert client.name not in sign_in("counselor").get(reverse("watch:today")).content.decode()


def test_a_consent_that_ends_soon_is_on_the_intake_coordinators_today(sign_in, site, users):
    client, at = people.client(site), timezone.now()
    soon = (at + timedelta(days=5)).date()
    consents.signed(client, "family", by=users[Role.INTAKE], at=at, ends="day", expires_on=soon)
    page = sign_in("intake").get(reverse("watch:today")).content.decode()
    assert "Consents to renew" in page
    assert client.name in page
    assert "Consents to renew" not in sign_in("nurse").get(reverse("watch:today")).content.decode()


def test_a_ledger_nobody_proved_is_on_the_today_of_those_who_watch_over_it(sign_in, site, users):
    page = sign_in(Role.ADMINISTRATOR).get(reverse("watch:today")).content.decode()
    assert "ledger" not in page.lower()
    long_ago = timezone.now() - timedelta(days=3)
    ledger.record("test.line", people.client(site), by=users[Role.INTAKE], at=long_ago)
    for role in (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        assert "The ledger was never proved" in sign_in(role).get(reverse("watch:today")).content.decode()
    assert "The ledger was" not in sign_in(Role.DIRECTOR).get(reverse("watch:today")).content.decode()
