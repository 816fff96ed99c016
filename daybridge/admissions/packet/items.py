"""The lines of a packet that are true today: conditions, medications, allergies, coverage, latest encounters."""

from collections.abc import Callable, Iterator
from datetime import date

from daybridge.admissions.packet import codes, values
from daybridge.admissions.packet.documents import Json, Resource
from daybridge.admissions.packet.model import Item, Kind
from daybridge.admissions.packet.report import Report

LATEST_ENCOUNTERS = 10
ACTIVE = ("active", "recurrence", "relapse")
WITHDRAWN = ("entered-in-error", "refuted")
NOT_HELD = ("entered-in-error", "cancelled", "planned")


def items(found: list[Resource], today: date, report: Report) -> tuple[Item, ...]:
    """All items, by kind: conditions, medications, allergies, coverage (latest first), the ten latest encounters."""
    by_type: dict[str, list[Resource]] = {}
    for resource in found:
        by_type.setdefault(resource.type, []).append(resource)
    names = _named(found)
    return (
        *_each(by_type, ("Condition",), lambda one: _condition(one, report)),
        *_each(by_type, ("MedicationRequest", "MedicationStatement"), lambda one: _medication(one, names, report)),
        *_each(by_type, ("AllergyIntolerance",), lambda one: _allergy(one, report)),
        *_coverage(by_type, names, today, report),
        *_encounters(by_type.get("Encounter", []), report),
    )


def _each(
    by_type: dict[str, list[Resource]], types: tuple[str, ...], read: Callable[[Resource], Item | None]
) -> Iterator[Item]:
    for type_ in types:
        for resource in by_type.get(type_, []):
            item = read(resource)
            if item is not None:
                yield item


def _named(found: list[Resource]) -> dict[str, Resource]:
    """Medications and organizations by every name a reference may use."""
    names: dict[str, Resource] = {}
    for resource in found:
        if resource.type in ("Medication", "Organization"):
            names[f"{resource.type}/{resource.body.get('id')}"] = resource
            names[resource.full_url] = resource
    return names


def _condition(resource: Resource, report: Report) -> Item | None:
    body = resource.body
    status = values.first_code(body.get("clinicalStatus"))
    if not status and "abatementDateTime" not in body and body.get("clinicalStatus") is None:
        report.warn("A condition came without a status and without an end; it was taken as active.")
        status = "active"
    if status not in ACTIVE or values.first_code(body.get("verificationStatus")) in WITHDRAWN:
        return None
    found, said = values.words(resource, "code", report)
    ranked = sorted(found, key=lambda one: _rank(codes.meaning(one.system, one.code)))
    chosen = ranked[0] if ranked else values.Coding()
    meant = codes.meaning(chosen.system, chosen.code)
    return Item(
        kind=Kind.CONDITION,
        system=chosen.system,
        code=chosen.code,
        text=said,
        category=meant.category,
        mark=meant.mark,
        status=status,
        start=values.day(body.get("onsetDateTime")) or values.day(values.inside(body, "onsetPeriod", "start")),
    )


def _rank(meant: codes.Meaning) -> int:
    return ("substance-use", "mental-health", "other").index(meant.category)


def _medication(resource: Resource, names: dict[str, Resource], report: Report) -> Item | None:
    body = resource.body
    if body.get("status") != "active" or body.get("doNotPerform") is True:
        return None
    found, said = values.words(resource, "medicationCodeableConcept", report)
    target = values.inside(body, "medicationReference", "reference")
    if isinstance(target, str):
        held = _contained(resource, target) or names.get(target)
        found, said = values.words(held, "code", report) if held else (found, said)
        said = said or values.text(values.inside(body, "medicationReference", "display"), resource.place, report)
    if not said:
        report.warn("A medication came without a name.")
    chosen = found[0] if found else values.Coding()
    period = values.inside(body, "effectivePeriod")
    return Item(
        kind=Kind.MEDICATION,
        system=chosen.system,
        code=chosen.code,
        text=said,
        status="active",
        start=values.day(body.get("authoredOn")) or values.day(body.get("effectiveDateTime")) or _start(period),
        end=values.day(period.get("end")) if isinstance(period, dict) else None,
    )


def _start(period: object) -> date | None:
    return values.day(period.get("start")) if isinstance(period, dict) else None


def _contained(resource: Resource, target: str) -> Resource | None:
    for one, at in _contents(resource):
        if target == f"#{one.get('id')}":
            return Resource({"resourceType": "", **one}, at)
    return None


def _contents(resource: Resource) -> Iterator[tuple[Json, str]]:
    inner = resource.body.get("contained")
    for n, one in enumerate(inner if isinstance(inner, list) else []):
        if isinstance(one, dict):
            yield one, resource.at(f"contained[{n}].")


def _allergy(resource: Resource, report: Report) -> Item | None:
    body = resource.body
    status = values.first_code(body.get("clinicalStatus")) or "active"
    if status != "active" or values.first_code(body.get("verificationStatus")) in WITHDRAWN:
        return None
    found, said = values.words(resource, "code", report)
    chosen = found[0] if found else values.Coding()
    start = values.day(body.get("onsetDateTime")) or values.day(body.get("recordedDate"))
    return Item(kind=Kind.ALLERGY, system=chosen.system, code=chosen.code, text=said, status=status, start=start)


def _coverage(
    by_type: dict[str, list[Resource]], names: dict[str, Resource], today: date, report: Report
) -> Iterator[Item]:
    """Active coverage not yet ended: own resources, then what benefit statements carry, latest first; a name once."""
    seen: set[str] = set()
    for resource in (*by_type.get("Coverage", []), *_billed(by_type.get("ExplanationOfBenefit", []))):
        item = _cover(resource, names, report)
        if item is None or item.text.casefold() in seen or (item.end is not None and item.end < today):
            continue
        seen.add(item.text.casefold())
        yield item


def _billed(statements: list[Resource]) -> Iterator[Resource]:
    latest = sorted(
        statements, key=lambda one: str(values.inside(one.body, "billablePeriod", "start") or ""), reverse=True
    )
    for statement in latest:
        for one, at in _contents(statement):
            if one.get("resourceType") == "Coverage":
                yield Resource(one, at)


def _cover(resource: Resource, names: dict[str, Resource], report: Report) -> Item | None:
    body = resource.body
    said = _payer(resource, names, report) or values.words(resource, "type", report)[1]
    if body.get("status") != "active" or codes.is_no_coverage(said):
        return None
    if not said:
        report.warn("A coverage came without a name and was left out.")
        return None
    period = values.inside(body, "period")
    end = values.day(period.get("end")) if isinstance(period, dict) else None
    return Item(kind=Kind.COVERAGE, text=said, status="active", start=_start(period), end=end)


def _payer(resource: Resource, names: dict[str, Resource], report: Report) -> str:
    for one, at in values.objects(resource.body, "payor", resource.prefix, report):
        held = names.get(str(one.get("reference")))
        said = values.text(one.get("display"), f"{at}display", report)
        said = said or (values.text(held.body.get("name"), held.at("name"), report) if held else "")
        if said:
            return said
    return ""


def _encounters(found: list[Resource], report: Report) -> Iterator[Item]:
    held = [one for one in found if one.body.get("status") not in NOT_HELD]
    held.sort(key=lambda one: str(values.inside(one.body, "period", "start") or ""), reverse=True)
    for resource in held[:LATEST_ENCOUNTERS]:
        body = resource.body
        chosen, said = _encounter_type(resource, report)
        yield Item(
            kind=Kind.ENCOUNTER,
            system=chosen.system,
            code=chosen.code,
            text=said,
            encounter_class=values.text(values.inside(body, "class", "code"), resource.at("class.code"), report),
            status=values.text(body.get("status"), resource.at("status"), report),
            start=values.day(values.inside(body, "period", "start")),
            end=values.day(values.inside(body, "period", "end")),
        )


def _encounter_type(resource: Resource, report: Report) -> tuple[values.Coding, str]:
    for one, at in values.objects(resource.body, "type", resource.prefix, report):
        found, said = values.codings(one, at.rstrip("."), report)
        chosen = found[0] if found else values.Coding()
        return chosen, said or chosen.display or chosen.code
    return values.Coding(), ""
