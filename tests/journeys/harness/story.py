"""Sentences the stories are told in."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.harness.looks import is_fine


def sign_in_as(page: Page, name: str) -> Page:
    """Come in through the demo's welcome page as one of its people; ends on Today."""
    page.context.clear_cookies()
    page.goto("/welcome/")
    page.get_by_role("button", name=re.compile(rf"\b{re.escape(name)}\b")).first.click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    return page


def go(page: Page, place: str) -> None:
    """Follow one entry of the main navigation."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=place, exact=True).click()
    page.wait_for_load_state("load")


def press(page: Page, words: str) -> None:
    """Press the one button, or follow the one link, with these words, in the main part of the page."""
    main = page.get_by_role("main")
    main.get_by_role("button", name=words, exact=True).or_(
        main.get_by_role("link", name=words, exact=True)
    ).first.click()
    page.wait_for_load_state("load")


def choose(page: Page, question: str, answer: str) -> None:
    """Answer a question that offers chips."""
    group = page.get_by_role("group", name=question).or_(page.get_by_role("radiogroup", name=question)).first
    group.get_by_label(answer, exact=True).check()


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """The page's main part says so."""
    expect(page.get_by_role("main")).to_contain_text(words)


def is_told(page: Page, words: str) -> None:
    """A toast says so."""
    expect(page.locator(".toasts")).to_contain_text(words)


__all__ = ["choose", "go", "is_fine", "is_told", "press", "says", "sign_in_as"]
