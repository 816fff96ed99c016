"""What the writers of the program promise."""

from datetime import date, timedelta

import pytest

from daybridge.access.models import Site
from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.episodes.tests import factories as episodes
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.kit.periods import Period
from daybridge.people.tests import factories as people
from daybridge.program import actions, queries, rules
from daybridge.program.models import Closure, Enrollment, Room, Topic, WeeklyGroup
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


OPENING = actions.Opening("evening-three", "Evening track", 10, DAY)


@pytest.fixture
def acts(director, now):
    return {"by": director, "at": now}


@pytest.mark.django_db
def test_a_whole_program_is_opened_from_a_template(site, acts):
    factories.room(site)
    people.staff(site), people.staff(site)
    opened = actions.open_from_template(site_id=site.id, opening=OPENING, **acts)
    row = queries.track(track_id=opened.track.id, on=DAY, by=acts["by"])
    assert (len(row.groups), row.row.minutes, row.row.is_short) == (6, 540, False)
    assert [len(course.lessons) for course in row.courses] == [10, 12, 16]
    assert len(row.phases) == 3
    assert Entry.objects.get(verb="program.template").data["missing"] == 0
    cravings = Topic.objects.get(library="cravings")
    assert [one.library for one in cravings.prerequisites.all()] == ["triggers"]


@pytest.mark.django_db
def test_a_template_uses_the_topics_there_are_and_leaves_out_what_nobody_may_lead(site, acts):
    own = factories.topic(name="Relapse Prevention", credentials=["LPC"])
    factories.room(site, seats=6)
    people.staff(site, credential="CADC")
    opened = actions.open_from_template(site_id=site.id, opening=actions.Opening("eating", "Eating", 6, DAY), **acts)
    assert {one.entry.id for one in opened.plan.missing} == {"food-and-body", "trauma-and-safety", "relapse-prevention"}
    assert Topic.objects.get(name="Relapse Prevention") == own
    assert opened.track.groups.count() == len(opened.plan.standing) == 3


@pytest.mark.django_db
def test_a_template_is_refused_without_rooms_twice_by_name_or_by_others(site, other_site, acts, users, now):
    with pytest.raises(Refused, match="No group can stand"):
        actions.open_from_template(site_id=site.id, opening=OPENING, **acts)
    with pytest.raises(Refused, match="no such template"):
        actions.open_from_template(site_id=site.id, opening=actions.Opening("x", "X", 8, DAY), **acts)
    factories.room(site), people.staff(site)
    factories.track(site, name="Evening track")
    with pytest.raises(Refused, match="of this name"):
        actions.open_from_template(site_id=site.id, opening=OPENING, **acts)
    with pytest.raises(NotAllowed):
        actions.open_from_template(site_id=site.id, opening=OPENING, by=users[Role.COUNSELOR], at=now)
    with pytest.raises(Site.DoesNotExist):
        actions.open_from_template(site_id=other_site.id, opening=OPENING, **acts)
    assert not WeeklyGroup.objects.exists()


@pytest.mark.django_db
def test_a_track_is_changed_and_closed_when_nobody_is_in_it(site, acts):
    track = factories.track(site, seats=3)
    group = factories.weekly_group(track, people.staff(site))
    stay = factories.enrollment(episodes.episode(people.client(site)), track)
    with pytest.raises(Refused, match="More people"):
        actions.change_track(track_id=track.id, track=rules.NewTrack("Day", "day", 0), **acts)
    new = rules.NewTrack("Women", "day", 5, gender="women", phases=(rules.Phase("One", 4, 540),))
    assert actions.change_track(track_id=track.id, track=new, **acts).audience.gender == "women"
    with pytest.raises(Refused, match="People are in this track"):
        actions.close_track(track_id=track.id, **acts)
    stay.until = DAY
    stay.save()
    actions.close_track(track_id=track.id, **acts)
    group.refresh_from_db()
    assert group.until == DAY
    assert queries.tracks(site_id=site.id, by=acts["by"]) == []
    with pytest.raises(Refused, match="closed already"):
        actions.close_track(track_id=track.id, **acts)


@pytest.mark.django_db
def test_a_room_stays_as_large_as_its_groups_and_is_closed_without_them(site, acts):
    group = factories.weekly_group(factories.track(site), people.staff(site))
    room = group.room
    for new, words in ((rules.NewRoom("A", 9), "larger"), (rules.NewRoom("A", 12, True), "Groups meet here")):
        with pytest.raises(Refused, match=words):
            actions.change_room(room_id=room.id, room=new, **acts)
    with pytest.raises(Refused, match="Groups meet here"):
        actions.close_room(room_id=room.id, **acts)
    changed = actions.change_room(room_id=room.id, room=rules.NewRoom("A", 14, False, True, ("sink",)), **acts)
    assert (changed.name, changed.is_accessible, changed.features) == ("A", True, ["sink"])
    actions.end_group(group_id=group.id, until=DAY, **acts)
    assert not actions.close_room(room_id=room.id, **acts).is_active


@pytest.mark.django_db
def test_a_topic_keeps_its_outline_when_it_is_changed(director, acts):
    found = actions.found_library_topics(ids=["sleep"], **acts)["sleep"]
    new = rules.NewTopic("Nights", "skills", 60, (), sizes=(3, 6, 9), counts_hours=False)
    changed = actions.change_topic(topic_id=found.id, topic=new, **acts)
    assert (changed.name, changed.library, changed.max_size, changed.counts_hours) == ("Nights", "sleep", 9, False)
    with pytest.raises(Refused, match="smallest size"):
        actions.change_topic(topic_id=found.id, topic=rules.NewTopic("N", "skills", 60, sizes=(5, 4, 9)), **acts)
    assert not actions.retire_topic(topic_id=found.id, **acts).is_active
    assert queries.topics() == ()
    assert actions.retire_topic(topic_id=found.id, **acts).is_active


@pytest.mark.django_db
def test_a_group_gets_another_lead_room_size_and_course_by_the_same_rules(site, other_site, acts):
    track = factories.track(site)
    group, other = (factories.weekly_group(track, people.staff(site)) for _n in range(2))
    course = factories.curriculum(track, group.topic)
    changed = actions.Changed(group.lead_id, group.room_id, 8, course.id)
    assert actions.change_group(group_id=group.id, changed=changed, **acts).curriculum == course
    with pytest.raises(Refused, match=r"room has another group.*lead has another group"):
        actions.change_group(
            group_id=group.id, changed=actions.Changed(other.lead_id, other.room_id, 8), **acts
        )  # fmt: skip
    elsewhere = actions.Changed(group.lead_id, factories.room(other_site).id, 8)
    with pytest.raises(Room.DoesNotExist):
        actions.change_group(group_id=group.id, changed=elsewhere, **acts)


@pytest.mark.django_db
def test_days_off_do_not_overlap_and_holidays_are_kept_once(site, other_site, acts):
    closed = actions.close_days(site_id=site.id, closure=rules.NewClosure(DAY, date(2026, 3, 4), "Floor"), **acts)
    with pytest.raises(Refused, match="closed already"):
        actions.close_days(site_id=site.id, closure=rules.NewClosure(date(2026, 3, 4), date(2026, 3, 9), "X"), **acts)
    with pytest.raises(Refused, match="before the first"):
        actions.close_days(site_id=site.id, closure=rules.NewClosure(DAY, date(2026, 3, 1), "X"), **acts)
    assert actions.keep_holidays(site_id=site.id, year=2026, **acts) == 11
    assert actions.keep_holidays(site_id=site.id, year=2026, **acts) == 0
    days = queries.closed_days(site_id=site.id, first=date(2026, 3, 3), until=date(2026, 5, 26))
    assert list(days) == [date(2026, 3, 3), date(2026, 3, 4), date(2026, 5, 25)]
    actions.open_days(closure_id=closed.id, **acts)
    assert not queries.closed_days(site_id=site.id, first=DAY, until=date(2026, 3, 9))
    with pytest.raises(Closure.DoesNotExist):
        actions.open_days(closure_id=factories.closure(other_site, DAY).id, **acts)


@pytest.mark.django_db
def test_a_room_is_out_of_use_for_a_while(site, acts, now):
    room, later = factories.room(site), now + timedelta(hours=3)
    closure = rules.NewRoomClosure(now, later, "New floor")
    made = actions.close_room_for(room_id=room.id, closure=closure, **acts)
    period = Period(now, later)
    assert queries.room_closures(site_id=site.id, period=period) == {room.id: (period,)}
    with pytest.raises(Refused, match="before the beginning"):
        actions.close_room_for(room_id=room.id, closure=rules.NewRoomClosure(later, now, "X"), **acts)
    actions.open_room_again(closure_id=made.id, **acts)
    assert queries.room_closures(site_id=site.id, period=period) == {}


@pytest.mark.django_db
def test_windows_of_a_kind_lie_beside_each_other(site, acts):
    made = actions.found_window(site_id=site.id, window=rules.NewWindow("drug-test", 0, 480, 600, 12), **acts)
    actions.found_window(site_id=site.id, window=rules.NewWindow("medication-clinic", 0, 480, 600, 6), **acts)
    for wrong, words in (
        (("drug-test", 0, 590, 700, 5), "already"), (("yoga", 0, 480, 600, 5), "no such kind"),
        (("drug-test", 0, 700, 600, 5), "before the beginning"), (("drug-test", 1, 480, 600, 0), "at least one"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            actions.found_window(site_id=site.id, window=rules.NewWindow(*wrong), **acts)
    actions.end_window(window_id=made.id, **acts)
    assert [one.kind for one in queries.windows(site_id=site.id)] == ["medication-clinic"]


@pytest.mark.django_db
def test_lessons_keep_their_order_and_what_they_build_on(site, acts):
    track = factories.track(site)
    first, second, third = (factories.topic() for _n in range(3))
    second.prerequisites.add(first)
    course = actions.found_course(track_id=track.id, name="Coping", mode="open", **acts)
    actions.add_lessons(course_id=course.id, topic_ids=[first.id, second.id, third.id, first.id], **acts)
    one, two, three = course.lessons.all()
    with pytest.raises(Refused, match="builds on"):
        actions.move_lesson(lesson_id=two.id, places=-1, **acts)
    actions.move_lesson(lesson_id=three.id, places=-1, **acts)
    actions.drop_lesson(lesson_id=one.id, **acts)
    assert [(one.position, one.topic) for one in course.lessons.all()] == [(0, third), (1, second)]
    for name, mode, words in (("Coping", "open", "name"), ("Other", "half", "open or closed")):
        with pytest.raises(Refused, match=words):
            actions.found_course(track_id=track.id, name=name, mode=mode, **acts)


@pytest.mark.django_db
def test_a_course_that_meets_twice_a_week_goes_on_from_group_to_group(site):
    track, lead = factories.track(site), people.staff(site)
    topics = [factories.topic() for _n in range(3)]
    course = factories.curriculum(track, *topics)
    mon, thu = (
        factories.weekly_group(track, lead, weekday=day, since=DAY, curriculum=course) for day in (0, 3)
    )  # fmt: skip
    plain = factories.weekly_group(track, lead, weekday=4)
    found = [
        queries.lessons(group_ids=[mon.id, thu.id, plain.id], week=DAY + timedelta(weeks=n)) for n in range(2)
    ]  # fmt: skip
    assert [[week[group.id].topic_id for group in (mon, thu)] for week in found] == [
        [topics[0].id, topics[1].id], [topics[2].id, topics[0].id],
    ]  # fmt: skip
    assert plain.id not in found[0]


@pytest.mark.django_db
def test_nobody_is_put_into_a_track_for_another_age(site, users, now):
    adult = episodes.episode(people.client(site))
    track = factories.track(site, population="adolescent")
    with pytest.raises(Refused, match="another age"):
        actions.enroll(episode_id=adult.id, track_id=track.id, since=DAY, by=users[Role.INTAKE], at=now)
