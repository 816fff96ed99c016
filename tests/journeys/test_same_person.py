"""The same person twice: found by the machine, joined by a click, taken back by another."""

import json
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.harness.looks import is_fine
from tests.journeys.harness.story import go, is_told, press, says, sign_in_as

PACKET = json.loads(Path(__file__).with_name("packet.json").read_text(encoding="utf-8"))
NAME = "Tomás Quilapán"


def packet(name: str, record: str) -> dict:
    """The packet of a man whose number differs from hospital to hospital, as a file to upload."""
    body = json.loads(json.dumps(PACKET))
    patient = body["entry"][0]["resource"]
    patient |= {"name": [{"family": "Quilapán", "given": ["Tomás"]}], "gender": "male", "birthDate": "1984-12-02"}
    patient["telecom"] = [{"system": "phone", "value": "(212) 555-0188"}]
    patient["identifier"] = [{"system": f"https://{record}.example", "value": record}]
    return {"name": name, "mimeType": "application/json", "buffer": json.dumps(body).encode()}


def test_a_person_who_comes_twice_is_compared_and_joined(page):
    sign_in_as(page, "Sofia Marchetti")
    first, second = packet("mercy.json", "mercy-1"), packet("county.json", "county-7")
    upload(page, first)
    upload(page, first)
    says(page, "We have this file already; nothing was stored again.")
    upload(page, second)
    is_fine(page)
    press(page, "Same person?")
    says(page, NAME)
    is_fine(page)
    press(page, "Same person")
    is_told(page, "Joined: one person.")
    is_fine(page)
    page.locator(".toasts").get_by_role("button", name="Undo").click()
    is_told(page, "The answer is taken back.")
    press(page, "Same person")
    is_told(page, "Joined: one person.")
    go(page, "Admissions")
    expect(page.locator(".slip", has_text=NAME)).to_have_count(2)
    is_fine(page)


def upload(page, file: dict) -> None:
    go(page, "Admissions")
    press(page, "Upload packets")
    page.get_by_label("Packets").set_input_files(file)
    press(page, "Take them in")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"What became of each file"))
