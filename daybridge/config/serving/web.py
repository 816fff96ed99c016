"""The web child: granian with our WSGI application. `python -m daybridge.config.serving.web HOST PORT WORKERS`."""

import logging
import sys

from granian import Granian
from granian.constants import Interfaces

from daybridge.config.serving import lifeline


def main(host: str, port: int, workers: int) -> None:
    server = Granian(
        "daybridge.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        respawn_failed_workers=True,
        workers_kill_timeout=lifeline.GRACE_SECONDS,  # a slow reader must not hold up the end
        websockets=False,
        log_level="warning",
    )
    lifeline.hold_on_to_parent()
    server.serve()


if __name__ == "__main__":
    logging.captureWarnings(True)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
