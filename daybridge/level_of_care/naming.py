"""Levels, dimensions and findings in plain words, read from data. Pure but for translation."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Level:
    """A level of care: code, name, weekly hours and one sentence."""

    code: str
    name: str
    hours: str
    words: str

    @property
    def title(self) -> str:
        return f"{self.code} {self.name}" if self.code[0].isdigit() else self.name

    @property
    def short(self) -> str:
        """For a button: the code, or the name of a level that has none."""
        return self.code if self.code[0].isdigit() else self.name


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that is rated; `anchors` are the words for 0 to 4."""

    id: str
    name: str
    about: str
    anchors: tuple[str, ...]


FINDINGS: Mapping[str, str | Promise] = {
    "imminent_danger": _("Is anyone in danger right now?"),
    "needs_24h_supervision": _("Does somebody have to be there day and night?"),
    "withdrawal_management": _("Where does withdrawal have to be managed?"),
    "unstable_medical_condition": _("Is a medical condition unstable?"),
    "meal_support_needed": _("Does eating need support at meals?"),
    "psychosis_or_mania_blocks_groups": _("Does psychosis or mania keep them out of groups now?"),
    "safe_home": _("Is home safe?"),
    "supportive_home": _("Do people at home help?"),
    "transport": _("Can they get here?"),
    "motivation": _("How much do they want this?"),
    "co_occurring": _("Mental health and substance use together?"),
    "on_moud": _("On medication for opioid use disorder?"),
    "obligations": _("What else claims their time?"),
    "stepping_down_from": _("Stepping down from"),
    "no_progress_at": _("Tried without progress"),
    "wants_level": _("The level they want"),
}
OVERRIDES: Mapping[str, str | Promise] = {
    "judgment": _("Clinical judgment"),
    "preference": _("The client prefers it"),
    "not-available": _("The recommended level is not available"),
    "waitlist": _("The wait would be too long"),
    "distance": _("Too far away"),
    "cost": _("Cost"),
    "payer": _("The payer does not cover it"),
    "legal": _("A court or agency requires it"),
    "declined": _("The client declines the recommended level"),
}


@cache
def levels() -> Mapping[str, Level]:
    data = tomllib.loads((HERE / "levels.toml").read_text(encoding="utf-8"))
    return {row["code"]: Level(**row) for row in data["level"]}


@cache
def dimensions() -> tuple[Dimension, ...]:
    data = tomllib.loads((HERE / "dimensions.toml").read_text(encoding="utf-8"))
    return tuple(Dimension(row["id"], row["name"], row["about"], tuple(row["anchors"])) for row in data["dimension"])


def fact(name: str) -> str:
    """What a fact of a case is called on a page."""
    rated = {one.id: one.name for one in dimensions()}
    return str(rated.get(name) or FINDINGS.get(name, name))
