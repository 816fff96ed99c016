"""Write an encrypted backup of database, keys and files. It may run while the program is being served."""

import argparse
from pathlib import Path

from daybridge.config import ready
from daybridge.config.commands import output

KEEP_APART = (
    "It opens with the recovery key in keys/backup.key. Keep a copy of that key apart from the backup:\n"
    "without it nobody can open the file, and whoever has both can read everything."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FILE", help="default: a new file in the home's backups")
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    ready.program()
    from daybridge.config.backup import making, sealed

    made = making.backup(to=args.to or making.default_file())
    told = made.manifest
    output.say(f"Backup of {told.rows} rows in {len(told.tables)} tables, {made.size:,} bytes.")
    opens = KEEP_APART if made.key == sealed.RECOVERY_KEY else "It opens with your DAYBRIDGE_BACKUP_PASSPHRASE."
    output.say(opens)
    if args.json:
        head = {"seq": told.head["seq"], "mac": told.head["mac"]}
        output.data({"file": str(made.file), "bytes": made.size, "rows": told.rows, "tables": len(told.tables),
                     "head": head, "engine": told.engine, "version": told.version, "key": made.key})  # fmt: skip
    else:
        output.answer(str(made.file))
    return 0
