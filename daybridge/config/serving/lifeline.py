"""A child of `serve` that loses its parent ends itself, and its whole process group after twenty seconds."""

import os
import signal
import threading
import time

GRACE_SECONDS = 20


def hold_on_to_parent() -> None:
    """Watch the parent from a thread. Call it when the child has made its own children."""
    parent = int(os.environ.get("DAYBRIDGE_PARENT", "0"))
    if parent:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)
