"""Names, numbers and who may be registered."""

from datetime import date

import pytest

from daybridge.kit.errors import Refused
from daybridge.people import rules
from daybridge.people.rules import NewPerson, Number

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (Number("s", "999-55-2922", "SS"), "…2922"),
        (Number("s", "S99912586", "dl"), "…2586"),
        (Number("s", "X23844035X", "PPN"), "…035X"),
        (Number("s", "MR-77", "MR"), "MR-77"),
    ],
)
def test_only_the_end_of_a_guarded_number_is_shown(number, said):
    assert rules.shown(number) == said


def test_record_numbers_have_five_digits_and_grow_beyond():
    assert [rules.record_number(n) for n in (42, 99999, 100000)] == ["DB-00042", "DB-99999", "DB-100000"]


@pytest.mark.parametrize(
    "person",
    [
        NewPerson(given=" ", family=""),
        NewPerson(given="A" * 201),
        NewPerson(given="Rosa", birth_date=date(2026, 3, 3)),
        NewPerson(given="Rosa", sex="f"),
    ],
)
def test_a_person_nobody_can_be_is_refused(person):
    with pytest.raises(Refused):
        rules.check_person(person, TODAY)


def test_a_child_born_today_may_be_registered():
    rules.check_person(NewPerson(given="Rosa", birth_date=TODAY), TODAY)


def test_age_counts_completed_years():
    assert rules.age_on(date(2000, 3, 3), TODAY) == 25
    assert rules.age_on(date(2000, 3, 2), TODAY) == 26


def test_names_are_compared_without_case_accents_and_marks():
    assert rules.name_key("José-María", "O’Brien") == rules.name_key("JOSE MARIA", "obrien")
    assert rules.name_key("נועה", "כהן") != ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+12125550140", "(212) 555-0140"), ("+442071838750", "+442071838750"), ("+1212555014", "+1212555014"), ("", "")],
)
def test_phones_are_shown_as_people_here_read_them(number, shown):
    assert rules.shown_phone(number) == shown
