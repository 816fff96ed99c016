"""May this leave? The gate's answer for a history of consents and a request, from files; needs no database."""

import argparse
import json
import sys
from pathlib import Path

from daybridge.config.commands import output
from daybridge.kit.errors import BadInput, CannotRun, Problem

LARGEST = 5_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="what to do", metavar="decide", required=True)
    decide = verbs.add_parser("decide", help="what of a request may leave", description=__doc__)
    decide.add_argument("history", metavar="HISTORY.json", help="consents and events; - reads standard input")
    decide.add_argument("request", metavar="REQUEST.json", help="who asks for what, what for and when")
    output.wants_json(decide)


def run(args: argparse.Namespace) -> int:
    """0 when something may leave, 1 when nothing may: the reasons are in the answer and on standard error."""
    from daybridge.consent import rules, wording
    from daybridge.consent.rules import written

    history = _of(args.history, written.history)
    request, at = _of(args.request, written.request)
    decision = rules.decide(history, request, at)
    told = written.to_json(decision, wording.notices())
    if args.json:
        output.data(told)
    else:
        output.answer(_words(told))
    if not decision.ok:
        output.say("Nothing of this may leave.")
        for reason in dict.fromkeys(one.reason for one in decision.withheld):
            output.say(f"  {reason}")
    return 0 if decision.ok else 1


def _of(name: str, read):
    """What a file says; a fault in it names the file."""
    try:
        return read(_json(name))
    except BadInput as error:
        raise BadInput("{file}: {why}", error.problems, file=name, why=str(error)) from None


def _json(name: str) -> object:
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _start(Path(name))
    except OSError as error:
        raise CannotRun("“{name}” cannot be read: {why}.", name=name, why=error.strerror) from None
    if len(data) > LARGEST:
        raise BadInput("It is too large.")
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        where = (Problem(f"line {error.lineno}", f"{error.msg} (column {error.colno})."),)
        raise BadInput("It is not JSON.", where) from None
    except (UnicodeDecodeError, RecursionError):
        raise BadInput("It is not JSON in UTF-8.") from None


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _words(told: dict) -> str:
    lines = [f"May leave: {', '.join(told['allowed']) or 'nothing'}"]
    lines += [f"  because {one['text']} ({one['source']})" for one in told["reasons"]]
    lines += [f"Stays: {one['kind']}. {one['reason']} ({one['source']})" for one in told["withheld"]]
    lines += [f"Relies on: {one}" for one in told["scope"]]
    if told["until"]:
        lines.append(f"Until: {told['until']}")
    if told["notice"]:
        lines.append(f"Send along: {told['notice']}")
    return "\n".join(lines)
