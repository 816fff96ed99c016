"""The lines of a packet: which are taken, what they mean, and whose they are."""

from datetime import date

import pytest

from daybridge.admissions.packet import Kind, codes
from daybridge.admissions.tests.packets import ICD, ME, SNOMED, condition, order, patient, read, refused


def test_only_conditions_true_today_are_taken():
    def state(code):
        return {"coding": [{"code": code}]}

    bodies = [
        condition("F10.20", clinicalStatus=state("active"), onsetDateTime="2020-05-06T10:00:00Z"),
        condition("F11.20", clinicalStatus=state("relapse"), onsetPeriod={"start": "2019-01-02"}),
        condition("F12.20", clinicalStatus=state("recurrence")),
        condition("F13.20", clinicalStatus=state("resolved")),
        condition("F14.20", clinicalStatus=state("remission")),
        condition("F15.20", verificationStatus=state("refuted")),
        condition("F16.20", verificationStatus=state("entered-in-error")),
        condition("F18.20", clinicalStatus=None, abatementDateTime="2020-01-01"),
        condition("F19.20", clinicalStatus=None),
        condition("F33.1", clinicalStatus={"text": "active?"}),
    ]
    found = read(patient(), *bodies)
    assert [one.code for one in found.of(Kind.CONDITION)] == ["F10.20", "F11.20", "F12.20", "F19.20"]
    assert [one.start for one in found.items[:2]] == [date(2020, 5, 6), date(2019, 1, 2)]
    assert [one.status for one in found.items] == ["active", "relapse", "recurrence", "active"]
    assert "without a status" in found.warnings[0]


@pytest.mark.parametrize(
    ("system", "code", "category", "mark"),
    [
        (ICD, "F10.20", "substance-use", ""),
        (ICD, "f1120", "substance-use", ""),
        (ICD, "F17.210", "substance-use", "tobacco"),
        (ICD, "F19", "substance-use", ""),
        (ICD, "T40.1X1A", "substance-use", "overdose"),
        (ICD, "T40.2X5A", "other", ""),
        (ICD, "T40.2X6A", "other", ""),
        (ICD, "T51.0X1A", "substance-use", "overdose"),
        (ICD, "O99.324", "substance-use", ""),
        (ICD, "Z72.0", "substance-use", "tobacco"),
        (ICD, "F20.9", "mental-health", ""),
        (ICD, "F33.1", "mental-health", ""),
        (ICD, "F43.10", "mental-health", ""),
        (ICD, "F99", "mental-health", ""),
        (ICD, "R45.851", "mental-health", ""),
        (ICD, "F03.90", "other", ""),
        (ICD, "E11.9", "other", ""),
        ("urn:oid:2.16.840.1.113883.6.90", "F10.20", "substance-use", ""),
        (SNOMED, "55680006", "substance-use", "overdose"),
        (SNOMED, "449868002", "substance-use", "tobacco"),
        (SNOMED, "5602001", "substance-use", ""),
        (SNOMED, "47505003", "mental-health", ""),
        (SNOMED, "38341003", "other", ""),
        ("http://example.org/own", "F10.20", "other", ""),
        ("", "7200002", "other", ""),
    ],
)
def test_a_code_says_what_a_condition_is_and_nothing_else_does(system, code, category, mark):
    found = read(
        patient(), condition(code, system, code={"coding": [{"system": system, "code": code}], "text": "Heroin"})
    )
    assert (found.items[0].category, found.items[0].mark, found.items[0].text) == (category, mark, "Heroin")


def test_the_coding_that_says_most_is_taken_and_words_alone_are_other():
    two = {"coding": [{"system": SNOMED, "code": "38341003"}, {"system": ICD, "code": "F10.20", "display": "Alcohol"}]}
    found = read(patient(), condition(code=two), condition(code={"text": "alcoholism"}), condition(code=None))
    assert [(one.code, one.text, one.category) for one in found.items] == [
        ("F10.20", "Alcohol", "substance-use"),
        ("", "alcoholism", "other"),
        ("", "", "other"),
    ]


def test_every_listed_code_has_one_meaning():
    both = [code for code in codes._SNOMED if codes._SNOMED[code].category == "other"]
    assert both == []
    assert set(codes._data["snomed_mark"]) <= set(codes._SNOMED)
    assert not set(codes._data["snomed"]["substance-use"]) & set(codes._data["snomed"]["mental-health"])


def test_medications_are_the_active_ones_however_they_are_named():
    drug = {"coding": [{"system": "rx", "code": "1", "display": "Naltrexone"}]}
    bodies = [
        order(medicationCodeableConcept=drug, authoredOn="2026-01-02"),
        order(status="stopped", medicationCodeableConcept=drug),
        order(doNotPerform=True, medicationCodeableConcept=drug),
        order(
            medicationReference={"reference": "#m"},
            contained=[{"id": "x"}, 5, {"resourceType": "Medication", "id": "m", "code": {"text": "Sertraline"}}],
        ),
        order(medicationReference={"reference": "Medication/m2"}),
        order(medicationReference={"reference": "Medication/none", "display": "Vitamin"}),
        order(),
        {
            "resourceType": "MedicationStatement",
            "status": "active",
            "subject": ME,
            "medicationCodeableConcept": {"text": "Aspirin"},
            "effectivePeriod": {"start": "2025-01-01", "end": "2025-02-01"},
        },
        {"resourceType": "Medication", "id": "m2", "code": {"coding": [{"code": "9"}]}},
    ]
    found = read(patient(), *bodies)
    meds = found.of(Kind.MEDICATION)
    assert [one.text for one in meds] == ["Naltrexone", "Sertraline", "9", "Vitamin", "", "Aspirin"]
    assert (meds[0].start, meds[-1].start, meds[-1].end) == (date(2026, 1, 2), date(2025, 1, 1), date(2025, 2, 1))
    assert found.warnings == ("A medication came without a name.",)


def test_allergies_are_the_standing_ones():
    def allergy(**changes):
        return {"resourceType": "AllergyIntolerance", "patient": ME, "code": {"text": "Latex"}, **changes}

    found = read(
        patient(),
        allergy(recordedDate="2001-02-03", code={"coding": [{"system": SNOMED, "code": "300916003"}], "text": "Latex"}),
        allergy(clinicalStatus={"coding": [{"code": "inactive"}]}),
        allergy(verificationStatus={"coding": [{"code": "refuted"}]}),
        allergy(),
    )
    assert [(one.text, one.code, one.start) for one in found.items] == [
        ("Latex", "300916003", date(2001, 2, 3)),
        ("Latex", "", None),
    ]


def test_coverage_is_what_holds_now_each_name_once():
    def cover(**changes):
        return {"resourceType": "Coverage", "status": "active", "beneficiary": ME, **changes}

    def statement(start, name):
        inner = [{"resourceType": "ServiceRequest"}, cover(type={"text": name})]
        body = {"resourceType": "ExplanationOfBenefit", "patient": ME, "contained": inner}
        return {**body, "billablePeriod": {"start": start}}

    found = read(
        patient(),
        statement("2001-01-01", "private"),
        statement("2020-01-01", "Medicaid"),
        statement("2021-01-01", "no_insurance"),
        cover(payor=[{"reference": "Organization/o"}], period={"start": "2026-01-01", "end": "2026-12-31"}),
        cover(payor=[{"display": "acme HEALTH"}]),
        cover(payor=[{"display": "Old Plan"}], period={"end": "2026-11-20"}),
        cover(payor=[{"display": "Gone Plan"}], status="cancelled"),
        cover(payor=[{"reference": "Organization/none"}], type={"coding": [{"code": "HIP"}]}),
        cover(),
        {"resourceType": "Organization", "id": "o", "name": "Acme Health"},
    )
    assert [one.text for one in found.of(Kind.COVERAGE)] == ["Acme Health", "HIP", "Medicaid", "private"]
    assert found.of(Kind.COVERAGE)[0].end == date(2026, 12, 31)
    assert found.warnings == ("A coverage came without a name and was left out.",)


def test_the_ten_latest_encounters_are_taken_with_their_class():
    def encounter(day, **changes):
        period = {"start": f"2026-01-{day:02}T08:00:00Z", "end": f"2026-01-{day:02}"}
        body = {"resourceType": "Encounter", "status": "finished", "class": {"code": "EMER"}, "subject": ME}
        return {**body, "period": period, "type": [{"coding": [{"code": "4", "display": "Visit"}]}], **changes}

    bodies = [encounter(day) for day in range(1, 14)]
    found = read(
        patient(), *bodies, encounter(30, status="planned"), encounter(29, type=[{}]), encounter(28, type=None)
    )
    assert [one.start.day for one in found.items] == [29, 28, 13, 12, 11, 10, 9, 8, 7, 6]
    assert (found.items[2].encounter_class, found.items[2].text, found.items[2].code) == ("EMER", "Visit", "4")
    assert (found.items[0].text, found.items[1].text) == ("", "")


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/p1"},
        {"reference": "Patient/p1/_history/2"},
        {"reference": "urn:uuid:p1"},
        {"reference": "urn:uuid:0"},
        {"reference": "https://ehr.example.org/fhir/Patient/p1"},
        {"reference": "Patient?identifier=urn:mrn|7"},
        {"identifier": {"value": "7"}},
    ],
)
def test_every_way_to_name_the_patient_is_understood(subject):
    who = patient(identifier=[{"system": "urn:mrn", "value": "7"}])
    assert len(read(who, condition(subject=subject)).items) == 1


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (condition(subject={"reference": "Patient/p2"}), "subject.reference"),
        (condition(subject={"reference": "https://ehr.example.org/fhir/Patient/p11"}), "subject.reference"),
        (condition(subject={"reference": "Patient?identifier=urn:mrn|8"}), "subject.reference"),
        (condition(subject=None), "subject"),
        (condition(subject={"display": "Ana"}), "subject"),
        ({"resourceType": "ExplanationOfBenefit", "patient": {"reference": "Patient/p2"}}, "patient.reference"),
        ({"resourceType": "Observation", "subject": {"reference": "Patient/p2"}}, "subject.reference"),
        ({"resourceType": "Immunization", "patient": {"reference": "urn:uuid:else"}}, "patient.reference"),
    ],
)
def test_anything_about_another_patient_or_about_nobody_is_refused(body, path):
    assert [problem.path for problem in refused(patient(), body)] == [f"entry[1].resource.{path}"]


def test_other_resources_may_be_about_a_group_or_a_place():
    who = patient()
    del who["id"]
    body = {"resourceType": "Observation", "subject": {"reference": "Group/1"}}
    inside = {"resourceType": "Observation", "subject": {"reference": "urn:uuid:3"}}
    assert read(who, body, inside, {"resourceType": "Group"}).items == ()
