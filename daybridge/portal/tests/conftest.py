"""The clock stands still, so that a visit is at the tests' Monday morning; nobody has tried a link yet."""

import pytest
import time_machine
from django.core.cache import cache

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access


@pytest.fixture(autouse=True)
def still(now):
    cache.clear()
    with time_machine.travel(now, tick=False) as clock:
        yield clock
    cache.clear()


@pytest.fixture
def director(site):
    return access.user(Role.DIRECTOR, site)
