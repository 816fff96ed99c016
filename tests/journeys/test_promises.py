"""What leaves and who may look: sign on a phone, look with the mother's eyes, take it back; the phone desk."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.harness.looks import PHONE, is_fine
from tests.journeys.harness.story import go, press, says, sign_in_as

MOTHER = "Elena Marquez"
HANDHELD = {"viewport": PHONE, "has_touch": True}


@pytest.fixture(scope="module")
def found():
    """What one chapter leaves for the next: addresses and names."""
    return {}


@pytest.fixture(scope="module")
def handhelds(browser, program):
    """Phones that stay signed in through the story, by whose they are."""
    contexts = {}

    def of(whose: str) -> Page:
        if whose not in contexts:
            contexts[whose] = browser.new_context(base_url=program.address, locale="en-US", **HANDHELD).new_page()
        return contexts[whose]

    yield of
    for page in contexts.values():
        page.context.close()


def link_of(page: Page) -> str:
    """The one-time address the page shows."""
    return page.get_by_role("textbox", name="Link").input_value()


def open_with(phone: Page, link: str) -> None:
    phone.goto(link)
    is_fine(phone)
    phone.get_by_role("radio").first.check()
    press(phone, "Open my page")


def test_1_the_desk_gives_a_client_a_page(page, found, handhelds):
    sign_in_as(page, "Dana Whitfield")
    go(page, "Clients")
    page.get_by_role("main").locator("a[href^='/clients/']").first.click()
    page.wait_for_load_state("load")
    found["client"] = page.url.rstrip("/").rsplit("/", 1)[1]
    found["chart"] = page.url
    page.goto(f"/my/for/{found['client']}/")
    is_fine(page)
    press(page, "Give a page")
    is_fine(page)
    phone = handhelds("client")
    link = link_of(page)
    open_with(phone, link)
    is_fine(phone)
    with_the_link_again = handhelds("somebody else")
    open_with(with_the_link_again, link)
    says(with_the_link_again, "This page is closed")


def test_2_the_client_says_who_may_know_what_and_signs_on_the_phone(found, handhelds):
    phone = handhelds("client")
    phone.goto("/my/sharing/")
    is_fine(phone)
    phone.get_by_role("link", name=re.compile("Share with family")).click()
    is_fine(phone)
    assert phone.locator("input:checked").count() == 0, "nothing is ticked beforehand"
    phone.get_by_label("Full name").fill(MOTHER)
    phone.get_by_label("What they are to you").fill("mother")
    phone.get_by_label(re.compile("when I come|when you come|come here and when|times", re.I)).first.check()
    phone.get_by_label("When my time here ends").check()
    press(phone, "Next")
    is_fine(phone)
    says(phone, "Preview. Nothing is sent.")
    press(phone, "Read and sign")
    is_fine(phone)
    phone.get_by_label("I am the client", exact=True).check()
    phone.get_by_label("Your full name").fill("My Own Name")
    press(phone, "Sign")
    says(phone, "It is signed. This is your copy.")
    is_fine(phone)
    with phone.expect_download() as paper:
        phone.get_by_role("link", name="Save (PDF)").evaluate(
            "one => { one.setAttribute('download', ''); one.click(); }"
        )
    assert paper.value.path().read_bytes().startswith(b"%PDF")
    press(phone, "Done")
    says(phone, MOTHER)
    is_fine(phone)


def test_3_the_mother_sees_it_until_it_is_taken_back(page, found, handhelds):
    sign_in_as(page, "Dana Whitfield")
    page.goto(f"/my/for/{found['client']}/")
    row = page.locator("form", has_text=MOTHER)
    row.get_by_role("button", name="Give a page").click()
    page.wait_for_load_state("load")
    mother = handhelds("mother")
    open_with(mother, link_of(page))
    says(mother, "shares with you")
    is_fine(mother)
    seen = mother.get_by_role("main").inner_text()
    for word in ("diagnos", "plan", "note", "medic"):
        assert word not in seen.split("lets you know")[0].lower(), word
    client = handhelds("client")
    client.goto("/my/sharing/")
    card = client.locator("section.share", has_text=MOTHER)
    card.get_by_role("button", name="Stop sharing").click()
    client.wait_for_load_state("load")
    says(client, "What you stopped, or what ended")
    is_fine(client)
    answer = mother.goto("/my/shared/")
    assert answer.status in (403, 404, 410)
    says(mother, "This page is closed")
    expect(mother.get_by_role("main")).not_to_contain_text(re.compile("client|treatment|consent", re.I))
    client.goto("/my/opened/")
    is_fine(client)
