"""How long a pass opens, and what it may hang on."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.errors import Refused
from daybridge.portal.rules import (
    CLIENT_MAY,
    MOVES,
    OUTSIDER_MAY,
    PassState,
    Phone,
    Times,
    check_may_hang,
    check_room,
    is_seen_anew,
    link_until,
    longest,
    pass_state,
    rest,
)  # fmt: skip

NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_link_works_until_its_hour_and_not_at_it(now):
    times = Times(link_until=link_until(now))
    assert pass_state(times, Phone.OWN, times.link_until - MINUTE) is PassState.WAITING
    assert pass_state(times, Phone.OWN, times.link_until) is PassState.LAPSED


@pytest.mark.parametrize("phone", Phone)
def test_a_page_nobody_looks_at_closes(now, phone):
    times = Times(link_until=link_until(now), opened_at=now, seen_at=now)
    assert pass_state(times, phone, now + rest(phone) - MINUTE) is PassState.OPEN
    assert pass_state(times, phone, now + rest(phone)) is PassState.LAPSED


def test_a_phone_that_others_use_closes_sooner():
    assert rest(Phone.SHARED) < rest(Phone.OWN) / 100


def test_a_page_in_daily_use_closes_after_its_longest_time(now):
    end = now + longest()
    times = Times(link_until=link_until(now), opened_at=now, seen_at=end - MINUTE)
    assert pass_state(times, Phone.OWN, end - MINUTE) is PassState.OPEN
    assert pass_state(times, Phone.OWN, end) is PassState.LAPSED


instants = st.integers(0, 800 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(opened=st.none() | instants, seen=instants, ended=st.none() | instants, at=instants, later=instants)
def test_what_is_over_stays_over(opened, seen, ended, at, later):
    times = Times(
        link_until=link_until(NOW), opened_at=None if opened is None else NOW + opened,
        seen_at=None if opened is None else NOW + opened + seen, ended_at=None if ended is None else NOW + ended,
    )  # fmt: skip
    for phone in Phone:
        state = pass_state(times, phone, NOW + at)
        if not MOVES[state]:
            assert pass_state(times, phone, NOW + at + later) is state
        if ended is not None:
            assert state is PassState.ENDED


def test_a_look_is_written_down_once_a_minute(now):
    assert is_seen_anew(None, now)
    assert not is_seen_anew(now, now + timedelta(seconds=59))
    assert is_seen_anew(now, now + timedelta(seconds=60))


FORMS = ("treatment", "part2-tpo", "class-of-recipients", "intermediary", "legal-proceeding", "counseling-notes",
         "telehealth", "photo-kiosk", "research-contact")  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_page_hangs_only_on_a_consent_that_names_a_person(form):
    with pytest.raises(Refused):
        check_may_hang(form, True)


@pytest.mark.parametrize(("form", "holds"), list(product(("family", "named-recipient"), (True, False))))
def test_a_page_hangs_only_on_a_consent_in_force(form, holds):
    if holds:
        check_may_hang(form, holds)
        return
    with pytest.raises(Refused):
        check_may_hang(form, holds)


def test_nobody_gets_more_pages_than_they_can_use():
    check_room(4)
    with pytest.raises(Refused):
        check_room(5)


def test_an_outsider_may_be_told_and_nothing_else():
    assert {str(one) for one in OUTSIDER_MAY} == {"disclose"}
    assert OUTSIDER_MAY < CLIENT_MAY
