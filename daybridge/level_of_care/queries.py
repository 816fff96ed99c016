"""Determinations as pages show them, and what the rules would say of facts not kept yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from daybridge.audit import ledger
from daybridge.level_of_care import naming, rules
from daybridge.level_of_care.models import Determination
from daybridge.level_of_care.naming import Level


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of a recommendation with the rule and the source behind it."""

    text: str
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation in words."""

    level: Level
    others: tuple[Level, ...]
    reasons: tuple[Point, ...]
    against: tuple[Point, ...]
    supports: tuple[str, ...]
    first: tuple[str, ...]
    missing: tuple[str, ...]
    rulebook: str

    @property
    def is_emergency(self) -> bool:
        return self.level.code == "emergency"


@dataclass(frozen=True, slots=True)
class Rated:
    """One dimension of an assessment: "" for an unknown rating."""

    name: str
    rating: str
    anchor: str
    evidence: str


@dataclass(frozen=True, slots=True)
class DeterminationRow:
    """One assessment and, once decided, its decision."""

    id: UUID
    client_id: UUID
    status: str
    advice: Advice
    ratings: tuple[Rated, ...]
    assessed_by: str
    assessed_at: datetime
    decided: Level | None
    override: str
    override_reason: str
    decided_by: str
    decided_at: datetime | None

    @property
    def is_decided(self) -> bool:
        return self.decided is not None


def preview(*, case: Mapping[str, Any]) -> Advice:
    """What the rules say of a case, without keeping anything. Raises BadInput."""
    return advice(result=rules.recommend(rules.Case.from_json(case), rules.load_book()).to_json())


def latest(*, client_id: UUID, by, at: datetime) -> DeterminationRow | None:
    """The newest assessment of a person within reach; the reading is on the ledger."""
    found = _of(client_id, by).first()
    if found is None:
        return None
    ledger.read("level-of-care.read", found, by=by, at=at)
    return _row(found)


def history(*, client_id: UUID, by, at: datetime) -> list[DeterminationRow]:
    """Every assessment of a person within reach, newest first; the reading is on the ledger."""
    found = list(_of(client_id, by))
    if found:
        ledger.read("level-of-care.history", found[0], by=by, at=at)
    return [_row(one) for one in found]


def newest_case(*, client_id: UUID, since: datetime, by) -> tuple[dict[str, Any], dict[str, str]] | None:
    """Facts and evidence of the newest assessment since an instant, to begin the next one with."""
    found = _of(client_id, by).filter(assessed_at__gte=since).first()
    return (found.case, found.evidence) if found else None


def advice(*, result: Mapping[str, Any]) -> Advice:
    """A stored or fresh result of the rules, in words."""
    names = naming.levels()
    level = names[result["recommended"]]
    return Advice(
        level=level,
        others=tuple(names[code] for code in result["acceptable"] if code != level.code),
        reasons=_points(result["reasons"]),
        against=_points(result["against"]),
        supports=tuple(one["text"] for one in result["supports"]),
        first=tuple(result["first"]),
        missing=tuple(naming.fact(name) for name in result["missing"]),
        rulebook=result["rulebook"],
    )


def _points(found: list[Mapping[str, str]]) -> tuple[Point, ...]:
    return tuple(Point(one["text"], one["code"], one["source"]) for one in found)


def _of(client_id: UUID, by):
    found = Determination.objects.visible_to(by).filter(client_id=client_id)
    return found.select_related("assessed_by", "decided_by").order_by("-assessed_at", "-id")


def _row(one: Determination) -> DeterminationRow:
    return DeterminationRow(
        id=one.id, client_id=one.client_id, status=one.status, advice=advice(result=one.result), ratings=_ratings(one),
        assessed_by=one.assessed_by.name, assessed_at=one.assessed_at,
        decided=naming.levels()[one.decided_level] if one.decided_level else None,
        override=str(naming.OVERRIDES.get(one.override_code, one.override_code)), override_reason=one.override_reason,
        decided_by=one.decided_by.name if one.decided_by else "", decided_at=one.decided_at,
    )  # fmt: skip


def _ratings(one: Determination) -> tuple[Rated, ...]:
    given = one.case["dimensions"]
    return tuple(
        Rated(dimension.name, *_rating(dimension, given.get(dimension.id)), one.evidence.get(dimension.id, ""))
        for dimension in naming.dimensions()
    )


def _rating(dimension: naming.Dimension, value: int | None) -> tuple[str, str]:
    return ("", "") if value is None else (str(value), dimension.anchors[value])
