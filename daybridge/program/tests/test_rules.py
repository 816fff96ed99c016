"""What the rules of the program promise."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daybridge.kit.errors import Refused
from daybridge.people.rules import CREDENTIALS, Held
from daybridge.program import rules
from daybridge.program.rules import NewGroup, Setting, Span, Standing, Step

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("asked", "held", "until", "verdict"),
    [(["LPC"], "LPC", None, True), (["LPC"], "LPC", DAY, True), (["LPC"], "LPC", date(2026, 3, 1), False),
     (["LPC", "LCSW"], "LADC", None, False), (["LPC"], "", None, False), ([], "", None, True),
     ([], "LPC", date(2026, 3, 1), False)],
)  # fmt: skip
def test_who_may_lead(asked, held, until, verdict):
    assert rules.may_lead(asked, held, until, DAY) is verdict


def group(**fields) -> NewGroup:
    ids = {name: uuid4() for name in ("topic_id", "room_id", "lead_id")}
    return NewGroup(**ids, **{"weekday": 0, "start_minute": 540, "minutes": 90, "since": DAY, "max_size": 10} | fields)


def setting(**fields) -> Setting:
    defaults = {
        "category": "skills", "credentials": ["LPC"], "room_seats": 12, "held": [Held("LPC", None)],
        "lead_hours": [Span(0, 480, 1260)], "room_taken": [], "lead_taken": [],
    }  # fmt: skip
    return Setting(**defaults | fields)


@pytest.mark.parametrize(
    ("group_fields", "setting_fields", "code"),
    [({}, {}, None), ({"max_size": 13}, {"room_seats": 20}, "size"),
     ({"max_size": 20}, {"room_seats": 20, "category": "education"}, None),
     ({"min_size": 1}, {}, "small"), ({"max_size": 3, "min_size": 4}, {}, "order"), ({}, {"room_seats": 9}, "room"),
     ({}, {"held": [Held("LADC", None)]}, "credential"), ({}, {"lead_hours": [Span(0, 600, 1260)]}, "hours"),
     ({}, {"room_taken": [Span(0, 600, 660)]}, "room-taken"), ({}, {"room_taken": [Span(0, 630, 660)]}, None),
     ({}, {"lead_taken": [Span(0, 480, 541)]}, "lead-taken"), ({}, {"lead_taken": [Span(1, 480, 900)]}, None)],
)  # fmt: skip
def test_what_a_weekly_group_may_look_like(group_fields, setting_fields, code):
    decision = rules.check_group(group(**group_fields), setting(**setting_fields))
    assert [finding.code for finding in decision.findings] == ([code] if code else [])
    assert decision.ok is (code is None)


def test_the_clock_is_told_as_people_say_it():
    assert [rules.clock(minute) for minute in (0, 540, 720, 1050, 1440)] == [
        "12 am",
        "9 am",
        "12 pm",
        "5:30 pm",
        "12 am",
    ]


@pytest.mark.parametrize(("days", "is_refused"), [(-1, True), (0, False), (30, False)])
def test_a_group_ends_today_or_later(days, is_refused):
    until = DAY + timedelta(days=days)
    if is_refused:
        with pytest.raises(Refused):
            rules.check_end(date(2026, 1, 5), until, DAY)
    else:
        rules.check_end(date(2026, 1, 5), until, DAY)


def test_a_group_does_not_end_before_it_began():
    with pytest.raises(Refused):
        rules.check_end(DAY + timedelta(days=7), DAY + timedelta(days=1), DAY)


NOTHING = {"people": 1, "invited": 0, "leads": 0, "rooms": 0, "topics": 0, "tracks": 0, "groups": 0}
STEP_BY_STEP = [("invited", Step.STAFF), ("leads", Step.POSTS), ("rooms", Step.ROOMS), ("topics", Step.TOPICS),
                ("tracks", Step.TRACKS), ("groups", Step.GROUPS)]  # fmt: skip


def test_the_setting_up_goes_step_by_step_to_the_first_referral():
    facts = dict(NOTHING)
    for name, step in STEP_BY_STEP:
        shown = dict(rules.steps(Standing(**facts)))
        assert shown[step] == "current"
        assert list(shown.values()).count("current") == 1
        facts[name] = 1
        assert dict(rules.steps(Standing(**facts)))[step] == "done"
    assert dict(rules.steps(Standing(**facts)))[Step.REFERRAL] == "current"


def test_a_step_done_early_stays_done():
    shown = dict(rules.steps(Standing(**NOTHING | {"rooms": 3})))
    assert (shown[Step.STAFF], shown[Step.ROOMS], shown[Step.TOPICS]) == ("current", "done", "ahead")


def test_the_starter_topics_have_known_categories_credentials_and_words():
    known = {one.code for one in CREDENTIALS}
    for topic in rules.STARTER:
        assert topic.category in set(rules.Category)
        assert set(topic.credentials) <= known
        assert topic.minutes > 0
        assert topic.summary
    assert len({topic.name for topic in rules.STARTER}) == len(rules.STARTER) > 0


@pytest.mark.parametrize(
    ("audience", "who", "against"),
    [(("adult", "", ""), (date(2008, 3, 3), "male", ()), ("age",)), (("adult", "", ""), (date(2008, 3, 2), "", ()), ()),
     (("adolescent", "", ""), (date(2008, 3, 2), "", ()), ("age",)), (("adolescent", "", ""), (None, "", ()), ()),
     (("young adult", "", ""), (date(1999, 1, 1), "", ()), ("age",)),
     (("", "women", ""), (None, "male", ()), ("gender",)), (("", "women", ""), (None, "unknown", ()), ()),
     (("", "men", ""), (None, "other", ()), ()),
     (("", "", "es"), (None, "", ("en",)), ("language",)), (("", "", "es"), (None, "", ()), ()),
     (("", "men", "es"), (None, "female", ("en",)), ("gender", "language"))],
)  # fmt: skip
def test_who_belongs_where(audience, who, against):
    assert rules.fits(rules.Audience(*audience), rules.Attendee(*who), DAY) == against


def test_a_topic_narrows_whom_its_track_is_for():
    track, topic = rules.Audience("adult", "", "en"), rules.Audience("", "women", "")
    assert rules.narrowed(track, topic) == rules.Audience("adult", "women", "en")


@given(some.dates(date(1930, 1, 1), date(2026, 3, 2)))
def test_everybody_belongs_to_adults_or_to_adolescents_and_never_to_both(born):
    who = rules.Attendee(birth_date=born)
    adult, young = (rules.fits(rules.Audience(one), who, DAY) for one in ("adult", "adolescent"))
    assert (adult == ()) is not (young == ())


def test_the_holidays_of_a_year_and_the_days_they_are_kept():
    kept = {one.key: one.kept for one in rules.holidays(2026)}
    assert kept["thanksgiving"] == date(2026, 11, 26)
    assert kept["memorial"] == date(2026, 5, 25)
    assert kept["independence"] == date(2026, 7, 3), "a Saturday is kept the Friday before"
    assert {one.key: one.kept for one in rules.holidays(2027)}["independence"] == date(2027, 7, 5)
    assert {one.key: one.kept for one in rules.holidays(2028)}["new-year"] == date(2027, 12, 31)


@given(some.integers(1971, 2100))
def test_every_year_has_eleven_holidays_in_order_kept_on_weekdays(year):
    found = rules.holidays(year)
    assert len({one.key for one in found}) == 11
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert all(one.kept.weekday() < 5 and abs((one.kept - one.day).days) <= 1 for one in found)


@pytest.mark.parametrize(
    ("count", "place", "meetings", "week", "lesson"),
    [(4, 0, 1, DAY, 0), (4, 0, 1, DAY + timedelta(days=13), 1), (4, 0, 1, DAY + timedelta(weeks=4), 0),
     (4, 1, 2, DAY, 1), (4, 0, 2, DAY + timedelta(weeks=1), 2), (4, 1, 2, DAY + timedelta(weeks=2), 1),
     (0, 0, 1, DAY, None), (4, 0, 1, DAY - timedelta(days=1), None)],
)  # fmt: skip
def test_which_lesson_a_meeting_has(count, place, meetings, week, lesson):
    assert rules.lesson_at(count, rules.Meeting(DAY, place, meetings), week) == lesson


def test_what_builds_on_something_comes_after_it():
    one, two, away = uuid4(), uuid4(), uuid4()
    assert rules.out_of_order([one, two], {one: [two, away]}) == ((one, two),)
    assert rules.out_of_order([two, one], {one: [two, away]}) == ()


@given(some.lists(some.uuids(), min_size=1, max_size=8, unique=True), some.integers(-9, 9), some.data())
def test_moving_a_lesson_loses_none(order, by, data):
    one = data.draw(some.sampled_from(order))
    found = rules.moved(order, one, by)
    assert sorted(found) == sorted(order)
    assert found.index(one) == max(0, min(len(order) - 1, order.index(one) + by))


def leader(name="Ana", credential="LPC", **fields) -> rules.Leader:
    hours = tuple(Span(day, 480, 1260) for day in range(6))
    return rules.Leader(uuid4(), name, (Held(credential, None),), **{"hours": hours, "languages": ("en",)} | fields)


def laid(rooms, leaders, template="evening-three"):
    return rules.lay(template=rules.templates()[template], rooms=rooms, leaders=leaders, since=DAY)


def room(name="Room A", seats=12, taken=()) -> rules.Place:
    return rules.Place(uuid4(), name, seats, taken)


def test_a_template_stands_where_a_room_and_leads_are_free():
    plan = laid([room()], [leader(), leader("Ben")])
    assert (len(plan.standing), plan.missing, plan.minutes) == (6, (), 540)
    assert {one.lead.name for one in plan.standing} == {"Ana", "Ben"}, "who leads least goes first"


@pytest.mark.parametrize(
    ("rooms", "leaders", "why"),
    [([], [leader()], "room"), ([room()], [], "credential"), ([room()], [leader(credential="CPS")], "credential"),
     ([room()], [leader(hours=(Span(0, 480, 1020),))], "hours"),
     ([room()], [leader(taken=tuple(Span(day, 480, 1260) for day in range(6)))], "taken")],
)  # fmt: skip
def test_what_a_template_lacks_is_told(rooms, leaders, why):
    plan = laid(rooms, leaders)
    assert not plan.standing
    assert {reason for one in plan.missing for reason in one.missing} == {why}


def test_a_template_in_spanish_is_led_by_who_speaks_it_and_directors_come_last():
    plan = laid([room()], [leader("Ana"), leader("Zoe", languages=("es",))], "spanish")
    assert {one.lead.name for one in plan.standing} == {"Zoe"}
    plan = laid([room()], [leader("Ben", gender="male"), leader("Zoe", gender="female", rank=2)], "women")
    assert {one.lead.name for one in plan.standing} == {"Zoe"}
    plan = laid([room()], [leader("Ana", rank=2), leader("Zoe")])
    assert {one.lead.name for one in plan.standing} == {"Zoe"}


def test_a_small_room_makes_a_smaller_group_and_a_taken_one_none():
    assert {one.size for one in laid([room(seats=6)], [leader()]).standing} == {6}
    busy = room(taken=(Span(0, 1080, 1090),))
    assert [one.slot.weekday for one in laid([busy], [leader()]).missing] == [0]


def test_categories_count_for_a_part_of_the_plan():
    found = {one: rules.part_of_plan(one) for one in rules.Category}
    assert found["life-skills"] == found["education"] == "education"
    assert found["family"] == "family"
    assert found["wellness"] == found["process"] == "group"
