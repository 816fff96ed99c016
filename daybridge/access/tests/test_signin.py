"""Signing in, second steps, limits, and what of it stands on the ledger."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client as Browser

from daybridge.access.rules import Role
from daybridge.audit.models import Entry

PASSWORD = "a long demo password"
NEW = "seven slow brown rivers"


@pytest.fixture
def nurse(users):
    return users[Role.NURSE]


def enter(browser, user, password=PASSWORD, **more):
    return browser.post("/accounts/login/", {"login": user.email, "password": password} | more)


def told(verb):
    return list(Entry.objects.filter(verb=verb).order_by("seq"))


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_signing_in_and_out_is_on_the_ledger_and_keeps_a_session_to_end(client, nurse):
    answer = enter(client, nurse, next="/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert [entry.actor for entry in told("account.sign_in")] == [nurse.actor]
    assert told("account.sign_in")[0].origin == "127.0.0.1"
    assert UserSession.objects.get().user == nurse
    assert client.get("/accounts/logout/").status_code == 200
    client.post("/accounts/logout/")
    assert [entry.actor for entry in told("account.sign_out")] == [nurse.actor]
    assert client.get("/account/").status_code == 302


def test_a_wrong_password_is_refused_in_the_same_words_as_an_unknown_address(client, nurse):
    wrong = enter(client, nurse, "not the password").content.decode()
    nobody = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "x"}).content.decode()
    assert "do not go together" in wrong
    assert "do not go together" in nobody
    lines = told("account.sign_in_refused")
    assert [entry.actor for entry in lines] == ["system:sign-in"] * 2
    assert nurse.email not in str([entry.data for entry in lines])
    assert lines[0].data["address"] != lines[1].data["address"]


def test_after_five_wrong_passwords_even_the_right_one_waits(client, nurse):
    for _ in range(5):
        enter(client, nurse, "not the password")
    answer = enter(client, nurse)
    assert "tried too often" in answer.content.decode()
    assert client.get("/account/").status_code == 302
    assert len(told("account.throttled")) == 1


def test_one_address_guessing_many_accounts_is_stopped(client, users):
    answers = [enter(client, user, "guess").content.decode() for user in [*users.values(), *users.values()]]
    assert "do not go together" in answers[0]
    assert "tried too often" in answers[-1]


def test_a_closed_account_is_told_so_only_with_its_password(client, nurse):
    nurse.is_active = False
    nurse.save()
    assert "do not go together" in enter(client, nurse, "wrong").content.decode()
    assert enter(client, nurse)["Location"] == "/accounts/inactive/"
    assert "This account is closed." in client.get("/accounts/inactive/").content.decode()
    assert client.get("/account/").status_code == 302


def test_a_sign_in_never_leads_to_another_host(client, nurse):
    assert enter(client, nurse, next="https://evil.example/")["Location"] == "/"


def test_nobody_signs_up_without_an_invitation(client, site):
    page = client.post("/accounts/signup/", {"email": "x@example.org", "password1": NEW, "password2": NEW})
    assert "by invitation" in page.content.decode()


@pytest.mark.parametrize("path", ["email/", "password/set/", "confirm-email/", "login/code/confirm/", "sessions/"])
def test_ways_of_the_library_that_we_do_not_use_are_shut(sign_in, path):
    assert sign_in("nurse").get(f"/accounts/{path}").status_code == 404


def test_a_forgotten_password_is_chosen_anew_by_a_letter(client, nurse):
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert unknown["Location"] == client.post("/accounts/password/reset/", {"email": nurse.email})["Location"]
    assert [letter.to for letter in mail.outbox] == [[nurse.email]]
    assert mail.outbox[0].subject == "Choose a new password"
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)
    path = client.get(urlsplit(link).path, follow=True).redirect_chain[-1][0]
    client.post(path, {"password1": NEW, "password2": NEW})
    assert len(told("account.password_reset")) == 1
    assert enter(Browser(), nurse, NEW)["Location"] == "/"
    assert "no longer works" in Browser().get(urlsplit(link).path, follow=True).content.decode()


def test_a_changed_password_signs_out_everywhere_else(client, nurse):
    other = Browser()
    enter(client, nurse)
    enter(other, nurse)
    assert other.get("/account/").status_code == 200
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", form)["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert len(told("account.password_change")) == 1


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """allauth tells of second steps once they are committed; run that inside the test."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def set_up_app(client, user, commits):
    enter(client, user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    with commits():
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert answer.status_code == 302
    return secret


def test_an_app_gives_the_second_step_and_its_secret_is_sealed(client, nurse, commits):
    secret = set_up_app(client, nurse, commits)
    steps = {step.type: step for step in Authenticator.objects.filter(user=nurse)}
    assert set(steps) == {"totp", "recovery_codes"}
    assert secret not in str(steps["totp"].data)
    assert {entry.data["kind"] for entry in told("account.second_step_add")} == {"totp", "recovery_codes"}
    later = Browser()
    assert enter(later, nurse)["Location"].startswith("/accounts/2fa/authenticate/")
    assert later.get("/account/").status_code == 302
    assert later.get("/accounts/2fa/authenticate/").status_code == 200
    assert "not right" in later.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert len(told("account.second_step_refused")) == 1
    code = steps["recovery_codes"].wrap().get_unused_codes()[0]
    assert later.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/"
    assert later.get("/account/").status_code == 200


def test_every_page_of_the_second_step_opens_in_our_words(client, nurse, commits):
    set_up_app(client, nurse, commits)
    for path in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "webauthn/", "webauthn/add/"):
        answer = client.get(f"/accounts/2fa/{path}")
        assert answer.status_code == 200, path
        assert 'class="rail"' in answer.content.decode(), path
    saved = client.get("/accounts/2fa/recovery-codes/download/")
    assert "attachment" in saved["Content-Disposition"]
    with commits():
        client.post("/accounts/2fa/recovery-codes/generate/")
    assert len(told("account.recovery_codes")) == 1
    with commits():
        client.post("/accounts/2fa/totp/deactivate/")
    assert {"kind": "totp"} in [entry.data for entry in told("account.second_step_remove")]
    assert not Authenticator.objects.filter(user=nurse).exists()


def test_changing_how_one_signs_in_asks_again_after_a_while(sign_in):
    answer = sign_in("nurse").get("/accounts/2fa/totp/activate/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_confirming_with_the_password_leads_on(sign_in):
    browser = sign_in("nurse")
    page = browser.get("/accounts/2fa/totp/activate/")["Location"]
    assert browser.get(page).status_code == 200
    assert "not your password" in browser.post(page, {"password": "wrong"}).content.decode()
    assert browser.post(page, {"password": PASSWORD})["Location"] == "/accounts/2fa/totp/activate/"


def test_a_passkey_is_asked_for_without_an_address(client, site):
    answer = client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert "challenge" in answer.json()["request_options"]["publicKey"]


def test_no_page_of_the_entrance_carries_a_script_of_its_own(client, site):
    page = client.get("/accounts/login/")
    assert "script-src 'self'" in page["Content-Security-Policy"]
    body = page.content.decode()
    inline = [part for part in body.split("<script")[1:] if "src=" not in part.partition(">")[0]]
    assert all('type="application/json"' in part.partition(">")[0] for part in inline)
