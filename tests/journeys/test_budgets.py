"""What the counted jobs may cost; attendance and admission are counted on their way in test_first_week."""

import re

from playwright.sync_api import expect

from tests.journeys.harness.counting import counting
from tests.journeys.harness.looks import is_fine
from tests.journeys.harness.story import sign_in_as


def test_who_is_below_nine_hours_costs_no_click(page):
    cost = counting(page)
    sign_in_as(page, "Dana Whitfield")
    risk = page.locator(".list", has=page.get_by_role("heading", name=re.compile("Hours at risk")))
    told = re.compile(r"likely [0-9.]+.*[0-9.]+ of 9|Every week is booked as planned", re.S)
    expect(risk).to_contain_text(told)
    assert cost.clicks == 0
    is_fine(page)
