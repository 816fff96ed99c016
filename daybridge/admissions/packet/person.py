"""The person of a packet: one Patient, its name, birth date and ways to reach them."""

import re
from datetime import date

import phonenumbers

from daybridge.admissions.packet import values
from daybridge.admissions.packet.documents import Json, Resource
from daybridge.admissions.packet.model import Address, Identifier, Person
from daybridge.admissions.packet.report import MOST_SHOWN, Report, refuse
from daybridge.kit.errors import BadInput, Problem

SEXES = ("female", "male", "other", "unknown")
OLDEST_YEARS = 120
NAME_USES = ("official", "usual", None)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def the_patient(found: list[Resource]) -> Resource:
    """The one Patient of the packet. Raises BadInput when there is none or more than one."""
    patients = [resource for resource in found if resource.type == "Patient"]
    if not patients:
        raise refuse("$", "There is no Patient in this file; a referral packet needs exactly one.")
    if len(patients) > 1:
        said = f"There are {len(patients)} Patients in this file; a referral packet holds exactly one."
        raise BadInput(said, tuple(Problem(one.place, said) for one in patients[:MOST_SHOWN]))
    return patients[0]


def person(patient: Resource, today: date, report: Report) -> Person:
    """Everything we take of the person. Faults go to the report; the result counts only when there are none."""
    given, family, prefix = _name(patient, report)
    phones, emails = _telecom(patient, report)
    body = patient.body
    deceased = body.get("deceasedBoolean") is True or body.get("deceasedDateTime") is not None
    if deceased:
        report.warn("The packet says that this person has died.")
    return Person(
        given=given,
        family=family,
        prefix=prefix,
        birth_date=_birth_date(patient, today, report),
        sex=_sex(patient, report),
        deceased=deceased,
        languages=_languages(patient, report),
        addresses=tuple(_address(*one, report) for one in values.objects(body, "address", patient.prefix, report)),
        phones=phones,
        emails=emails,
        identifiers=_identifiers(patient, report),
    )


def _name(patient: Resource, report: Report) -> tuple[str, str, str]:
    names = [one for one in values.objects(patient.body, "name", patient.prefix, report) if one[0].get("use") != "old"]
    body, at = min(names, key=_name_rank, default=({}, patient.at("name.")))
    given, prefix = (_joined(body, field, at, report) for field in ("given", "prefix"))
    family = values.name(body.get("family"), f"{at}family", report)
    if not given and not family and body.get("text") is not None:
        given, _, family = values.name(body["text"], f"{at}text", report).rpartition(" ")
        report.warn("The name came as one text; its last word was taken as the family name.")
    if not given and not family:
        report.problem(patient.at("name"), "The Patient has no name.")
    return given, family, prefix


def _name_rank(one: tuple[Json, str]) -> int:
    use = one[0].get("use")
    return NAME_USES.index(use) if use in NAME_USES else len(NAME_USES)


def _joined(body: Json, field: str, at: str, report: Report) -> str:
    parts = body.get(field)
    if parts is None:
        return ""
    if not isinstance(parts, list):
        report.problem(at + field, "A list is expected here.")
        return ""
    found = (values.name(part, f"{at}{field}[{n}]", report) for n, part in enumerate(parts))
    return values.name(" ".join(part for part in found if part), at + field, report)


def _birth_date(patient: Resource, today: date, report: Report) -> date:
    value, path = patient.body.get("birthDate"), patient.at("birthDate")
    born = values.day(value) if isinstance(value, str) and len(value) == 10 else None
    if value is None:
        report.problem(path, "The birth date is missing.")
    elif born is None:
        report.problem(path, "The birth date is not a full date (year-month-day).")
    elif born > today:
        report.problem(path, "The birth date is in the future.")
    elif today.year - born.year - ((today.month, today.day) < (born.month, born.day)) > OLDEST_YEARS:
        report.problem(path, f"The birth date is more than {OLDEST_YEARS} years ago.")
    return born or today


def _sex(patient: Resource, report: Report) -> str:
    value = patient.body.get("gender", "unknown")
    if value not in SEXES:
        report.problem(patient.at("gender"), "Gender has to be female, male, other or unknown.")
        return "unknown"
    return str(value)


def _languages(patient: Resource, report: Report) -> tuple[str, ...]:
    found: list[tuple[bool, str]] = []
    for one, at in values.objects(patient.body, "communication", patient.prefix, report):
        codes, said = values.codings(one.get("language"), f"{at}language", report)
        tags = [code.code for code in codes if _LANGUAGE.fullmatch(code.code)]
        if tags:
            found.append((one.get("preferred") is not True, tags[0]))
        elif codes or said:
            report.warn("A language came without a language code and was left out.")
    return tuple(dict.fromkeys(tag for _, tag in sorted(found, key=lambda pair: pair[0])))


def _address(body: Json, at: str, report: Report) -> Address:
    lines = body.get("line") or []
    if not isinstance(lines, list):
        report.problem(f"{at}line", "A list is expected here.")
        lines = []
    return Address(
        tuple(values.text(line, f"{at}line[{n}]", report) for n, line in enumerate(lines)),
        *(values.text(body.get(part), at + part, report) for part in ("city", "state", "postalCode", "country")),
    )


def _telecom(patient: Resource, report: Report) -> tuple[tuple[str, ...], tuple[str, ...]]:
    phones: dict[str, None] = {}
    emails: dict[str, None] = {}
    for one, at in values.objects(patient.body, "telecom", patient.prefix, report):
        value = values.text(one.get("value"), f"{at}value", report)
        if value and one.get("use") != "old":
            if one.get("system") in ("phone", "sms"):
                phones[phone(value)] = None
            elif one.get("system") == "email":
                emails[value] = None
    return tuple(phones), tuple(emails)


def phone(value: str) -> str:
    """E.164 (with ";ext=" where there is one) when it can be a number, read as a United States one; else as written."""
    try:
        number = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException:
        return value
    if not phonenumbers.is_possible_number(number):
        return value
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else str(plain)


def _identifiers(patient: Resource, report: Report) -> tuple[Identifier, ...]:
    found = []
    for one, at in values.objects(patient.body, "identifier", patient.prefix, report):
        system, value = (values.name(one.get(part), at + part, report) for part in ("system", "value"))
        codes, said = values.codings(one.get("type"), f"{at}type", report)
        if value:
            found.append(Identifier(system, value, codes[0].code if codes else said))
    return tuple(dict.fromkeys(found))
