"""The job child: one django-q2 cluster, which ends as a whole when one of its members dies.

A worker killed while it waits at the queue holds the queue's lock for ever: nothing more is done, and the cluster does
not even end when told to. The cluster's own guard sees the death and logs it; we end the process group then, and the
parent starts a new one. Jobs that were running are freed at once and run again, to one effect.
"""

import logging
import os
import signal

from daybridge.config.serving import lifeline


class EndsTogether(logging.Handler):
    """Hears the guard say that a member died."""

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if record.levelno == logging.CRITICAL and "reincarnated" in said and "timeout" not in said:
            os.write(2, f"A job process died ({said}): the cluster starts anew.\n".encode())
            os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybridge.config.settings")
    import django

    django.setup()
    from django.utils import translation
    from django_q.cluster import Cluster

    translation.activate("en-us")  # the guard's words are read above
    log = logging.getLogger("django-q")
    log.setLevel(logging.ERROR)
    log.addHandler(EndsTogether())
    Cluster().start()
    lifeline.hold_on_to_parent()


if __name__ == "__main__":
    main()
