"""A week worked out, put in force once, and taken back."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.access.rules import Role
from daybridge.jobs.models import Job
from daybridge.kit.errors import NotAllowed, Refused, Stale
from daybridge.people.models import Leave
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.program.models import Closure
from daybridge.program.tests import factories as program
from daybridge.scheduling import actions, weeks
from daybridge.scheduling.models import Booking, Notice, Session, StaffNotice, WeekDraft
from daybridge.scheduling.rules import clashes
from daybridge.scheduling.solver import check
from daybridge.scheduling.weeks import meeting

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 2, 27, 15, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def three(evening):
    """Three people whom three evenings of two groups fit."""
    return [evening.client() for _ in range(3)]


def solved(evening, at=AT) -> WeekDraft:
    """A draft that a worker has solved."""
    draft = actions.ask_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=at)
    job = Job.objects.get(pk=WeekDraft.objects.get(pk=draft.pk).job)
    actions.solve_draft(SimpleNamespace(arguments=job.arguments, pk=job.pk))
    return WeekDraft.objects.get(pk=draft.pk)


@pytest.fixture
def now(time_machine):
    time_machine.move_to(AT, tick=True)


def test_a_draft_says_how_good_it_is_and_books_nobody(evening, three, now):
    draft = solved(evening)
    assert draft.state == "open"
    assert draft.figures["people"] == 3
    assert draft.lines.count() == 3
    assert all(len(line.now["seats"]) == 6 and not line.was["seats"] for line in draft.lines.all())
    assert not Booking.objects.exists()


def test_publishing_books_everybody_and_tells_them_in_one_line(evening, three, now):
    draft = actions.publish(draft_id=solved(evening).pk, by=evening.by, at=AT)
    assert draft.state == "published"
    assert Booking.objects.filter(status="booked", session__kind="group").count() == 18
    assert [one.line for one in Notice.objects.all()] == ["Your week from Mon, Mar 2 is ready."] * 3
    assert StaffNotice.objects.filter(staff=evening.lead).count() == 1


def test_a_week_in_force_is_not_worked_out_again(evening, three, now):
    actions.publish(draft_id=solved(evening).pk, by=evening.by, at=AT)
    with pytest.raises(Refused, match="only repaired"):
        actions.ask_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=AT)


def test_of_two_who_publish_one_wins_and_the_other_is_told(evening, three, now):
    one = solved(evening)
    WeekDraft.objects.filter(pk=one.pk).update(state="solving")  # as if both had asked at the same moment
    other = WeekDraft.objects.create(
        site=evening.site, first=MONDAY, state="open", based_on=one.based_on, asked_at=AT, plan=one.plan
    )
    WeekDraft.objects.filter(pk=one.pk).update(state="open")
    actions.publish(draft_id=one.pk, by=evening.by, at=AT)
    with pytest.raises(Refused, match="in force already"):
        actions.publish(draft_id=other.pk, by=evening.by, at=AT)
    assert Booking.objects.filter(status="booked", session__kind="group").count() == 18


def test_a_draft_of_a_week_that_changed_meanwhile_is_stale(evening, three, now):
    draft = solved(evening)
    actions.cancel(session_id=Session.objects.first().pk, reason="storm", by=evening.by, at=AT)
    with pytest.raises(Stale, match="has changed"):
        actions.publish(draft_id=draft.pk, by=evening.by, at=AT)
    assert WeekDraft.objects.get(pk=draft.pk).state == "stale"
    assert not Booking.objects.exists()


def test_what_was_put_in_force_is_taken_back_whole(evening, three, now):
    draft = solved(evening)
    before = weeks.read(evening.site, MONDAY).booked
    actions.publish(draft_id=draft.pk, by=evening.by, at=AT)
    undone = actions.undo(draft_id=draft.pk, by=evening.by, at=AT + timedelta(minutes=1))
    assert undone.state == "undone"
    assert weeks.read(evening.site, MONDAY).booked == before == {}
    again = solved(evening)
    assert actions.publish(draft_id=again.pk, by=evening.by, at=AT).state == "published"


def test_what_changed_since_is_not_taken_back(evening, three, now):
    draft = actions.publish(draft_id=solved(evening).pk, by=evening.by, at=AT)
    actions.release(booking_id=Booking.objects.first().pk, reason="", by=evening.by, at=AT)
    with pytest.raises(Refused, match="changed since"):
        actions.undo(draft_id=draft.pk, by=evening.by, at=AT)


def test_a_draft_that_was_thrown_away_keeps_no_answer(evening, three, now):
    draft = actions.ask_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=AT)
    actions.discard(draft_id=draft.pk, by=evening.by, at=AT)
    job = Job.objects.get(pk=WeekDraft.objects.get(pk=draft.pk).job)
    actions.solve_draft(SimpleNamespace(arguments=job.arguments, pk=job.pk))
    assert WeekDraft.objects.get(pk=draft.pk).state == "discarded"


def test_the_night_solves_and_publishes_at_once_the_same_each_time(evening, three, now):
    draft = actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    assert draft.state == "published"
    first = sorted(draft.lines.values_list("episode_id", "now"), key=str)
    actions.undo(draft_id=draft.pk, by=evening.by, at=AT)
    again = actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    assert sorted(again.lines.values_list("episode_id", "now"), key=str) == first


def test_the_current_week_keeps_what_has_begun(evening, three, now):
    actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    tuesday = datetime(2026, 3, 3, 12, tzinfo=UTC)
    WeekDraft.objects.update(state="undone")
    had = set(Booking.objects.filter(session__starts_at__lt=tuesday).values_list("session_id", "episode_id"))
    actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=tuesday)
    rows = Booking.objects.filter(session__starts_at__lt=tuesday, status="booked")
    assert set(rows.values_list("session_id", "episode_id")) == had != set()


def test_the_problem_of_a_week_is_whole_and_its_schedule_breaks_no_rule(evening, three, now):
    from daybridge.scheduling.actions.drafting import pose

    actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    posed = pose(evening.site, MONDAY, AT)
    assert check(posed.problem, posed.now).violations == ()


@pytest.mark.parametrize("role", [Role.BILLER, Role.AUDITOR])
def test_who_may_not_place_may_not_ask_for_a_week(evening, users, role, now):
    with pytest.raises((NotAllowed, evening.site.DoesNotExist)):
        actions.ask_week(site_id=evening.site.id, first=MONDAY, by=users[role], at=AT)


def test_a_site_with_nothing_gives_an_empty_week(site, users, now):
    draft = actions.solve_week(site_id=site.id, first=MONDAY, by=users[Role.DIRECTOR], at=AT)
    assert draft.figures["people"] == 0


def test_an_empty_group_is_off_only_when_its_lead_is_needed(evening, now):
    """A lead of an evening nobody comes to counsels in that hour: the group is off, the other empty ones stand."""
    evening.counselor.hours.exclude(weekday=0).delete()
    evening.counselor.hours.update(start_minute=1050, end_minute=1140)
    Session.objects.all().delete()
    evening.track.groups.filter(weekday=0).update(lead=evening.counselor, min_size=2)
    one, other = evening.client(), evening.client()
    for episode, free in ((one, 1), (other, 3)):  # they share no evening but Monday, whose group they cannot reach
        for weekday in (0, 1, 3):
            if weekday != free:
                plans.commitment(episode, weekday=weekday, start_minute=1140 if weekday == 0 else 0, end_minute=1440)
    draft = actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    assert draft.state == "published"
    assert not clashes(meeting(one) for one in weeks.read(evening.site, MONDAY).sessions.values())


@pytest.mark.parametrize("first", [date(2026, 3, 2), date(2026, 10, 26)])
def test_a_week_in_which_the_clocks_change_keeps_its_wall_clock(evening, first, now):
    """New York springs forward on March 8 and falls back on November 1; a group sits on that Sunday."""
    program.weekly_group(evening.track, evening.lead, weekday=6, start_minute=1050, max_size=3)
    evening.client()
    actions.solve_week(site_id=evening.site.id, first=first, by=NIGHT_SHIFT, at=AT)
    held = Session.objects.filter(kind="group", starts_at__gte=weeks.period_of(evening.site, first).start)
    zone = weeks.zone_of(evening.site)
    assert {(one.starts_at.astimezone(zone).hour, one.minutes) for one in held} == {(17, 90), (19, 90)}


def test_on_a_holiday_nothing_is_laid_and_nobody_is_placed(evening, three, now):
    Closure.objects.create(site=evening.site, first=date(2026, 3, 3), last=date(2026, 3, 3), why="Holiday")
    actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    zone = weeks.zone_of(evening.site)
    days = {one.starts_at.astimezone(zone).date() for one in Session.objects.all()}
    assert date(2026, 3, 3) not in days
    assert date(2026, 3, 2) in days


def test_a_lead_on_leave_gets_a_stand_in_from_the_start(evening, three, now):
    other = people.staff(evening.site)
    period = weeks.period_of(evening.site, MONDAY)
    Leave.objects.create(
        staff=evening.lead, starts_at=period.start, ends_at=period.end, kind="vacation", said_at=AT, said_by=evening.by
    )
    actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    leads = set(Session.objects.filter(kind="group", status="planned").values_list("lead", flat=True))
    assert evening.lead.id not in leads
    assert leads <= {other.id, evening.counselor.id}
