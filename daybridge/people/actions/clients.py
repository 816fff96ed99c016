"""The only writers of clients and care teams."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybridge import vault
from daybridge.access import reach
from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people import rules
from daybridge.people.models import (
    Address,
    CareTeamMember,
    Client,
    Identifier,
    Phone,
    RecordCounter,
    Staff,
)


def fingerprint(*, system: str, value: str) -> str:
    """The keyed digest by which a number of `system` is found again."""
    return vault.digest(f"{system.strip()}\x00{value.strip().casefold()}", "people.identifier")


@transaction.atomic
def register(*, site: Site, person: rules.NewPerson, by, at: datetime) -> Client:
    """A new record for `person`, with the next record number; never looks for an older record of the same person.

    Raises NotAllowed, or Refused for a person without a name or born later than `at`.
    """
    require(by, Permission.REFERRAL_RECEIVE, site)
    rules.check_person(person, at.astimezone(ZoneInfo(site.timezone)).date())
    given, family = (
        (person.given.strip(), person.family.strip()) if person.given.strip() else (person.family.strip(), "")
    )
    client = Client.objects.create(
        site=site, given_name=given, family_name=family, preferred_name=person.preferred.strip(),
        birth_date=person.birth_date, sex=person.sex, languages=list(person.languages), email=person.email[:254],
        record_number=_next_number(), name_key=rules.name_key(given, family)[:400], created_at=at,
    )  # fmt: skip
    _write_contacts(client, person)
    ledger.record("client.register", client, by=by, at=at, site=site.id)
    return client


def _next_number() -> str:
    RecordCounter.objects.get_or_create(pk=1)
    counter = RecordCounter.objects.select_for_update(no_key=True).get(pk=1)
    counter.last += 1
    counter.save(update_fields=["last"])
    return rules.record_number(counter.last)


def _write_contacts(client: Client, person: rules.NewPerson) -> None:
    phones = dict.fromkeys(phone[:40] for phone in person.phones if phone)
    Phone.objects.bulk_create(Phone(client=client, number=phone) for phone in phones)
    Address.objects.bulk_create(
        Address(
            client=client, line=place.line[:300], city=place.city[:100],
            state=place.state[:40], postal_code=place.postal_code[:20],
        )
        for place in person.addresses
    )  # fmt: skip
    numbers = {
        fingerprint(system=number.system, value=number.value): number for number in person.identifiers if number.value
    }
    Identifier.objects.bulk_create(
        Identifier(
            client=client, system=number.system[:200], kind=number.kind[:20], digest=digest, shown=rules.shown(number)
        )
        for digest, number in numbers.items()
    )


@transaction.atomic
def join(*, keep_id: UUID, copy_id: UUID, by, at: datetime) -> Client:
    """Say that the record `copy_id` is the same person as `keep_id`; nothing of the copy is changed or moved.

    Raises Client.DoesNotExist out of reach, NotAllowed, or Refused when either is already joined into another.
    """
    both = Client.objects.visible_to(by).filter(id__in=[keep_id, copy_id]).order_by("id")
    pair = {one.id: one for one in both.select_for_update(no_key=True)}
    if keep_id not in pair or copy_id not in pair:
        raise Client.DoesNotExist
    keep, copy = pair[keep_id], pair[copy_id]
    require(by, Permission.REFERRAL_JOIN, keep)
    if keep == copy or keep.merged_into_id or copy.merged_into_id:
        raise Refused("One of these records is already joined to another.")
    if copy.joined.exists():
        raise Refused("Other records were joined into the one you want to close; choose to keep that one.")
    copy.merged_into = keep
    copy.version += 1
    copy.save(update_fields=["merged_into", "version"])
    ledger.record("client.join", copy, by=by, at=at, into=keep.id)
    return keep


@transaction.atomic
def part(*, copy_id: UUID, by, at: datetime) -> Client:
    """Take a join back: the copy stands for itself again. Raises as `join` does."""
    copy = Client.objects.visible_to(by).select_for_update(no_key=True).get(pk=copy_id)
    require(by, Permission.REFERRAL_JOIN, copy)
    if copy.merged_into_id is None:
        raise Refused("These two records are not joined.")
    was, copy.merged_into = copy.merged_into_id, None
    copy.version += 1
    copy.save(update_fields=["merged_into", "version"])
    ledger.record("client.part", copy, by=by, at=at, was=was)
    return copy


@transaction.atomic
def assign(*, client_id: UUID, staff_id: UUID, role: str, by, at: datetime) -> CareTeamMember:
    """Put a staff member of the client's site on the care team; a client has one primary counselor at a time.

    Raises Client.DoesNotExist or Staff.DoesNotExist out of reach, NotAllowed, or Refused for an unknown role.
    """
    client = Client.objects.visible_to(by).select_for_update(no_key=True).get(pk=client_id)
    require(by, Permission.TEAM_MANAGE, client)
    staff = Staff.objects.get(pk=staff_id, site_id=client.site_id)
    if role not in rules.TEAM_ROLES:
        raise Refused("A care team has no “{role}”.", role=role)
    held = client.care_team.filter(role=role, until=None)
    same = held.filter(staff=staff).first()
    if same:
        return same
    today = _today(client, at)
    if role == rules.PRIMARY:
        held.update(until=today)
    member = CareTeamMember.objects.create(client=client, staff=staff, role=role, since=today)
    ledger.record("team.assign", member, by=by, at=at, staff=staff.id, role=role)
    reach.forget()
    return member


def local_day(*, client_id: UUID, by, at: datetime) -> date:
    """The day at the client's site. Raises Client.DoesNotExist out of reach."""
    return _today(Client.objects.visible_to(by).select_related("site").get(pk=client_id), at)


def _today(client: Client, at: datetime) -> date:
    return at.astimezone(ZoneInfo(client.site.timezone)).date()
