"""The person of a packet: what is taken, and what is wrong with them."""

import json
from datetime import date

import pytest

from daybridge.admissions.packet import Address, Identifier
from daybridge.admissions.tests.packets import TODAY, bundle, condition, patient, read, refusal, refused


def test_a_person_is_read_with_everything_that_reaches_them():
    found = read(
        patient(
            telecom=[
                {"system": "phone", "value": "555-810-7203"},
                {"system": "phone", "value": "(617) 555-0100 x12"},
                {"system": "phone", "value": "ask at the desk"},
                {"system": "sms", "value": "911"},
                {"system": "phone", "value": "555-000-0000", "use": "old"},
                {"system": "fax", "value": "555-111-1111"},
                {"system": "email", "value": " ana@example.org "},
            ],
            address=[{"line": ["1 Main St", "Apt 2"], "city": "Lynn", "state": "MA", "postalCode": "01901"}],
            identifier=[
                {"system": "urn:mrn", "value": "7", "type": {"coding": [{"code": "MR"}]}},
                {"system": "urn:other", "value": "8", "type": {"text": "Card"}},
                {"system": "urn:empty"},
            ],
            communication=[
                {"language": {"coding": [{"code": "en-US"}]}},
                {"language": {"coding": [{"code": "es"}]}, "preferred": True},
                {"language": {"text": "Portuguese"}},
                {},
            ],
        )
    )
    person = found.person
    assert (person.given, person.family, person.prefix) == ("Ana Maria", "Rivera", "Ms.")
    assert (person.birth_date, person.sex, person.deceased) == (date(1990, 2, 28), "female", False)
    assert person.phones == ("+15558107203", "+16175550100;ext=12", "ask at the desk", "911")
    assert person.emails == ("ana@example.org",)
    assert person.addresses == (Address(("1 Main St", "Apt 2"), "Lynn", "MA", "01901", ""),)
    assert person.identifiers == (Identifier("urn:mrn", "7", "MR"), Identifier("urn:other", "8", "Card"))
    assert person.languages == ("es", "en-US")
    assert found.warnings == ("A language came without a language code and was left out.",)


@pytest.mark.parametrize("name", ["محمد", "王小明", "Zoë 🌈", "‏שרה‏", "O’Brien-Łukasz"])
def test_names_of_every_script_are_kept(name):
    assert read(patient(name=[{"family": name, "given": [name]}])).person.family == name


def test_names_are_normalized_and_the_official_one_is_taken():
    names = [
        {"use": "old", "family": "Older"},
        {"use": "maiden", "family": "Maiden"},
        {"use": "usual", "family": "Usual"},
        {"use": "official", "family": "Jose\u0301"},
    ]
    assert read(patient(name=names)).person.family == "José"
    assert read(patient(name=names[:3])).person.family == "Usual"
    assert read(patient(name=names[:2])).person.family == "Maiden"


def test_a_name_given_as_text_is_split_with_a_warning():
    found = read(patient(name=[{"text": "Ana Maria Rivera"}]))
    assert (found.person.given, found.person.family) == ("Ana Maria", "Rivera")
    assert "one text" in found.warnings[0]


def test_a_person_who_died_is_read_with_a_warning():
    assert read(patient(deceasedBoolean=True)).person.deceased
    found = read(patient(deceasedDateTime="2020-01-01"))
    assert found.person.deceased
    assert found.warnings == ("The packet says that this person has died.",)


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"birthDate": None}, "birthDate", "missing"),
        ({"birthDate": "1990"}, "birthDate", "not a full date"),
        ({"birthDate": "1990-02-30"}, "birthDate", "not a full date"),
        ({"birthDate": 1990}, "birthDate", "not a full date"),
        ({"birthDate": "1990-02-28T00:00"}, "birthDate", "not a full date"),
        ({"birthDate": "2026-11-22"}, "birthDate", "in the future"),
        ({"birthDate": "1905-11-20"}, "birthDate", "more than 120 years"),
        ({"gender": "F"}, "gender", "female, male"),
        ({"name": None}, "name", "no name"),
        ({"name": [{"family": " ", "given": []}]}, "name", "no name"),
        ({"name": "Ana"}, "name", "A list is expected"),
        ({"name": [{"family": "x" * 10_000}]}, "name[0].family", "10,000 characters; the most we take is 200"),
        ({"name": [{"family": "R", "given": ["y" * 10_000]}]}, "name[0].given[0]", "10,000 characters"),
        ({"name": [{"family": "R", "given": ["y" * 150] * 2}]}, "name[0].given", "301 characters"),
        ({"name": [{"family": "R", "given": "Ana"}]}, "name[0].given", "A list is expected"),
        ({"name": [{"family": "Ri\u0000vera"}]}, "name[0].family", "Character 3 is a control character (U+0000)"),
        ({"name": [{"family": "Ri\u202evera"}]}, "name[0].family", "U+202E"),
        ({"name": [{"family": 7}]}, "name[0].family", "Text is expected"),
        ({"telecom": ["555"]}, "telecom[0]", "An object is expected"),
        ({"address": [{"line": "1 Main St"}]}, "address[0].line", "A list is expected"),
        ({"address": [{"city": "x" * 3000}]}, "address[0].city", "3,000 characters"),
        ({"communication": [{"language": "en"}]}, "communication[0].language", "coded value"),
    ],
)
def test_each_fault_of_the_person_is_named_with_its_path(change, path, words):
    problems = refused(condition(), patient(**change))
    assert f"entry[1].resource.{path}" in [problem.path for problem in problems]
    assert any(words in problem.message for problem in problems)


def test_somebody_born_120_years_ago_or_today_is_taken():
    assert read(patient(birthDate="1906-11-21")).person.birth_date.year == 1906
    assert read(patient(birthDate="2026-11-21")).person.birth_date == TODAY


def test_all_faults_are_told_at_once_and_only_fifty_are_listed():
    bad = refusal(json.dumps(bundle(patient(birthDate=None, gender="x"))).encode())
    assert [problem.path[18:] for problem in bad.problems] == ["birthDate", "gender"]
    assert str(bad).startswith("This packet has 2 problems, so nothing was taken from it. The first: The birth date")
    many = refusal(json.dumps(bundle(patient(), *[condition(subject={"reference": "Patient/x"})] * 60)).encode())
    assert len(many.problems) == 51
    assert many.problems[-1].message == "And 10 more of the same kind."
