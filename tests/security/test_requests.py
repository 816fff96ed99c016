"""Requests that somebody made up: forged, oversized, misdirected, doubled."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.people.models import Client
from daybridge.people.tests import factories as people
from tests.security.pages import addresses, plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(users):
    """Browsers that have to bring the token, as real ones do."""

    def enter(role: Role) -> Browser:
        browser = Browser(enforce_csrf_checks=True)
        browser.force_login(users[role])
        return browser

    return enter


def test_no_post_without_the_token_changes_anything(strict):
    """Every route of ours, for roles that together may do nearly everything; nothing but a refusal comes back."""
    wrong = []
    for role in (Role.DIRECTOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR):
        browser = strict(role)
        browser.get("/")  # stamps the session
        before = Entry.objects.count()
        for address, name, _view in addresses():
            status = browser.post(address, {"reason": "forged"}).status_code
            if status not in {403, 404, 405}:
                wrong.append(f"{role} {name} {status}")
        if Entry.objects.count() != before:
            wrong.append(f"{role}: the ledger grew")
    assert wrong == []


def test_the_public_forms_ask_for_the_token_too(client, site):
    browser = Browser(enforce_csrf_checks=True)
    for address in ("/accounts/login/", "/accounts/password/reset/", "/refer/", "/accounts/logout/"):
        assert browser.post(address, {"login": "a@example.org"}).status_code == 403, address


def test_a_token_of_another_origin_is_refused(strict):
    browser = strict(Role.DIRECTOR)
    browser.get("/accounts/logout/")
    token = browser.cookies["csrftoken"].value if "csrftoken" in browser.cookies else "x" * 32
    answer = browser.post(
        "/accounts/logout/", {"csrfmiddlewaretoken": token}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403


def test_looking_changes_nothing(sign_in, django_assert_max_num_queries):
    """A GET writes read lines and the idle stamp, nothing else: no row of a record appears, changes or goes."""
    from django.apps import apps

    passing = {"audit", "sessions", "usersessions", "django_q", "jobs", "mfa", "account"}
    watched = [
        model for model in apps.get_models()
        if model.__module__.startswith("daybridge.") and model._meta.app_label not in passing
    ]  # fmt: skip

    def state():
        return {
            model._meta.label: sorted(map(repr, model._base_manager.values_list()))
            for model in watched
            if model._meta.label not in {"ui.Draft", "attendance.Figure"}
        }

    for role in (Role.DIRECTOR, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        browser = sign_in(role)
        before = state()
        for address in plain():
            browser.get(address)
            browser.head(address)
        assert state() == before


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_method_is_what_the_request_line_says(sign_in, site, header):
    person = people.client(site)
    browser = sign_in(Role.PRIVACY_OFFICER)
    answer = browser.get(reverse("keeping:place"), {"on": person.pk}, headers={header: "POST"})
    assert answer.status_code == 405
    assert browser.get(reverse("keeping:place"), {"_method": "POST", "on": person.pk}).status_code == 405


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_methods_nobody_uses_do_nothing(sign_in, method):
    browser = sign_in(Role.PRIVACY_OFFICER)
    before = Entry.objects.count()
    for address in plain():
        assert getattr(browser, method)(address).status_code in {200, 302, 403, 404, 405}
    writes = Entry.objects.filter(kind="write").count()
    assert writes <= before
    assert getattr(browser, method)(reverse("keeping:overview")).status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "[::1].evil"])
def test_a_made_up_host_is_refused(client, site, host):
    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1"]):
        answer = client.get("/accounts/login/", headers={"host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_letters_lead_to_the_configured_address_whatever_the_host(client, site, users, mailoutbox):
    from django.conf import settings

    with override_settings(ALLOWED_HOSTS=["*"], ADDRESS="https://clinic.example"):
        client.post("/accounts/password/reset/", {"email": users[Role.NURSE].email}, headers={"host": "evil.example"})
    assert settings.ADDRESS != "https://clinic.example"
    assert len(mailoutbox) == 1
    assert "evil.example" not in mailoutbox[0].body


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "http:evil.example", "https:///evil.example", "/%09/evil.example", "data:text/html,x", " //evil.example",
    ],
)  # fmt: skip
def test_nothing_leads_to_another_host(client, users, site, sign_in, target):
    nurse = users[Role.NURSE]
    sent = {"login": nurse.email, "password": "a long demo password"}
    answer = client.post("/accounts/login/?next=" + target, {**sent, "next": target})
    assert answer.status_code == 302
    where = answer.headers["Location"]
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    locked = sign_in(Role.NURSE).get(reverse("access:locked"), {"next": target})
    assert locked.headers["Location"].startswith("/accounts/login/")
    assert "evil.example" not in locked.headers["Location"].split("next=")[0]
    person = people.client(site)
    forms = sign_in(Role.COUNSELOR).get(f"/consent/{person.pk}/", {"next": target})
    assert f'href="{target.strip()}"' not in forms.content.decode()


WALKS = (
    "/static/../keys/master.key", "/static/%2e%2e/keys/master.key", "/static/..%2f..%2fetc/passwd",
    "/static//etc/passwd", "/static/ui/../../../etc/passwd", "/files/../keys/django.key", "/media/x", "/static/ui/",
    "/static/", "/.git/config", "/.env", "/..%c0%af..%c0%afetc/passwd", "/static/ui/tokens.css%00.key",
)  # fmt: skip


@pytest.mark.parametrize("path", WALKS)
def test_no_path_leads_out_of_the_static_files(client, site, path):
    answer = client.get(path)
    assert answer.status_code in {400, 404, 302, 405}
    assert b"root:" not in answer.content


def test_twice_the_same_parameter_is_read_once(sign_in, site, other_site):
    """The last one counts, for the check and for the act alike: nobody checks one and does the other."""
    mine, theirs = people.client(site), people.client(other_site)
    browser = sign_in(Role.PRIVACY_OFFICER)
    said = {"asked_by": "County court", "reason": "Case 26-118"}
    answer = browser.post(reverse("keeping:place"), {"on": [str(mine.pk), str(theirs.pk)], **said})
    assert answer.status_code == 404
    answer = browser.post(reverse("keeping:place") + f"?on={theirs.pk}", {"on": str(mine.pk), **said})
    assert answer.status_code == 302
    assert Entry.objects.get(verb="hold.placed").client_id == mine.pk


EXTRA = {
    "id": "01890000-0000-7000-8000-000000000001", "pk": "1", "is_active": "1", "is_superuser": "1", "is_staff": "1",
    "role": "administrator", "state": "purged", "status": "active", "signed_at": "2020-01-01", "placed_by": "user:x",
    "lifted_at": "2020-01-01", "client": "01890000-0000-7000-8000-000000000001", "version": "99", "site_id": "1",
    "years": "10", "set_by": "user:x", "name": "Somebody else", "record_number": "X-1",
}  # fmt: skip


def test_fields_nobody_asked_for_are_left_alone(sign_in, site, users):
    person = people.client(site)
    browser = sign_in(Role.PRIVACY_OFFICER)
    sent = {"on": person.pk, "asked_by": "County court", "reason": "Case 26-118"}
    assert browser.post(reverse("keeping:place"), EXTRA | sent).status_code == 302
    from daybridge.keeping.models import LegalHold

    hold = LegalHold.objects.get()
    assert (hold.placed_by, hold.lifted_at, hold.client_id) == (browser.user.actor, None, person.pk)
    own = sign_in(Role.NURSE)
    own.post(reverse("access:account"), EXTRA | {"name": "New Name", "language": "en"})
    nurse = type(own.user).objects.get(pk=own.user.pk)
    assert nurse.name == "New Name"
    assert [str(role) for role in nurse.roles] == ["nurse"]
    assert Client.objects.get().record_number == person.record_number


def test_no_form_is_made_from_a_model():
    """A form lists its fields; one made from a table would take every column that is posted."""
    import importlib
    import pkgutil

    from django import forms

    import daybridge

    made = []
    for found in pkgutil.walk_packages(daybridge.__path__, "daybridge."):
        if ".forms" in found.name and ".tests" not in found.name:
            module = importlib.import_module(found.name)
            made += [
                f"{found.name}.{name}" for name, thing in vars(module).items()
                if isinstance(thing, type) and issubclass(thing, forms.BaseModelForm) and thing.__module__ == found.name
            ]  # fmt: skip
    assert made == []


@pytest.mark.parametrize("address", ["/accounts/login/", "/refer/", "/keeping/holds/place/"])
def test_what_is_too_large_is_refused_before_it_is_read(sign_in, settings, address):
    settings.LARGEST_REQUEST = 50_000
    file = SimpleUploadedFile("film.bin", b"x" * 60_000)
    answer = sign_in(Role.PRIVACY_OFFICER).post(address, {"file": file})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_too_many_fields_are_refused(sign_in):
    many = {f"field{n}": "x" for n in range(1100)}
    assert sign_in(Role.PRIVACY_OFFICER).post(reverse("keeping:place"), many).status_code == 400


def test_views_without_the_token_judge_the_size_themselves():
    """One view reads its size first and checks the token inside; no other is exempt."""
    exempt = [name for _address, name, view in addresses() if getattr(view, "csrf_exempt", False)]
    assert exempt == ["admissions:upload"]


def test_a_forged_proxy_header_changes_nobodys_address(client, site, users):
    """Without DAYBRIDGE_PROXY nobody says where they come from; throttles and the ledger see the real peer."""
    nurse = users[Role.NURSE]
    for n in range(6):
        client.post(
            "/accounts/login/", {"login": nurse.email, "password": "wrong words here"},
            headers={"x-forwarded-for": f"203.0.113.{n}", "x-real-ip": f"203.0.113.{n}"},
        )  # fmt: skip
    origins = set(Entry.objects.exclude(origin="").values_list("origin", flat=True))
    assert origins <= {"127.0.0.1"}
    assert access.Site.objects.exists()
