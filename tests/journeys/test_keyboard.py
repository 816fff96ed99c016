"""Everything by keyboard: the way into the page, the palette, the board."""

import re

from playwright.sync_api import expect

from tests.journeys.harness.looks import is_fine
from tests.journeys.harness.story import sign_in_as

FOCUS = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {tag: one.tagName, words: (one.innerText || one.getAttribute("aria-label") || "").trim(), height: box.height,
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
        seen: !top || one.contains(top) || top.contains(one)};
}"""


def test_the_first_tab_leads_past_the_navigation(page):
    sign_in_as(page, "Priya Raman")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_the_palette_finds_a_client_and_enter_opens_the_chart(page):
    sign_in_as(page, "Priya Raman")
    page.goto("/clients/")
    name = page.locator("tbody th a").first.inner_text()
    page.keyboard.press("Control+k")
    expect(page.locator("[data-palette-dialog] input")).to_be_focused()
    page.keyboard.type(name.split()[-1].strip(",.") if "," not in name else name.split(",")[0])
    expect(page.locator("[data-palette-dialog] .results a").first).to_contain_text(name.split()[0].strip(","))
    is_fine(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
    is_fine(page)


def test_escape_closes_the_palette(page):
    sign_in_as(page, "Priya Raman")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("[data-palette-dialog]")).not_to_be_visible()


def test_the_board_is_walked_with_tab_and_every_stop_shows_its_ring(page):
    sign_in_as(page, "Sofia Marchetti")
    page.goto("/admissions/")
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
        assert stop["ring"], f"no ring around “{stop['words']}”"
        assert stop["seen"], f"something covers “{stop['words']}”"
    words = [stop["words"] for stop in stops]
    assert "New referral" in words
    slips = page.locator(".slip h3 a").all_inner_texts()
    assert slips
    assert slips[0] in words


def test_j_and_enter_open_a_card_of_the_board(page):
    sign_in_as(page, "Sofia Marchetti")
    page.goto("/admissions/")
    page.keyboard.press("j")
    expect(page.locator(".slip h3 a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/admissions/[0-9a-f-]{36}/"))
