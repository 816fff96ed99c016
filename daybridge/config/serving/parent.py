"""The parent: starts the children, starts again what died, ends both when told to."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.db import Error, connection
from django.utils import timezone

from daybridge.config.serving.child import Child, deadline
from daybridge.jobs import runners
from daybridge.jobs.actions import guarding

LOG = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
BEAT_SECONDS = 10


class Parent:
    """Watches over `web` (or none) and the job cluster."""

    def __init__(self, web: Child | None) -> None:
        self.web, self.cluster = web, Child("cluster")
        self.told_to_end = threading.Event()

    def run(self, on_start: Callable[[], None]) -> None:
        """Serve until SIGINT or SIGTERM; then nothing of it is left."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        try:
            self._write(guarding.release_gone)
            for child in self._children():
                child.start()
            on_start()
            self._watch()
        finally:
            self._end()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.told_to_end.set()

    def _children(self) -> list[Child]:
        return [child for child in (self.web, self.cluster) if child is not None]

    def _watch(self) -> None:
        next_beat = 0.0
        while not self.told_to_end.wait(LOOK_SECONDS):
            if self.web is not None and not self.web.is_alive:
                LOG.error("the web server ended; it is started again")
                self.web.kill()
                self.web.start()
            if not self.cluster.is_alive:
                self._start_cluster_anew()
                next_beat = 0.0
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + BEAT_SECONDS
                self._beat()

    def _start_cluster_anew(self) -> None:
        LOG.error("the job cluster ended; it is started again")
        self.cluster.kill()
        self._release()
        self.cluster.start()

    def _beat(self) -> None:
        runner = runners.name(self.cluster.group)
        self._write(guarding.beat, runner=runner)
        self._write(guarding.sweep)
        if self._write(guarding.is_stuck, runner=runner) and time.monotonic() - self.cluster.started > 30:
            LOG.error("jobs wait and nobody works: the cluster is stuck")
            self.cluster.kill()

    def _release(self) -> None:
        self._write(guarding.release, runner=runners.name(self.cluster.group))

    def _write(self, act: Callable, **given: object) -> object:
        """One of the guard's small writes; a database that is away for a while does not end the parent."""
        try:
            return act(at=timezone.now(), **given)
        except Error:
            LOG.warning("the guard could not reach the database")
            connection.close()
            return None

    def _end(self) -> None:
        for child in self._children():
            child.ask_to_end()
        until = deadline()
        for child in self._children():
            child.end(until)
        if self.cluster.group:
            self._release()
        connection.close()
