"""Signing in, staying in and going out."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from daybridge.access.rules import Role

pytestmark = pytest.mark.django_db
PASSWORD = "a long demo password"


def enter(browser: Browser, person, password: str = PASSWORD):
    return browser.post("/accounts/login/", {"login": person.email, "password": password})


def test_signing_in_gives_a_new_session(client, users):
    """A session planted before does not become the signed-in one."""
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    enter(client, users[Role.NURSE])
    after = client.session.session_key
    assert after != before
    other = Browser()
    other.cookies["sessionid"] = before
    assert other.get("/").status_code == 302


def test_signing_in_changes_the_token(client, users):
    client.get("/accounts/login/")
    before = client.cookies["csrftoken"].value
    enter(client, users[Role.NURSE])
    assert client.cookies["csrftoken"].value != before


def test_signing_out_ends_the_session_for_good(client, users):
    enter(client, users[Role.NURSE])
    key = client.session.session_key
    assert client.get("/").status_code == 200
    client.post("/accounts/logout/")
    again = Browser()
    again.cookies["sessionid"] = key
    assert again.get("/").status_code == 302


def test_a_link_signs_nobody_out(client, users):
    enter(client, users[Role.NURSE])
    client.get("/accounts/logout/")
    assert client.get("/").status_code == 200


def test_an_idle_session_asks_again(client, users):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        enter(client, users[Role.NURSE])
        assert client.get("/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=16), tick=False):
        assert client.get("/").status_code == 302


def test_no_session_outlives_twelve_hours(client, users, settings):
    start = timezone.now()
    settings.IDLE_LOCK_MINUTES = 60 * 24
    with time_machine.travel(start, tick=False):
        enter(client, users[Role.NURSE])
        client.get("/")
        key = client.session.session_key
    with time_machine.travel(start + timedelta(hours=11, minutes=30), tick=False):
        assert client.get("/").status_code == 200  # working on does not start the hours anew
    with time_machine.travel(start + timedelta(hours=12, minutes=5), tick=False):
        again = Browser()
        again.cookies["sessionid"] = key
        assert again.get("/").status_code == 302


def test_a_made_up_session_is_nobody(site):
    browser = Browser()
    browser.cookies["sessionid"] = "a" * 32
    assert browser.get("/").status_code == 302
    assert browser.cookies["sessionid"].value != "a" * 32 or browser.get("/").status_code == 302


def test_sessions_cannot_be_guessed(client, users):
    enter(client, users[Role.NURSE])
    assert len(client.session.session_key) == 32  # of 36 letters and digits: 165 bits from the system's source


def bare(answer) -> str:
    """The page without what is new at every load."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|value="[^"]*@[^"]*"', "", answer.content.decode())


def test_signing_in_says_the_same_to_known_and_unknown(client, users):
    known, unknown = users[Role.NURSE].email, "nobody@example.org"
    one = client.post("/accounts/login/", {"login": known, "password": "wrong words here"})
    two = Browser().post("/accounts/login/", {"login": unknown, "password": "wrong words here"})
    assert (one.status_code, bare(one)) == (two.status_code, bare(two))


def test_a_forgotten_password_says_the_same_to_known_and_unknown(client, users):
    one = client.post("/accounts/password/reset/", {"email": users[Role.NURSE].email}, follow=True)
    two = Browser().post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert one.redirect_chain == two.redirect_chain
    assert bare(one) == bare(two)


def test_an_unknown_address_costs_as_much_time_as_a_known_one(users, settings):
    """Both are hashed once: the answer's time tells nothing. Counted, not measured."""
    from unittest import mock

    from django.contrib.auth.hashers import MD5PasswordHasher

    counts = []
    for address in (users[Role.NURSE].email, "nobody@example.org"):
        with mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as spy:
            Browser().post("/accounts/login/", {"login": address, "password": "wrong words here"})
        counts.append(spy.call_count)
    assert counts[0] >= 1
    assert counts[1] >= 1


@pytest.mark.parametrize("token", ["x" * 43, "", "../../etc", "%00", "A" * 5000])
def test_a_made_up_invitation_is_not_there(client, site, token):
    address = reverse("access:invitation", args=["t"])[:-2] + f"{token}/"
    assert client.get(address).status_code in {404, 302, 410}


def test_passwords_are_long_any_and_never_common(settings):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    for poor in ("short", "password1234", "123456789012"):
        with pytest.raises(ValidationError):
            validate_password(poor)
    validate_password("correct horse battery staple" * 4)
    validate_password("ñandú y lluvia en el mar")
    assert settings.AUTH_PASSWORD_VALIDATORS


def test_the_program_hashes_with_argon2():
    from daybridge.config import settings as ours

    assert ours.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
