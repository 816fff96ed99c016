"""A parent's shift changes: painted on the phone, seen by the counselor, placed again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.harness.looks import PHONE, is_fine
from tests.journeys.harness.story import press, says, sign_in_as


@pytest.fixture(scope="module")
def known(program) -> dict[str, str]:
    told = program.run("-m", "tests.journeys.harness.parent")
    return dict(line.split("=", 1) for line in told.strip().splitlines())


def cell(page: Page, time: str):
    """A box of the week by its day and hour."""
    return page.get_by_role("button", name=re.compile(rf"^{time},"))


def test_a_parents_shift_changes(open_page, known):
    desk = open_page()
    sign_in_as(desk, "Dana Whitfield")
    desk.goto(f"/my/for/{known['client']}/")
    press(desk, "Give a page")
    phone = open_page(viewport=PHONE, has_touch=True)
    phone.goto(desk.get_by_role("textbox", name="Link").input_value())
    phone.get_by_role("radio").first.check()
    press(phone, "Open my page")
    phone.get_by_role("link", name=re.compile("When I can come")).click()
    is_fine(phone)

    phone.get_by_label("From the week of").select_option(index=1)
    phone.get_by_role("radio", name="Child care", exact=True).check()
    cell(phone, "Monday 2 pm").tap()
    expect(cell(phone, "Monday 2 pm")).to_have_accessible_name("Monday 2 pm, Child care, I can’t come")
    cell(phone, "Monday 2 pm").focus()
    for key in ("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight"):
        phone.keyboard.press(key)
    expect(cell(phone, "Tuesday 3 pm")).to_have_attribute("aria-pressed", "true")
    expect(cell(phone, "Tuesday 3 pm")).to_be_focused()
    phone.get_by_role("radio", name="I’d rather not", exact=True).check()
    cell(phone, "Saturday 11 am").scroll_into_view_if_needed()
    box, end = (cell(phone, f"Saturday {time} am").bounding_box() for time in (10, 11))
    phone.mouse.move(box["x"] + 8, box["y"] + 8)
    phone.mouse.down()
    phone.mouse.move(end["x"] + 8, end["y"] + 8, steps=4)
    phone.mouse.up()
    expect(cell(phone, "Saturday 10:30 am")).to_have_accessible_name("Saturday 10:30 am, Child care, I’d rather not")
    is_fine(phone)
    press(phone, "Send my week")
    says(phone, "Your counselor will look at it.")
    is_fine(phone)

    counselor = open_page()
    sign_in_as(counselor, known["counselor"])
    row = counselor.get_by_role("listitem").filter(has_text="told a new week").filter(has_text=known["called"])
    row.get_by_role("link", name="Place again").click()
    expect(counselor).to_have_url(re.compile(r"/place/[0-9a-f-]+/\?first=\d{4}"))
    is_fine(counselor)
    counselor.goto("/")
    row.get_by_role("link", name=known["called"]).click()
    says(counselor, "The client told a new week")
    is_fine(counselor)
    press(counselor, "I looked at it")
    expect(counselor.get_by_text("The client told a new week")).to_have_count(0)
    counselor.goto("/")
    expect(row).to_have_count(0)


def test_a_week_is_typed_where_nothing_can_be_painted(open_page, known):
    page = open_page(java_script_enabled=False)
    page.goto("/welcome/")
    page.get_by_role("button", name=known["counselor"]).first.click()
    page.goto(f"/clients/{known['client']}/")
    page.get_by_role("link", name="Plan", exact=True).or_(page.locator("a[href*='/plans/']")).first.click()
    press(page, "Paint the week")
    rows = page.locator("[data-painter-typed] .card")
    last = rows.nth(rows.count() - 1)
    last.get_by_label("What").select_option("court")
    last.get_by_label("Thu", exact=True).check()
    last.get_by_label("From").fill("06:00")
    last.get_by_label("To", exact=True).fill("07:00")
    press(page, "Keep the week")
    expect(page.locator("[data-painter-typed] select").filter(has_text="Court").first).to_be_visible()
    assert "court" in [one.input_value() for one in page.locator("[data-painter-typed] select").all()]
