"""The public form: it takes in, and tells nothing."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from daybridge.admissions.models import Referral
from daybridge.audit.models import Entry
from daybridge.people.models import Client
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
ASK = {"who": "self", "given": "Imani", "phone": "(555) 555-0123", "safe": "no", "concern": "I drink too much"}


@pytest.fixture(autouse=True)
def _fresh_hour():
    cache.clear()


@pytest.fixture
def address(site):
    return reverse("frontdoor:ask")


def test_anybody_sees_the_form_with_help(client, address):
    page = client.get(address).content.decode()
    assert 'href="tel:988"' in page
    assert "<h1>Ask for care</h1>" in page


def test_the_form_speaks_spanish(client, address):
    page = client.get(address, {"lang": "es"}).content.decode()
    assert '<html lang="es">' in page
    assert "<h1>Pida ayuda</h1>" in page
    assert "¿Qué está pasando?" in page


def test_asking_creates_a_referral_and_says_thanks(client, address, site):
    answer = client.post(address, ASK)
    assert answer["Location"].startswith(reverse("frontdoor:thanks"))
    referral = Referral.objects.get()
    assert (referral.source, referral.site, referral.may_leave_message) == ("web", site, False)
    assert referral.client.phones.get().number == "+15555550123"
    assert Entry.objects.get(verb="referral.receive").actor == "system:front-door"


def test_the_answer_is_the_same_whether_or_not_we_know_the_person(client, address, site):
    born = "1992-03-04"
    known = people.client(site, given_name="Imani", family_name="", birth_date=born, name_key="imani")
    people.phone(known, "+15555550123")
    stranger = client.post(address, ASK | {"given": "Joy", "birth_date": born}, follow=True)
    familiar = client.post(address, ASK | {"birth_date": born}, follow=True)
    assert Referral.objects.filter(matches__isnull=False).count() == 1
    assert stranger.content == familiar.content
    assert b"Imani" not in familiar.content


def test_a_form_sent_twice_is_one_referral(client, address):
    token = str(uuid4())
    for _ in range(2):
        assert client.post(address, ASK | {"token": token}).status_code == 302
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"given": ""}, 422),
        ({"phone": ""}, 422),
        ({"given": "A" * 10_000}, 422),
        ({"birth_date": "2999-01-01"}, 409),
        ({"birth_date": "soon"}, 422),
    ],
)
def test_a_wrong_form_says_so_and_stores_nothing(client, address, change, status):
    assert client.post(address, ASK | change).status_code == status
    assert Client.objects.count() == 0


def test_what_only_a_machine_fills_in_is_thanked_and_dropped(client, address):
    assert client.post(address, ASK | {"website": "http://x"}).status_code == 302
    assert Referral.objects.count() == 0


def test_the_eleventh_form_of_an_hour_is_asked_to_call(client, address):
    for _ in range(10):
        assert client.post(address, ASK).status_code == 302
    answer = client.post(address, ASK)
    assert answer.status_code == 429
    assert "Too many forms" in answer.content.decode()
    assert Referral.objects.count() == 10


def test_behind_a_proxy_each_sender_is_counted_alone(client, address, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(10):
        client.post(address, ASK, headers={"X-Forwarded-For": "203.0.113.7"})
    assert client.post(address, ASK, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 429
    assert client.post(address, ASK, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 302


def test_with_several_sites_one_chooses(client, address, site, other_site):
    assert "Mill Pond" in client.get(address).content.decode()
    assert client.post(address, ASK).status_code == 422
    assert client.post(address, ASK | {"site": str(uuid4())}).status_code == 422
    client.post(address, ASK | {"site": str(other_site.id)})
    assert Referral.objects.get().site == other_site


def test_without_a_site_there_is_no_door(client, db):
    assert client.get(reverse("frontdoor:ask")).status_code == 404
