"""The packets nobody here wrote, through the command and through the browser, into a served program."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.journeys.harness import chromium
from tests.journeys.harness.looks import DESK, is_fine, listen
from tests.journeys.harness.served import served
from tests.journeys.harness.story import go, press, says, sign_in_as

PACKETS = sorted((Path(__file__).parents[2].parent / "shared" / "data" / "synthea").glob("*.json.gz"))
pytestmark = [
    pytest.mark.skipif(not PACKETS, reason="the outside packets (../shared) are not here"),
    pytest.mark.journey,
]


@pytest.fixture(scope="module")
def program():
    with served(1, 1) as one:
        yield one


def test_the_command_takes_every_packet_in_and_knows_them_again(program):
    names = [str(path) for path in PACKETS[1:]]
    first = [json.loads(line) for line in program.command("refer", "--json", *names).splitlines()]
    assert {one["status"] for one in first} <= {"received", "possible-match"}
    assert sum(len(one["conditions"]) for one in first) > len(first)
    again = [json.loads(line) for line in program.command("refer", "--json", *names).splitlines()]
    assert {one["status"] for one in again} == {"duplicate"}


def test_the_upload_takes_one_in_and_its_page_is_fine(program):
    if chromium.path() is None:
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)(chromium.NONE)
    with chromium.chromium() as browser:
        page = listen(browser.new_context(base_url=program.address, viewport=DESK, reduced_motion="reduce").new_page())
        sign_in_as(page, "Sofia Marchetti")
        go(page, "Admissions")
        press(page, "Upload packets")
        page.get_by_label("Packets").set_input_files(PACKETS[0])
        press(page, "Take them in")
        says(page, re.compile(r"\d+ conditions, \d+ medications"))
        is_fine(page)
        press(page, "Open")
        says(page, "From the packet")
        is_fine(page)
