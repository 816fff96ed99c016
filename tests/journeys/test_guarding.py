"""Guarding the record: the phone desk, need and its review, the record asked for and handed over."""

import re
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.harness.counting import counting
from tests.journeys.harness.looks import forgive, is_fine
from tests.journeys.harness.story import choose, go, press, says, sign_in_as

NEITHER = "You may neither confirm nor deny."


@pytest.fixture(scope="module")
def known(program) -> dict[str, str]:
    """Somebody whose relative may know, a colleague's client, and their record numbers."""
    told = program.run("-m", "tests.journeys.harness.known")
    return dict(line.split("=", 1) for line in told.splitlines())


def ask(page: Page, name: str, caller: str, relation: str) -> None:
    page.get_by_label("Whom do they ask about?").fill(name)
    page.get_by_label("Who is calling?").fill(caller)
    page.get_by_label("What are they to the person?").select_option(relation)


def test_the_phone_desk_answers_in_one_step(page, known):
    sign_in_as(page, "Nora Ellis")
    go(page, "Phone")
    is_fine(page)
    ask(page, known["client"], known["relative"], known["relation"])
    cost = counting(page)
    cost.click(page.get_by_role("button", name="What may I say?"))
    says(page, "You may say:")
    assert cost.clicks == 1, cost
    assert cost.loads <= 1, cost
    is_fine(page)
    for name, caller in ((known["client"], "Somebody Else"), ("Nobody Known", known["relative"])):
        page.goto("/desk/")
        ask(page, name, caller, "mother")
        page.get_by_role("button", name="What may I say?").click()
        says(page, NEITHER)
    is_fine(page)


def test_a_record_is_opened_in_need_and_reviewed(page, known):
    sign_in_as(page, known["who"])
    assert page.goto(f"/clients/{known['far id']}/").status == 404
    forgive(page, 404)
    page.goto("/people/in-need/")
    is_fine(page)
    page.get_by_label("Record number").fill(known["far record"])
    page.get_by_label("Why you need it now").fill("Called in distress, and her counselor is away today.")
    press(page, "Open for an hour")
    expect(page).to_have_url(re.compile(known["far id"]))
    is_fine(page)
    sign_in_as(page, "Ruth Adeyemi")
    says(page, "in need")
    is_fine(page)
    page.get_by_role("link", name="Review").first.click()
    is_fine(page)
    card = page.locator(".card", has_text="Called in distress, and her counselor is away today.")
    card.get_by_label("What the review found").select_option(index=1)
    card.get_by_label("Remark").fill("Spoke with both; it was needed.")
    card.get_by_role("button", name="Keep the review").click()
    says(page, "Spoke with both; it was needed.")
    sign_in_as(page, known["who"])
    assert page.goto(f"/clients/{known['far id']}/").status == 404, "the review ends an opening"
    forgive(page, 404)
    sign_in_as(page, "Ruth Adeyemi")
    page.goto(f"/rights/opened/{known['far id']}/")
    says(page, "Called in distress")
    is_fine(page)


def test_counseling_notes_are_seen_by_their_author_only(page, known):
    """Not by the director, not by a colleague, and a record opened in need does not open them either."""
    words, notes = "What she said about her father stays here.", f"/notes/own/{known['far id']}/"
    sign_in_as(page, known["author"])
    page.goto(f"/clients/{known['far id']}/")
    press(page, "Your own notes")
    page.get_by_label("For you alone").fill(words)
    is_fine(page)
    press(page, "Keep it")
    says(page, words)
    is_fine(page)
    sign_in_as(page, "Dana Whitfield")
    page.goto(f"/clients/{known['far id']}/?all")
    assert words not in page.content()
    expect(page.get_by_text("counseling note")).to_have_count(0)
    assert page.goto(notes).status in (200, 404)
    assert words not in page.content()
    forgive(page, 404)
    sign_in_as(page, known["who"])
    assert page.goto(notes).status == 404
    forgive(page, 404)
    page.goto("/people/in-need/")
    page.get_by_label("Record number").fill(known["far record"])
    page.get_by_label("Why you need it now").fill("Asked for help at the door, her counselor is out.")
    press(page, "Open for an hour")
    says(page, f"Record {known['far record']} is open in need until")
    is_fine(page)
    assert words not in page.content()
    page.goto(notes)
    assert words not in page.content()
    forgive(page, 404)
    page.goto("/")
    says(page, f"Record {known['far record']} is open in need until")
    is_fine(page)
    press(page, "Close it now")
    assert page.goto(f"/clients/{known['far id']}/").status == 404
    forgive(page, 404)


def test_a_record_is_asked_for_and_handed_over(page, known):
    sign_in_as(page, "Ruth Adeyemi")
    go(page, "Privacy")
    is_fine(page)
    press(page, "Take a request")
    page.get_by_label("Name or record number").fill(known["far record"])
    press(page, "Find")
    press(page, "Choose")
    is_fine(page)
    page.get_by_role("link", name="Take it in").first.click()
    is_fine(page)
    page.get_by_label("In the person’s words").fill("Everything, please.")
    choose(page, "How do we know who it is?", "Photo ID")
    choose(page, "How did it come?", "In person")
    press(page, "Take it in")
    says(page, "The letter that says so")
    is_fine(page)
    press(page, "Open the request")
    press(page, "Take it on")
    is_fine(page)
    press(page, "Put the record together")
    made = page.get_by_role("link", name="Read it on screen")
    for _ in range(40):
        if made.first.is_visible():
            break
        page.wait_for_timeout(1000)
        page.reload()
    is_fine(page)
    choose(page, "Answer", "Yes")
    press(page, "Answer and write the letter")
    is_fine(page)
    hrefs = [one.get_attribute("href") for one in page.get_by_role("main").locator("a[href*='record.']").all()]
    pages = page.request.get(next(href for href in hrefs if href.endswith(".pdf")))
    with pikepdf.open(BytesIO(pages.body())) as pdf:
        assert "/StructTreeRoot" in pdf.Root, "a tagged document"
    files = page.request.get(next(href for href in hrefs if href.endswith(".zip")))
    assert any(name.endswith(".json") for name in ZipFile(BytesIO(files.body())).namelist())
    choose(page, "How it was handed over", "On paper, here")
    press(page, "It was handed over")
    says(page, "The person has the answer.")
    is_fine(page)
