"""A real referral becomes a first week of care: the whole way, in the browser, by the people who do each part."""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.journeys.harness.counting import Cost, counting
from tests.journeys.harness.looks import is_fine
from tests.journeys.harness.story import choose, go, is_told, press, says, sign_in_as

PACKET = Path(__file__).with_name("packet.json")
CLIENT = "Lucía Inés Ferrer Amado"
LEAD = "Rowan Ashby"
ZONE = ZoneInfo("America/New_York")
RATINGS = {"withdrawal": 1, "biomedical": 1, "mental_health": 2, "use_risk": 3, "environment": 2, "readiness": 1}
STAFF_SCREENS, STAFF_FIELDS, ROLL_CLICKS = 6, 30, 3  # budgets: admit a client, take attendance


@pytest.fixture(scope="module")
def found():
    """What one chapter leaves for the next: addresses, and what the admission has cost so far."""
    return {"cost": Cost()}


def test_1_intake_takes_the_packet_in_and_calls(page, found):
    counting(page, found["cost"])
    sign_in_as(page, "Sofia Marchetti")
    go(page, "Admissions")
    is_fine(page)
    press(page, "Upload packets")
    is_fine(page)
    page.get_by_label("Packets").set_input_files(PACKET)
    press(page, "Take them in")
    says(page, "3 conditions, 2 medications, 1 allergies, Harborside Health Plan")
    is_fine(page)
    press(page, "Open")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(CLIENT))
    says(page, "Alcoholism")
    says(page, "Naltrexone")
    says(page, "Penicillin")
    is_fine(page)
    found["referral"] = page.url
    choose(page, "How did it go?", "Reached")
    page.get_by_label("Note", exact=False).last.fill("Speaks Spanish at home; mornings are best.")
    press(page, "Note it")
    is_told(page, "The call is noted.")
    is_fine(page)
    press(page, "Screen")
    is_fine(page)
    choose(page, "Is the person, or somebody else, in danger right now?", "No")
    page.get_by_label("What brings them here").fill("Wants to stop drinking before her daughter starts school.")
    choose(page, "Withdrawal before or now", "Mild, at home")
    choose(page, "Insurance", "Commercial")
    choose(page, "May we call, text and leave messages?", "Yes")
    press(page, "Keep the screen")
    is_told(page, "The phone screen is kept.")
    says(page, "Wants to stop drinking")
    is_fine(page)


def test_2_the_counselor_assesses_and_decides(page, found):
    counting(page, found["cost"])
    sign_in_as(page, "Linh Chen")
    go(page, "Admissions")
    page.locator(".slip", has_text=CLIENT).get_by_role("link", name="Assess").click()
    is_fine(page)
    for dimension, rating in RATINGS.items():
        page.locator(f'input[name="{dimension}"][value="{rating}"]').check()
    for question, answer in {
        "Is anyone in danger right now?": "No", "Does somebody have to be there day and night?": "No",
        "Where does withdrawal have to be managed?": "At home, with a prescriber",
        "Is a medical condition unstable?": "No", "Does eating need support at meals?": "No",
        "Does psychosis or mania keep them out of groups now?": "No", "Is home safe?": "Yes",
        "Do people at home help?": "Yes", "Can they get here?": "Yes", "How much do they want this?": "Very much",
        "Mental health and substance use together?": "Yes", "On medication for opioid use disorder?": "No",
    }.items():  # fmt: skip
        choose(page, question, answer)
    page.get_by_label("What you saw and heard").nth(3).fill(
        "Drank again after three weeks; evenings alone are the risk."
    )
    expect(page.locator(".advice")).to_contain_text("2.1 Intensive outpatient", ignore_case=True)
    is_fine(page)
    press(page, "Save the assessment")
    says(page, "Why")
    is_fine(page)
    page.get_by_role("button", name=re.compile("^Agree: 2.1")).click()
    is_told(page, "Decided.")
    is_fine(page)


def test_3_intake_takes_both_consents_and_admits(page, found):
    cost = counting(page, found["cost"])
    sign_in_as(page, "Sofia Marchetti")
    page.goto(found["referral"])
    press(page, "Sign forms")
    is_fine(page)
    press(page, "Read and sign")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    says(page, "Firme aquí")
    is_fine(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("textbox").first.fill(CLIENT)
    page.locator("form button[type=submit]").click()
    expect(page).to_have_url(re.compile("thanks"))
    is_fine(page)
    page.locator(".wrap a.button").last.click()
    is_fine(page)
    press(page, "Read and sign")
    page.get_by_role("navigation").get_by_role("link", name="English").click()
    is_fine(page)
    page.get_by_label("I am the client", exact=True).check()
    page.get_by_label("Your full name").fill(CLIENT)
    draw(page)
    press(page, "Sign")
    says(page, "This is your copy")
    expect(page.locator("main svg path").last).to_have_attribute("d", re.compile(r"^M"))
    is_fine(page)
    press(page, "I am done")
    expect(page.get_by_role("main").get_by_text("Read and sign")).to_have_count(0)
    page.goto(found["referral"])
    press(page, "Admit")
    is_fine(page)
    choose_first(page, "Track", "Evening track")
    choose_first(page, "Primary counselor", "Linh Chen")
    page.get_by_role("button", name="Admit", exact=True).click()
    is_told(page, "Admitted.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lucía")
    is_fine(page)
    by_staff = [one for one in cost.fields if not one.startswith("/consent/")]
    assert len(by_staff) <= STAFF_FIELDS, str(cost)
    assert len({one.split()[0] for one in by_staff}) <= STAFF_SCREENS, str(cost)


def draw(page) -> None:
    """A signature drawn with the pointer."""
    box = page.locator(".pad svg:not(.icon)").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 80)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + step * 20, box["y"] + 60 + (step % 3) * 20)
    page.mouse.up()


def choose_first(page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(re.compile(rf"^{answer}")).first.check()


def test_4_the_counselor_writes_and_signs_the_plan_and_places_the_week(page, found):
    sign_in_as(page, "Linh Chen")
    go(page, "Clients")
    page.get_by_role("link", name=re.compile("Ferrer")).first.click()
    is_fine(page)
    found["chart"] = page.url
    press(page, "Write the plan")
    is_fine(page)
    page.get_by_label("In the client’s own words").first.fill("I want to put Alma to bed sober every night.")
    page.get_by_label("Steps we can see and count").first.fill("Seven sober evenings in a row\nOne call a day to Inés")
    today = datetime.now(ZONE).weekday()
    page.get_by_label("What", exact=True).first.select_option("job")
    days = page.get_by_role("group", name="Days").first
    for name in ("Mon", "Tue", "Wed", "Thu", "Fri"):
        days.get_by_label(name).check()
    page.get_by_label("From").first.fill("09:00")
    page.get_by_label("To", exact=True).first.fill("16:30")
    page.get_by_label("What", exact=True).nth(1).select_option("child-care")
    page.get_by_role("group", name="Days").nth(1).get_by_role("checkbox").nth(today).check()
    page.get_by_label("From").nth(1).fill("17:00")
    page.get_by_label("To", exact=True).nth(1).fill("21:00")
    is_fine(page)
    press(page, "Keep the draft")
    is_told(page, "The draft is kept.")
    is_fine(page)
    press(page, "Sign the plan")
    is_told(page, "The plan is signed.")
    is_fine(page)
    page.get_by_role("link", name="Week after").click()
    is_fine(page)
    page.get_by_role("button", name=re.compile(r"^Book (this|these)")).first.click()
    page.wait_for_load_state("load")
    is_told(page, "booked")
    is_fine(page)
    page.goto(found["chart"])
    press(page, "Week")
    page.get_by_role("link", name="Week after").click()
    says(page, re.compile(r"[1-9][0-9.]* of 9 hours booked"))
    says(page, "Relapse Prevention")
    is_fine(page)
    found["week"] = page.url


def test_5_the_week_is_read_and_printed(page, found):
    sign_in_as(page, "Linh Chen")
    page.goto(found["week"])
    link = page.get_by_role("main").get_by_role("link", name="Print").get_attribute("href")
    answer = page.request.get(link)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    document = pikepdf.open(BytesIO(answer.body()))
    assert document.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in document.Root
    assert str(document.Root.Lang) == "es", "the client reads it at home"


def test_6_the_group_meets_and_is_checked_in(page, program, found):
    episode = re.search(r"/client/([0-9a-f-]{36})/", found["week"])[1]
    found["session"] = program.run("-m", "tests.journeys.harness.meeting", episode, LEAD).strip()
    sign_in_as(page, LEAD)
    is_fine(page)
    cost = counting(page)
    cost.click(page.locator(".live").get_by_role("link", name="Check in"))
    page.wait_for_load_state("load")
    is_fine(page)
    cost.click(page.get_by_role("button", name="Start check-in"))
    is_fine(page)
    people = page.locator(".seats > li").count()
    page.get_by_role("button", name=re.compile("^Lucía")).click()
    expect(page.locator(".clock")).to_contain_text(f"1 of {people} here")
    cost.click(page.get_by_role("button", name="Everyone here"))
    expect(page.locator(".clock")).to_contain_text(f"{people} of {people} here")
    is_fine(page)
    assert cost.clicks <= ROLL_CLICKS, str(cost)
    found["people"] = people
    page.get_by_text("End group", exact=True).click()
    is_fine(page)
    page.get_by_role("button", name="End group, write the note").click()
    expect(page).to_have_url(re.compile("/notes/"))
    is_fine(page)


def test_7_the_note_has_a_line_for_each_and_is_signed(page, found):
    sign_in_as(page, LEAD)
    go(page, "Notes")
    is_fine(page)
    page.goto(f"/notes/{found['session']}/")
    page.get_by_label("What we did").fill(
        "Mapped the next ten days and marked the evenings that are hard. Each chose one step."
    )
    lines = page.locator(".lines li.line:not(.absent)")
    assert lines.count() == found["people"]
    for place, line in enumerate(lines.all()):
        line.get_by_role("radiogroup", name="Took part").get_by_role("radio").nth(1).check()
        line.get_by_role("radiogroup", name="Response").get_by_role("radio").first.check()
        line.get_by_role("textbox").fill(OWN_WORDS[place % len(OWN_WORDS)])
    is_fine(page)
    page.get_by_role("button", name=f"Sign all {found['people']}").click()
    page.wait_for_load_state("load")
    says(page, "unchanged since")
    says(page, f"{LEAD}, LCSW")
    is_fine(page)


OWN_WORDS = (
    "Named payday as the hard evening and asked her sister to stay.",
    "Will text before driving past the old corner.",
    "Practiced saying no to a cousin, twice, out loud.",
    "Wrote an if-then plan for Sunday and read it to the group.",
    "Slept four nights of six hours; wants to keep the phone outside.",
    "Offered a ride on Thursdays to a newer member.",
    "Asked what to tell the manager; tried two sentences.",
    "Listened first, then shared one worry about the weekend.",
    "Found that walking home the long way helps.",
    "Brought the log; cravings fell from seven to three.",
    "Called the sponsor twice this week and will call again.",
    "Chose breathing before the bus as the first step.",
)


def test_8_the_chart_shows_it_all(page, found):
    sign_in_as(page, "Linh Chen")
    page.goto(found["chart"])
    is_fine(page)
    says(page, "Penicillin")
    says(page, "I want to put Alma to bed sober every night.")
    page.get_by_role("link", name="Everything").click()
    is_fine(page)
    for moment in (
        "Referral: received", "Referral: contacted", "Referral: screened", "Assessed; 2.1 recommended",
        "Level of care 2.1 decided", "Consent to treatment: signed", "(42 CFR Part 2): signed",
        "Admitted to level 2.1", "Treatment plan signed, version 1", "Came to Relapse Prevention",
        "Note signed: Relapse Prevention",
    ):  # fmt: skip
        says(page, moment)
    expect(page.locator("header.person")).to_contain_text(re.compile(r"0?\.[0-9]+ of 9|[1-9] of 9|0 of 9"))


def test_9_the_chain_of_the_ledger_holds(program):
    assert "whole" in program.command("verify").lower()
