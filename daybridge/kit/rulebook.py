"""Thresholds as data: versioned rows with a unit, a source and the day they hold from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One threshold. `source` says where it comes from, `since` from which day it holds."""

    id: str
    title: str
    value: int | float | str | bool
    unit: str
    source: str
    since: date


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A frozen set of rows; decisions store `version` ("attendance@2026.1")."""

    id: str
    release: str
    rows: Mapping[str, Row] = field(default_factory=dict)

    @property
    def version(self) -> str:
        return f"{self.id}@{self.release}"

    def number(self, row_id: str) -> int:
        """The whole-number value of a row; KeyError for an unknown id, TypeError for another kind of value."""
        value = self.rows[row_id].value
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{row_id} is not a whole number")
        return value

    def source(self, row_id: str) -> str:
        return self.rows[row_id].source


def load(path: Path) -> Rulebook:
    """Read a rulebook file: `id`, `release` and `[[row]]` tables with id, title, value, unit, source, since."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = {row["id"]: Row(**row) for row in data["row"]}
    if len(rows) != len(data["row"]):
        raise ValueError(f"{path.name}: a row id is used twice")
    return Rulebook(id=data["id"], release=data["release"], rows=rows)
