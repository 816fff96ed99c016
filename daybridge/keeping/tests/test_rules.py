"""The rules of keeping, purging and of exports without names."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.keeping import register
from daybridge.keeping.rules import (
    MOVES,
    RULES,
    Facts,
    PurgeState,
    check_reason,
    check_second_person,
    check_years,
    standing,
    years_later,
)
from daybridge.keeping.rules import safe_harbor as rules
from daybridge.keeping.rules.retention import strictest
from daybridge.kit.errors import BadInput, IllegalMove, Refused
from daybridge.kit.states import check_move

YEARS = {"clinical": 7, "promises": 10, "requests": 6, "attached": 0}
ADULT = {"born_on": date(1980, 5, 6), "first": date(2010, 1, 4)}


def facts(**fields) -> Facts:
    return Facts(**{**ADULT, "last": {"clinical": date(2012, 3, 1)}} | fields)


@pytest.mark.parametrize(
    ("said", "fields", "until"),
    [
        ("seven years after the last contact", {}, date(2019, 3, 1)),
        ("the longest class wins", {"last": {"clinical": date(2012, 3, 1), "promises": date(2011, 1, 1)}},
         date(2021, 1, 1)),
        ("a class without a clock asks for nothing",
         {"last": {"clinical": date(2012, 3, 1), "attached": date(2025, 1, 1)}}, date(2019, 3, 1)),
        ("a minor's record waits for majority", {"born_on": date(2000, 7, 1), "last": {"clinical": date(2011, 1, 1)}},
         date(2025, 7, 1)),
        ("who came of age on the first day was none", {"born_on": date(1992, 1, 4)}, date(2019, 3, 1)),
        ("no birth date: as though born that day", {"born_on": None}, date(2035, 1, 4)),
        ("a February 29 ends on March 1", {"last": {"clinical": date(2012, 2, 29)}}, date(2019, 3, 1)),
        ("nothing known but the first day", {"last": {}}, date(2017, 1, 4)),
    ],
)  # fmt: skip
def test_until_when(said, fields, until):
    assert standing(facts(**fields), YEARS, date(2026, 3, 2)).until == until, said


@pytest.mark.parametrize(
    ("fields", "today", "codes"),
    [
        ({}, date(2026, 3, 2), []),
        ({}, date(2019, 3, 1), ["KEEP-TIME"]),
        ({}, date(2019, 3, 2), []),
        ({"holds": 1}, date(2026, 3, 2), ["KEEP-HOLD"]),
        ({"open": ("The person is in care.",)}, date(2026, 3, 2), ["KEEP-OPEN"]),
        ({"open": ("A request is open.",), "holds": 2}, date(2018, 3, 2), ["KEEP-OPEN", "KEEP-HOLD", "KEEP-TIME"]),
    ],
)
def test_what_keeps_a_record(fields, today, codes):
    found = standing(facts(**fields), YEARS, today)
    assert [finding.code for finding in found.keeps] == codes
    assert found.may_go is (codes == [])


days = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(
    born=st.none() | st.dates(date(1930, 1, 1), date(2029, 1, 1)), first=days, clinical=days, promises=days, more=days,
    today=days, holds=st.integers(0, 2),
)  # fmt: skip
def test_nothing_shortens_what_is_kept(born, first, clinical, promises, more, today, holds):
    """Another row, a hold or an earlier day never lets go what was kept; a class is never cut short."""
    before = Facts(born_on=born, first=first, last={"clinical": clinical}, holds=holds)
    after = Facts(born_on=born, first=first, last={"clinical": max(clinical, more), "promises": promises}, holds=holds)
    one, two = standing(before, YEARS, today), standing(after, YEARS, today)
    assert two.until >= one.until >= years_later(clinical, 7)
    assert one.may_go or not two.may_go
    assert not (holds and one.may_go)
    assert two.until >= years_later(promises, 10)
    if born and years_later(born, 18) > first:
        assert one.until >= years_later(years_later(born, 18), 7)


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)), years=st.integers(0, 60))
def test_years_later_is_never_early(day, years):
    later = years_later(day, years)
    assert later - day >= timedelta(days=365 * years)
    assert (later.month, later.day) in {(day.month, day.day), (3, 1)}


@pytest.mark.parametrize(("old", "new"), list(product(PurgeState, PurgeState)))
def test_every_pair_of_purge_states_is_decided(old, new):
    if new in MOVES[old]:
        check_move(MOVES, old, new)
    else:
        with pytest.raises(IllegalMove):
            check_move(MOVES, old, new)


def test_four_eyes():
    check_second_person("user:a", "user:b")
    with pytest.raises(Refused, match="Somebody else"):
        check_second_person("user:a", "user:a")


@pytest.mark.parametrize("words", ["", "   ", "no", "\n\t a"])
def test_a_reason_is_said_in_words(words):
    with pytest.raises(BadInput):
        check_reason(words)


def test_a_choice_stays_within_its_bounds():
    by_id = {kept.id: kept for kept in register.classes()}
    for years in (5, 10, 50):
        check_years(by_id["clinical"], years)
    for kept, years in (("clinical", 4), ("clinical", 51), ("promises", 5), ("ledger", 20), ("passing", 1)):
        with pytest.raises(BadInput):
            check_years(by_id[kept], years)
    assert strictest([5, 12], 7) == 12
    assert strictest([], 7) == 7


def test_every_class_has_a_source_and_its_years():
    found = {kept.id: kept.years for kept in register.classes()}
    assert found == {
        "clinical": 7, "promises": 10, "ledger": 10, "requests": 6, "attached": 0, "program": 7, "passing": 0,
    }  # fmt: skip
    assert all(kept.source for kept in register.classes() if kept.years)


# Safe harbor


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (date(1980, 5, 6), "1980"), (None, ""), (date(2027, 1, 1), ""), (date(1937, 1, 1), "1937"),
        (date(1936, 12, 31), "90 or over"), (date(1901, 1, 1), "90 or over"),
    ],
)  # fmt: skip
def test_years_of_birth(born_on, said):
    assert rules.birth_year(born_on, date(2026, 3, 2)) == said


@given(born=st.dates(date(1880, 1, 1), date(2026, 1, 1)), today=st.dates(date(2026, 1, 1), date(2060, 1, 1)))
def test_no_age_above_89_can_be_read(born, today):
    said = rules.birth_year(born, today)
    assert said == "90 or over" if rules.age_on(born, today) > 89 else said in {str(born.year), "90 or over"}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("02139", "021"), ("02139-1234", "021"), ("021391234", "021"), ("03601", "000"), ("20330", "000"),
        ("00012", "000"),
        ("", ""), ("K1A 0B6", ""), ("2139", ""), ("02139; Rosa", ""), ("٠٢١٣٩", ""),
    ],
)  # fmt: skip
def test_areas(code, said):
    assert rules.area(code) == said


def test_few_people_live_in_the_areas_of_the_guidance():
    guidance = {"036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879"}
    assert guidance | {"884", "890", "893"} <= rules.FEW_PEOPLE


@pytest.mark.parametrize(
    ("code", "said"),
    [("F10.20", "F10"), ("f1020", "F10"), ("F10", "F10"), ("5555550100", ""), ("Rosa", ""), ("U07.1", ""), ("", "")],
)
def test_conditions_are_categories(code, said):
    assert rules.condition(code) == said


@given(st.text())
def test_free_text_never_passes(words):
    assert rules.closed(words, {"female", "male"}) in {"female", "male", "other"}
    assert rules.state(words) in rules.STATES | {""}
    assert len(rules.area(words)) in {0, 3}
    assert len(rules.condition(words)) in {0, 3}


def test_cells_with_few_people_are_named():
    rows = [(f"P{n}", "2.1", "2025") for n in range(11)] + [("P1", "3.1", "2025"), ("P2", "3.1", "2025")]
    found = rules.small_cells("stays.csv", ("code", "level", "year"), rows)
    assert [(cell.column, cell.value, cell.people) for cell in found] == [("level", "3.1", 2)]
    assert RULES.number("KEEP-13") == 11


def test_weeks_are_counted_when_begun():
    assert rules.weeks(date(2026, 1, 1), None) == ""
    assert [rules.weeks(date(2026, 1, 1), date(2026, 1, day)) for day in (1, 7, 8)] == ["1", "1", "2"]
    assert rules.year(date(2026, 5, 1)) == "2026"
    assert rules.year(None) == ""
