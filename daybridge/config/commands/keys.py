"""Look after the keys: show which are in use, or change them while the program is being served."""

import argparse

from daybridge.config import ready
from daybridge.config.commands import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["show", "rotate"], help="show them (never their contents), or make a new one")
    parser.add_argument("--master", action="store_true", help="rotate the master key instead of the data key")
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    ready.program()
    told = (_rotate if args.act == "rotate" else _show)(args)
    if args.json:
        output.data(told)
    return 0


def _show(args: argparse.Namespace) -> dict[str, object]:
    from daybridge.audit import checkpoints
    from daybridge.vault import keyring, resealing

    ring, waiting = keyring.ring(), resealing.waiting()
    if not args.json:
        output.answer(f"Data key {ring.current} is in use; this home holds {len(ring.keys)}.")
        output.answer(
            f"{waiting} values are sealed with an earlier one." if waiting else "Everything is sealed with it."
        )
        output.answer(f"Checkpoints are known by this public key: {checkpoints.public_key()}")
    return {"key": ring.current, "keys": sorted(ring.keys), "waiting": waiting, "public_key": checkpoints.public_key()}


def _rotate(args: argparse.Namespace) -> dict[str, object]:
    from django.utils import timezone

    from daybridge.access.gates import COMMAND_LINE
    from daybridge.config import rotating

    if args.master:
        rotating.master_key(by=COMMAND_LINE, at=timezone.now())
        output.say("There is a new master key. Make a backup: older ones hold the key before.")
        return {"master": True}
    done = rotating.data_key(by=COMMAND_LINE, at=timezone.now(), on_progress=output.Bar("Sealing anew"))
    if done.went_on:
        output.say("An earlier rotation had been interrupted; it is finished now.")
    output.say(f"Data key {done.key} is in use; {done.resealed} values were sealed anew with it. Make a backup.")
    return {"key": done.key, "resealed": done.resealed, "went_on": done.went_on}
