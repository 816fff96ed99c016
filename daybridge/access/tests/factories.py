"""A program, its sites and its users, for tests."""

from datetime import date

from daybridge.access.models import Membership, Program, Site, User
from daybridge.access.rules import Role

AUDIT = {"until": date(2100, 1, 1), "period_from": date(2026, 1, 1), "period_until": date(2026, 12, 31)}


def program(**fields) -> Program:
    return Program.objects.create(**{"name": "Harbor Recovery", "timezone": "America/New_York"} | fields)


def site(name: str = "Harbor Street", **fields) -> Site:
    return Site.objects.create(name=name, **{"timezone": "America/New_York"} | fields)


def user(role: Role, at: Site, name: str = "", **fields) -> User:
    """A user with one role at one site; the password is "a long demo password"."""
    email = fields.pop("email", f"{role}.{str(at.id)[-6:]}.{User.objects.count()}@example.org")
    person = User(email=email, name=name or f"{role} of {at.name}", **fields)
    person.set_password("a long demo password")
    person.save()
    limits = AUDIT if role == Role.AUDITOR else {}
    Membership.objects.create(user=person, site=at, role=role, **limits)
    return person
