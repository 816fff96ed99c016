"""Puts the rules together: the most any rule asks for, what else would do, and what is not known yet."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from daybridge.kit.decisions import Finding
from daybridge.kit.rulebook import Rulebook, load
from daybridge.level_of_care.rules import criteria, supports
from daybridge.level_of_care.rules.case import DIMENSIONS, MOTIVATION, WITHDRAWAL_MANAGEMENT, YES_NO, Case
from daybridge.level_of_care.rules.levels import rank
from daybridge.level_of_care.rules.shape import Rule, Scale
from daybridge.level_of_care.rules.supports import Support

ASK_ABOUT_DANGER = "Ask about immediate danger before anything else."
YOUNG = "The person is under {age}: the levels here describe adults; adolescent practice applies."
YOUNG_HOURS = "A program for adolescents with at least {hours} hours a week; school and family take part."

# Every fact that may be unknown, with each value it may turn out to have.
POSSIBLE: dict[str, tuple[int | str | bool, ...]] = {
    "imminent_danger": (False, True),
    **{name: (0, 1, 2, 3, 4) for name in DIMENSIONS},
    "withdrawal_management": WITHDRAWAL_MANAGEMENT,
    **{name: (False, True) for name in YES_NO},
    "motivation": MOTIVATION,
}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The level the rules recommend. It advises; a clinician decides."""

    recommended: str
    acceptable: tuple[str, ...]
    reasons: tuple[Finding, ...]
    against: tuple[Finding, ...]
    supports: tuple[Support, ...]
    first: tuple[str, ...]
    missing: tuple[str, ...]
    rulebook: str

    def to_json(self) -> dict[str, Any]:
        """The answer of contracts `level-of-care`, plain values only."""
        return {
            "recommended": self.recommended,
            "acceptable": list(self.acceptable),
            "reasons": [_finding(one) for one in self.reasons],
            "against": [_finding(one) for one in self.against],
            "supports": [{"code": one.code, "text": one.text} for one in self.supports],
            "first": list(self.first),
            "missing": list(self.missing),
            "rulebook": self.rulebook,
        }


def load_book() -> Rulebook:
    """The rulebook of this room, read from its file."""
    return load(Path(__file__).parent.parent / "rulebook.toml")


def recommend(case: Case, book: Rulebook) -> Recommendation:
    """The least intensive level that meets every rule, with reasons, alternatives, supports and unknown facts.

    Unknown facts count as harmless for the level; each one that could change it is in `missing`.
    Source: rules LOC-0 to LOC-59, docs/rules/level-of-care.md.
    """
    scale = _scale(book)
    fired = _fired(case, scale)
    level, joined = _joined(fired, book)
    told = (*(fired[1:] or fired), *joined)
    return Recommendation(
        recommended=level,
        acceptable=_acceptable(level, fired, joined, book),
        reasons=_reasons(told, book),
        against=_against(case, scale, level, book),
        supports=(*supports.supports(case, scale), *_young_supports(case, book)),
        first=_first(case, told),
        missing=_missing(case, book),
        rulebook=book.version,
    )


def _finding(one: Finding) -> dict[str, str]:
    return {"code": one.code, "text": one.text, "source": one.source}


def _scale(book: Rulebook) -> Scale:
    return Scale(book.number("LOC-MODERATE"), book.number("LOC-SERIOUS"), book.number("LOC-SEVERE"))


def _floor(rule: Rule, book: Rulebook) -> str:
    return str(book.rows[rule.id].value)


def _fired(case: Case, scale: Scale) -> tuple[Rule, ...]:
    return tuple(rule for rule in criteria.RULES if rule.applies(case, scale))


def _joined(fired: tuple[Rule, ...], book: Rulebook) -> tuple[str, tuple[Rule, ...]]:
    """The highest floor, raised where two needs meet that only a third level serves; with the rule that raised it."""
    floors = [_floor(rule, book) for rule in fired]
    top = max(floors, key=rank)
    if top == "2.5" and any(rule.id in criteria.MEDICAL_CARE_BESIDE for rule in fired):
        return _floor(criteria.DAILY_AND_MEDICAL, book), (criteria.DAILY_AND_MEDICAL,)
    if top == "3.1" and {"2.5", "2.7"} & set(floors):
        return _floor(criteria.DAILY_AND_HOUSING, book), (criteria.DAILY_AND_HOUSING,)
    return top, ()


def _acceptable(level: str, fired: tuple[Rule, ...], joined: tuple[Rule, ...], book: Rulebook) -> tuple[str, ...]:
    """The recommended level and every named alternative that meets all rules, least intensive first."""
    named = {other for rule in fired for other in rule.also}
    good = {other for other in named if all(_meets(other, rule, book) for rule in (*fired, *joined))}
    return tuple(sorted(good | {level}, key=rank))


def _meets(level: str, rule: Rule, book: Rulebook) -> bool:
    if level in rule.without:
        return False
    return level in rule.also or rank(level) >= rank(_floor(rule, book))


def _reasons(told: tuple[Rule, ...], book: Rulebook) -> tuple[Finding, ...]:
    """Strongest first; a rule that another one says more fully is left out."""
    covered = {weaker for rule in told for weaker in rule.covers}
    kept = [rule for rule in told if rule.id not in covered]
    kept.sort(key=lambda rule: -rank(_floor(rule, book)))
    return tuple(Finding(rule.id, rule.text, book.source(rule.id)) for rule in kept)


def _against(case: Case, scale: Scale, level: str, book: Rulebook) -> tuple[Finding, ...]:
    found = [Finding(one.id, one.text, book.source(one.id)) for one in supports.cautions(case, scale, level)]
    if _is_young(case, book):
        text = YOUNG.format(age=book.number("LOC-ADULT-AGE"))
        found.append(Finding("LOC-54", text, book.source("LOC-54")))
    return tuple(found)


def _is_young(case: Case, book: Rulebook) -> bool:
    return case.age is not None and case.age < book.number("LOC-ADULT-AGE")


def _young_supports(case: Case, book: Rulebook) -> tuple[Support, ...]:
    if not _is_young(case, book):
        return ()
    return (Support("adolescent-program", YOUNG_HOURS.format(hours=book.number("LOC-HOURS-YOUNG"))),)


def _first(case: Case, told: tuple[Rule, ...]) -> tuple[str, ...]:
    asked = (ASK_ABOUT_DANGER,) if case.imminent_danger is None else ()
    return (*asked, *dict.fromkeys(rule.first for rule in told if rule.first))


def _missing(case: Case, book: Rulebook) -> tuple[str, ...]:
    """The unknown facts that could change the level: each value of each is tried, alone and beside each other unknown.

    Pairs are enough, because no rule joins more than two facts.
    """
    unknown = [name for name in POSSIBLE if getattr(case, name) is None]
    scale = _scale(book)
    alone = {name for name in unknown if _varies(case, name, scale, book)}
    beside = {name for name in unknown if name not in alone and _varies_beside(case, name, unknown, book)}
    return tuple(name for name in unknown if name in alone | beside)


def _varies(case: Case, name: str, scale: Scale, book: Rulebook) -> bool:
    cases = (case, *(_with(case, name, value) for value in POSSIBLE[name]))
    return len({_joined(_fired(one, scale), book)[0] for one in cases}) > 1


def _varies_beside(case: Case, name: str, unknown: list[str], book: Rulebook) -> bool:
    scale = _scale(book)
    return any(
        _varies(_with(case, other, value), name, scale, book)
        for other in unknown
        if other != name
        for value in POSSIBLE[other]
    )


def _with(case: Case, name: str, value: int | str | bool) -> Case:
    changes: dict[str, Any] = {name: value}
    return replace(case, **changes)
