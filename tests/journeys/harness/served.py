"""A demo program of its own, built and served as a person would: two commands, another process, either database."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.journeys.harness.places import place

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS, END_SECONDS = 120, 25


@dataclass(frozen=True, slots=True)
class Served:
    """Where the program answers, and the surroundings in which its commands run."""

    address: str
    home: Path
    surroundings: dict[str, str]

    def run(self, *arguments: str) -> str:
        """Run `python ARGUMENTS` beside the program; what it printed. An exit code other than 0 is an error."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.surroundings, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def command(self, *arguments: str) -> str:
        """Run one `daybridge` command beside the program."""
        return self.run("-m", "daybridge.config.cli", *arguments)


@contextmanager
def served(clients: int, weeks: int, seed: int = 7) -> Iterator[Served]:
    """Build a demo of this size in a fresh home, serve it on a free port, and leave nothing behind.

    For whoever writes stories: DAYBRIDGE_JOURNEY_COPY names a home with such a demo, which is copied, not built.
    """
    with place() as surroundings:
        port, home = _free_port(), Path(surroundings["DAYBRIDGE_HOME"])
        program = Served(f"http://127.0.0.1:{port}", home, surroundings)
        if built := os.environ.get("DAYBRIDGE_JOURNEY_COPY", ""):
            shutil.copytree(built, home, dirs_exist_ok=True)
        program.command("demo", "--clients", str(clients), "--weeks", str(weeks), "--seed", str(seed))
        with _serving(program, port):
            yield program


@contextmanager
def _serving(program: Served, port: int) -> Iterator[None]:
    log = program.home / "serve.log"
    command = [sys.executable, "-m", "daybridge.config.cli", "serve", "--port", str(port), "--workers", "1"]
    with log.open("wb") as told:
        process = subprocess.Popen(
            command, env=program.surroundings, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait_for(f"{program.address}/health/", process, log)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, f"The program ended:\n{log.read_text(errors='replace')}"
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"The program does not answer:\n{log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
