"""What every test may ask for: a site, one user per role, a signed-in browser of the test client."""

import os
from datetime import UTC, datetime

import pytest
from django.test import Client as Browser
from hypothesis import HealthCheck, settings

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access

# Every day the same few examples, so that one change means one result; more of them in CI; new ones when searching.
settings.register_profile(
    "everyday", max_examples=50, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("everyday"), max_examples=100)
settings.register_profile("search", settings.get_profile("ci"), max_examples=1000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") == "true" else "everyday"))


def pytest_addoption(parser):
    parser.addoption(
        "--write-docs", action="store_true", help="write the generated pages of docs/ instead of comparing"
    )


IN_CI = os.environ.get("CI") == "true"
POSTGRESQL_ONLY = "needs PostgreSQL"  # CI runs the suite on both databases, so this one reason is fine there
skipped: list[str] = []


def pytest_runtest_logreport(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if POSTGRESQL_ONLY not in reason or os.environ.get("DATABASE_URL"):
            skipped.append(f"{report.nodeid}: {reason}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """In CI nothing may be skipped: a machine that lacks something has to say so by failing."""
    if IN_CI and skipped and not hasattr(session.config, "workerinput"):
        print("\nskipped in CI:", *skipped, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)  # a Monday, 10:30 in New York


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def site(db):
    access.program()
    return access.site()


@pytest.fixture
def other_site(site):
    return access.site("Mill Pond")


@pytest.fixture
def users(site):
    """One user for each role at `site`, by role."""
    return {role: access.user(role, site) for role in Role}


@pytest.fixture
def sign_in(users, other_site):
    """A test browser signed in as a role of `site`; "other_site" signs in a director of another site."""

    def enter(who: str | Role) -> Browser:
        person = access.user(Role.DIRECTOR, other_site) if who == "other_site" else users[Role(who)]
        browser = Browser()
        browser.force_login(person)
        browser.user = person
        return browser

    return enter
