"""Look after the installation: each part ok, warn or bad, with the mend. Exit 1 when any is bad."""

import argparse
from dataclasses import asdict

from daybridge.config import ready
from daybridge.config.commands import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    ready.django()
    from django.utils import timezone

    from daybridge.config import doctor

    findings = doctor.examine(at=timezone.now())
    if args.json:
        output.data([{**asdict(one), "state": str(one.state)} for one in findings])
    else:
        for one in findings:
            output.answer(f"{one.state:<5}{one.check:<12}{one.says}" + (f"\n{'':17}-> {one.mend}" if one.mend else ""))
    return 1 if any(one.state is doctor.State.BAD for one in findings) else 0
