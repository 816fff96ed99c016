"""One person's facts as the rules need them; None means nobody knows yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from daybridge.kit.errors import BadInput, Problem
from daybridge.level_of_care.rules.levels import LEVELS

DIMENSIONS = ("withdrawal", "biomedical", "mental_health", "use_risk", "environment", "readiness")
WITHDRAWAL_MANAGEMENT = ("none", "ambulatory", "residential", "hospital")
MOTIVATION = ("low", "some", "high")
OBLIGATIONS = ("work", "school", "child-care", "elder-care", "court")
YES_NO = (
    "imminent_danger",
    "needs_24h_supervision",
    "unstable_medical_condition",
    "meal_support_needed",
    "psychosis_or_mania_blocks_groups",
    "safe_home",
    "supportive_home",
    "transport",
    "co_occurring",
    "on_moud",
)
OLDEST = 120
MOST_CONCERNS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts. Ratings run from 0 (none) to 4 (severe). None means unknown, except for `stepping_down_from`,
    `no_progress_at` and `wants_level`, where it means "no such level"."""

    as_of: date | None = None
    age: int | None = None
    concerns: tuple[str, ...] = ()
    withdrawal: int | None = None
    biomedical: int | None = None
    mental_health: int | None = None
    use_risk: int | None = None
    environment: int | None = None
    readiness: int | None = None
    imminent_danger: bool | None = None
    needs_24h_supervision: bool | None = None
    withdrawal_management: str | None = None
    unstable_medical_condition: bool | None = None
    meal_support_needed: bool | None = None
    psychosis_or_mania_blocks_groups: bool | None = None
    safe_home: bool | None = None
    supportive_home: bool | None = None
    obligations: tuple[str, ...] = field(default=())
    transport: bool | None = None
    motivation: str | None = None
    stepping_down_from: str | None = None
    no_progress_at: str | None = None
    co_occurring: bool | None = None
    on_moud: bool | None = None
    wants_level: str | None = None

    @staticmethod
    def from_json(data: object) -> "Case":
        """The case of contracts `level-of-care`. Keys may be left out (unknown), `dimensions` and `findings` may not.

        Raises BadInput with every Problem: unknown keys, wrong types, values out of range, each with its path.
        """
        problems: list[Problem] = []
        values = _read(data, "", TOP, problems)
        nested = (("dimensions", RATINGS), ("findings", FINDINGS))
        for name, checks in nested:
            values.pop(name, None)
            if isinstance(data, Mapping):
                values.update(_section(data, name, checks, problems))
        if problems:
            raise BadInput(
                "The case cannot be judged: {first}",
                tuple(problems),
                first=f"{problems[0].path}: {problems[0].message}",
            )
        return Case(**values)


Check = Callable[[Any], str]


def _rating(value: object) -> str:
    is_one = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 4
    return "" if is_one else "A whole number from 0 (none) to 4 (severe), or null, is expected."


def _yes_no(value: object) -> str:
    return "" if isinstance(value, bool) else "true, false or null is expected."


def _age(value: object) -> str:
    is_one = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= OLDEST
    return "" if is_one else f"An age in whole years from 0 to {OLDEST}, or null, is expected."


def _day(value: object) -> str:
    try:
        date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return "A day as year-month-day, or null, is expected."
    return ""


def _one_of(allowed: tuple[str, ...]) -> Check:
    words = ", ".join(allowed)
    return lambda value: "" if isinstance(value, str) and value in allowed else f"One of {words}, or null, is expected."


def _obligations(value: object) -> str:
    is_list = isinstance(value, list) and all(isinstance(one, str) and one in OBLIGATIONS for one in value)
    return "" if is_list else f"A list of {', '.join(OBLIGATIONS)}, or null, is expected."


def _concerns(value: object) -> str:
    is_list = isinstance(value, list) and len(value) <= MOST_CONCERNS
    is_words = is_list and all(isinstance(one, str) and 0 < len(one.strip()) <= 100 for one in value)  # type: ignore[attr-defined]
    return "" if is_words else f"A list of at most {MOST_CONCERNS} short texts, or null, is expected."


def _object(value: object) -> str:
    return "" if isinstance(value, Mapping) else "An object is expected."


TOP: Mapping[str, Check] = {
    "as_of": _day,
    "age": _age,
    "concerns": _concerns,
    "dimensions": _object,
    "findings": _object,
}
RATINGS: Mapping[str, Check] = dict.fromkeys(DIMENSIONS, _rating)
FINDINGS: Mapping[str, Check] = {
    **dict.fromkeys(YES_NO, _yes_no),
    **dict.fromkeys(("stepping_down_from", "no_progress_at", "wants_level"), _one_of(LEVELS)),
    "withdrawal_management": _one_of(WITHDRAWAL_MANAGEMENT),
    "motivation": _one_of(MOTIVATION),
    "obligations": _obligations,
}


def _section(
    data: Mapping[str, Any], name: str, checks: Mapping[str, Check], problems: list[Problem]
) -> dict[str, Any]:
    if data.get(name) is None:
        problems.append(Problem(name, f"“{name}” is missing."))
        return {}
    return _read(data[name], f"{name}.", checks, problems) if isinstance(data[name], Mapping) else {}


def _read(data: object, at: str, checks: Mapping[str, Check], problems: list[Problem]) -> dict[str, Any]:
    """The known, well-formed values of one object; everything else goes to `problems`."""
    if not isinstance(data, Mapping):
        problems.append(Problem(at.rstrip(".") or "$", "An object is expected."))
        return {}
    found: dict[str, Any] = {}
    for key, value in data.items():
        if key not in checks:
            problems.append(Problem(f"{at}{key}"[:200], "This is not a fact we know."))
        elif value is not None:
            wrong = checks[key](value)
            if wrong:
                problems.append(Problem(f"{at}{key}", wrong))
            else:
                found[key] = _plain(key, value)
    return found


def _plain(key: str, value: Any) -> Any:
    if key == "as_of":
        return date.fromisoformat(value)
    return tuple(dict.fromkeys(value)) if isinstance(value, list) else value


FACTS = tuple(one.name for one in fields(Case))
