"""Prove the ledger's chain: how many entries it has, and what was done to it if it is broken."""

import argparse
import os
from pathlib import Path

from daybridge.config import ready
from daybridge.config.commands import output
from daybridge.kit.errors import CannotRun

LARGEST = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, metavar="OUT", help="write a signed checkpoint, to keep elsewhere")
    parser.add_argument("--against", type=Path, metavar="FILE", help="prove that the ledger still holds a checkpoint")
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    ready.program()
    from django.utils import timezone

    from daybridge.audit import checkpoints, queries

    point = checkpoints.read(_read(args.against)) if args.against else None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    proof = checkpoints.checked(queries.verify(processes=cores))
    if point:
        proof = checkpoints.held_against(proof, point)
    told = {"entries": proof.entries, "broken": proof.broken, "ok": proof.ok}
    if proof.ok and args.checkpoint:
        _write(args.checkpoint, checkpoints.signed(proof, at=timezone.now()))
        told["checkpoint"] = str(args.checkpoint)
    if not proof.ok:
        told["faults"] = [fault.told() for fault in proof.faults]
    if args.json:
        output.data(told)
    _say(proof, args)
    return 0 if proof.ok else 1


def _say(proof, args: argparse.Namespace) -> None:
    if proof.ok:
        tell = output.say if args.json else output.answer
        tell(f"{proof.entries} entries, the chain is whole.")
        if args.against:
            tell("The checkpoint holds: the ledger still has that entry, in that place.")
        if args.checkpoint:
            output.say(
                f"The checkpoint is in {args.checkpoint}. Keep it where nobody who runs this machine can change it."
            )
        return
    for fault in proof.faults:
        output.say(f"The chain is broken at entry {fault.seq}: {fault.what}. {fault.sentence}")
    if args.checkpoint:
        output.say("No checkpoint was written.")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise CannotRun("The checkpoint cannot be read: {why}.", why=error.strerror) from None


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CannotRun("The checkpoint cannot be written: {why}.", why=error.strerror) from None
