"""The chart, the list of clients and the palette, through their addresses."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.episodes.tests import factories as episodes
from daybridge.people.tests import factories as people
from daybridge.program.tests import factories as program
from daybridge.scheduling.tests import factories as scheduling

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(site, users):
    client = people.client(site, given_name="Rosalinda", preferred_name="Rosa", name_key="rosalinda delgado")
    people.on_team(client, people.staff(site, user=users[Role.COUNSELOR]))
    episodes.episode(client)
    return client


def chart_of(client):
    return reverse("chart:chart", args=[client.id])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("counselor", 200),
        ("intake", 200),
        ("director", 200),
        ("front-desk", 404),
        ("administrator", 404),
        ("other_site", 404),
    ],
)
def test_who_may_open_a_chart(sign_in, rosa, who, status):
    assert sign_in(who).get(chart_of(rosa)).status_code == status


def test_opening_a_chart_is_on_the_ledger(sign_in, rosa):
    browser = sign_in("counselor")
    browser.get(chart_of(rosa))
    entry = Entry.objects.get(verb="chart.read")
    assert (entry.actor, entry.client_id, entry.kind) == (browser.user.actor, rosa.id, "read")


def test_out_of_reach_and_missing_look_the_same(sign_in, rosa):
    browser = sign_in("other_site")
    missing = browser.get(chart_of(rosa).replace(str(rosa.id), "00000000-0000-7000-8000-000000000000"))
    hidden = browser.get(chart_of(rosa))
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


def test_the_preferred_name_comes_first_and_the_title_names_nobody(sign_in, rosa):
    page = sign_in("counselor").get(chart_of(rosa)).content.decode()
    assert "Rosa Delgado" in page
    assert "legal name Rosalinda" in page
    assert "Delgado" not in page.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_takes_the_same_number_of_queries(sign_in, site, users, count, django_assert_max_num_queries):
    member = people.staff(site, user=users[Role.COUNSELOR])
    for _ in range(count):
        client = people.client(site)
        people.on_team(client, member)
        episodes.episode(client)
    browser = sign_in("counselor")
    with django_assert_max_num_queries(34):
        page = browser.get(reverse("chart:clients"))
    assert page.content.count(b'<th scope="row">') == count


def test_the_list_shows_ones_own_clients(sign_in, site, users, rosa):
    mine = people.client(site, given_name="Andre", family_name="Wells")
    people.on_team(mine, people.staff(site, user=users[Role.NURSE]), role="nurse")
    page = sign_in("nurse").get(reverse("chart:clients"), {"show": "mine"}).content.decode()
    assert "Andre Wells" in page
    assert "Rosa" not in page


@pytest.mark.parametrize(("words", "found"), [("ros", True), ("delg", True), ("xyz", False), ("", False)])
def test_the_palette_finds_by_the_start_of_any_name(sign_in, rosa, words, found):
    piece = sign_in("counselor").get(reverse("chart:find"), {"q": words}, headers={"HX-Request": "true"})
    assert (chart_of(rosa) in piece.content.decode()) is found


def test_the_palette_hides_other_sites(sign_in, rosa):
    piece = sign_in("other_site").get(reverse("chart:find"), {"q": "rosa"})
    assert "Rosa" not in piece.content.decode().replace("“rosa”", "")
    assert not Entry.objects.filter(verb="find").exists()


def test_a_joined_copy_leads_to_the_kept_record(sign_in, site, rosa):
    copy = people.client(site, given_name="Rosie", merged_into=rosa)
    page = sign_in("counselor").get(chart_of(copy)).content.decode()
    assert "Rosa Delgado" in page
    assert Entry.objects.get(verb="chart.read").client_id == rosa.id


def test_the_time_line_tells_of_a_placed_week_in_one_line(sign_in, site, rosa, now):
    episode = rosa.episodes.get()
    lead, room = people.staff(site), program.room(site)
    for minutes in (0, 90):
        session = scheduling.session(lead, room, starts_at=now + timedelta(minutes=minutes))
        scheduling.booking(session, episode, booked_at=now - timedelta(days=1))
    page = sign_in("counselor").get(chart_of(rosa)).content.decode()
    assert "2 sessions booked" in page
