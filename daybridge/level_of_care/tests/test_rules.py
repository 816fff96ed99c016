"""The level-of-care rules: a table of cases, what never excludes anyone, and what must always hold."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.errors import BadInput
from daybridge.kit.rulebook import Row, Rulebook
from daybridge.level_of_care import rules
from daybridge.level_of_care.rules import LEVELS, Case, criteria, engine, rank, supports

BOOK = rules.load_book()
CALM = Case(
    as_of=date(2026, 11, 21),
    age=34,
    concerns=("alcohol",),
    withdrawal=0,
    biomedical=0,
    mental_health=0,
    use_risk=0,
    environment=0,
    readiness=0,
    imminent_danger=False,
    needs_24h_supervision=False,
    withdrawal_management="none",
    unstable_medical_condition=False,
    meal_support_needed=False,
    psychosis_or_mania_blocks_groups=False,
    safe_home=True,
    supportive_home=True,
    transport=True,
    motivation="high",
    co_occurring=False,
    on_moud=False,
)


def level(**facts):
    return rules.recommend(replace(CALM, **facts), BOOK)


@pytest.mark.parametrize(
    ("facts", "recommended", "rule", "acceptable"),
    [
        ({}, "1.5", "LOC-0", ("1.5",)),
        ({"imminent_danger": True}, "emergency", "LOC-1", ("emergency",)),
        ({"needs_24h_supervision": True}, "3.5", "LOC-2", ("3.5", "3.7")),
        ({"needs_24h_supervision": True, "mental_health": 3}, "3.7", "LOC-3", ("3.7", "4")),
        ({"needs_24h_supervision": True, "biomedical": 4}, "4", "LOC-4", ("4",)),
        ({"needs_24h_supervision": True, "unstable_medical_condition": True}, "4", "LOC-4", ("4",)),
        ({"needs_24h_supervision": True, "psychosis_or_mania_blocks_groups": True}, "4", "LOC-4", ("4",)),
        ({"withdrawal_management": "hospital"}, "4", "LOC-5", ("4",)),
        ({"withdrawal_management": "residential"}, "3.7", "LOC-6", ("3.7", "4")),
        ({"withdrawal_management": "ambulatory"}, "1.7", "LOC-7", ("1.7",)),
        ({"withdrawal_management": "ambulatory", "use_risk": 3}, "2.1", "LOC-7", ("2.1", "2.5")),
        ({"withdrawal": 2}, "1.7", "LOC-7", ("1.7",)),
        ({"withdrawal": 3}, "2.7", "LOC-8", ("2.7", "3.7")),
        ({"withdrawal": 4}, "3.7", "LOC-9", ("3.7", "4")),
        ({"withdrawal": 3, "safe_home": False}, "3.7", "LOC-29", ("3.7", "4")),
        ({"withdrawal": 3, "environment": 4}, "3.7", "LOC-29", ("3.7", "4")),
        ({"unstable_medical_condition": True}, "3.7", "LOC-10", ("3.7", "4")),
        ({"unstable_medical_condition": True, "biomedical": 4}, "4", "LOC-11", ("4",)),
        ({"biomedical": 3}, "1.7", "LOC-12", ("1.7",)),
        ({"biomedical": 4}, "3.7", "LOC-13", ("3.7", "4")),
        ({"psychosis_or_mania_blocks_groups": True}, "2.5", "LOC-14", ("2.5", "3.7", "4")),
        ({"psychosis_or_mania_blocks_groups": True, "mental_health": 4}, "4", "LOC-15", ("4",)),
        ({"psychosis_or_mania_blocks_groups": True, "safe_home": False}, "3.7", "LOC-16", ("3.7", "4")),
        ({"psychosis_or_mania_blocks_groups": True, "use_risk": 4}, "2.5", "LOC-14", ("2.5", "3.5", "3.7", "4")),
        ({"mental_health": 2}, "2.1", "LOC-17", ("1.5", "2.1")),
        ({"mental_health": 3}, "2.1", "LOC-18", ("2.1", "2.5")),
        ({"mental_health": 4}, "3.7", "LOC-19", ("3.7", "4")),
        ({"use_risk": 2}, "2.1", "LOC-20", ("1.5", "2.1")),
        ({"use_risk": 3}, "2.1", "LOC-21", ("2.1", "2.5")),
        ({"use_risk": 4}, "2.5", "LOC-22", ("2.5", "3.1", "3.5")),
        ({"use_risk": 2, "mental_health": 2}, "2.1", "LOC-23", ("2.1", "2.5")),
        ({"use_risk": 3, "mental_health": 3}, "2.5", "LOC-24", ("2.5",)),
        ({"use_risk": 3, "safe_home": False}, "2.5", "LOC-25", ("2.5", "3.1")),
        ({"use_risk": 4, "environment": 3}, "3.5", "LOC-26", ("3.1", "3.5")),
        ({"safe_home": False}, "2.1", "LOC-27", ("2.1", "3.1")),
        ({"environment": 3}, "2.1", "LOC-27", ("2.1", "3.1")),
        ({"environment": 4}, "3.1", "LOC-28", ("2.1", "2.5", "3.1")),
        ({"meal_support_needed": True}, "2.1", "LOC-30", ("2.1", "2.5")),
        ({"meal_support_needed": True, "biomedical": 2}, "2.5", "LOC-31", ("2.5", "3.7")),
        ({"stepping_down_from": "2.5"}, "2.1", "LOC-32", ("2.1",)),
        ({"stepping_down_from": "3.7"}, "2.1", "LOC-32", ("2.1",)),
        ({"stepping_down_from": "2.1"}, "1.5", "LOC-0", ("1.5",)),
        ({"no_progress_at": "1.5"}, "2.1", "LOC-33", ("2.1",)),
        ({"no_progress_at": "2.1"}, "2.5", "LOC-34", ("2.1", "2.5")),
        ({"no_progress_at": "2.7"}, "3.5", "LOC-35", ("3.1", "3.5")),
        ({"no_progress_at": "3.5"}, "3.7", "LOC-36", ("3.5", "3.7")),
        ({"use_risk": 4, "biomedical": 3}, "2.7", "LOC-40", ("2.7", "3.1", "3.5")),
        ({"use_risk": 3, "mental_health": 3, "environment": 4}, "3.5", "LOC-41", ("3.5",)),
    ],
)
def test_each_finding_leads_to_its_level(facts, recommended, rule, acceptable):
    found = level(**facts)
    assert found.recommended == recommended
    assert rule in [reason.code for reason in found.reasons]
    assert found.acceptable == acceptable
    assert found.missing == ()


def test_every_rule_has_a_case_a_row_and_a_page():
    page = (Path(__file__).parents[3] / "docs/rules/level-of-care.md").read_text(encoding="utf-8")
    joined = (criteria.DAILY_AND_MEDICAL, criteria.DAILY_AND_HOUSING)
    rows = {rule.id for rule in (*criteria.RULES, *joined)} | {one.id for one in supports.CAUTIONS} | {"LOC-54"}
    numbers = {row for row in BOOK.rows if not row[4:].isdigit()}
    assert set(BOOK.rows) == rows | numbers
    for row in BOOK.rows.values():
        assert f"| {row.id} | " in page
        assert row.source in page
    texts = [rule.text for rule in (*criteria.RULES, *joined)] + [one.text for one in supports.CAUTIONS]
    assert [text for text in texts if text not in page] == []


@pytest.mark.parametrize(
    "facts",
    [
        {"motivation": "low"},
        {"readiness": 4},
        {"on_moud": True},
        {"obligations": ("work", "school", "child-care", "elder-care", "court")},
        {"transport": False},
        {"supportive_home": False},
        {"wants_level": "1.5"},
    ],
)
def test_a_hard_week_low_motivation_or_medication_adds_support_and_excludes_nobody(facts):
    plain, hard = level(use_risk=3), level(use_risk=3, **facts)
    assert hard.recommended == plain.recommended == "2.1"
    assert hard.acceptable == plain.acceptable
    assert len(hard.supports) + len(hard.against) > len(plain.supports) + len(plain.against)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"motivation": "some"}, "motivational-enhancement"),
        ({"on_moud": True, "concerns": ("opioids",)}, "moud-continues"),
        ({"concerns": ("Heroin",)}, "offer-moud"),
        ({"withdrawal_management": "ambulatory"}, "withdrawal-monitoring"),
        ({"withdrawal": 1}, "withdrawal-monitoring"),
        ({"biomedical": 2}, "medical-coordination"),
        ({"co_occurring": True}, "co-occurring-care"),
        ({"mental_health": 3}, "safety-plan"),
        ({"meal_support_needed": True}, "eating-support"),
        ({"safe_home": False}, "recovery-residence"),
        ({"environment": 2}, "family-and-peer-support"),
        ({"transport": False}, "transport-or-telehealth"),
        ({"obligations": ("work",)}, "work-schedule"),
        ({"obligations": ("school",)}, "school-schedule"),
        ({"obligations": ("child-care",)}, "child-care"),
        ({"obligations": ("elder-care",)}, "elder-care"),
        ({"obligations": ("court",)}, "court-coordination"),
        ({"age": 16}, "adolescent-program"),
    ],
)
def test_each_support_is_offered_when_its_fact_asks_for_it(facts, code):
    assert code in [one.code for one in level(**facts).supports]
    assert code not in [one.code for one in level().supports]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"safe_home": False}, "LOC-50"),
        ({"mental_health": 3}, "LOC-51"),
        ({"use_risk": 3}, "LOC-52"),
        ({"withdrawal": 2}, "LOC-53"),
        ({"age": 17}, "LOC-54"),
        ({"use_risk": 2, "wants_level": "1.5"}, "LOC-55"),
        ({"wants_level": "2.1"}, "LOC-56"),
        ({"use_risk": 2, "no_progress_at": "4"}, None),
        ({"stepping_down_from": "3.5"}, "LOC-58"),
        ({"withdrawal_management": "residential", "obligations": ("work",)}, "LOC-59"),
        ({"no_progress_at": "3.7"}, "LOC-57"),
        ({}, None),
        ({"age": 18}, None),
    ],
)
def test_what_speaks_against_a_level_is_said(facts, code):
    codes = [one.code for one in level(**facts).against]
    assert code in codes if code else "LOC-54" not in codes and "LOC-50" not in codes


def test_a_young_person_is_flagged_with_six_hours_a_week():
    found = level(age=15, use_risk=3)
    assert found.recommended == "2.1"
    assert "at least 6 hours a week" in found.supports[-1].text
    assert "under 18" in found.against[-1].text


def test_what_must_come_first_is_said_and_danger_is_asked_about_when_unknown():
    assert "911" in level(imminent_danger=True).first[0]
    assert level(imminent_danger=None).first == (engine.ASK_ABOUT_DANGER,)
    assert "before, or on the day of" in level(withdrawal_management="ambulatory", use_risk=3).first[0]
    assert "stable" in level(unstable_medical_condition=True).first[0]
    assert "supported meals" in level(meal_support_needed=True).first[0]
    assert level(use_risk=3).first == ()


def test_the_stronger_reason_stands_alone_and_first():
    assert [one.code for one in level(withdrawal=4, use_risk=3).reasons] == ["LOC-9", "LOC-21"]


def test_only_unknown_facts_that_could_change_the_answer_are_missing():
    assert level(use_risk=None).missing == ("use_risk",)
    assert level(readiness=None, motivation=None, on_moud=None, transport=None, supportive_home=None).missing == ()
    assert level(imminent_danger=True, withdrawal=None, safe_home=None).missing == ()
    assert level(withdrawal_management="hospital", imminent_danger=None, withdrawal=None).missing == (
        "imminent_danger",
    )


def test_two_unknown_facts_that_matter_only_together_are_both_missing():
    found = level(psychosis_or_mania_blocks_groups=None, no_progress_at="2.1", safe_home=None)
    assert found.recommended == "2.5"
    assert found.missing == ("psychosis_or_mania_blocks_groups", "safe_home")


def test_the_answer_has_exactly_the_fields_of_the_contract():
    found = level(use_risk=3, obligations=("work",)).to_json()
    keys = ["recommended", "acceptable", "reasons", "against", "supports", "first", "missing", "rulebook"]
    assert list(found) == keys
    assert found["rulebook"] == "level_of_care@2026.1"
    assert {key for one in found["reasons"] + found["against"] for key in one} == {"code", "text", "source"}
    assert {key for one in found["supports"] for key in one} == {"code", "text"}
    assert all(one["source"] for one in found["reasons"] + found["against"])


def test_a_program_can_move_a_threshold():
    row = BOOK.rows["LOC-MODERATE"]
    moved = Rulebook(BOOK.id, "local", {**BOOK.rows, row.id: Row(row.id, row.title, 1, row.unit, "ours", row.since)})
    assert rules.recommend(replace(CALM, use_risk=1), moved).recommended == "2.1"
    assert rules.recommend(replace(CALM, use_risk=1), BOOK).recommended == "1.5"


GOOD = {
    "as_of": "2026-11-21",
    "age": 34,
    "concerns": ["alcohol", "depression"],
    "dimensions": {"withdrawal": 0, "biomedical": None, "use_risk": 2},
    "findings": {"imminent_danger": False, "obligations": ["work", "work"], "motivation": "low", "wants_level": "2.1"},
}


def test_a_case_is_read_with_nulls_and_absent_facts_as_unknown():
    case = Case.from_json(GOOD)
    assert (case.as_of, case.age, case.use_risk, case.biomedical) == (date(2026, 11, 21), 34, 2, None)
    assert case.obligations == ("work",)
    assert case.environment is None
    assert case.wants_level == "2.1"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"surprise": 1}, "surprise"),
        ({"age": -1}, "age"),
        ({"age": True}, "age"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": 5}, "as_of"),
        ({"concerns": "alcohol"}, "concerns"),
        ({"concerns": [""]}, "concerns"),
        ({"dimensions": {"withdrawal": 5}}, "dimensions.withdrawal"),
        ({"dimensions": {"withdrawal": 2.0}}, "dimensions.withdrawal"),
        ({"dimensions": {"withdrawal": True}}, "dimensions.withdrawal"),
        ({"dimensions": {"mood": 1}}, "dimensions.mood"),
        ({"dimensions": []}, "dimensions"),
        ({"findings": None}, "findings"),
        ({"findings": {"safe_home": "yes"}}, "findings.safe_home"),
        ({"findings": {"withdrawal_management": "clinic"}}, "findings.withdrawal_management"),
        ({"findings": {"stepping_down_from": "3.2"}}, "findings.stepping_down_from"),
        ({"findings": {"obligations": ["golf"]}}, "findings.obligations"),
        ({"findings": {"motivation": 3}}, "findings.motivation"),
    ],
)
def test_each_fault_of_a_case_is_named_with_its_path(change, path):
    with pytest.raises(BadInput) as refusal:
        Case.from_json({**GOOD, **change})
    assert [problem.path for problem in refusal.value.problems] == [path]


def test_every_fault_is_named_at_once_and_a_list_is_no_case():
    with pytest.raises(BadInput) as refusal:
        Case.from_json({"age": "old", "dimensions": {"withdrawal": 9}, "findings": {"x": 1}})
    assert [one.path for one in refusal.value.problems] == ["age", "dimensions.withdrawal", "findings.x"]
    assert str(refusal.value).startswith("The case cannot be judged: age:")
    with pytest.raises(BadInput, match="An object is expected") as refusal:
        Case.from_json([])
    assert [one.path for one in refusal.value.problems] == ["$"]


RATING = st.integers(0, 4)
LEVEL = st.sampled_from((None, *LEVELS))
FACTS = {
    **{name: RATING for name in engine.DIMENSIONS},
    **{name: st.booleans() for name in engine.YES_NO},
    "withdrawal_management": st.sampled_from(engine.WITHDRAWAL_MANAGEMENT),
    "motivation": st.sampled_from(engine.MOTIVATION),
}
REST = {"stepping_down_from": LEVEL, "no_progress_at": LEVEL, "wants_level": LEVEL, "age": st.integers(0, 120)}
KNOWN = st.builds(Case, **FACTS, **REST)
PARTLY_KNOWN = st.builds(Case, **{name: st.none() | value for name, value in FACTS.items()}, **REST)
DANGERS = (
    "imminent_danger",
    "needs_24h_supervision",
    "unstable_medical_condition",
    "meal_support_needed",
    "psychosis_or_mania_blocks_groups",
)


def recommended(case):
    return rank(rules.recommend(case, BOOK).recommended)


@given(KNOWN, st.sampled_from(engine.DIMENSIONS))
def test_a_higher_rating_never_lowers_the_level(case, name):
    higher = replace(case, **{name: min(4, getattr(case, name) + 1)})
    assert recommended(higher) >= recommended(case)


@given(KNOWN)
def test_a_danger_found_never_lowers_the_level(case):
    for name in DANGERS:
        assert recommended(replace(case, **{name: True})) >= recommended(replace(case, **{name: False}))
    assert recommended(replace(case, safe_home=False)) >= recommended(replace(case, safe_home=True))
    steps = [recommended(replace(case, withdrawal_management=one)) for one in engine.WITHDRAWAL_MANAGEMENT]
    assert steps == sorted(steps)


@given(PARTLY_KNOWN, st.data())
def test_motivation_medication_duties_and_wishes_never_change_the_level(case, data):
    free = ("motivation", "readiness", "on_moud", "transport", "supportive_home", "co_occurring", "obligations")
    values = {name: data.draw(FACTS[name]) for name in free[:-1]}
    other = replace(case, **values, obligations=("work", "court"), wants_level=data.draw(LEVEL), concerns=("opioids",))
    one, two = rules.recommend(case, BOOK), rules.recommend(other, BOOK)
    assert (one.recommended, one.acceptable) == (two.recommended, two.acceptable)


@given(PARTLY_KNOWN, st.data())
def test_a_fact_not_missing_changes_nothing_whatever_the_others_turn_out_to_be(case, data):
    missing = rules.recommend(case, BOOK).missing
    unknown = [name for name in FACTS if getattr(case, name) is None]
    full = replace(case, **{name: data.draw(FACTS[name]) for name in unknown})
    for name in unknown:
        if name not in missing:
            assert recommended(replace(full, **{name: data.draw(FACTS[name])})) == recommended(full)


@given(PARTLY_KNOWN)
def test_the_recommended_level_is_acceptable_and_every_answer_has_a_reason(case):
    found = rules.recommend(case, BOOK)
    assert found.recommended in found.acceptable
    assert list(found.acceptable) == sorted(found.acceptable, key=rank)
    assert found.reasons
    assert set(found.missing) <= {name for name in FACTS if getattr(case, name) is None}
