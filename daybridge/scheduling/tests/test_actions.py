"""What the writers of the week promise."""

from datetime import UTC, date, datetime, timedelta

import pytest

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.kit.errors import IllegalMove, NotAllowed, Refused
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.program.models import Room
from daybridge.program.tests import factories as program
from daybridge.scheduling import actions
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import SessionState
from daybridge.scheduling.tests import factories

MONDAY = date(2026, 3, 2)
BEFORE = datetime(2026, 2, 27, 15, tzinfo=UTC)


def lay(evening, first=MONDAY, at=BEFORE):
    return actions.lay_week(site_id=evening.site.id, first=first, by=evening.by, at=at)


def place(evening, episode, at=BEFORE):
    return actions.place(episode_id=episode.id, first=MONDAY, by=evening.by, at=at)


def booked(episode):
    return Session.objects.filter(bookings__episode=episode, bookings__status="booked")


@pytest.mark.django_db
def test_a_week_is_laid_once_however_often_it_is_asked(evening):
    assert lay(evening) == 6
    assert lay(evening) == 0
    assert Session.objects.count() == 6
    assert Entry.objects.filter(verb="week.lay").count() == 1


@pytest.mark.django_db
def test_a_session_called_off_is_not_laid_again(evening):
    lay(evening)
    one = Session.objects.first()
    actions.cancel(session_id=one.id, reason="snow", by=evening.by, at=BEFORE)
    assert lay(evening) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "hour"), [(MONDAY, 22), (date(2026, 3, 9), 21), (date(2026, 11, 2), 22)])
def test_groups_keep_their_wall_clock_across_the_change_of_clocks(evening, first, hour):
    lay(evening, first)
    session = Session.objects.order_by("starts_at").first()
    assert session.starts_at.astimezone(UTC).hour == hour  # 17:30 in New York
    assert session.minutes == 90


@pytest.mark.django_db
def test_a_group_whose_lead_no_longer_holds_the_credential_is_not_laid_and_is_told(evening):
    evening.lead.credential_until = date(2026, 3, 2)
    evening.lead.save()
    assert lay(evening) == 2  # Monday still counts
    assert len(Entry.objects.get(verb="week.lay").data["not_laid"]) == 4


@pytest.mark.django_db
def test_a_group_is_not_laid_where_its_room_is_taken(evening):
    room = Room.objects.get(is_office=False)
    taken = datetime(2026, 3, 2, 22, 45, tzinfo=UTC)  # Monday 17:45
    factories.session(people.staff(evening.site), room, starts_at=taken, minutes=30)
    assert lay(evening) == 5


@pytest.mark.django_db
def test_only_who_may_place_lays_a_week(evening, users, other_site):
    with pytest.raises(NotAllowed):
        actions.lay_week(site_id=evening.site.id, first=MONDAY, by=users[Role.PEER], at=BEFORE)


@pytest.mark.django_db
def test_placing_fills_the_prescription_with_groups_and_one_appointment(evening):
    lay(evening)
    episode = evening.client()
    placement = place(evening, episode)
    assert placement.minutes >= 540
    assert placement.shortfalls == ()
    own = booked(episode).get(kind="individual")
    assert own.lead == evening.counselor
    assert own.room.is_office
    assert own.seats == 1
    line = Entry.objects.get(verb="week.place")
    assert line.client_id == episode.client_id
    assert line.data["prescribed"] == 540


@pytest.mark.django_db
def test_placing_twice_books_nothing_more(evening):
    lay(evening)
    episode = evening.client()
    place(evening, episode)
    before = Booking.objects.count()
    assert place(evening, episode).bookings == ()
    assert Booking.objects.count() == before


@pytest.mark.django_db
def test_nothing_is_booked_outside_the_clients_time_and_the_reason_is_told(evening):
    lay(evening)
    episode = evening.client()
    plans.commitment(episode, 1, 1020, 1260)  # Tuesday 5 to 9 pm
    placement = place(evening, episode)
    zone = timedelta(hours=-5)
    assert all((one.starts_at + zone).weekday() != 1 or (one.ends_at + zone).hour < 17 for one in booked(episode))
    said = [finding.text for finding in placement.shortfalls]
    assert said[0] == "Only 7 of 9 hours fit."
    assert any("Job on Tue from 5 pm to 9 pm stands against" in text for text in said)


@pytest.mark.django_db
def test_capacity_holds_however_many_are_placed(evening):
    lay(evening)
    placements = [place(evening, evening.client()) for _ in range(4)]
    assert [len(one.bookings) for one in placements[:3]] == [7, 7, 7]
    assert all(one.bookings.count() <= one.seats for one in Session.objects.all())
    assert any(finding.code == "full" for finding in placements[3].shortfalls)


@pytest.mark.django_db
def test_no_counselor_and_no_office_is_in_two_places_at_once(evening):
    lay(evening)
    for _ in range(3):
        place(evening, evening.client())
    own = list(Session.objects.filter(kind="individual").order_by("starts_at"))
    for one in own:
        beside = [o for o in own if o != one and o.starts_at < one.ends_at and one.starts_at < o.ends_at]
        assert all(o.lead != one.lead and o.room != one.room for o in beside)


@pytest.mark.django_db
def test_what_is_over_is_not_booked(evening):
    lay(evening)
    wednesday = datetime(2026, 3, 4, 15, tzinfo=UTC)
    episode = evening.client()
    placement = place(evening, episode, at=wednesday)
    assert all(one.starts_at >= wednesday for one in booked(episode))
    assert placement.shortfalls[0].code == "short"


@pytest.mark.django_db
def test_without_a_signed_plan_nobody_is_placed(evening):
    lay(evening)
    episode = evening.client(plan={"status": "draft"})
    with pytest.raises(Refused, match="signed plan"):
        place(evening, episode)


@pytest.mark.django_db
def test_an_expired_counselor_gets_no_appointment(evening):
    lay(evening)
    evening.counselor.credential_until = date(2026, 2, 28)
    evening.counselor.save()
    place(evening, evening.client())
    assert Session.objects.get(kind="individual").lead == evening.lead  # the one whose credential is in force


@pytest.mark.django_db
def test_everybody_is_placed_once_those_with_least_time_first(evening):
    lay(evening)
    free, bound = evening.client(), evening.client()
    plans.commitment(bound, 0, 540, 960)
    placed = actions.place_all(site_id=evening.site.id, first=MONDAY, by=evening.by, at=BEFORE)
    assert [one.episode_id for one in placed.placements] == [bound.id, free.id]
    assert placed.short == 0
    again = actions.place_all(site_id=evening.site.id, first=MONDAY, by=evening.by, at=BEFORE)
    assert again.bookings == 0


@pytest.mark.django_db
def test_the_last_seat_is_given_once(evening):
    session = factories.session(evening.lead, seats=1)
    one, other = evening.client(), evening.client()
    actions.book(session_id=session.id, episode_id=one.id, by=evening.by, at=BEFORE)
    with pytest.raises(Refused, match="no seat"):
        actions.book(session_id=session.id, episode_id=other.id, by=evening.by, at=BEFORE)


@pytest.mark.django_db
def test_nobody_is_booked_into_two_sessions_at_once(evening):
    episode = evening.client()
    first = factories.session(evening.lead)
    beside = factories.session(people.staff(evening.site), starts_at=first.starts_at + timedelta(minutes=60))
    actions.book(session_id=first.id, episode_id=episode.id, by=evening.by, at=BEFORE)
    with pytest.raises(Refused, match="another session"):
        actions.book(session_id=beside.id, episode_id=episode.id, by=evening.by, at=BEFORE)


@pytest.mark.django_db
def test_a_released_seat_can_be_taken_again(evening):
    session, episode = factories.session(evening.lead), evening.client()
    booking = actions.book(session_id=session.id, episode_id=episode.id, by=evening.by, at=BEFORE)
    actions.release(booking_id=booking.id, reason="asked to", by=evening.by, at=BEFORE)
    assert actions.book(session_id=session.id, episode_id=episode.id, by=evening.by, at=BEFORE).pk == booking.pk


@pytest.mark.django_db
def test_calling_off_releases_the_seats_and_undo_gives_them_back(evening):
    session, episode = factories.session(evening.lead), evening.client()
    booking = actions.book(session_id=session.id, episode_id=episode.id, by=evening.by, at=BEFORE)
    actions.cancel(session_id=session.id, reason="lead is ill", by=evening.by, at=BEFORE)
    booking.refresh_from_db()
    assert booking.status == "released"
    actions.restore(session_id=session.id, by=evening.by, at=BEFORE)
    booking.refresh_from_db()
    assert booking.status == "booked"


@pytest.mark.django_db
def test_a_session_is_not_restored_where_its_room_was_given_away(evening):
    session = factories.session(evening.lead)
    actions.cancel(session_id=session.id, reason="", by=evening.by, at=BEFORE)
    factories.session(people.staff(evening.site), session.room, starts_at=session.starts_at + timedelta(minutes=30))
    with pytest.raises(Refused, match="room is taken"):
        actions.restore(session_id=session.id, by=evening.by, at=BEFORE)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "to"), [(Role.PEER, "cancelled"), (Role.FRONT_DESK, "documented")])
def test_each_move_needs_its_own_permission(evening, users, role, to):
    session = factories.session(evening.lead, status="held")
    with pytest.raises(NotAllowed):
        actions.move(session_id=session.id, to=SessionState(to), by=users[role], at=BEFORE)


@pytest.mark.django_db
def test_a_session_cannot_skip_being_held(evening):
    session = factories.session(evening.lead)
    with pytest.raises(IllegalMove):
        actions.move(session_id=session.id, to=SessionState.HELD, by=evening.by, at=BEFORE)


@pytest.mark.django_db
def test_opening_and_holding_are_timed(evening, now):
    session = factories.session(evening.lead)
    actions.move(session_id=session.id, to=SessionState.OPEN, by=evening.by, at=now)
    held = actions.move(session_id=session.id, to=SessionState.HELD, by=evening.by, at=now + timedelta(hours=1))
    assert (held.opened_at, held.held_at) == (now, now + timedelta(hours=1))


@pytest.mark.django_db
def test_a_wellness_room_elsewhere_is_no_office(evening):
    lay(evening)
    Room.objects.filter(is_office=True).delete()
    program.room(evening.site, name="Large room")
    placement = place(evening, evening.client())
    assert [finding.text for finding in placement.shortfalls] == [
        "The individual session is not placed: the client is not free at any time an office is."
    ]
