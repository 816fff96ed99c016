"""Clients and staff, for tests."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from itertools import count

from daybridge import vault
from daybridge.access.models import Site, User
from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.people.documents.keeping import context
from daybridge.people.models import (
    CareTeamMember,
    Client,
    Credential,
    Document,
    Glass,
    Hidden,
    Leave,
    Named,
    Phone,
    Staff,
    StandIn,
    WorkingHours,
)

NUMBERS = count(1)
LONG_AGO = datetime(2026, 1, 5, 15, tzinfo=UTC)


def client(at: Site, **fields) -> Client:
    number = next(NUMBERS)
    defaults = {
        "given_name": "Rosa", "family_name": f"Delgado{number}", "birth_date": date(1992, 3, 4), "sex": "female",
        "languages": ["en"], "record_number": f"T-{number:05}", "created_at": LONG_AGO,
    }  # fmt: skip
    values = defaults | fields
    values.setdefault("name_key", f"{values['given_name']} {values['family_name']}".casefold())
    return Client.objects.create(site=at, **values)


def phone(of: Client, number: str = "+15555550100") -> Phone:
    return Phone.objects.create(client=of, number=number, use="home")


def staff(at: Site, role: Role = Role.COUNSELOR, credential: str = "LPC", user: User | None = None, **fields) -> Staff:
    """A staff member who works 8:00 to 21:00 on every day but Sunday."""
    person = Staff.objects.create(
        user=user or access.user(role, at), site=at, credential=credential, languages=["en"], **fields
    )
    for weekday in range(6):
        WorkingHours.objects.create(staff=person, weekday=weekday, start_minute=480, end_minute=1260)
    return person


def credential(of: Staff, kind: str = "CADC", expires_on: date | None = None, **fields) -> Credential:
    return Credential.objects.create(staff=of, kind=kind, expires_on=expires_on, **fields)


def leave(of: Staff, starts_at: datetime, ends_at: datetime, **fields) -> Leave:
    defaults = {"kind": "vacation", "said_at": LONG_AGO, "said_by": of.user}
    return Leave.objects.create(staff=of, starts_at=starts_at, ends_at=ends_at, **defaults | fields)


def stand_in(one: Staff, stands_in_for: Staff) -> StandIn:
    return StandIn.objects.create(staff=one, stands_in_for=stands_in_for)


def on_team(of: Client, member: Staff, role: str = "primary counselor") -> CareTeamMember:
    return CareTeamMember.objects.create(client=of, staff=member, role=role, since=date(2026, 1, 5))


def document(of: Client, content: bytes = b"A letter.", **fields) -> Document:
    """A document of plain words, sealed as the action seals."""
    known = {
        "kind": "letter",
        "title": "A letter",
        "media_type": "text/plain",
        "kept_at": LONG_AGO,
        "by": "system:test",
    }
    row = Document(client=of, size=len(content), sha256=hashlib.sha256(content).hexdigest(), **(known | fields))
    row.sealed = vault.seal_bytes(content, context(row.id))
    row.save(force_insert=True)
    return row


def opened(of: Client, who: User, at: datetime = LONG_AGO, minutes: int = 60) -> Glass:
    """A record opened in need."""
    ends = at + timedelta(minutes=minutes)
    return Glass.objects.create(client=of, user=who, reason="She fainted in the lobby.", opened_at=at, ends_at=ends)


def hidden(of: Client, *team: User) -> Hidden:
    """A record only `team` reaches."""
    record = Hidden.objects.create(client=of, why="colleague", since=LONG_AGO)
    Named.objects.bulk_create(Named(hidden=record, user=user) for user in team)
    return record
