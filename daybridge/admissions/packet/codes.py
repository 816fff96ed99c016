"""Which condition codes mean substance use or mental health; the answer is data (codes.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from daybridge.admissions.packet.model import Category

SNOMED = "http://snomed.info/sct"
ICD10 = frozenset(
    ("http://hl7.org/fhir/sid/icd-10-cm", "http://hl7.org/fhir/sid/icd-10", "urn:oid:2.16.840.1.113883.6.90")
)
SNOMED_NAMES = frozenset((SNOMED, "urn:oid:2.16.840.1.113883.6.96"))


@dataclass(frozen=True, slots=True)
class Meaning:
    category: Category
    mark: str = ""


OTHER = Meaning(Category.OTHER)


@dataclass(frozen=True, slots=True)
class Prefix:
    start: str
    meaning: Meaning
    skip_sixth: str


def meaning(system: str, code: str) -> Meaning:
    """What one code of one system says; a code that is not listed is `other`. Source: codes.toml."""
    if system in SNOMED_NAMES:
        return _SNOMED.get(code, OTHER)
    if system not in ICD10:
        return OTHER
    plain = code.replace(".", "").upper()
    hits = [row for row in _ICD10 if plain.startswith(row.start) and not (plain[5:6] and plain[5] in row.skip_sixth)]
    return max(hits, key=lambda row: len(row.start)).meaning if hits else OTHER


def is_no_coverage(name: str) -> bool:
    """Whether a coverage name says that there is none."""
    return name.strip().casefold() in _NO_COVERAGE


_data = tomllib.loads(Path(__file__).with_name("codes.toml").read_text(encoding="utf-8"))
_NO_COVERAGE = frozenset(_data["no_coverage"])
_SNOMED = {
    code: Meaning(Category(category), _data["snomed_mark"].get(code, ""))
    for category, rows in _data["snomed"].items()
    for code in rows
}
_ICD10 = tuple(
    Prefix(row["prefix"], Meaning(Category(row["category"]), row.get("mark", "")), row.get("skip_sixth", ""))
    for row in _data["icd10"]
)
