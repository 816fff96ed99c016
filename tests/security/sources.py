"""The program's own code, read and parsed once for the tests that look through all of it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2] / "daybridge"


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    """(path inside the house, syntax tree) of every module but tests and migrations."""
    found = (path for path in ROOMS.rglob("*.py") if not {"tests", "migrations"} & set(path.parts))
    return tuple((path.relative_to(ROOMS).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in found)


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    """Every call that stands in the code, with its module."""
    return tuple((path, node) for path, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call))


def imports() -> Iterator[tuple[str, str]]:
    """Every module and name that is imported, with the module that does."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((path, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield path, node.module
                yield from ((path, f"{node.module}.{name.name}") for name in node.names)
