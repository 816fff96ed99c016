"""A shift changes and the client gets another week in a few clicks; a block is thought through before it is opened."""

import pytest
from playwright.sync_api import expect

from tests.journeys.harness.counting import counting
from tests.journeys.harness.story import is_fine, is_told, press, says, sign_in_as

CLICKS, LOADS = 6, 1  # budget: re-place a client whose shift changed


@pytest.fixture(scope="module")
def known(program):
    """Somebody with a week ahead that spans two days or more."""
    said = program.run("-m", "tests.journeys.harness.placing")
    return dict(line.split("=", 1) for line in said.splitlines() if "=" in line)


def test_1_a_changed_shift_leads_to_another_week(page, known):
    sign_in_as(page, "Dana Whitfield")
    cost = counting(page)
    page.goto(f"/week/place/{known['episode']}/?first={known['first']}")
    says(page, "Week A")
    is_fine(page)
    cost.click(page.get_by_text("A shift has changed?"))
    is_fine(page)
    days = page.get_by_role("group", name="On which days?")
    cost.click(days.get_by_label(known["day"], exact=True))
    page.get_by_label("From", exact=True).fill("07:00")
    page.get_by_label("To", exact=True).fill("22:00")
    cost.click(page.get_by_role("button", name="Look for weeks"))
    best = page.get_by_role("region", name="Week A")
    expect(best.get_by_role("term").filter(has_text=known["day"])).to_have_count(0)
    assert cost.loads <= LOADS, cost
    is_fine(page)
    cost.click(best.get_by_role("button"))
    page.wait_for_load_state("load")
    is_told(page, "booked")
    assert cost.clicks <= CLICKS, cost
    page.goto(f"/week/client/{known['episode']}/?first={known['first']}")
    is_fine(page)


def test_2_a_block_is_thought_through_before_it_is_opened(page):
    sign_in_as(page, "Dana Whitfield")
    page.goto("/week/capacity/")
    says(page, "Who could start next week")
    is_fine(page)
    press(page, "What if …")
    is_fine(page)
    press(page, "Think it through")
    expect(page.get_by_role("main")).to_contain_text("As it is and as it would be", timeout=90_000)
    says(page, "Reach their hours")
    is_fine(page)


def test_3_somebody_can_be_found_to_stand_in(page):
    sign_in_as(page, "Dana Whitfield")
    page.goto("/week/stand-in/")
    is_fine(page)
    page.goto("/calendar/")
    press(page, "New address")
    says(page, "It is shown only now.")
    is_fine(page)
