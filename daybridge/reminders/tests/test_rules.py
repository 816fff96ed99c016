"""When one is reminded, and how a calendar is written."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybridge.kit.periods import Period
from daybridge.reminders.calendars import Event, calendar
from daybridge.reminders.rules import MOVES, State, heads, is_due, is_quiet, send_at

ZONE = ZoneInfo("America/New_York")


def here(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("starts", "hours", "sent"),
    [
        (here(4, 18), 24, here(3, 18)),
        (here(4, 18), 2, here(4, 16)),
        (here(4, 7, 30), 24, here(3, 8)),
        (here(4, 9), 2, here(4, 8)),
        (here(4, 8, 30), 2, here(3, 20, 45)),
        (here(4, 22), 24, here(4, 8)),
    ],
)
def test_reminders_keep_the_night(starts, hours, sent):
    assert send_at(starts, hours, ZONE) == sent


@settings(max_examples=60)
@given(st.integers(0, 525_600), st.sampled_from([2, 24]))
def test_no_reminder_comes_at_night_or_after_the_session_began(minutes, hours):
    starts = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    when = send_at(starts, hours, ZONE)
    assert not is_quiet(when, ZONE)
    assert when < starts


def test_sessions_in_a_row_are_told_once():
    evening = [Period(here(4, 17, 30), here(4, 19)), Period(here(4, 19), here(4, 20, 30))]
    other = Period(here(4, 9), here(4, 10))
    assert heads([*evening, other]) == [other, evening[0]]


def test_what_was_booked_after_its_reminder_is_not_reminded_of():
    head, when = Period(here(4, 18), here(4, 19)), here(3, 18)
    assert is_due(head, here(1, 9), here(3, 18), when)
    assert not is_due(head, here(3, 19), here(3, 20), when)
    assert not is_due(head, here(1, 9), here(4, 18), when)


def test_every_state_has_its_moves():
    assert set(MOVES) == set(State)


def test_a_calendar_is_whole_folded_and_the_same_every_time():
    at = datetime(2026, 3, 4, 23, tzinfo=UTC)
    event = Event("a@b", at, at + timedelta(hours=1), "Sesión; " + "ñ" * 60, at, "Room A, 2nd", True)
    made = calendar([event], "Citas")
    assert made == calendar([event], "Citas")
    assert made.startswith(b"BEGIN:VCALENDAR\r\n")
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    whole = made.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Sesión\\; " + "ñ" * 60 in whole
    assert "LOCATION:Room A\\, 2nd" in whole
    assert "DTSTART:20260304T230000Z" in whole
    assert "STATUS:CANCELLED" in whole
    assert "\n" not in whole.replace("\r\n", "")


@given(st.text())
def test_no_title_breaks_out_of_its_line(title):
    at = datetime(2026, 3, 4, tzinfo=UTC)
    made = calendar([Event("a@b", at, at + timedelta(hours=1), title, at)], "x")
    assert made.count(b"\r\nBEGIN:VEVENT\r\n") == 1
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
