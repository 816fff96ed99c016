"""What the writers of the program promise."""

from datetime import date

import pytest

from daybridge.access.models import Site
from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.episodes.tests import factories as episodes
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.people.tests import factories as people
from daybridge.program import actions, queries, rules
from daybridge.program.models import Enrollment, Topic, WeeklyGroup
from daybridge.program.tests import factories

DAY = date(2026, 3, 2)


@pytest.fixture
def director(users):
    return users[Role.DIRECTOR]


@pytest.mark.django_db
def test_a_program_is_set_up_from_nothing(site, director, now):
    acts = {"by": director, "at": now}
    track = actions.found_track(site_id=site.id, track=rules.NewTrack("Evening", "evening", 12), **acts)
    room = actions.found_room(site_id=site.id, room=rules.NewRoom("Room A", 12), **acts)
    topic = actions.found_topic(topic=rules.NewTopic("Relapse Prevention", "skills", 90, ("LPC",)), **acts)
    lead = people.staff(site)
    group = rules.NewGroup(topic.id, room.id, lead.id, 0, 1050, 90, DAY)
    assert actions.found_weekly_group(track_id=track.id, group=group, **acts).max_size == 12
    assert Entry.objects.filter(verb__startswith="program.").count() == 4


@pytest.mark.django_db
def test_only_the_director_sets_up_the_program_and_only_of_the_site(site, other_site, users, director, now):
    new = rules.NewTrack("Day", "day", 12)
    with pytest.raises(NotAllowed):
        actions.found_track(site_id=site.id, track=new, by=users[Role.COUNSELOR], at=now)
    with pytest.raises(Site.DoesNotExist):
        actions.found_track(site_id=other_site.id, track=new, by=director, at=now)


@pytest.mark.django_db
def test_names_are_given_once(site, director, now):
    factories.track(site, name="Day")
    factories.room(site, name="Room A")
    factories.topic(name="Process")
    acts = {"by": director, "at": now}
    with pytest.raises(Refused, match="name"):
        actions.found_track(site_id=site.id, track=rules.NewTrack("Day", "day", 12), **acts)
    with pytest.raises(Refused, match="name"):
        actions.found_room(site_id=site.id, room=rules.NewRoom("Room A", 3), **acts)
    with pytest.raises(Refused, match="name"):
        actions.found_topic(topic=rules.NewTopic("Process", "process", 60), **acts)


@pytest.mark.django_db
def test_things_without_seats_minutes_or_category_are_refused(site, director, now):
    acts = {"by": director, "at": now}
    with pytest.raises(Refused, match="seat"):
        actions.found_track(site_id=site.id, track=rules.NewTrack("Day", "day", 0), **acts)
    with pytest.raises(Refused, match="seat"):
        actions.found_room(site_id=site.id, room=rules.NewRoom("Room A", 0), **acts)
    with pytest.raises(Refused, match="minutes"):
        actions.found_topic(topic=rules.NewTopic("Process", "process", 0), **acts)
    with pytest.raises(Refused, match="category"):
        actions.found_topic(topic=rules.NewTopic("Process", "yoga", 60), **acts)


@pytest.mark.django_db
def test_a_room_or_a_lead_is_not_given_twice_at_a_time(site, director, now):
    track, lead = factories.track(site), people.staff(site)
    standing = factories.weekly_group(track, lead, weekday=1, start_minute=600)
    for room, who, words in ((standing.room, people.staff(site), "room"), (factories.room(site), lead, "lead")):
        group = rules.NewGroup(standing.topic_id, room.id, who.id, 1, 660, 90, DAY, max_size=10)
        with pytest.raises(Refused, match=f"{words} has another group"):
            actions.found_weekly_group(track_id=track.id, group=group, by=director, at=now)


@pytest.mark.django_db
def test_a_group_that_ended_stands_in_nobodys_way(site, director, now):
    track, lead = factories.track(site), people.staff(site)
    ended = factories.weekly_group(track, lead, until=DAY)
    group = rules.NewGroup(ended.topic_id, ended.room_id, lead.id, 0, 540, 90, DAY, max_size=10)
    assert actions.found_weekly_group(track_id=track.id, group=group, by=director, at=now)


@pytest.mark.django_db
def test_enrolling_moves_a_client_from_track_to_track(site, users, now):
    episode, day, evening = episodes.episode(people.client(site)), factories.track(site), factories.track(site)
    acts = {"episode_id": episode.id, "by": users[Role.INTAKE], "at": now}
    first = actions.enroll(track_id=day.id, since=DAY, **acts)
    assert actions.enroll(track_id=day.id, since=DAY, **acts).pk == first.pk
    actions.enroll(track_id=evening.id, since=date(2026, 3, 9), **acts)
    first.refresh_from_db()
    assert first.until == date(2026, 3, 9)
    assert Enrollment.objects.get(until=None).track == evening


@pytest.mark.django_db
def test_a_full_track_takes_nobody_and_a_discharge_frees_a_seat(site, users, now):
    track = factories.track(site, seats=1)
    gone = episodes.episode(people.client(site), status="discharged", ended_on=DAY)
    factories.enrollment(gone, track)
    acts = {"track_id": track.id, "since": DAY, "by": users[Role.INTAKE], "at": now}
    actions.enroll(episode_id=episodes.episode(people.client(site)).id, **acts)
    with pytest.raises(Refused, match="no seat"):
        actions.enroll(episode_id=episodes.episode(people.client(site)).id, **acts)
    row = queries.tracks(site_id=site.id, by=users[Role.INTAKE])[0]
    assert (row.enrolled, row.free) == (1, 0)


@pytest.mark.django_db
def test_a_track_of_another_site_is_out_of_reach(site, other_site, users, now):
    episode, track = episodes.episode(people.client(site)), factories.track(other_site)
    with pytest.raises(type(track).DoesNotExist):
        actions.enroll(episode_id=episode.id, track_id=track.id, since=DAY, by=users[Role.INTAKE], at=now)


@pytest.mark.django_db
def test_the_starter_topics_are_added_once_beside_those_there_are(site, director, users, now):
    factories.topic(name=rules.STARTER[0].name)
    assert actions.found_starter_topics(by=director, at=now) == len(rules.STARTER) - 1
    assert actions.found_starter_topics(by=director, at=now) == 0
    assert Topic.objects.count() == len(rules.STARTER)
    with pytest.raises(NotAllowed):
        actions.found_starter_topics(by=users[Role.COUNSELOR], at=now)


@pytest.mark.django_db
def test_a_group_ends_and_frees_its_room_and_lead(site, director, now):
    track, lead = factories.track(site), people.staff(site)
    standing = factories.weekly_group(track, lead)
    actions.end_group(group_id=standing.id, until=DAY, by=director, at=now)
    standing.refresh_from_db()
    assert standing.until == DAY
    assert Entry.objects.get(verb="program.end").data["until"] == "2026-03-02"
    group = rules.NewGroup(standing.topic_id, standing.room_id, lead.id, 0, 540, 90, DAY, max_size=10)
    assert actions.found_weekly_group(track_id=track.id, group=group, by=director, at=now)
    with pytest.raises(Refused, match="ended already"):
        actions.end_group(group_id=standing.id, until=date(2026, 4, 6), by=director, at=now)


@pytest.mark.django_db
def test_an_end_that_has_not_come_yet_may_be_moved(site, director, now):
    group = factories.weekly_group(factories.track(site), people.staff(site), until=date(2026, 3, 16))
    moved = actions.end_group(group_id=group.id, until=date(2026, 3, 9), by=director, at=now)
    assert moved.until == date(2026, 3, 9)


@pytest.mark.django_db
def test_who_may_end_a_group_and_when(site, other_site, users, director, now):
    mine = factories.weekly_group(factories.track(site), people.staff(site))
    theirs = factories.weekly_group(factories.track(other_site), people.staff(other_site))
    with pytest.raises(NotAllowed):
        actions.end_group(group_id=mine.id, until=DAY, by=users[Role.COUNSELOR], at=now)
    with pytest.raises(WeeklyGroup.DoesNotExist):
        actions.end_group(group_id=theirs.id, until=DAY, by=director, at=now)
    with pytest.raises(Refused, match="today or later"):
        actions.end_group(group_id=mine.id, until=date(2026, 3, 1), by=director, at=now)
    assert not WeeklyGroup.objects.exclude(until=None).exists()
