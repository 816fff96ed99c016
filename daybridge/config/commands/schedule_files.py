"""Files of `daybridge schedule`: JSON in and out, plain or packed, refused in a sentence."""

import gzip
import json
import re
import zlib
from pathlib import Path
from typing import Any

from daybridge.kit.errors import BadInput, CannotRun, Problem

LARGEST = 500_000_000
"""Bytes of JSON taken at most, unpacked."""


def load(name: str) -> Any:
    """The JSON in a file; `.gz` is unpacked. Raises CannotRun if it cannot be read, BadInput if it is no JSON."""
    try:
        with gzip.open(name) if name.endswith(".gz") else Path(name).open("rb") as file:
            data = file.read(LARGEST + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BadInput("“{name}” is not packed with gzip.", name=name) from None
    except OSError as error:
        raise CannotRun("“{name}” cannot be read: {why}.", name=name, why=error.strerror) from None
    if len(data) > LARGEST:
        raise BadInput("“{name}” is too large.", name=name)
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        where = (Problem(f"line {error.lineno}", f"{error.msg} (column {error.colno})."),)
        raise BadInput("“{name}” is not JSON.", where, name=name) from None
    except (UnicodeDecodeError, RecursionError):
        raise BadInput("“{name}” is not JSON in UTF-8.", name=name) from None


def save(name: str, value: object) -> None:
    """Write JSON; `.gz` is packed, always to the same bytes. Raises CannotRun if it cannot be written."""
    data = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    try:
        Path(name).write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    except OSError as error:
        raise CannotRun("“{name}” cannot be written: {why}.", name=name, why=error.strerror) from None


def lines_of(name: str, ids: set[str]) -> dict[str, int]:
    """On which line of a file each of these ids is first given to something, where the file has more than one line."""
    with gzip.open(name) if name.endswith(".gz") else Path(name).open("rb") as file:
        lines = file.read(LARGEST).decode().splitlines()
    found: dict[str, int] = {}
    for number, line in enumerate(lines if len(lines) > 2 else (), 1):
        for one in re.findall(r'"id":\s*"([^"]+)"', line):
            if one in ids:
                found.setdefault(one, number)
    return found


def problem(name: str) -> Any:
    """The instance in a file. Raises BadInput with every contradiction, its path and its line."""
    from daybridge.scheduling import solver

    problem = solver.Problem.from_json(load(name))
    issues = solver.validate(problem)
    if issues:
        lines = lines_of(name, {part for one in issues for part in one.path.split(".")})
        told = tuple(Problem(_where(one.path, lines), f"{one.code} {one.value}".strip()) for one in issues)
        raise BadInput("“{name}” contradicts itself.", told, name=name)
    return problem


def _where(path: str, lines: dict[str, int]) -> str:
    """The path, and the line of the innermost thing in it that has an id."""
    line = next((lines[part] for part in reversed(path.split(".")) if part in lines), None)
    return path if line is None else f"line {line}, {path}"
