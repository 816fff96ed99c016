"""What credentials, leaves and stand-ins promise."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.errors import Refused
from daybridge.kit.periods import Period
from daybridge.people import rules
from daybridge.people.rules import Candidate, Held, Licence, Load, Wanted

TODAY = date(2026, 3, 2)
ENDED, LASTS = Held("LPC", TODAY - timedelta(days=1)), Held("CADC", TODAY)
ZONE = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("asked", "held", "leads"),
    [((), (), True), ((), (LASTS,), True), ((), (ENDED,), False), ((), (ENDED, LASTS), True), (("LPC",), (), False),
     (("LPC",), (ENDED,), False), (("LPC", "CADC"), (ENDED, LASTS), True), (("LPC",), (ENDED, LASTS), False),
     (("LPC",), (Held("LPC"),), True)],
)  # fmt: skip
def test_one_of_several_credentials_that_holds_is_enough_to_lead(asked, held, leads):
    assert rules.leads_as(asked, held, TODAY) is leads


@pytest.mark.parametrize(
    ("days", "said"), [(None, None), (61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0)]
)
def test_an_end_is_told_sixty_thirty_and_seven_days_before(days, said):
    assert rules.warning(None if days is None else TODAY + timedelta(days=days), TODAY) == said


def test_an_ended_credential_signs_nothing_and_says_why():
    rules.check_may_sign(LASTS, TODAY)
    rules.check_may_sign(Held(""), TODAY)
    with pytest.raises(Refused, match="Your LPC ended on March 1, 2026"):
        rules.check_may_sign(ENDED, TODAY)


@pytest.mark.parametrize(
    ("carried", "most", "load"),
    [(0, 0, Load.CLOSED), (17, 18, Load.ROOM), (18, 18, Load.OVER), (26, 18, Load.OVER), (27, 18, Load.CLOSED)],
)  # fmt: skip
def test_over_the_limit_is_said_and_far_over_is_closed(carried, most, load):
    assert rules.load_of(carried, most) is load


@pytest.mark.parametrize(
    "licence",
    [Licence(kind=" "), Licence(kind="LPC", state="New York"), Licence(kind="LPC", state="1A"),
     Licence(kind="LPC", issued_on=TODAY + timedelta(days=1)),
     Licence(kind="LPC", issued_on=TODAY, expires_on=TODAY - timedelta(days=1))],
)  # fmt: skip
def test_a_credential_that_makes_no_sense_is_refused(licence):
    with pytest.raises(Refused):
        rules.check_licence(licence, TODAY)


@pytest.mark.parametrize(
    ("kind", "hours"), [("holiday", 8), ("sick", 0), ("sick", -1), ("vacation", 24 * 367)]
)  # fmt: skip
def test_a_leave_that_makes_no_sense_is_refused(kind, hours):
    start = datetime(2026, 3, 2, 14, tzinfo=UTC)
    with pytest.raises(Refused):
        rules.check_leave(kind, start, start + timedelta(hours=hours))


MEETS = Period(datetime(2026, 3, 2, 22, 30, tzinfo=UTC), datetime(2026, 3, 3, 0, tzinfo=UTC))  # 5:30 to 7 pm there
ABLE = Candidate(held=(Held("LCSW"),), languages=("en", "es"), gender="female", hours=((0, 12 * 60, 21 * 60),))
WANTED = Wanted(period=MEETS, zone=ZONE, family="counseling", language="es", gender="female")


@pytest.mark.parametrize(
    ("changed", "may"),
    [({}, True), ({"held": (Held("RN"),)}, False), ({"held": (Held("LCSW", TODAY - timedelta(days=1)),)}, False),
     ({"languages": ("en",)}, False), ({"gender": "male"}, False), ({"hours": ((0, 480, 1020),)}, False),
     ({"hours": ((1, 720, 1260),)}, False), ({"busy": (Period(MEETS.start - timedelta(hours=1), MEETS.start),)}, True),
     ({"busy": (Period(MEETS.start - timedelta(hours=1), MEETS.start + timedelta(minutes=1)),)}, False)],
)  # fmt: skip
def test_who_can_stand_in(changed, may):
    given_now = {name: getattr(ABLE, name) for name in ("held", "languages", "gender", "hours", "busy")} | changed
    assert rules.may_stand_in(Candidate(**given_now), WANTED) is may


def test_a_topics_own_credentials_come_before_the_family():
    wanted = Wanted(period=MEETS, zone=ZONE, credentials=("CADC",), family="counseling")
    assert not rules.may_stand_in(ABLE, wanted)


def test_nobody_works_over_midnight():
    late = Period(datetime(2026, 3, 3, 4, tzinfo=UTC), datetime(2026, 3, 3, 6, tzinfo=UTC))  # 11 pm to 1 am
    assert not rules.works([(0, 0, 1440), (1, 0, 1440)], late, ZONE)
    assert rules.works([(0, 0, 1440)], Period(late.start, late.start + timedelta(hours=1)), ZONE)


spans = st.tuples(st.integers(0, 500), st.integers(0, 60))


@given(st.lists(spans, max_size=10))
def test_joined_periods_neither_touch_nor_lose_a_minute(drawn):
    start = datetime(2026, 3, 2, tzinfo=UTC)
    periods = [Period(start + timedelta(minutes=a), start + timedelta(minutes=a + n)) for a, n in drawn]
    out = rules.joined(periods)
    assert all(one.end < other.start for one, other in pairwise(out))
    covered = {m for a, n in drawn for m in range(a, a + n)}
    assert covered == {m for one in out for m in range(600) if one.start <= start + timedelta(minutes=m) < one.end}
