"""Restore a backup into an empty home (and, for PostgreSQL, an empty database): all of it, proved, or nothing."""

import argparse
from pathlib import Path

from daybridge.config.commands import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--home", type=Path, required=True, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--key", type=Path, metavar="KEYFILE", help="the recovery key, unless a passphrase opens it")
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    from daybridge.config.backup import restoring

    home = args.home.resolve()
    told = restoring.restore(file=args.file, home=home, key_file=args.key)
    output.say(f"Restored {told.rows} rows; the chain of {told.head['seq']} entries is whole.")
    if args.json:
        output.data({"home": str(home), "rows": told.rows, "tables": len(told.tables), "head": told.head})
    else:
        output.answer(str(home))
    return 0
