"""The room's pages, through their addresses."""

from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daybridge.access import actions, queries
from daybridge.access.models import Invitation, Program, User
from daybridge.access.rules import ROLES, SENTENCES, Role
from daybridge.access.tests import factories
from daybridge.audit.models import Entry

GOOD = "three odd green lamps"
DOCS = Path(__file__).resolve().parents[3] / "docs"


def invite(browser, site, **words):
    form = {"name": "Nora Lee", "email": "nora@example.org", "role": "nurse", "site": str(site.id)} | words
    return browser.post("/staff/invite/", form)


# staff -------------------------------------------------------------------------------------------------------------


def test_an_invitation_shows_its_link_once_and_the_link_opens_the_account(sign_in, site):
    admin = sign_in("administrator")
    assert invite(admin, site).status_code == 302
    page = admin.get("/staff/").content.decode()
    link = page.partition('value="http')[2].partition('"')[0]
    assert "/invitation/" in link
    assert link not in admin.get("/staff/").content.decode()
    guest = Browser()
    path = "/invitation/" + link.rstrip("/").rpartition("/")[2] + "/"
    assert "Nurse at Harbor Street" in guest.get(path).content.decode()
    answer = guest.post(path, {"name": "Nora Lee", "password": GOOD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert guest.get("/account/").status_code == 200
    assert Browser().get(path).status_code == 410
    assert Browser().post(path, {"name": "Nora Lee", "password": GOOD}).status_code == 410


def test_a_refused_invitation_keeps_what_was_typed(sign_in, site):
    admin = sign_in("administrator")
    answer = invite(admin, site, email=admin.user.email)
    assert answer.status_code == 409
    assert "already has an account" in answer.content.decode()
    assert 'value="Nora Lee"' in answer.content.decode()
    assert invite(admin, site, email="nowhere").status_code == 422
    assert not Invitation.objects.exists()


def test_an_administrator_invites_only_to_sites_they_manage(sign_in, other_site):
    assert invite(sign_in("administrator"), other_site).status_code == 422
    assert not Invitation.objects.exists()


def test_a_weak_password_is_told_in_place(sign_in, site):
    token = _token(sign_in, site)
    answer = Browser().post(f"/invitation/{token}/", {"name": "Nora", "password": "short"})
    assert answer.status_code == 422
    assert "12 characters" in answer.content.decode()
    assert not User.objects.filter(email="nora@example.org").exists()


def _token(sign_in, site):
    admin = sign_in("administrator").user
    words = {"email": "nora@example.org", "name": "Nora", "site_id": site.id, "role": Role.NURSE}
    from django.utils import timezone

    return actions.invite(by=admin, at=timezone.now(), **words)[1].rstrip("/").rpartition("/")[2]


def test_open_invitations_are_renewed_and_withdrawn(sign_in, site):
    admin = sign_in("administrator")
    invite(admin, site)
    one = Invitation.objects.get()
    before = one.token_digest
    assert admin.post(reverse("access:renew", args=[one.id])).status_code == 302
    assert Invitation.objects.get().token_digest != before
    assert admin.post(reverse("access:withdraw", args=[one.id])).status_code == 302
    assert "Nora Lee" not in admin.get("/staff/").content.decode().partition("Open invitations")[2]
    again = admin.post(reverse("access:withdraw", args=[one.id]))
    assert again.status_code == 409


def test_roles_and_accounts_are_changed_from_the_persons_page(sign_in, users, site):
    admin, peer = sign_in("administrator"), users[Role.PEER]
    page = reverse("access:person", args=[peer.id])
    assert peer.name in admin.get(page).content.decode()
    place = {"role": "nurse", "site": str(site.id)}
    assert admin.post(f"{page}grant/", place).status_code == 302
    assert admin.post(f"{page}grant/", place).status_code == 409
    assert admin.post(f"{page}grant/", {"role": "king"}).status_code == 422
    assert admin.post(f"{page}take-away/", place).status_code == 302
    assert admin.post(f"{page}take-away/", place).status_code == 404
    assert admin.post(f"{page}close/").status_code == 302
    assert "Closed" in admin.get(page).content.decode()
    assert admin.post(f"{page}reopen/").status_code == 302
    assert admin.post(f"{page}end-sessions/").status_code == 302
    assert admin.post(f"{page}clear-second-step/").status_code == 302


def test_the_last_administrator_is_told_why_not(sign_in, site):
    admin = sign_in("administrator")
    page = reverse("access:person", args=[admin.user.id])
    answer = admin.post(f"{page}take-away/", {"role": "administrator", "site": str(site.id)})
    assert answer.status_code == 409
    assert "at least one administrator" in answer.content.decode()


def test_accounts_of_another_site_do_not_exist_here(sign_in, other_site):
    admin, stranger = sign_in("administrator"), factories.user(Role.NURSE, other_site, name="Far Away")
    page = reverse("access:person", args=[stranger.id])
    for path in (page, reverse("access:person", args=["00000000-0000-7000-8000-000000000000"])):
        assert admin.get(path).status_code == 404
        assert admin.post(f"{path}close/").status_code == 404
    assert "Far Away" not in admin.get("/staff/").content.decode()


def test_the_staff_page_asks_the_database_the_same_number_of_times_for_one_and_for_twenty(sign_in, site):
    admin = sign_in("administrator")
    admin.get("/staff/")
    few = _queries(admin, "/staff/")
    for number in range(20):
        factories.user(Role.NURSE, site, name=f"Nurse {number}")
    assert _queries(admin, "/staff/") == few


def _queries(browser, path):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert browser.get(path).status_code == 200
    return len(caught)


# one's own account -------------------------------------------------------------------------------------------------


def test_the_account_page_saves_name_and_language_and_speaks_it(sign_in):
    nurse = sign_in("nurse")
    assert nurse.post("/account/", {"name": "Nina K.", "language": "es"}).status_code == 302
    assert '<html lang="es">' in nurse.get("/account/").content.decode()
    assert User.objects.get(pk=nurse.user.pk).name == "Nina K."
    assert nurse.post("/account/", {"name": "", "language": "es"}).status_code == 422
    assert nurse.post("/account/", {"name": "N", "language": "xx"}).status_code == 422


def test_one_session_or_all_others_are_ended(sign_in):
    here, there, third = sign_in("nurse"), sign_in("nurse"), None
    third = Browser()
    third.force_login(here.user)
    for browser in (here, there, third):
        browser.get("/account/")
    key = there.session.session_key
    row = UserSession.objects.get(session_key=key)
    assert here.post("/account/sessions/end/", {"session": row.pk}).status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.post("/account/sessions/end/", {"session": row.pk}).status_code == 404
    assert here.post("/account/sessions/end-others/").status_code == 302
    assert third.get("/account/").status_code == 302
    assert here.get("/account/sessions/").status_code == 200


# the demo ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_welcome_page_lets_one_be_anybody_in_a_demo(users):
    Program.objects.update(is_demo=True)
    User.objects.filter(pk=users[Role.BILLER].pk).update(is_active=False)
    browser = Browser()
    page = browser.get("/welcome/").content.decode()
    assert page.count('name="user"') == len(users) - 1
    assert ROLES[Role.NURSE][1] in page
    assert "/welcome/" in browser.get("/accounts/login/").content.decode()
    answer = browser.post("/welcome/enter/", {"user": str(users[Role.NURSE].pk)})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/account/").status_code == 200
    assert browser.post("/welcome/enter/", {"user": str(users[Role.PEER].pk)}).status_code == 302
    assert users[Role.PEER].name in browser.get("/account/").content.decode()


def test_outside_a_demo_there_is_no_welcome_page(users, client):
    assert client.get("/welcome/").status_code == 404
    assert client.post("/welcome/enter/", {"user": str(users[Role.NURSE].pk)}).status_code == 404
    assert client.get("/account/").status_code == 302
    assert "/welcome/" not in client.get("/accounts/login/").content.decode()


# permissions and ledger --------------------------------------------------------------------------------------------


def test_the_permission_page_shows_every_sentence_and_role(sign_in):
    page = sign_in("privacy-officer").get("/permissions/").content.decode()
    assert all(words in page for words, _ in ROLES.values())
    assert all(sentence.replace("'", "&#x27;") in page for sentence in SENTENCES.values())


def test_the_written_permission_table_is_current(request):
    page = DOCS / "permissions.md"
    if request.config.getoption("--write-docs", default=False):
        page.write_text(queries.permission_table_markdown(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == queries.permission_table_markdown()


def test_reading_the_ledger_is_on_the_ledger(sign_in):
    officer = sign_in("privacy-officer")
    assert officer.get("/ledger/?kind=write").status_code == 200
    entry = Entry.objects.order_by("-seq").first()
    assert (entry.verb, entry.kind, entry.actor) == ("ledger.read", "read", officer.user.actor)
    assert entry.data == {"page": 1, "asked": {"kind": "write"}}


def test_the_ledger_is_filtered_by_its_address_and_paged_by_fifty(sign_in):
    officer, admin = sign_in("privacy-officer"), sign_in("administrator")
    for number in range(51):
        admin.post("/account/", {"name": f"Name {number}", "language": "en"})
    officer.get("/ledger/")
    page = officer.get("/ledger/?verb=account.describe").content.decode()
    assert (page.count("/ledger/?verb=account.describe") >= 50, "1 to 50 of 51" in page) == (True, True)
    assert "51 to 51 of 51" in officer.get("/ledger/?verb=account.describe&page=2").content.decode()
    assert "No line matches." in officer.get("/ledger/?until=2001-01-01").content.decode()
    assert "No line matches." in officer.get(f"/ledger/?actor={admin.user.actor}&kind=disclosure").content.decode()
    assert officer.get("/ledger/?verb=nothing").status_code == 422
    assert officer.get("/ledger/?page=zzz").status_code == 200
