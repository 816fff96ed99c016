"""Every role opens every page of its navigation, at a desk and on a phone, by day and by night."""

import pytest

from tests.journeys.harness.looks import DESK, PHONE, is_fine, sideways, violations
from tests.journeys.harness.story import sign_in_as

PEOPLE = {
    "intake": "Sofia Marchetti", "counselor": "Priya Raman", "director": "Dana Whitfield", "nurse": "Amina Diallo",
    "case manager": "Jo Fairchild", "peer": "Anna Brandt", "biller": "Walter Pike", "front desk": "Nora Ellis",
    "privacy officer": "Ruth Adeyemi", "administrator": "Theo Lindgren",
    "trainee": "Noah Feld", "auditor": "June Calloway", "support": "Ray Sutton",
}  # fmt: skip


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_of_the_navigation_is_fine(role, page):
    sign_in_as(page, PEOPLE[role])
    links = page.get_by_role("navigation", name="Main").get_by_role("link").all()
    places = list(dict.fromkeys(link.get_attribute("href") for link in links))
    assert len(places) >= 1, "somebody who signs in has at least one place to go"
    problems = []
    for place in places:
        answer = page.goto(place)
        if not answer or answer.status != 200:
            problems.append(f"{place} answers {answer.status if answer else 'nothing'}")
            continue
        problems += [f"{place}: {one}" for one in looked_at(page)]
    assert not problems, "\n".join(problems)


def looked_at(page) -> list[str]:
    """Desk and phone, light and dark, of the page that is open."""
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{size['width']} {scheme}: {one}" for one in violations(page)]
        found += [f"{size['width']}: {one}" for one in sideways(page)]
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("place", ["/welcome/", "/accounts/login/", "/refer/", "/gallery/"])
def test_every_public_page_is_fine(place, page):
    assert page.goto(place).status == 200
    assert looked_at(page) == []
    is_fine(page)
