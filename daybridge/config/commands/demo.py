"""Build a demo program by simulation, through the actions staff use. The same seed makes the same program."""

import argparse
import json
from pathlib import Path

from daybridge.config import ready
from daybridge.config.commands import output
from daybridge.kit.errors import Refused

STAMP = "demo.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clients", type=_number(1, 20_000), default=60, help="clients (60)")
    parser.add_argument("--weeks", type=_number(1, 520), default=12, help="weeks the program has run (12)")
    parser.add_argument("--seed", type=int, default=7, help="which of the possible programs (7)")
    parser.add_argument("--home", type=Path, help="where to build it (default: DAYBRIDGE_HOME)")
    output.wants_json(parser)


def _number(least: int, most: int):
    def number(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"a whole number from {least} to {most} is expected")
        return int(text)

    return number


def run(args: argparse.Namespace) -> int:
    wanted = {"clients": args.clients, "weeks": args.weeks, "seed": args.seed}
    ready.use_home(args.home)
    ready.django()
    stamp = _stamp()
    if ready.has_tables() and _is_taken(stamp, wanted):
        return _tell("The demo program is here already.", wanted, args)
    ready.database()
    _build(wanted)
    stamp.write_text(json.dumps(wanted), encoding="ascii")
    return _tell("The demo program is built. Start it with “daybridge serve”.", wanted, args)


def _stamp() -> Path:
    from django.conf import settings

    return Path(settings.HOME) / STAMP


def _is_taken(stamp: Path, wanted: dict) -> bool:
    """Whether this very demo is here; CannotRun, Refused for anything else that is here."""
    from django.db import connection

    from daybridge.access.models import Program

    if Program._meta.db_table not in connection.introspection.table_names() or not Program.objects.exists():
        return False
    if stamp.exists() and json.loads(stamp.read_text(encoding="ascii")) == wanted:
        return True
    if not Program.objects.filter(is_demo=True).exists():
        raise Refused("This home holds a real program. Build the demo elsewhere: --home DIR.")
    raise Refused("This home holds another demo, or one that was interrupted. Choose another --home, or remove it.")


def _build(wanted: dict) -> None:
    from django.utils import timezone

    from daybridge.simulation import actions

    bar = output.Bar("Living through the program")
    actions.build(size=actions.Size(**wanted), now=timezone.now(), on_progress=bar)


def _tell(words: str, wanted: dict, args: argparse.Namespace) -> int:
    from django.conf import settings

    output.say(words)
    if args.json:
        output.data({**wanted, "home": str(settings.HOME)})
    return 0
