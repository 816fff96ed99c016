"""Many people act in the same second, each on a connection of their own. SQLite lets one writer in at a time."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        urlsplit(os.environ.get("DATABASE_URL", "")).scheme not in {"postgres", "postgresql"},
        reason="needs PostgreSQL; on SQLite writers stand in line anyway",
    ),
]


@pytest.fixture
def database(db):
    """The address of an empty database on the same server, gone afterwards."""
    name = f"daybridge_at_once_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_acts_of_the_same_second_wait_for_each_other_and_leave_the_week_whole(database):
    environment = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-m", "daybridge.attendance.tests.at_once"]
    ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(ran.stdout)
    assert set(found["outcomes"]) <= {"done", "refused"}
    assert found["outcomes"]["done"] > 60
    assert found["groups"] == 6
    assert found["over"] == []
    assert found["lines"] == 5
    assert found["uncredited"] == 0
    assert found["chain"] is True
