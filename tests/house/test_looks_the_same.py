"""Out of reach and non-existent cannot be told apart: not by status, body, or by what is asked of the database."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.admissions.actions import refer
from daybridge.admissions.models import PossibleMatch
from daybridge.admissions.rules.arrival import NewReferral
from daybridge.admissions.tests import factories as admissions
from daybridge.attendance.tests import factories as attendance
from daybridge.consent.models import Consent
from daybridge.episodes.tests import factories as episodes
from daybridge.people.models import Client
from daybridge.people.rules import NewPerson
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.scheduling.tests import factories as scheduling

pytestmark = pytest.mark.django_db
NOBODY = UUID("00000000-0000-7000-8000-000000000000")
LITERAL = re.compile(r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b|[0-9a-f]{32}")


@pytest.fixture
def secret(site, users):
    """A colleague in care: on the board, in a group, with a plan; hidden from all but one nurse."""
    client = people.client(site, given_name="Zelda", family_name="Quist", name_key="zelda quist")
    member = people.staff(site, user=users[Role.COUNSELOR])
    people.on_team(client, member)
    admissions.referral(site, client)
    stay = episodes.episode(client)
    plans.plan(stay, users[Role.DIRECTOR])
    for kind, hour in (("group", 14), ("individual", 17)):
        session = scheduling.session(member, kind=kind, starts_at=scheduling.STARTS.replace(hour=hour), status="open")
        scheduling.booking(session, stay)
        attendance.roll_line(session, stay)
    people.hidden(client, users[Role.NURSE])
    client.session, client.stay = session, stay
    return client


PAGES = [
    ("watch:today", ""), ("chart:clients", "?show=everyone"), ("chart:clients", "?show=everyone&q=quist"),
    ("chart:find", "?q=zelda"), ("admissions:board", ""), ("attendance:hours", "?week=2026-03-02"),
    ("scheduling:week", "?week=2026-03-02"), ("notes:list", "?show=all"),
]  # fmt: skip


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.INTAKE, Role.COUNSELOR, Role.FRONT_DESK, Role.BILLER])
def test_a_hidden_record_is_on_no_list_no_board_no_count(sign_in, secret, role):
    browser = sign_in(role)
    ones = [
        reverse("scheduling:session", args=[secret.session.id]),
        reverse("attendance:roll", args=[secret.session.id]),
    ]
    for page in [*(reverse(name) + asked for name, asked in PAGES), *ones]:
        words = browser.get(page, follow=True).content.decode()
        assert "Quist" not in words, page
        assert "Zelda" not in words, page
        assert secret.record_number not in words, page


def test_the_named_team_finds_it_where_it_is(sign_in, secret):
    browser = sign_in(Role.NURSE)
    assert "Quist" in browser.get("/clients/?show=everyone").content.decode()
    assert "Zelda" in browser.get(reverse("attendance:roll", args=[secret.session.id])).content.decode()
    assert browser.get(reverse("chart:chart", args=[secret.pk])).status_code == 200


def test_a_new_referral_of_a_hidden_person_tells_nothing(sign_in, secret, site, users, now):
    """Taken in like anybody's; the possible match waits until the record is shown again."""
    people.phone(secret, "+15555550142")
    person = NewPerson(
        phones=("+15555550142",), given="Zelda", family="Quist", birth_date=secret.birth_date, sex="female"
    )
    taken = refer.receive_form(
        site=site, form=NewReferral(person=person, source="phone"), by=users[Role.INTAKE], at=now
    )
    assert taken.status == "received"
    match = PossibleMatch.objects.get(referral=taken.referral)
    browser = sign_in(Role.INTAKE)
    page = browser.get(reverse("admissions:compare", args=[taken.referral])).content.decode()
    assert secret.record_number not in page
    answer = browser.post(reverse("admissions:match", args=[taken.referral, match.id]), {"answer": "same"})
    assert answer.status_code == 404


def asked(browser, url: str) -> list[str]:
    """What one request asks of the database, without the values."""
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(url)
    assert answer.status_code == 404
    return [LITERAL.sub("?", query["sql"]) for query in captured]


@pytest.mark.parametrize(
    "name", ["chart:chart", "consent:forms", "people:documents", "people:team", "notes:counseling", "portal:passes"]
)
def test_the_same_questions_are_asked_for_whom_one_does_not_reach_and_for_nobody(sign_in, site, name):
    theirs = people.client(site)
    people.on_team(theirs, people.staff(site))
    browser = sign_in(Role.COUNSELOR)
    browser.get(reverse(name, args=[NOBODY]))  # the session's first page
    assert asked(browser, reverse(name, args=[theirs.pk])) == asked(browser, reverse(name, args=[NOBODY]))


def test_a_reset_answers_the_same_for_every_address(client, users):
    url = reverse("account_reset_password")
    known = client.post(url, {"email": users[Role.NURSE].email})
    unknown = client.post(url, {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    pages = [client.get(answer.url).content for answer in (known, unknown)]
    assert pages[0] == pages[1]


def test_a_wrong_sign_in_says_the_same_for_every_address(client, users):
    url = reverse("account_login")
    pages = [
        client.post(url, {"login": address, "password": "a wrong password"}).content.decode()
        for address in (users[Role.NURSE].email, "nobody@example.org")
    ]
    said = [re.findall(r'class="(?:error|notice)[^>]*>.*?</', page, flags=re.DOTALL) for page in pages]
    assert said[0] == said[1]
    assert said[0]


def test_what_was_counted_here_is_still_there(secret):
    assert Client.objects.filter(pk=secret.pk).exists()
    assert not Consent.objects.exists()
