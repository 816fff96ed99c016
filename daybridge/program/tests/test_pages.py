"""The program through its page."""

from datetime import date

import pytest
from django.urls import reverse

from daybridge.access.models import Membership
from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.episodes.tests import factories as episodes
from daybridge.people.tests import factories as people
from daybridge.program.models import Room, Topic, Track, WeeklyGroup
from daybridge.program.tests import factories

URL = "/program/"
ADDABLE = ("track", "room", "topic", "group")
TRACK = {"name": "Day track", "part_of_day": "day", "seats": 12, "level": "2.1", "population": "adult"}
ROOM = {"name": "Office 1", "kind": "office", "seats": 3}
TOPIC = {"name": "Anger", "category": "skills", "minutes": 60, "summary": "", "credentials": ["LPC", "CPS"]}


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
    assert "Add a" not in page
    assert "Set up the program" not in page


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
    group = factories.weekly_group(factories.track(site), people.staff(site))
    assert browser.get(URL).status_code == see
    ends = reverse("program:group", args=[group.id])
    for path in (*(reverse(f"program:add_{what}") for what in ADDABLE), ends):
        assert browser.get(path).status_code == write
        assert browser.post(path, {}).status_code == write
    assert browser.post(reverse("program:add_starter_topics")).status_code == write


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "typed", "model"), [("track", TRACK, Track), ("room", ROOM, Room), ("topic", TOPIC, Topic)]
)
def test_the_director_adds_a_thing_once(site, sign_in, what, typed, model):
    browser, path = sign_in(Role.DIRECTOR), reverse(f"program:add_{what}")
    assert browser.get(path).status_code == 200
    assert browser.post(path, typed).url == f"{URL}?site={site.id}"
    assert model.objects.get().name == typed["name"]
    again = browser.post(path, typed)
    assert again.status_code == 409
    assert "of this name already" in again.content.decode()
    assert browser.post(path, typed | {"name": ""}).status_code == 422
    assert model.objects.count() == 1


@pytest.mark.django_db
def test_an_office_and_a_topic_are_kept_as_they_were_typed(site, sign_in):
    browser = sign_in(Role.DIRECTOR)
    browser.post(reverse("program:add_room"), ROOM)
    browser.post(reverse("program:add_topic"), TOPIC)
    assert Room.objects.get().is_office
    assert Topic.objects.get().credentials == ["LPC", "CPS"]


@pytest.mark.django_db
def test_one_more_leads_back_to_the_form_with_what_the_next_shares(site, sign_in):
    group = factories.weekly_group(factories.track(site), people.staff(site))
    browser = sign_in(Role.DIRECTOR)
    answer = browser.post(reverse("program:add_group"), form(group) | {"again": "1", "minutes": ""})
    assert answer.url.startswith(reverse("program:add_group"))
    shown = browser.get(answer.url).context["form"]
    assert (shown["room"].value(), shown["weekday"].value()) == (str(group.room_id), "2")
    assert WeeklyGroup.objects.get(weekday=2).minutes == group.topic.minutes


@pytest.mark.django_db
def test_a_group_is_not_asked_for_before_it_can_be(site, sign_in):
    page = sign_in(Role.DIRECTOR).get(reverse("program:add_group")).content.decode()
    assert "Before a group can be added" in page
    assert reverse("program:add_track") in page
    assert 'name="starts"' not in page


@pytest.mark.django_db
def test_the_starter_topics_are_one_click_and_offered_until_they_are_there(site, sign_in):
    browser, path = sign_in(Role.DIRECTOR), reverse("program:add_topic")
    assert "Add these 6" in browser.get(path).content.decode()
    browser.post(reverse("program:add_starter_topics"))
    assert Topic.objects.count() == 6
    assert "most programs begin with" not in browser.get(path).content.decode()


@pytest.mark.django_db
def test_the_director_ends_a_group(site, sign_in):
    group = factories.weekly_group(factories.track(site), people.staff(site))
    browser, path = sign_in(Role.DIRECTOR), reverse("program:group", args=[group.id])
    assert group.topic.name in browser.get(path).content.decode()
    assert browser.post(path, {"until": ""}).status_code == 422
    assert browser.post(path, {"until": "2020-01-01"}).status_code == 409
    assert browser.post(path, {"until": "2120-01-01"}).status_code == 302
    assert "ends before Jan 1" in browser.get(URL).content.decode()


@pytest.mark.django_db
def test_things_of_another_site_do_not_exist(site, other_site, sign_in):
    theirs = factories.weekly_group(factories.track(other_site), people.staff(other_site))
    browser = sign_in(Role.DIRECTOR)
    assert browser.get(reverse("program:group", args=[theirs.id])).status_code == 404
    assert browser.get(f"{URL}?site={other_site.id}").status_code == 404
    assert browser.post(f"{reverse('program:add_track')}?site={other_site.id}", TRACK).status_code == 404
    assert browser.get(f"{URL}?site=x").status_code == 404
    assert not Track.objects.exclude(pk=theirs.track_id).exists()


@pytest.mark.django_db
def test_a_director_of_two_sites_has_a_tab_for_each_and_sets_up_both(site, other_site, sign_in):
    browser = sign_in(Role.DIRECTOR)
    assert 'aria-label="Sites"' not in browser.get(URL).content.decode()
    Membership.objects.create(user=browser.user, site=other_site, role=Role.DIRECTOR)
    assert 'aria-label="Sites"' in browser.get(URL).content.decode()
    browser.post(f"{reverse('program:add_track')}?site={other_site.id}", TRACK)
    assert Track.objects.get().site == other_site


@pytest.mark.django_db
def test_somebody_with_another_role_at_the_first_site_sees_the_program_of_the_second(site, other_site, sign_in):
    browser = sign_in(Role.PRIVACY_OFFICER)
    Membership.objects.create(user=browser.user, site=other_site, role=Role.DIRECTOR)
    assert browser.get(URL).context["page"].site_id == other_site.id


@pytest.mark.django_db
def test_the_steps_are_told_until_the_first_client_is_in_care(site, sign_in):
    browser = sign_in(Role.DIRECTOR)
    page = browser.get(URL).content.decode()
    assert "Set up the program" in page
    assert 'href="/staff/"' not in page, "a director who is no administrator invites nobody"
    episodes.episode(people.client(site))
    assert "Set up the program" not in browser.get(URL).content.decode()


@pytest.mark.django_db
def test_colleagues_without_a_post_are_named_to_the_director_alone(site, sign_in):
    nora = access.user(Role.COUNSELOR, site, name="Nora Lee")
    address = reverse("people:post", args=[nora.id])
    assert address in sign_in(Role.DIRECTOR).get(URL).content.decode()
    assert "Nora Lee" not in sign_in(Role.COUNSELOR).get(URL).content.decode()


@pytest.mark.django_db
def test_who_left_leads_no_new_group(site, sign_in):
    group = factories.weekly_group(factories.track(site), people.staff(site))
    group.lead.user.is_active = False
    group.lead.user.save()
    assert sign_in(Role.DIRECTOR).post(reverse("program:add_group"), form(group)).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("who", [Role.COUNSELOR, Role.DIRECTOR])
def test_the_number_of_queries_does_not_grow_with_the_program(who, site, sign_in, django_assert_max_num_queries):
    browser, counts = sign_in(who), []
    browser.get(URL)
    for n in (1, 20):
        while WeeklyGroup.objects.count() < n:
            lead = people.staff(site)
            access.user(Role.NURSE, site)
            factories.weekly_group(factories.track(site), lead, weekday=WeeklyGroup.objects.count() % 7)
        with django_assert_max_num_queries(40) as captured:
            browser.get(URL)
        counts.append(len(captured))
    assert counts[0] == counts[1]
