"""Start an empty, real program. Prints a one-time link with which its first administrator signs in."""

import argparse
import contextlib
import re
import sys
from zoneinfo import ZoneInfo

from daybridge.config import ready
from daybridge.config.commands import output
from daybridge.kit.errors import BadInput, CannotRun


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help="the program's name")
    parser.add_argument("--timezone", help="its time zone, such as America/New_York")
    parser.add_argument("--admin-email", help="e-mail address of the first administrator")
    parser.add_argument("--admin-name", default="", help="the administrator's name")
    parser.add_argument("--phone", default="", help="the number people in care call; shown on every client page")
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    name = _given(args.name, "The program's name", "--name")
    zone = _zone(_given(args.timezone, "Its time zone (such as America/New_York)", "--timezone"))
    email = _email(_given(args.admin_email, "The first administrator's e-mail address", "--admin-email"))
    ready.database()
    from django.utils import timezone

    from daybridge.access import actions

    admin = actions.NewAdmin(email=email, name=args.admin_name or email.partition("@")[0])
    with contextlib.redirect_stdout(sys.stderr):  # without a mail server the letter is printed: not into our answer
        link = actions.found_program(name=name, timezone=zone, admin=admin, at=timezone.now(), phone=args.phone[:40])
    output.say(f"“{name}” is founded. Start it with “daybridge serve”, then open this link; it works once:")
    if args.json:
        output.data({"program": name, "timezone": zone, "admin_email": email, "link": link})
    else:
        output.answer(link)
    return 0


def _given(value: str | None, question: str, option: str) -> str:
    if value is None and sys.stdin.isatty():
        print(f"{question}: ", end="", file=sys.stderr, flush=True)
        value = sys.stdin.readline()
    words = (value or "").strip()
    if not words:
        raise CannotRun("{question} is missing: give {option}.", question=question, option=option)
    if len(words) > 200:
        raise BadInput("{question} is longer than 200 characters.", question=question)
    return words


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise BadInput("“{name}” is not a time zone. Write it as America/New_York.", name=name) from None
    return name


def _email(address: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
        raise BadInput("“{address}” is not an e-mail address.", address=address)
    return address
