"""The program through its page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from daybridge.access.models import Membership
from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.episodes.tests import factories as episodes
from daybridge.people.tests import factories as people
from daybridge.program.models import Closure, Lesson, Room, Topic, Track, WeeklyGroup, Window
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


@pytest.mark.django_db
def test_a_program_is_opened_in_three_clicks(site, sign_in):
    """From the program's page: Open a program, See it here, Open the program."""
    factories.room(site)
    people.staff(site)
    browser = sign_in(Role.DIRECTOR)
    assert reverse("program:templates") in browser.get(URL).content.decode()
    first = reverse("program:template", args=["evening-three"])
    assert first in browser.get(reverse("program:templates")).content.decode()
    page = browser.get(first)
    assert "Every group has a room and a lead." in page.content.decode()
    answer = browser.post(first, page.context["form"].initial)
    track = Track.objects.get()
    assert answer.url == reverse("program:track", args=[track.id])
    assert "What Sets It Off" in browser.get(answer.url).content.decode()
    assert browser.post(first, page.context["form"].initial).status_code == 409


@pytest.mark.django_db
def test_what_a_template_lacks_is_told_before_it_is_opened(site, sign_in):
    factories.room(site)
    people.staff(site, credential="CPS")
    page = sign_in(Role.DIRECTOR).get(reverse("program:template", args=["women"])).content.decode()
    assert "nobody holds a credential it asks for" in page
    assert "No group can stand yet." in page


@pytest.mark.django_db
def test_a_track_its_courses_and_lessons_are_changed_on_its_pages(site, sign_in):
    track = factories.track(site)
    one, two = factories.topic(), factories.topic()
    browser, page = sign_in(Role.DIRECTOR), reverse("program:track", args=[track.id])
    assert browser.post(reverse("program:add_course", args=[track.id]), {"name": "C", "mode": "open"}).url == page
    course = track.curricula.get()
    add = reverse("program:add_lesson", args=[track.id, course.id])
    for topic in (one, two):
        assert browser.post(add, {"topic": topic.id}).url == page
    assert browser.post(add, {"topic": "x"}).status_code == 422
    second = course.lessons.get(position=1)
    change = reverse("program:change_lesson", args=[track.id, second.id])
    assert browser.post(change, {"to": "up"}).url == page
    assert browser.post(change, {"to": "sideways"}).status_code == 404
    assert [lesson.topic for lesson in course.lessons.all()] == [two, one]
    one.prerequisites.add(two)
    assert "builds on" in browser.post(change, {"to": "down"}).content.decode()
    assert browser.post(change, {"to": "out"}).url == page
    save = reverse("program:change_track", args=[track.id])
    assert browser.get(save).status_code == 200
    browser.post(save, TRACK | {"name": "Mornings", "gender": "women", "focus": "all", "act": "save"})
    track.refresh_from_db()
    assert (track.name, track.gender, track.focus, track.language) == ("Mornings", "women", "", "en")
    assert browser.post(save, {"act": "close"}).status_code == 302
    assert "This track is closed." in browser.get(page).content.decode()
    assert browser.post(save, {"act": "close"}).status_code == 409


@pytest.mark.django_db
def test_a_group_is_given_another_lead_on_its_page(site, sign_in):
    group, other = factories.weekly_group(factories.track(site), people.staff(site)), people.staff(site)
    browser, path = sign_in(Role.DIRECTOR), reverse("program:group", args=[group.id])
    assert browser.post(path, {"lead": other.id, "room": group.room_id, "max_size": 8}).status_code == 302
    group.refresh_from_db()
    assert (group.lead, group.max_size) == (other, 8)
    assert browser.post(path, {"lead": other.id, "room": group.room_id, "max_size": 99}).status_code == 409


@pytest.mark.django_db
def test_a_room_and_a_topic_are_changed_and_put_away(site, sign_in):
    browser, room, topic = sign_in(Role.DIRECTOR), factories.room(site), factories.topic()
    path = reverse("program:room", args=[room.id])
    away = {"first": "2126-03-02", "starts": "09:00", "ends": "12:00", "why": "New floor", "act": "away"}
    assert browser.post(path, away).status_code == 302
    assert "New floor" in browser.get(reverse("program:calendar")).content.decode()
    assert browser.post(path, away | {"ends": "08:00"}).status_code == 409
    typed = {"name": "Blue room", "kind": "group", "seats": 9, "features": ["sink"], "accessible": "on", "act": "save"}
    assert browser.post(path, typed).status_code == 302
    assert "Blue room" in browser.get(URL).content.decode()
    assert browser.post(path, {"act": "close"}).status_code == 302
    assert "Blue room" not in browser.get(URL).content.decode()
    path = reverse("program:topic", args=[topic.id])
    assert browser.get(path).status_code == 200
    assert browser.post(path, TOPIC | {"name": "Nights", "flags": ["counts"], "act": "save"}).status_code == 302
    assert browser.post(path, TOPIC | {"name": "", "act": "save"}).status_code == 422
    assert browser.post(path, {"act": "aside"}).status_code == 302
    assert "Set aside" in browser.get(reverse("program:library")).content.decode()


@pytest.mark.django_db
def test_days_off_and_windows_are_set_up_on_their_page(site, sign_in):
    browser, page = sign_in(Role.DIRECTOR), reverse("program:calendar")
    assert "No day off yet." in browser.get(page).content.decode()
    browser.post(reverse("program:keep_holidays") + "?year=2027", {"key": "thanksgiving"})
    browser.post(reverse("program:keep_holidays"))
    assert browser.post(reverse("program:close_days"), {"first": "2126-03-02", "why": "Staff day"}).status_code == 302
    again = browser.post(reverse("program:close_days"), {"first": "2126-03-02", "why": "Staff day"})
    assert "closed already" in again.content.decode()
    closure = Closure.objects.get(why="Staff day")
    browser.post(reverse("program:open_days", args=[closure.id]))
    assert not Closure.objects.filter(why="Staff day").exists()
    window = {"kind": "drug-test", "weekday": 1, "starts": "08:00", "ends": "10:00", "capacity": 9}
    assert browser.post(reverse("program:add_window"), window).status_code == 302
    assert browser.post(reverse("program:add_window"), window | {"ends": "07:00"}).status_code == 409
    assert "Tuesday, 8 am to 10 am" in browser.get(page + "?year=nonsense").content.decode()
    browser.post(reverse("program:end_window", args=[Window.objects.get().id]))
    assert not Window.objects.exists()


@pytest.mark.django_db
def test_the_library_is_searched_read_taken_and_printed(site, sign_in):
    browser, page = sign_in(Role.DIRECTOR), reverse("program:library")
    own = factories.topic(name="Our own way")
    words = browser.get(page + "?q=craving").content.decode()
    assert "Riding Out a Craving" in words
    assert own.name not in words
    assert "No topic has these words." in browser.get(page + "?q=zzz").content.decode()
    assert own.name in browser.get(page + "?kind=skills").content.decode()
    entry = reverse("program:entry", args=["cravings"])
    assert "Use it here" in browser.get(entry).content.decode()
    assert browser.post(reverse("program:take_entry", args=["cravings"])).url == entry
    assert "Dejar pasar las ganas" in browser.get(entry + "?lang=es").content.decode()
    for name in ("handout", "outline"):
        answer = browser.get(reverse(f"program:{name}", args=["cravings"]) + "?lang=es")
        assert answer.content.startswith(b"%PDF")
    for path in (entry + "?lang=fr", reverse("program:entry", args=["nothing"])):
        assert browser.get(path).status_code == 404
    assert browser.post(reverse("program:take_entry", args=["nothing"])).status_code == 404


@pytest.mark.django_db
def test_a_counselor_reads_the_library_and_changes_nothing(site, sign_in):
    track, browser = factories.track(site), sign_in(Role.COUNSELOR)
    for name in ("library", "calendar"):
        page = browser.get(reverse(f"program:{name}"))
        assert page.status_code == 200
        assert "Templates" not in page.content.decode()
    assert "Change" not in browser.get(reverse("program:track", args=[track.id])).content.decode()
    for path in (
        reverse("program:templates"), reverse("program:change_track", args=[track.id]),
        reverse("program:room", args=[factories.room(site).id]), reverse("program:topic", args=[factories.topic().id]),
    ):  # fmt: skip
        assert browser.get(path).status_code == 404


@pytest.mark.django_db
def test_tracks_and_rooms_of_another_site_do_not_exist(other_site, sign_in):
    browser, track = sign_in(Role.DIRECTOR), factories.track(other_site)
    for path in (
        reverse("program:track", args=[track.id]), reverse("program:room", args=[factories.room(other_site).id]),
        f"{reverse('program:calendar')}?site={other_site.id}",
        f"{reverse('program:template', args=['women'])}?site={other_site.id}",
    ):  # fmt: skip
        assert browser.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["library", "calendar", "track", "template"])
def test_the_number_of_queries_of_the_lists_does_not_grow(name, site, sign_in, django_assert_max_num_queries):
    browser, track, counts = sign_in(Role.DIRECTOR), factories.track(site), []
    args = {"track": [track.id], "template": ["evening-three"]}.get(name, [])
    path = reverse(f"program:{name}", args=args)
    browser.get(path)
    course = factories.curriculum(track)
    for n in (1, 20):
        while WeeklyGroup.objects.count() < n:
            at = WeeklyGroup.objects.count()
            group = factories.weekly_group(track, people.staff(site), weekday=at % 7, curriculum=course)
            Lesson.objects.create(curriculum=course, topic=group.topic, position=at)
            factories.room_closure(group.room, ends_at=datetime(2126, 1, 1, tzinfo=UTC))
            factories.closure(site, date(2126, 1, 1 + at))
            factories.window(site, start_minute=at, end_minute=at + 1)
        with django_assert_max_num_queries(40) as captured:
            browser.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1]
