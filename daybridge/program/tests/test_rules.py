"""What the rules of the program promise."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

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
