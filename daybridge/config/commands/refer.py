"""Take referral packets in: FHIR R4 Bundles or NDJSON (.json, .ndjson, .gz). One JSON object a file, one a line."""

import argparse
from dataclasses import asdict
from pathlib import Path

from daybridge.config import ready
from daybridge.config.commands import output
from daybridge.kit.errors import CannotRun

LARGEST = 512 << 20  # beyond the reader's own limit; here only so that a device file cannot fill the memory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="a packet")
    parser.add_argument("--site", help="the name of the site that is asked (default: the first)")
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    ready.program()
    site = _site(args.site)
    statuses = [_one(Path(name), site, args) for name in args.files]
    return 1 if "rejected" in statuses else 0


def _site(name: str | None):
    from daybridge.access.models import Site

    site = Site.objects.filter(name__iexact=name).first() if name else Site.objects.order_by("name").first()
    if site is None and name:
        raise CannotRun("There is no site called “{name}”.", name=name)
    if site is None:
        raise CannotRun("The program has no site yet.")
    return site


def _one(path: Path, site, args: argparse.Namespace) -> str:
    """Take one file in and say so at once; its status. What was read is let go before the next."""
    told = _received(path, site)
    if args.json:
        output.data(told)
    else:
        output.answer(_words(told))
    for problem in told["problems"] if args.json else ():
        output.say(f"{told['file']}: {problem['path']}: {problem['message']}")
    return told["status"]


def _received(path: Path, site) -> dict:
    from django.utils import timezone

    from daybridge.access.gates import COMMAND_LINE
    from daybridge.admissions.actions import refer

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        return _unread(path, f"The file cannot be read: {error.strerror}.")
    if len(data) > LARGEST:
        return _unread(path, "The file is too large to be a packet.")
    outcome = refer.receive_packet(site=site, name=path.name, data=data, by=COMMAND_LINE, at=timezone.now())
    return _plain(outcome, str(path))


def _plain(outcome, name: str) -> dict:
    """The outcome as the contract tells it."""
    return {
        "file": name,
        "status": outcome.status,
        "referral": str(outcome.referral) if outcome.referral else None,
        "client": asdict(outcome.client) if outcome.client else None,
        "conditions": [asdict(one) for one in outcome.conditions],
        "medications": outcome.medications,
        "allergies": outcome.allergies,
        "coverage": list(outcome.coverage),
        "problems": [asdict(one) for one in outcome.problems],
    }


def _unread(path: Path, why: str) -> dict:
    return {
        "file": str(path), "status": "rejected", "referral": None, "client": None, "conditions": [],
        "medications": 0, "allergies": 0, "coverage": [], "problems": [{"path": "", "message": why}],
    }  # fmt: skip


def _words(told: dict) -> str:
    lines = [f"{told['file']}: {told['status']}" + (f", referral {told['referral']}" if told["referral"] else "")]
    lines += [f"  {one['path']}: {one['message']}".replace("  : ", "  ") for one in told["problems"]]
    return "\n".join(lines)
