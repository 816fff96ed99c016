"""Real processes, killed with -9: every job is done, each to one effect. The watched cluster has a home of its own."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ASK = """
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from daybridge.access.gates import COMMAND_LINE
from daybridge.jobs import actions
call_command("migrate", verbosity=0)
for n in range(12):
    actions.ask(task="test.slow", key=f"slow-{n}", arguments=[], by=COMMAND_LINE, at=timezone.now())
actions.ask(task="test.deadly", key="deadly", arguments=[], by=COMMAND_LINE, at=timezone.now())
"""
MORE = """
import django; django.setup()
from django.utils import timezone
from daybridge.access.gates import COMMAND_LINE
from daybridge.jobs import actions
actions.ask(task="test.effect", key="after", arguments=[], by=COMMAND_LINE, at=timezone.now())
"""


@pytest.fixture
def home(tmp_path):
    environment = os.environ | {
        "DAYBRIDGE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "daybridge.jobs.tests.kill_settings",
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", ASK], env=environment, check=True)
    parent = subprocess.Popen([sys.executable, "-m", "daybridge.config.serving.worker"], env=environment)
    yield tmp_path, parent, environment
    parent.send_signal(signal.SIGINT)
    assert parent.wait(timeout=25) == 0


def children(pid: int) -> list[int]:
    """Read from the kernel, so that no other process is ever touched."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def workers(parent: subprocess.Popen) -> list[int]:
    """The members of the cluster: two workers, monitor, pusher; the workers come first."""
    return [one for main in children(parent.pid) for guard in children(main) for one in children(guard)][:2]


def ask_home(home: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(home / "daybridge.sqlite3", timeout=10)) as database:
        return database.execute(sql).fetchall()


def until(what, seconds: float):  # ceilings for a busy machine, not what it takes
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)
    return found


def states(home: Path) -> dict[str, str]:
    return dict(ask_home(home, "SELECT key, state FROM jobs_job"))


def kill_one(parent: subprocess.Popen) -> None:
    victim = until(lambda: len(workers(parent)) == 2 and workers(parent), 60)[0]
    os.kill(victim, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{victim}").exists(), 10)


@pytest.mark.skipif(not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(), reason="reads Linux's /proc")
def test_every_job_is_done_to_one_effect_though_workers_are_killed(home):
    folder, parent, environment = home
    until(lambda: "done" in states(folder).values(), 60)
    kill_one(parent)  # busy: twelve slow jobs and one that kills its worker are under way
    finished = {"done", "failed"}
    until(lambda: set(states(folder).values()) <= finished, 90)
    found = states(folder)
    assert found.pop("deadly") == "failed"
    assert set(found.values()) == {"done"}
    kill_one(parent)  # idle, waiting at the queue: what used to wedge the whole cluster
    subprocess.run([sys.executable, "-c", MORE], env=environment, check=True)
    until(lambda: states(folder)["after"] == "done", 60)
    effects = dict(ask_home(folder, "SELECT session_data, count(*) FROM django_session GROUP BY session_data"))
    assert effects == {**{f"slow-{n}": 1 for n in range(12)}, "after": 1}
