"""A program, its sites and its users, for tests."""

from daybridge.access.models import Membership, Program, Site, User
from daybridge.access.rules import Role


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
    Membership.objects.create(user=person, site=at, role=role)
    return person
