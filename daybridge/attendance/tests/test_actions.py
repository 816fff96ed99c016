"""The writers of the roll: success and every refusal."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ObjectDoesNotExist

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.attendance import actions, figures, queries
from daybridge.attendance.models import Figure
from daybridge.attendance.rules import Detail, Hours, Mark
from daybridge.attendance.tests import factories
from daybridge.audit.models import Entry
from daybridge.jobs.models import Job
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused, Stale
from daybridge.kit.periods import week_start
from daybridge.people.tests import factories as people
from daybridge.scheduling import actions as scheduling
from daybridge.scheduling.rules import SessionState
from daybridge.scheduling.tests import factories as sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(site, users):
    return people.staff(site, user=users[Role.COUNSELOR])


@pytest.fixture
def session(lead):
    return factories.group(lead, 3)[0]


@pytest.fixture
def opened(session, lead):
    return actions.open_roll(session_id=session.id, by=lead.user, at=session.starts_at - timedelta(minutes=10))


def put(line, to, by, at, **detail):
    return actions.mark(line_id=line.id, to=to, by=by, at=at, detail=Detail(**detail))


def lines(session):
    return list(session.roll.order_by("episode__client__given_name"))


def test_opening_puts_everybody_booked_on_the_roll_as_expected(opened):
    assert [line.mark for line in lines(opened)] == [Mark.EXPECTED] * 3
    assert opened.status == SessionState.OPEN
    assert Entry.objects.get(verb="roll.open").data["lines"] == 3


def test_opening_again_adds_only_who_was_booked_since(opened, lead, site):
    put(lines(opened)[0], Mark.PRESENT, lead.user, opened.starts_at)
    sessions.booking(opened, factories.stay(site, lead.user, 7))
    sessions.booking(opened, factories.stay(site, lead.user, 8), status="released")
    actions.open_roll(session_id=opened.id, by=lead.user, at=opened.starts_at)
    assert sorted(line.mark for line in lines(opened)) == ["expected", "expected", "expected", "present"]


@pytest.mark.parametrize(("early", "opens"), [(61, False), (60, True)])
def test_the_roll_opens_an_hour_before_and_not_earlier(session, lead, early, opens):
    at = session.starts_at - timedelta(minutes=early)
    if opens:
        assert actions.open_roll(session_id=session.id, by=lead.user, at=at).status == SessionState.OPEN
        return
    with pytest.raises(Refused):
        actions.open_roll(session_id=session.id, by=lead.user, at=at)
    assert not session.roll.exists()


def test_a_session_called_off_opens_no_roll(session, lead, users):
    scheduling.cancel(session_id=session.id, reason="storm", by=users[Role.DIRECTOR], at=session.starts_at)
    with pytest.raises(Refused):
        actions.open_roll(session_id=session.id, by=lead.user, at=session.starts_at)


@pytest.mark.parametrize("act", ["open_roll", "all_here", "close_roll"])
@pytest.mark.parametrize("who", ["biller", "other_site"])
def test_out_of_reach_there_is_no_session(opened, users, other_site, act, who):
    by = users[Role.BILLER] if who == "biller" else access.user(Role.COUNSELOR, other_site)
    with pytest.raises(ObjectDoesNotExist):
        getattr(actions, act)(session_id=opened.id, by=by, at=opened.ends_at)
    with pytest.raises(ObjectDoesNotExist):
        put(lines(opened)[0], Mark.PRESENT, by, opened.starts_at)
    opened.refresh_from_db()
    assert opened.status == SessionState.OPEN


def test_seeing_the_roll_is_not_marking_it(opened, users, monkeypatch):
    from daybridge.access import rules

    monkeypatch.setitem(rules.GRANTS, rules.Permission.ROLL_MARK, frozenset({Role.COUNSELOR}))
    with pytest.raises(NotAllowed):
        put(lines(opened)[0], Mark.PRESENT, users[Role.NURSE], opened.starts_at)
    with pytest.raises(NotAllowed):
        actions.all_here(session_id=opened.id, by=users[Role.NURSE], at=opened.starts_at)


def test_a_mark_keeps_its_time_and_its_ledger_line(opened, lead):
    line = put(lines(opened)[0], Mark.PRESENT, lead.user, opened.starts_at + timedelta(minutes=3), is_online=True)
    line.refresh_from_db()
    assert (line.mark, line.arrived_at, line.is_online) == (
        "present", opened.starts_at + timedelta(minutes=3), True
    )  # fmt: skip
    entry = Entry.objects.get(verb="roll.mark")
    assert entry.client_id == line.episode.client_id
    assert (entry.data["was"], entry.data["now"]) == ("expected", "present")


def test_an_undo_leaves_no_trace_on_the_line(opened, lead):
    line = put(lines(opened)[0], Mark.PRESENT, lead.user, opened.starts_at, is_online=True)
    line = put(line, Mark.EXPECTED, lead.user, opened.starts_at)
    assert (line.mark, line.arrived_at, line.is_online, line.reason) == ("expected", None, False, "")


def test_by_video_after_all_keeps_the_arrival(opened, lead):
    line = put(lines(opened)[0], Mark.PRESENT, lead.user, opened.starts_at)
    line = put(line, Mark.PRESENT, lead.user, opened.starts_at + timedelta(minutes=20), is_online=True)
    assert (line.arrived_at, line.is_online) == (opened.starts_at, True)


def test_an_illegal_move_writes_nothing(opened, lead):
    line = lines(opened)[0]
    with pytest.raises(IllegalMove):
        put(line, Mark.LEFT, lead.user, opened.starts_at)
    line.refresh_from_db()
    assert line.mark == "expected"
    assert not Entry.objects.filter(verb="roll.mark").exists()


def test_nobody_leaves_before_they_arrived(opened, lead):
    line = put(lines(opened)[0], Mark.PRESENT, lead.user, opened.starts_at)
    with pytest.raises(Refused):
        put(line, Mark.LEFT, lead.user, opened.starts_at, time=opened.starts_at - timedelta(minutes=1))


def test_two_tablets_do_not_overwrite_each_other(opened, lead, users):
    line = lines(opened)[0]
    put(line, Mark.EXCUSED, lead.user, opened.starts_at, reason="work", seen=Mark.EXPECTED)
    with pytest.raises(Stale):
        put(line, Mark.PRESENT, users[Role.FRONT_DESK], opened.starts_at, seen=Mark.EXPECTED)
    line.refresh_from_db()
    assert (line.mark, line.reason) == ("excused", "work")


def test_everyone_here_touches_only_who_was_expected(opened, lead):
    first, second, third = lines(opened)
    put(first, Mark.EXCUSED, lead.user, opened.starts_at)
    put(second, Mark.PRESENT, lead.user, opened.starts_at - timedelta(minutes=5))
    at = opened.starts_at + timedelta(minutes=1)
    assert actions.all_here(session_id=opened.id, by=lead.user, at=at) == 1
    assert [(line.mark, line.arrived_at) for line in lines(opened)] == [
        ("excused", None), ("present", opened.starts_at - timedelta(minutes=5)), ("present", at)
    ]  # fmt: skip
    assert actions.take_back(session_id=opened.id, since=at, by=lead.user, at=at) == 1
    third.refresh_from_db()
    assert third.mark == "expected"


def test_closing_credits_every_stay_and_marks_who_did_not_come(opened, lead):
    first, second, _third = lines(opened)
    put(first, Mark.PRESENT, lead.user, opened.starts_at - timedelta(minutes=5))
    put(second, Mark.PRESENT, lead.user, opened.starts_at + timedelta(minutes=12))
    put(second, Mark.LEFT, lead.user, opened.starts_at + timedelta(minutes=60))
    held = actions.close_roll(session_id=opened.id, by=lead.user, at=opened.ends_at)
    assert held.status == SessionState.HELD
    assert [(line.mark, line.credited_minutes) for line in lines(opened)] == [
        ("present", 90), ("left", 48), ("no-show", 0)
    ]  # fmt: skip
    assert Entry.objects.get(verb="roll.close").data == {"present": 1, "left": 1, "no_show": 1}


def test_a_roll_closes_once_and_not_before_the_start(opened, lead):
    with pytest.raises(Refused):
        actions.close_roll(session_id=opened.id, by=lead.user, at=opened.starts_at - timedelta(seconds=1))
    actions.close_roll(session_id=opened.id, by=lead.user, at=opened.ends_at)
    with pytest.raises(IllegalMove):
        actions.close_roll(session_id=opened.id, by=lead.user, at=opened.ends_at)
    for act in ("open_roll", "all_here"):
        with pytest.raises(Refused):
            getattr(actions, act)(session_id=opened.id, by=lead.user, at=opened.ends_at)
    with pytest.raises(Refused):
        actions.take_back(session_id=opened.id, since=opened.starts_at, by=lead.user, at=opened.ends_at)


def test_a_correction_after_the_end_reckons_the_credit_anew(opened, lead):
    actions.close_roll(session_id=opened.id, by=lead.user, at=opened.ends_at)
    line = put(lines(opened)[0], Mark.PRESENT, lead.user, opened.ends_at, time=opened.starts_at + timedelta(minutes=30))
    assert line.credited_minutes == 60
    line = put(line, Mark.LEFT, lead.user, opened.ends_at, time=opened.starts_at + timedelta(minutes=50))
    assert line.credited_minutes == 20
    line = put(line, Mark.PRESENT, lead.user, opened.ends_at)
    line = put(line, Mark.NO_SHOW, lead.user, opened.ends_at)
    assert (line.credited_minutes, line.arrived_at) == (0, None)


def test_after_the_note_is_signed_the_roll_stays(opened, lead):
    actions.close_roll(session_id=opened.id, by=lead.user, at=opened.ends_at)
    scheduling.move(session_id=opened.id, to=SessionState.DOCUMENTED, by=lead.user, at=opened.ends_at)
    with pytest.raises(Refused):
        put(lines(opened)[0], Mark.PRESENT, lead.user, opened.ends_at)
    row = queries.row(line_id=lines(opened)[0].id, by=lead.user)
    assert row.moves == ()


def hours_of(line, session, lead, at=None):
    zone = ZoneInfo(lead.site.timezone)
    first = week_start(session.starts_at.astimezone(zone).date())
    return queries.week_hours(episode_ids=[line.episode_id], first=first, zone=zone, at=at)[line.episode_id]


def test_the_week_moves_from_booked_to_delivered_while_the_group_sits(opened, lead):
    line = lines(opened)[0]
    assert hours_of(line, opened, lead) == Hours(0, 90, 540)
    put(line, Mark.PRESENT, lead.user, opened.starts_at)
    half = opened.starts_at + timedelta(minutes=45)
    assert hours_of(line, opened, lead, half) == Hours(45, 45, 540)
    actions.close_roll(session_id=opened.id, by=lead.user, at=opened.ends_at)
    assert hours_of(line, opened, lead) == Hours(90, 0, 540)


def test_the_hours_of_a_site_are_those_of_each(opened, lead, other_site):
    put(lines(opened)[0], Mark.PRESENT, lead.user, opened.starts_at)
    actions.close_roll(session_id=opened.id, by=lead.user, at=opened.ends_at)
    first = week_start(opened.starts_at.date())
    site = queries.site_hours(site=lead.site, first=first, at=opened.ends_at)
    assert site == {line.episode_id: hours_of(line, opened, lead) for line in lines(opened)}
    assert queries.site_hours(site=other_site, first=first, at=opened.ends_at) == {}


def test_a_group_late_on_sunday_counts_for_its_own_local_week(lead):
    late = datetime(2026, 3, 9, 2, tzinfo=UTC)  # Sunday 10 in the evening in New York, the day the clocks changed
    session, stays = factories.group(lead, 1, starts_at=late)
    for first, booked in ((date(2026, 3, 2), 90), (date(2026, 3, 9), 0)):
        hours = queries.week_hours(episode_ids=[stays[0].id], first=first, zone=ZoneInfo("America/New_York"))
        assert hours[stays[0].id].booked == booked, session


def test_a_figure_is_asked_for_once_and_drawn_the_same_each_time(users, now):
    spec = {"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {"y": {"field": "a", "type": "quantitative"}}}
    wanted = figures.Wanted(spec, "Hours <b>", "One & one")
    for _again in range(2):
        assert figures.want(figure=wanted, by=users[Role.DIRECTOR], at=now).svg == ""
    job = Job.objects.get()
    figures.draw(job)
    first = Figure.objects.get().svg
    figures.draw(job)
    assert Figure.objects.get().svg == first
    assert first.startswith("<svg")
    assert "<title>Hours &lt;b&gt;</title><desc>One &amp; one</desc>" in first
    assert figures.want(figure=wanted, by=users[Role.DIRECTOR], at=now + timedelta(days=2)).svg == first
    assert Job.objects.count() == 1


def test_a_figure_with_other_numbers_is_another_figure():
    one, other = (figures.Wanted({"data": number}, "Hours", "") for number in (1, 2))
    assert one.hash != other.hash
    assert one.hash == figures.Wanted({"data": 1}, "Hours", "").hash
