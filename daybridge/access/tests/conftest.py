"""Rate limits live in the cache: every test starts with an empty one."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()
