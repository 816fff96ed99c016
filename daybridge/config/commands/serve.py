"""Serve the program and run its background work. Ctrl-C ends it."""

import argparse
import fcntl
import os
import socket
import sys
import time
from typing import IO

from daybridge.config import ready
from daybridge.config.commands import output
from daybridge.kit.errors import CannotRun

START_SECONDS = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="port (8000)")
    parser.add_argument("--workers", type=_workers, default=os.cpu_count() or 1, help="web processes (one a core)")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("a port from 1 to 65535 is expected")
    return int(text)


def _workers(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError("a number from 1 to 64 is expected")
    return int(text)


def run(args: argparse.Namespace) -> int:
    _check_port(args.host, args.port)
    os.environ.setdefault("DAYBRIDGE_ADDRESS", f"http://{args.host}:{args.port}")  # how links in letters begin
    ready.django()
    lock = _lock_home()
    _prepare()
    found = ready.program()
    from daybridge.config.serving import schedules
    from daybridge.config.serving.child import Child
    from daybridge.config.serving.parent import Parent

    schedules.keep(found.timezone)
    web = Child("web", args.host, str(args.port), str(args.workers))
    with lock:
        Parent(web).run(lambda: _tell(args, found))
    output.say("Daybridge has ended.")
    return 0


def _lock_home() -> IO[str]:
    """Hold the home while serving it; the lock goes with the process, however it ends."""
    from django.conf import settings

    os.environ["DAYBRIDGE_HOME"] = str(settings.HOME)
    file = (settings.HOME / "serve.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise CannotRun("This home is being served already.") from None
    return file


def _prepare() -> None:
    if not ready.has_tables():
        ready.program()  # says that there is none
    if ready.database():
        output.say("The database was brought up to date.")
    from daybridge.config.serving import statics

    if statics.collect():
        output.say("Styles, scripts and icons were collected.")


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CannotRun(
            "Cannot listen on {host} port {port}: {why}. Choose another with --port.",
            host=host, port=port, why=(error.strerror or "it cannot be used").lower(),
        ) from None  # fmt: skip


def _tell(args: argparse.Namespace, found) -> None:
    """Say where it is, once it answers."""
    host = "127.0.0.1" if args.host in ("0.0.0.0", "::") else args.host
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection((host, args.port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    address = f"http://{f'[{host}]' if ':' in host else host}:{args.port}/"
    print(f"{found.name} is at {address}  (Ctrl-C ends it)", flush=True)
    if found.is_demo:
        print(f"Demo sign-ins: {address}welcome/", flush=True)
    sys.stdout.flush()
