"""What every answer tells the browser."""

import importlib

import pytest
from django.conf import settings
from django.test import override_settings

from daybridge.access.rules import Role
from tests.security.pages import plain

pytestmark = pytest.mark.django_db
PUBLIC = ("/accounts/login/", "/refer/", "/health/", "/gallery/", "/nowhere/")


def policy(answer) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value[0] if value else "" for name, *value in parts}


@pytest.fixture
def answers(sign_in, client):
    """Every page without parameters, for the two roles that see most, and the public ones."""
    found = [(path, client.get(path)) for path in PUBLIC]
    for role in (Role.DIRECTOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR):
        browser = sign_in(role)
        found += [(path, browser.get(path)) for path in plain()]
    return found


def test_every_answer_carries_the_headers(answers):
    wrong = []
    for path, answer in answers:
        rules, heads = policy(answer), answer.headers
        expected = {
            "script": rules["script-src"] == "'self'",
            "style": rules["style-src"] == "'self'",
            "object": rules["object-src"] == "'none'",
            "base": rules["base-uri"] == "'none'",
            "frames": rules["frame-ancestors"] == "'none'",
            "forms": rules["form-action"] == "'self'",
            "unsafe": "unsafe" not in heads["Content-Security-Policy"],
            "elsewhere": "http" not in heads["Content-Security-Policy"] and "*" not in heads["Content-Security-Policy"],
            "nosniff": heads["X-Content-Type-Options"] == "nosniff",
            "referrer": heads["Referrer-Policy"] == "same-origin",
            "opener": heads["Cross-Origin-Opener-Policy"] == "same-origin",
            "resource": heads["Cross-Origin-Resource-Policy"] == "same-origin",
            "permissions": "camera=()" in heads["Permissions-Policy"]
            and "geolocation=()" in heads["Permissions-Policy"],
            "framing": heads["X-Frame-Options"] == "DENY",
            "type": answer.status_code in {301, 302, 304, 405}
            or "charset" in heads["Content-Type"]
            or heads["Content-Type"] in {"application/json", "application/pdf"},
            "no other site reads it": "Access-Control-Allow-Origin" not in heads,
            "no server named": "Server" not in heads and "X-Powered-By" not in heads,
        }
        wrong += [f"{path}: {name}" for name, holds in expected.items() if not holds]
    assert wrong == []


def test_pages_are_kept_by_no_browser_and_no_proxy(answers):
    """A figure under the hash of its content holds sums only and may be kept; nothing else."""
    kept = [path for path, answer in answers if "no-store" not in answer.headers["Cache-Control"]]
    assert kept == []


def test_over_https_the_whole_domain_is_https_for_a_year(client, site):
    secure = {
        "SECURE_HSTS_SECONDS": 31_536_000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "SECURE_SSL_REDIRECT": True,
    }  # fmt: skip
    with override_settings(**secure):
        answer = client.get("/accounts/login/", secure=True)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        plainly = client.get("/accounts/login/")
        assert plainly.status_code == 301
        assert plainly.headers["Location"].startswith("https://")


@pytest.fixture
def over_https(monkeypatch):
    """The settings as they are read on a machine with DAYBRIDGE_HTTPS=1."""
    monkeypatch.setenv("DAYBRIDGE_HTTPS", "1")
    module = importlib.import_module("daybridge.config.settings")
    yield importlib.reload(module)
    monkeypatch.delenv("DAYBRIDGE_HTTPS")
    importlib.reload(module)


def test_the_https_switch_turns_everything_on(over_https):
    assert over_https.SECURE_HSTS_SECONDS >= 31_536_000
    assert over_https.SECURE_HSTS_INCLUDE_SUBDOMAINS
    assert over_https.SECURE_SSL_REDIRECT
    assert over_https.SESSION_COOKIE_SECURE
    assert over_https.CSRF_COOKIE_SECURE
    assert over_https.SESSION_COOKIE_NAME.startswith("__Host-")
    assert over_https.CSRF_COOKIE_NAME.startswith("__Host-")
    assert not over_https.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN


def test_cookies_are_for_this_host_and_no_script_reads_the_session(client, sign_in):
    browser = sign_in(Role.DIRECTOR)
    browser.get("/")
    session = browser.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["domain"] == ""
    assert session["path"] == "/"
    assert session["max-age"] == ""  # ends with the browser
    client.get("/accounts/login/")
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert settings.SESSION_COOKIE_AGE <= 12 * 3600


def test_the_scripts_know_the_cookies_other_name():
    """Over https the token's cookie has the prefix; a script that asked for the bare name would send old tokens."""
    from daybridge.config import settings as ours

    scripts = (ours.environment.Path(ours.__file__).parents[1] / "ui/static/ui").glob("*.js")
    asking = [text for text in (path.read_text(encoding="utf-8") for path in scripts) if "csrftoken=" in text]
    assert asking
    assert all("(?:__Host-)?csrftoken=" in text for text in asking)


def test_no_cookie_carries_the_words_of_a_page(sign_in, site):
    """What just happened is kept with the session, not in the browser: a toast may name somebody."""
    browser = sign_in(Role.DIRECTOR)
    browser.post("/program/rooms/", {"site": site.pk, "name": "Willow", "seats": 8})
    assert "messages" not in browser.cookies
    assert set(browser.cookies) <= {"sessionid", "csrftoken", "draft_done"}
