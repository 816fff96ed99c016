"""Roles: what a person does here. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from daybridge.access.rules.book import RULES
from daybridge.kit.errors import Refused


class Role(StrEnum):
    """What a person does here, at one site."""

    DIRECTOR = "director"
    INTAKE = "intake"
    COUNSELOR = "counselor"
    NURSE = "nurse"
    CASE_MANAGER = "case-manager"
    PEER = "peer"
    BILLER = "biller"
    FRONT_DESK = "front-desk"
    PRIVACY_OFFICER = "privacy-officer"
    ADMINISTRATOR = "administrator"
    TRAINEE = "trainee"
    AUDITOR = "auditor"
    SUPPORT = "support"


# Each role in words, and what it does in one sentence.
ROLES: dict[Role, tuple[str, str]] = {
    Role.DIRECTOR: ("Director", "Sees the whole program and answers for it."),
    Role.INTAKE: ("Intake coordinator", "Takes referrals from the first call to the first day."),
    Role.COUNSELOR: ("Counselor", "Assesses, plans, leads groups and signs their notes."),
    Role.NURSE: ("Nurse", "Assesses health and withdrawal, and sees people between groups."),
    Role.CASE_MANAGER: ("Case manager", "Helps with housing, work, transport and letters."),
    Role.PEER: ("Peer specialist", "Walks beside people with lived experience of recovery."),
    Role.BILLER: ("Biller", "Turns delivered hours into charges."),
    Role.FRONT_DESK: ("Front desk", "Greets people, checks them in and answers the phone."),
    Role.PRIVACY_OFFICER: ("Privacy officer", "Reads the ledger and guards what leaves the program."),
    Role.ADMINISTRATOR: ("Administrator", "Invites staff, changes roles and looks after the machine."),
    Role.TRAINEE: ("Trainee", "Learns under a supervisor, who signs what they write."),
    Role.AUDITOR: ("Outside auditor", "Reads what one audit is about, until its last day."),
    Role.SUPPORT: ("Support staff", "Looks after the house and its machines; sees no client."),
}


def first_roles(role: Role, accounts: int) -> tuple[Role, ...]:
    """What accepting gives: the invited role; the first account of a program also directs its first site."""
    return (role, Role.DIRECTOR) if accounts == 0 and role is Role.ADMINISTRATOR else (role,)


def in_order(roles: Collection[str]) -> list[Role]:
    """Known roles in the order of the table."""
    return [role for role in Role if role in roles]


def check_someone_stays(others: int) -> None:
    """Raise Refused when nobody else could manage accounts at the site. Source: rulebook ACC-2."""
    if others < RULES.number("ACC-2"):
        raise Refused("The site needs at least one administrator. Give somebody else the role first.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How a role is held: until which day, for which days of care, for which permissions, under whom."""

    until: date | None = None
    first: date | None = None
    last: date | None = None
    permissions: tuple[str, ...] = ()
    supervisor: UUID | None = None


NO_LIMITS = Limits()


def check_limits(role: Role, limits: Limits) -> None:
    """Raise Refused unless a trainee has a supervisor, and an auditor a last day and the days of the audit."""
    if role is Role.TRAINEE and limits.supervisor is None:
        raise Refused("A trainee needs a supervisor.")
    if role is Role.AUDITOR and not (limits.until and limits.first and limits.last):
        raise Refused("An auditor needs a last day, and the days the audit is about.")
    if limits.first and limits.last and limits.last < limits.first:
        raise Refused("The days of the audit end before they begin.")
