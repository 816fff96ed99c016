"""Recommend a level of care for the facts of CASE.json, with reasons. Advice: a clinician decides."""

import argparse
import json
import sys
from pathlib import Path

from daybridge.config.commands import output
from daybridge.kit.errors import BadInput, CannotRun, Problem
from daybridge.level_of_care import rules

LARGEST = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE.json", help="the facts; - reads standard input")
    output.wants_json(parser)


def run(args: argparse.Namespace) -> int:
    case = rules.Case.from_json(_read(args.case))
    told = rules.recommend(case, rules.load_book()).to_json()
    if args.json:
        output.data(told)
    else:
        output.answer(_words(told))
    return 0


def _read(name: str) -> object:
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _start(Path(name))
    except OSError as error:
        raise CannotRun("“{name}” cannot be read: {why}.", name=name, why=error.strerror) from None
    if len(data) > LARGEST:
        raise BadInput("“{name}” is too large to be a case.", name=name)
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        where = (Problem(f"line {error.lineno}", f"{error.msg} (column {error.colno})."),)
        raise BadInput("“{name}” is not JSON.", where, name=name) from None
    except (UnicodeDecodeError, RecursionError):
        raise BadInput("“{name}” is not JSON in UTF-8.", name=name) from None


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _words(told: dict) -> str:
    lines = [f"Recommended: level {told['recommended']}"]
    lines += [f"  because {one['text']} ({one['source']})" for one in told["reasons"]]
    if told["acceptable"]:
        lines.append(f"Acceptable: {', '.join(told['acceptable'])}")
    lines += [f"  against: {one['text']} ({one['source']})" for one in told["against"]]
    lines += [f"First: {one}" for one in told["first"]]
    lines += [f"Support: {one['text']}" for one in told["supports"]]
    if told["missing"]:
        lines.append(f"Could change the answer: {', '.join(told['missing'])}")
    return "\n".join([*lines, f"Rulebook {told['rulebook']}"])
