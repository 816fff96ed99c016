"""Nothing typed is lost: not by a reload, not by a session that ended, not by the idle lock."""

import re

from playwright.sync_api import expect

from tests.journeys.harness.looks import is_fine
from tests.journeys.harness.story import press, says, sign_in_as

WORDS = "Cannot sleep since Sunday; asks for an evening place."


def type_a_referral(page, name: str) -> None:
    page.goto("/admissions/new/")
    page.get_by_label("First name").fill(name)
    page.get_by_label("What is going on").fill(WORDS)


def test_a_draft_survives_a_reload_and_is_gone_once_sent(page):
    sign_in_as(page, "Iris Vance")
    type_a_referral(page, "Wren")
    expect(page.locator(".saved")).to_contain_text("Saved")
    page.reload()
    expect(page.get_by_label("What is going on")).to_have_value(WORDS)
    expect(page.locator(".saved")).to_contain_text("is back")
    is_fine(page)
    press(page, "Take the referral in")
    says(page, "Wren")
    page.goto("/admissions/new/")
    page.wait_for_timeout(500)
    expect(page.get_by_label("What is going on")).to_have_value("")


def test_a_draft_survives_a_session_that_ended(page, open_page):
    sign_in_as(page, "Elena Castro")
    elsewhere = open_page()
    sign_in_as(elsewhere, "Iris Vance")
    sign_in_as(page, "Iris Vance")
    type_a_referral(page, "Sage")
    expect(page.locator(".saved")).to_contain_text("Saved")
    elsewhere.goto("/account/sessions/")
    is_fine(elsewhere)
    elsewhere.get_by_role("button", name=re.compile("other", re.IGNORECASE)).first.click()
    elsewhere.wait_for_load_state("load")
    page.get_by_label("Best time to call").fill("after six")
    expect(page.locator(".saved")).to_contain_text("You are signed out. What you typed is kept on this device.")
    is_fine(page)
    sign_in_as(page, "Iris Vance")
    page.goto("/admissions/new/")
    expect(page.get_by_label("Best time to call")).to_have_value("after six")
    expect(page.get_by_label("First name")).to_have_value("Sage")
    press(page, "Take the referral in")
    says(page, "Sage")


def test_the_idle_lock_warns_then_closes_and_loses_nothing(page):
    page.clock.install()
    sign_in_as(page, "Iris Vance")
    type_a_referral(page, "Linden")
    page.clock.run_for(1500)
    expect(page.locator(".saved")).to_contain_text("Saved")
    page.clock.fast_forward("13:55")
    page.clock.run_for(6000)
    expect(page.locator(".toasts")).to_contain_text("The page locks in one minute. What you typed is kept.")
    is_fine(page)
    page.clock.fast_forward("01:10")
    page.clock.run_for(8000)
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))
    is_fine(page)
    sign_in_as(page, "Iris Vance")
    page.goto("/admissions/new/")
    expect(page.get_by_label("First name")).to_have_value("Linden")
    press(page, "Take the referral in")


def test_staying_keeps_the_page_open(page):
    page.clock.install()
    sign_in_as(page, "Iris Vance")
    page.goto("/admissions/new/")
    page.clock.fast_forward("13:55")
    page.clock.run_for(6000)
    page.get_by_role("button", name="Stay").click()
    expect(page.get_by_role("button", name="Stay")).to_have_count(0)
    page.clock.fast_forward("05:00")
    page.clock.run_for(6000)
    expect(page).to_have_url(re.compile("/admissions/new/"))
