"""Something came up: the smallest change is shown, accepted, and told to those it touches."""

from datetime import UTC, date, datetime, timedelta

import pytest

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.access.rules import Role
from daybridge.kit.errors import NotAllowed, Refused, Stale
from daybridge.kit.periods import Period
from daybridge.people.models import Leave, Staff
from daybridge.people.tests import factories as people
from daybridge.program.models import RoomClosure
from daybridge.program.tests import factories as program
from daybridge.scheduling import actions
from daybridge.scheduling.models import Booking, Notice, Session, StaffNotice, WeekDraft

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 2, 27, 15, tzinfo=UTC)
SICK_AT = datetime(2026, 3, 2, 13, tzinfo=UTC)  # Monday, 8 am in New York
DAY = Period(datetime(2026, 3, 2, 5, tzinfo=UTC), datetime(2026, 3, 3, 5, tzinfo=UTC))
pytestmark = pytest.mark.django_db


@pytest.fixture
def week(evening):
    """A published week of three people, and a colleague who could lead."""
    evening.clients = [evening.client() for _ in range(3)]
    evening.other = people.staff(evening.site)
    actions.solve_week(site_id=evening.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    Notice.objects.all().delete()
    StaffNotice.objects.all().delete()
    return evening


def groups_on_monday():
    return Session.objects.filter(kind="group", starts_at__gte=DAY.start, starts_at__lt=DAY.end).order_by("starts_at")


def test_a_sick_lead_is_stood_in_for_and_people_are_told(week):
    draft = actions.staff_away(staff_id=week.lead.id, period=DAY, by=week.by, at=SICK_AT)
    assert draft.state == "open"
    assert set(groups_on_monday().values_list("lead", flat=True)) == {week.lead.id}
    done = actions.publish(draft_id=draft.pk, by=week.by, at=SICK_AT + timedelta(minutes=4))
    assert done.state == "published"
    leads = set(groups_on_monday().values_list("lead", flat=True))
    assert week.lead.id not in leads
    assert Booking.objects.filter(session__in=groups_on_monday(), status="booked").count() == 6
    assert Leave.objects.get().staff_id == week.lead.id
    assert {one.kind for one in Notice.objects.all()} == {"other-lead"}
    assert {one.kind for one in StaffNotice.objects.all()} == {"stands-in", "freed"}
    assert {one.episode_id for one in Notice.objects.all()} == {one.id for one in week.clients}


def test_where_nobody_may_stand_in_the_groups_are_off_and_it_is_said(week):
    Staff.objects.exclude(pk=week.lead.pk).update(credential="")
    draft = actions.staff_away(staff_id=week.lead.id, period=DAY, by=week.by, at=SICK_AT)
    actions.publish(draft_id=draft.pk, by=week.by, at=SICK_AT)
    assert set(groups_on_monday().values_list("status", flat=True)) == {"cancelled"}
    assert "cancelled" in {one.kind for one in Notice.objects.all()}
    undone = actions.undo(draft_id=draft.pk, by=week.by, at=SICK_AT + timedelta(minutes=1))
    assert undone.state == "undone"
    assert Leave.objects.get().taken_back_at
    assert Booking.objects.filter(session__in=groups_on_monday(), status="booked").count() == 6


def test_a_repair_of_a_week_that_changed_meanwhile_is_stale(week):
    draft = actions.staff_away(staff_id=week.lead.id, period=DAY, by=week.by, at=SICK_AT)
    actions.release(booking_id=Booking.objects.first().pk, reason="", by=week.by, at=SICK_AT)
    with pytest.raises(Stale):
        actions.publish(draft_id=draft.pk, by=week.by, at=SICK_AT)
    assert not Leave.objects.exists()


def test_a_closed_room_sends_its_groups_to_another(week):
    room = groups_on_monday()[0].room
    other = program.room(week.site, name="Room 2", seats=12)
    draft = actions.room_shut(room_id=room.id, period=DAY, by=week.by, at=SICK_AT)
    actions.publish(draft_id=draft.pk, by=week.by, at=SICK_AT)
    assert set(groups_on_monday().values_list("room", flat=True)) == {other.id}
    assert {one.kind for one in Notice.objects.all()} == {"other-room"}
    assert RoomClosure.objects.filter(room=room).exists()
    actions.undo(draft_id=draft.pk, by=week.by, at=SICK_AT)
    assert not RoomClosure.objects.exists()
    assert set(groups_on_monday().values_list("room", flat=True)) == {room.id}


def test_a_discharge_frees_what_is_ahead(week):
    who = week.clients[0]
    draft = actions.client_changed(episode_id=who.id, kind="discharge", first=MONDAY, by=week.by, at=SICK_AT)
    actions.publish(draft_id=draft.pk, by=week.by, at=SICK_AT)
    assert not Booking.objects.filter(episode=who, status="booked", session__starts_at__gt=SICK_AT).exists()


def test_a_session_that_falls_out_moves_nobody_who_is_not_in_it(week):
    draft = actions.session_off(session_id=groups_on_monday()[0].id, by=week.by, at=SICK_AT)
    assert WeekDraft.objects.get(pk=draft.pk).plan["off"] == [str(groups_on_monday()[0].id)]


def test_what_is_over_is_not_mended(week):
    with pytest.raises(Refused, match="over"):
        actions.staff_away(staff_id=week.lead.id, period=DAY, by=week.by, at=DAY.end)


def test_who_may_not_place_mends_nothing(week, users):
    with pytest.raises((NotAllowed, Staff.DoesNotExist)):
        actions.staff_away(staff_id=week.lead.id, period=DAY, by=users[Role.AUDITOR], at=SICK_AT)
