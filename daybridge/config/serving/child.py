"""One child process in a group of its own: started, watched, ended with everything it started."""

import contextlib
import os
import signal
import subprocess
import sys
import time

from daybridge.config.serving.lifeline import GRACE_SECONDS


class Child:
    """A module of this package run as a process; `group` is its process group."""

    def __init__(self, module: str, *arguments: str) -> None:
        self.command = [sys.executable, "-m", f"daybridge.config.serving.{module}", *arguments]
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.short_lives = 0

    @property
    def group(self) -> int:
        return self.process.pid if self.process else 0

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it anew; slower and slower when it does not live long."""
        self.short_lives = self.short_lives + 1 if time.monotonic() - self.started < 10 else 0
        time.sleep(min(10, self.short_lives // 2))
        environment = os.environ | {"DAYBRIDGE_PARENT": str(os.getpid())}
        self.process = subprocess.Popen(self.command, start_new_session=True, env=environment)
        self.started = time.monotonic()

    def ask_to_end(self) -> None:
        """SIGTERM to the leader: it knows how to end its own."""
        if self.process is not None and self.is_alive:
            self.process.terminate()

    def end(self, until: float) -> None:
        """Wait for it until then, and sweep its group away: a dead leader leaves working orphans."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the whole group, and reap the leader."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def deadline() -> float:
    return time.monotonic() + GRACE_SECONDS
