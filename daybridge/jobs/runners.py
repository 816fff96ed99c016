"""The name of a cluster: one process group on one machine."""

import os
import socket


def name(group: int | None = None) -> str:
    """ "host:group"; of this process unless another group of this machine is given."""
    return f"{socket.gethostname()[:80]}:{group or os.getpgrp()}"


def is_gone(runner: str) -> bool:
    """Whether that cluster ran on this machine and its process group has ended."""
    host, _colon, group = runner.rpartition(":")
    if host != socket.gethostname()[:80] or not group.isdigit():
        return False
    try:
        os.killpg(int(group), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
