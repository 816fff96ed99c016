"""The monitor's question."""

import pytest
from django.db import OperationalError
from django.test import Client as Browser

from daybridge.config import health


@pytest.mark.django_db
def test_a_monitor_needs_no_account():
    answer = Browser().get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok"})
    assert Browser().post("/health/").status_code in (403, 405)


def test_a_database_that_is_away_is_503(rf, monkeypatch):
    class Away:
        def cursor(self):
            raise OperationalError

    monkeypatch.setattr(health, "connection", Away())
    assert health.health(rf.get("/health/")).status_code == 503
