"""Without JavaScript the work still gets done: a referral, a mark on the roll, a note."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.harness.story import go, press, says, sign_in_as

LEAD = "Sasha Lindqvist"


@pytest.fixture
def plain(open_page):
    return open_page(java_script_enabled=False)


def test_the_public_form_takes_a_referral(plain):
    plain.goto("/refer/")
    plain.get_by_label("First name of the person who needs care").fill("Marlow")
    plain.get_by_label("Phone number we can call").fill("(212) 555-0190")
    plain.get_by_label("Yes", exact=True).check()
    plain.locator("main form button[type=submit]").last.click()
    expect(plain).to_have_url(re.compile("/refer/thanks/"))


def test_the_coordinators_form_takes_a_referral(plain):
    sign_in_as(plain, "Iris Vance")
    go(plain, "Admissions")
    press(plain, "New referral")
    plain.get_by_label("First name").fill("Aspen")
    press(plain, "Take the referral in")
    says(plain, "Aspen")


def test_the_roll_is_marked_and_the_note_is_kept(plain, program):
    sign_in_as(plain, "Dana Whitfield")
    plain.goto("/clients/")
    plain.locator("tbody th a").first.click()
    plain.get_by_role("main").get_by_role("link", name="Week", exact=True).click()
    episode = re.search(r"/client/([0-9a-f-]{36})/", plain.url)[1]
    session = program.run("-m", "tests.journeys.harness.meeting", episode, LEAD).strip()
    sign_in_as(plain, LEAD)
    plain.goto(f"/roll/{session}/")
    press(plain, "Start check-in")
    people = plain.locator(".seats > li").count()
    plain.locator(".seats .tap button").first.click()
    expect(plain.locator(".clock")).to_contain_text(f"1 of {people} here")
    press(plain, "Everyone here")
    expect(plain.locator(".clock")).to_contain_text(f"{people} of {people} here")
    plain.goto(f"/notes/{session}/")
    plain.get_by_label("What we did").fill("Read the week together and chose one step each for the days ahead.")
    press(plain, "Save draft")
    expect(plain.get_by_label("What we did")).to_have_value(re.compile("^Read the week together"))
