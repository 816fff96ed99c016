"""How sensitive a datum is, by rule and not from memory: labels.toml has the classes and codes. Pure."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from daybridge.consent.rules import cells
from daybridge.consent.rules.words import Sensitivity

TABLE = Path(__file__).parents[1] / "labels.toml"
MAJORITY = 18


def sensitivities(kind: str, *, system: str = "", code: str = "", age: int | None = None) -> frozenset[str]:
    """All labels of a datum: SUD (this is a Part 2 program), what its kind says, what its code says, and minors for
    what was written while the person was under age. Source: CON-14; docs/rules/consent.md."""
    young = {Sensitivity.MINORS} if age is not None and age < MAJORITY else set()
    return (cells.read(kind).labels | {by_code(system, code)} | young) - {Sensitivity.NORMAL}


def label(kind: str, *, system: str = "", code: str = "", age: int | None = None) -> str:
    """A datum as the gate is asked for it: "diagnoses", "diagnoses:hiv", "notes:mental-health+minors"."""
    return cells.write(kind, sensitivities(kind, system=system, code=code, age=age))


def by_code(system: str, code: str) -> Sensitivity:
    """What a code says by itself; NORMAL when nothing. ICD-10 by the longest class that fits, others by the code."""
    table = _tables().get(_short(system), {})
    plain = code.strip().upper()
    ends = range(len(plain), 0, -1) if _short(system) == "icd-10" else (len(plain),)
    return next((table[plain[:end]] for end in ends if plain[:end] in table), Sensitivity.NORMAL)


def _short(system: str) -> str:
    """A code system by its short name; FHIR names it by an address."""
    known = ("icd-10", "snomed", "loinc")
    return next((one for one in known if one in system.lower()), "")


@cache
def _tables() -> Mapping[str, Mapping[str, Sensitivity]]:
    data = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        system: {code: Sensitivity(label) for label, codes in labels.items() for code in codes}
        for system, labels in data.items()
    }
