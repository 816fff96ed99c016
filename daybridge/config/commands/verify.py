"""Prove the ledger's chain: how many entries it has, and the first broken link if there is one."""

import argparse

from daybridge.config import ready
from daybridge.config.commands import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    ready.program()
    from daybridge.audit import queries

    proof = queries.verify()
    words = f"{proof.entries} entries, the chain is whole."
    if proof.broken:
        words = f"The chain is broken at entry {proof.broken['seq']}: {proof.broken['what']}."
    if args.json:
        output.data({"entries": proof.entries, "broken": proof.broken, "ok": proof.ok})
        output.say(words)
    else:
        (output.answer if proof.ok else output.say)(words)
    return 0 if proof.ok else 1
