"""The program through its page."""

from datetime import date

import pytest
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.people.tests import factories as people
from daybridge.program.models import WeeklyGroup
from daybridge.program.tests import factories

URL = "/program/"


def form(group) -> dict:
    return {
        "track": group.track_id, "topic": group.topic_id, "weekday": 2, "starts": "17:30", "minutes": 90,
        "room": group.room_id, "lead": group.lead_id, "max_size": 10,
    }  # fmt: skip


@pytest.mark.django_db
def test_tracks_groups_rooms_and_staff_are_told(site, sign_in):
    people.staff(site, credential_until=date(2020, 1, 1))
    group = factories.weekly_group(factories.track(site, name="Evening track"), people.staff(site))
    page = sign_in(Role.COUNSELOR).get(URL).content.decode()
    for words in ("Evening track", "9 am to 10:30 am", group.topic.name, group.room.name, "Ended by date"):
        assert words in page
    assert "Add the group" not in page


@pytest.mark.django_db
def test_the_director_adds_a_group(site, sign_in):
    group = factories.weekly_group(factories.track(site), people.staff(site))
    browser = sign_in(Role.DIRECTOR)
    assert browser.post(reverse("program:add_group"), form(group)).status_code == 302
    assert WeeklyGroup.objects.filter(weekday=2, start_minute=1050).exists()
    again = browser.post(reverse("program:add_group"), form(group))
    assert again.status_code == 409
    assert "The room has another group at that time." in again.content.decode()


@pytest.mark.django_db
def test_a_group_without_a_time_is_asked_for_again(site, sign_in):
    group = factories.weekly_group(factories.track(site), people.staff(site))
    assert sign_in(Role.DIRECTOR).post(reverse("program:add_group"), form(group) | {"starts": ""}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "see", "write"), [("counselor", 200, 404), ("administrator", 404, 404)])
def test_who_may_see_and_change_the_program(site, sign_in, who, see, write):
    browser = sign_in(who)
    assert browser.get(URL).status_code == see
    assert browser.post(reverse("program:add_group"), {}).status_code == write


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_program(site, sign_in, django_assert_max_num_queries):
    browser, counts = sign_in(Role.COUNSELOR), []
    browser.get(URL)
    for n in (1, 20):
        while WeeklyGroup.objects.count() < n:
            lead = people.staff(site)
            factories.weekly_group(factories.track(site), lead, weekday=WeeklyGroup.objects.count() % 7)
        with django_assert_max_num_queries(40) as captured:
            browser.get(URL)
        counts.append(len(captured))
    assert counts[0] == counts[1]
