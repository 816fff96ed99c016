"""The browser stories of a worker share one program and one browser; a file stays with one worker."""

import os

import pytest

from tests.journeys.harness import chromium
from tests.journeys.harness.looks import DESK, listen
from tests.journeys.harness.served import served

SIZE = {"clients": 16, "weeks": 3}


def pytest_itemcollected(item):
    if str(item.path).startswith(os.path.dirname(__file__)):
        item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def browser():
    if chromium.path() is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(chromium.NONE)
        pytest.skip(chromium.NONE)
    with chromium.chromium() as one:
        yield one


@pytest.fixture(scope="package")
def program(browser):
    with served(**SIZE) as one:
        _served.append(one)
        yield one
        _served.clear()


_served = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Show what the server said when a story ends badly."""
    report = yield
    if report.failed and _served and str(item.path).startswith(os.path.dirname(__file__)):
        said = (_served[0].home / "serve.log").read_text(encoding="utf-8", errors="replace")
        report.sections.append(("the server's last words", said[-4000:]))
    return report


@pytest.fixture
def open_page(browser, program):
    """Open a page in a context of its own; keywords go to the context (viewport, color_scheme, java_script_enabled)."""
    contexts = []

    def open_one(**wishes):
        wishes = {"viewport": DESK, "reduced_motion": "reduce", "locale": "en-US"} | wishes
        context = browser.new_context(base_url=program.address, **wishes)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return listen(context.new_page())

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    return open_page()
