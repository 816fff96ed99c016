"""Serving starts, answers, and ends without leaving a process behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home: Path) -> dict[str, str]:
    given = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return given | {"DAYBRIDGE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "daybridge.config.settings"}


def daybridge(home: Path, *words: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "daybridge.config.cli", *map(str, words)]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("serving")
    words = ["--name", "Harbor", "--timezone", "America/New_York", "--admin-email", "a@example.org"]
    assert daybridge(folder, "init", *words).returncode == 0
    return folder


@pytest.fixture
def served(home):
    port = free_port()
    command = [sys.executable, "-m", "daybridge.config.cli", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(
        command, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    said = process.stdout.readline()
    yield process, port, said
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=25)
    process.stdout.close()


def family(pid: int) -> list[int]:
    """A process's descendants, as the kernel knows them."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    born = [int(one) for one in path.read_text().split()] if path.exists() else []
    return born + [one for child in born for one in family(child)]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(pids: list[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(map(is_alive, pids))


def test_it_answers_keeps_its_home_to_itself_and_ends_without_orphans(home, served):
    process, port, said = served
    assert f"http://127.0.0.1:{port}/" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=10) as answer:
        assert json.load(answer)["status"] == "ok"
    second = daybridge(home, "serve", "--port", free_port())
    assert (second.returncode, second.stderr) == (2, "This home is being served already.\n")
    worker = {one["check"]: one["state"] for one in json.loads(daybridge(home, "doctor", "--json").stdout)}["worker"]
    assert worker == "ok"
    assert daybridge(home, "backup").returncode == 0
    everybody = family(process.pid)
    assert len(everybody) >= 7
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=25) == 0
    assert gone_within(everybody, 2)


def test_nobody_outlives_a_parent_that_was_killed(served):
    process, _port, _said = served
    everybody = family(process.pid)
    process.kill()
    process.wait()
    assert gone_within(everybody, 15)


def test_a_port_in_use_is_one_sentence(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = daybridge(home, "serve", "--port", taken.getsockname()[1])
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "address already in use" in done.stderr
