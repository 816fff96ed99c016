"""In by a link, out by one tap; the same closed page for everybody who is not let in."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.people.tests import factories as people
from daybridge.portal import actions, links
from daybridge.portal.models import Pass
from daybridge.portal.rules import RULES
from daybridge.portal.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(site):
    return people.client(site)


@pytest.fixture
def link(rosa, director, now):
    return factories.link(rosa, by=director, at=now)


def unknown():
    return reverse("portal:enter", args=[links.new_token()])


def test_a_link_leads_to_ones_page(link, rosa):
    browser = factories.visit(link)
    answer = browser.get("/my/")
    assert answer.status_code == 200
    assert "Hi Rosa." in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_looking_at_a_link_uses_nothing_up_and_tells_nothing(link, client):
    first, other = client.get(link), client.get(unknown())
    assert first.status_code == other.status_code == 200
    assert bare(first) == bare(other)
    factories.visit(link)


def bare(answer):
    """A page without its CSRF token."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def test_wrong_used_old_and_unknown_links_look_the_same(link, rosa, director, now, still):
    by = director
    factories.visit(link)
    old = factories.link(rosa, by=by, at=now - timedelta(days=4))
    answers = [Browser().post(path, {"phone": "own"}) for path in (link, old, unknown(), "/my/in/x/", f"{link[:-3]}/")]
    nobody = Browser().get("/my/")
    assert {answer.status_code for answer in [*answers, nobody]} == {404}
    assert {bare(answer) for answer in [*answers, nobody]} == {bare(nobody)}


def test_a_choice_is_asked_for_before_anything_is_used(link, client, caplog):
    assert client.post(link, {}).status_code == 422
    assert link not in caplog.text
    factories.visit(link)


def test_too_many_wrong_links_have_to_wait(client, link):
    for _ in range(RULES.number("POR-5")):
        assert client.post(unknown(), {"phone": "own"}).status_code == 404
    assert client.post(unknown(), {"phone": "own"}).status_code == 429
    assert client.post(link, {"phone": "own"}).status_code == 429
    assert not Pass.objects.exclude(opened_at=None).exists()


def test_a_page_closes_at_the_next_request_after_it_was_ended(link, director, now):
    browser = factories.visit(link)
    actions.end_pass(pass_id=Pass.objects.get().id, by=director, at=now)
    assert browser.get("/my/").status_code == 404
    assert "pass" not in browser.session


def test_a_shared_phone_forgets_after_its_minutes_and_on_leaving(rosa, director, now, still):
    by = director
    browser = factories.visit(factories.link(rosa, by=by, at=now), phone="shared")
    assert browser.session.get_expire_at_browser_close()
    still.shift(timedelta(minutes=14))
    assert browser.get("/my/").status_code == 200
    still.shift(timedelta(minutes=15))
    assert browser.get("/my/").status_code == 404
    again = factories.visit(factories.link(rosa, by=by, at=now), phone="shared")
    assert again.get("/my/out/").status_code == 302
    assert again.get("/my/").status_code == 404


def test_ones_own_phone_stays_open_when_one_leaves_the_page(link):
    browser = factories.visit(link)
    answer = browser.get("/my/out/")
    assert (answer.status_code, answer.url.startswith("https://www.weather.gov")) == (302, True)
    assert browser.get("/my/").status_code == 200


def test_staff_are_never_guests_in_the_same_browser(sign_in, link):
    browser = sign_in(Role.COUNSELOR)
    assert browser.get("/my/").status_code == 404
    browser.post(link, {"phone": "own"})
    assert "_auth_user_id" not in browser.session
    assert browser.get("/my/").status_code == 200
    browser.force_login(browser.user)
    assert browser.get("/my/").status_code == 404
    assert "pass" not in browser.session


def test_the_language_is_kept_with_the_page(link):
    browser = factories.visit(link)
    browser.post("/my/language/", {"to": "es"})
    assert "Hola, Rosa." in browser.get("/my/").content.decode()
    browser.post("/my/language/", {"to": "xx"})
    assert '<html lang="es">' in browser.get("/my/").content.decode()


def test_a_session_cookie_of_another_visit_is_not_taken_over(link):
    browser = Browser()
    browser.get("/my/")
    before = browser.session.session_key
    browser.post(link, {"phone": "own"})
    assert browser.session.session_key != before
