"""Three weeks to choose from: what they say, and that the chosen one is the one booked."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from daybridge.admissions.tests import factories as referrals
from daybridge.kit.errors import Refused
from daybridge.level_of_care.tests import factories as care
from daybridge.plans.tests import factories as plans
from daybridge.scheduling import actions, queries
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.rules import Local, Slot
from daybridge.scheduling.tradeoffs import Before, breaks, points

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 2, 27, 15, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
PRIYA = uuid4()


def slot(day: int, hour: int, minutes: int = 90, **fields) -> Slot:
    starts = datetime(2026, 3, 2 + day, hour, tzinfo=NEW_YORK)
    known = {
        "session_id": uuid4(), "title": "Process", "kind": "group", "category": "process", "starts_at": starts,
        "ends_at": starts + timedelta(minutes=minutes), "room": "Room A", "lead_id": PRIYA, "lead": "Priya Raman",
        "is_new": True,
    }  # fmt: skip
    return Slot(**known | fields)


def said(slots, given_back=(), **before) -> list[str]:
    known = {"target_minutes": 180, "days_min": 1}
    return [point.text for point in points(slots, given_back, Before(**known | before), NEW_YORK)]


def test_hours_days_and_breaks_are_told():
    assert said([slot(0, 9), slot(0, 10)]) == [
        "All 3 hours of the plan", "1 day: Mon", "No waiting between sessions",
    ]  # fmt: skip
    words = said([slot(0, 9), slot(0, 13)], target_minutes=540, days_min=3)
    assert words == [
        "3 of 9 hours; 6 short", "1 day: Mon; the plan asks for 3", "Waits in between: 150 minutes on Mon",
    ]  # fmt: skip


def test_what_the_client_knows_and_likes_is_told():
    kept, other = slot(0, 9), slot(1, 17)
    own = slot(0, 11, 60, kind="individual", lead_id=uuid4(), lead="Marcus Okoye")
    series = ((kept.session_id, "Process", Local(0, 540, 630)), (uuid4(), "Skills", Local(3, 1050, 1140)))
    words = said(
        [kept, own, other], [slot(3, 17)], series=series, counselor=(PRIYA, "Priya Raman"),
        unliked=(Local(1, 960, 1100),),
    )  # fmt: skip
    assert "At times the client would rather not come: Tue 5 pm" in words
    assert "Own session Mon 11 am with Marcus Okoye instead of Priya Raman" in words
    assert "Keeps 1 of 2 groups the client knows; leaves Skills Thu 5:30 pm" in words
    assert "Gives 1 booked seat back: Process Thu 5 pm" in words


def test_a_quarter_of_an_hour_is_no_break():
    assert breaks([Local(0, 540, 630), Local(0, 645, 700), Local(0, 760, 800)]) == [(0, 60)]


@pytest.fixture
def laid(evening, time_machine):
    time_machine.move_to(AT, tick=False)
    actions.lay_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=AT)
    return evening


def offered(laid, episode):
    return queries.choices(episode_id=episode.id, first=MONDAY, shown="", by=laid.by, at=AT).options


@pytest.mark.django_db
def test_three_different_weeks_are_offered_and_the_chosen_one_is_booked(laid):
    episode = laid.client()
    found = offered(laid, episode)
    assert len({one.choice for one in found}) == 3
    assert all(one.is_met for one in found)
    second = found[1]
    actions.choose(episode_id=episode.id, first=MONDAY, choice=second.choice, by=laid.by, at=AT)
    assert Booking.objects.filter(status="booked").count() == second.new
    again = offered(laid, episode)
    assert next(one for one in again if one.choice == second.choice).is_now


@pytest.mark.django_db
def test_after_a_changed_shift_the_chosen_week_gives_back_what_no_longer_suits(laid):
    episode = laid.client()
    actions.place(episode_id=episode.id, first=MONDAY, by=laid.by, at=AT)
    plans.commitment(episode, 1, 1020, 1260)  # works on Tuesday evenings now
    best = offered(laid, episode)[0]
    assert best.given_back == 2
    actions.choose(episode_id=episode.id, first=MONDAY, choice=best.choice, by=laid.by, at=AT)
    standing = Session.objects.standing().filter(bookings__episode=episode, bookings__status="booked")
    assert {one.starts_at.astimezone(NEW_YORK).weekday() for one in standing} <= {0, 2, 3, 4, 5}
    assert not Session.objects.filter(kind="individual", status="planned", bookings__status="released").exists()


@pytest.mark.django_db
def test_a_week_that_is_no_longer_to_be_had_is_refused_and_the_page_says_so(laid, sign_in):
    episode = laid.client()
    with pytest.raises(Refused):
        actions.choose(episode_id=episode.id, first=MONDAY, choice="0" * 24, by=laid.by, at=AT)
    url = reverse("scheduling:place", args=[episode.id])
    answer = sign_in("director").post(url, {"first": MONDAY, "choice": "0" * 24})
    assert answer.status_code == 409
    assert "no longer to be had" in answer.content.decode()
    assert not Booking.objects.exists()


@pytest.mark.django_db
def test_a_changed_shift_is_told_on_the_same_page_and_other_weeks_are_offered(laid, sign_in):
    episode, browser = laid.client(), sign_in("director")
    url = reverse("scheduling:shift", args=[episode.id])
    asked = {"first": MONDAY, "kind": "job", "days": ["1"], "start": "17:00", "end": "21:00"}
    assert browser.post(url, asked | {"end": "16:00"}).status_code == 422
    answer = browser.post(url, asked, follow=True)
    assert answer.redirect_chain == [(f"{reverse('scheduling:place', args=[episode.id])}?first={MONDAY}", 302)]
    assert "2 days: Mon, Thu" in answer.content.decode()
    assert sign_in("front-desk").post(url, asked).status_code == 404


@pytest.mark.django_db
def test_a_time_the_client_would_rather_not_come_is_a_price_and_no_wall(laid):
    episode = laid.client()
    plans.commitment(episode, 3, 1020, 1260, firmness="soft")
    best = offered(laid, episode)[0]
    assert best.is_met
    assert any("would rather not come: Thu" in point.text for point in best.points)


@pytest.mark.django_db
def test_seats_and_waiting_are_counted_with_the_same_queries_for_one_and_many(
    laid, sign_in, django_assert_max_num_queries
):
    actions.lay_week(site_id=laid.site.id, first=MONDAY + timedelta(days=7), by=laid.by, at=AT)
    browser, counts = sign_in("director"), []
    url = f"{reverse('scheduling:capacity')}?first={MONDAY}"
    for n in (1, 3):
        while Booking.objects.values("episode").distinct().count() < n:
            actions.place(episode_id=laid.client().id, first=MONDAY, by=laid.by, at=AT)
            someone = referrals.referral(laid.site, state="waitlisted", state_since=AT - timedelta(days=9))
            care.decided(someone.client, by=laid.by, at=AT)
        with django_assert_max_num_queries(60) as captured:
            page = browser.get(url).content.decode()
        counts.append(len(captured))
    assert counts[1] <= counts[0]
    assert "18 of 18 (100 %)" in page
    assert "3 people" in page
    assert "full" in page
    assert browser.get(f"{url}&site={uuid4()}").status_code == 404
