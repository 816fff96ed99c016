"""A session moves only where everything is free, and every reason against it is said."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.access.rules import Role
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.program.tests import factories as program
from daybridge.scheduling import actions
from daybridge.scheduling.models import Booking, Notice, Session, StaffNotice
from daybridge.scheduling.moving import Where, check_shape
from daybridge.scheduling.tests import factories

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 2, 27, 15, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def laid(evening):
    actions.lay_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=AT)
    return evening


def first_of(day=MONDAY):
    start = datetime.combine(day, time(17, 30), tzinfo=NEW_YORK)
    return Session.objects.get(starts_at=start)


def to(session, **changed):
    here = session.starts_at.astimezone(NEW_YORK)
    wish = {
        "day": here.date(), "start_minute": here.hour * 60 + here.minute, "minutes": session.minutes,
        "room_id": session.room_id, "lead_id": session.lead_id,
    }  # fmt: skip
    return Where(**wish | changed)


def move(evening, session, by=None, **changed):
    return actions.move_session(session_id=session.pk, to=to(session, **changed), by=by or evening.by, at=AT)


@pytest.mark.django_db
def test_a_session_moves_tells_people_and_comes_back(laid):
    session = first_of()
    factories.booking(session, laid.client())
    done = move(laid, session, day=date(2026, 3, 4), start_minute=1035)
    session.refresh_from_db()
    assert session.starts_at.astimezone(NEW_YORK).strftime("%a %H:%M") == "Wed 17:15"
    assert Notice.objects.get().line == "Your time on Mon, Mar 2 5:30 PM is now on Wed, Mar 4 5:15 PM."
    assert StaffNotice.objects.get().kind == "moved"
    actions.undo(draft_id=done.pk, by=laid.by, at=AT + timedelta(minutes=1))
    session.refresh_from_db()
    assert session.starts_at.astimezone(NEW_YORK).strftime("%a %H:%M") == "Mon 17:30"


@pytest.mark.django_db
def test_every_reason_against_a_move_is_said_at_once(laid):
    session, tuesday = first_of(), first_of(date(2026, 3, 3))
    person = laid.client()
    factories.booking(session, person)
    factories.booking(tuesday, person)
    with pytest.raises(Refused) as said:
        move(laid, session, day=date(2026, 3, 3))
    words = str(said.value)
    assert "is taken by" in words
    assert "leads" in words
    assert "booked elsewhere" in words


@pytest.mark.django_db
def test_a_lead_without_the_hours_or_the_credential_is_refused(laid):
    laid.lead.hours.filter(weekday=2).delete()
    with pytest.raises(Refused, match="does not work at that time"):
        move(laid, first_of(), day=date(2026, 3, 4))
    laid.counselor.credential = "RN"
    laid.counselor.save()
    with pytest.raises(Refused, match="does not hold a credential"):
        move(laid, first_of(), lead_id=laid.counselor.id)


@pytest.mark.django_db
def test_a_room_of_another_site_and_one_that_is_too_small_are_refused(laid, other_site):
    session = first_of()
    for _ in range(2):
        factories.booking(session, laid.client())
    with pytest.raises(Refused, match="not of the site"):
        move(laid, session, room_id=program.room(other_site, name="Far").id)
    with pytest.raises(Refused, match="fewer seats"):
        move(laid, session, room_id=program.room(laid.site, name="Closet", seats=1).id)


@pytest.mark.django_db
def test_who_sees_the_week_only_moves_nothing(laid, users):
    with pytest.raises(NotAllowed):
        move(laid, first_of(), by=users[Role.AUDITOR], day=date(2026, 3, 4))
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("start", "minutes", "code"),
    [(1050, 0, "short"), (1050, 1500, "long"), (480, 60, None), (1260, 60, "closed"), (1410, 90, "midnight")],
)
def test_what_is_no_session_is_refused(start, minutes, code):
    found = check_shape(Where(MONDAY, start, minutes, None, None)).findings
    assert code in {one.code for one in found} if code else not found


@given(st.integers(0, 1439), st.integers(-60, 3000))
def test_a_shape_that_passes_lies_on_one_open_day(start, minutes):
    if check_shape(Where(MONDAY, start, minutes, None, None)).ok:
        assert start >= 480
        assert start + minutes <= 1260
        assert 15 <= minutes <= 480
