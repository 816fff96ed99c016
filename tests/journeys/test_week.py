"""A week is worked out and put in force; somebody falls ill, the week is mended, and people are told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.harness.looks import is_fine
from tests.journeys.harness.story import is_told, press, says, sign_in_as

ZONE = ZoneInfo("America/New_York")
TABLET = {"width": 820, "height": 1180}
LEADS = "Priya Raman"
SOLVED = 150_000  # milliseconds; the worker stops after a minute at the latest


@pytest.fixture(scope="module")
def first():
    """The Monday two weeks on: ahead on any day this runs, laid and not worked out yet."""
    today = datetime.now(ZONE).date()
    return today - timedelta(days=today.weekday()) + timedelta(days=14)


def test_1_a_week_is_worked_out_and_put_in_force(open_page, first):
    page = open_page(viewport=TABLET)
    sign_in_as(page, "Dana Whitfield")
    page.goto(f"/week/?first={first}")
    is_fine(page)
    press(page, "Work out this week")
    in_force = page.get_by_role("main").get_by_role("button", name="Put in force")
    expect(in_force).to_be_visible(timeout=SOLVED)
    says(page, "people reach their hours")
    is_fine(page)
    in_force.click()
    is_told(page, "In force.")
    says(page, "In force")
    is_fine(page)


@pytest.mark.parametrize("view", ["Staff", "Tracks", "Clients"])
def test_2_it_is_seen_by_staff_track_and_client(page, first, view):
    sign_in_as(page, "Dana Whitfield")
    page.goto(f"/week/?first={first}")
    press(page, view)
    is_fine(page)


def test_3_somebody_is_ill_the_week_is_mended_and_people_are_told(page, first):
    sign_in_as(page, "Dana Whitfield")
    press(page, "Something came up")
    is_fine(page)
    page.get_by_label("Who", exact=True).select_option(label=LEADS)
    page.locator("#away-on").fill(str(first))
    page.locator("#away-until").fill(str(first + timedelta(days=4)))
    press(page, "See what that means")
    says(page, f"Without {LEADS}")
    says(page, "Nothing is in force before you accept.")
    is_fine(page)
    press(page, "Accept and tell everybody")
    is_told(page, "In force.")
    is_fine(page)


def test_4_who_was_ill_reads_it_on_today(page):
    sign_in_as(page, LEADS)
    press(page, "Seen")
    expect(page.get_by_role("main").get_by_role("button", name="Seen")).to_have_count(0)
    is_fine(page)
