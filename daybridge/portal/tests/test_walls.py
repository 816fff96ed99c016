"""A guest reaches one client's page and nothing else in the house."""

from uuid import UUID, uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from daybridge.people.tests import factories as people
from daybridge.portal.tests import factories

pytestmark = pytest.mark.django_db
FILL = {"uuid": str(UUID(int=7)), "str": "x", "slug": "family", "int": "1", "date": "2026-03-02", "path": "x"}


def routes(patterns=None, prefix=""):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


def filled(path: str) -> str:
    out = path
    while "<" in out:
        head, _, rest = out.partition("<")
        inside, _, tail = rest.partition(">")
        out = head + FILL.get(inside.partition(":")[0], "x") + tail
    return f"/{out}"


@pytest.fixture
def browser(site, director, now):
    return factories.visit(factories.link(people.client(site), by=director, at=now))


def test_a_guest_reaches_no_staff_page(browser):
    """Every route that names a permission, with GET and with POST."""
    open_ = []
    for path, view in routes():
        if not hasattr(view, "permission"):
            continue
        for ask in (browser.get, browser.post):
            answer = ask(filled(path))
            if answer.status_code not in {302, 401, 404, 405} or (
                answer.status_code == 302 and not answer.url.startswith("/accounts/login/")
            ):
                open_.append(f"{path}: {answer.status_code}")
    assert open_ == []


OWN = ("see", "sign_draft", "copy", "copy_pdf", "letter")
ACTS = ("stop", "refuse_draft", "phone_end")


@pytest.mark.parametrize("name", OWN)
def test_what_is_not_ones_own_is_not_there(browser, name):
    answer = browser.get(reverse(f"portal:{name}", args=[uuid4()]))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_nobody_acts_on_what_is_not_their_own(browser, name):
    assert browser.post(reverse(f"portal:{name}", args=[uuid4()])).status_code == 404
