"""What the public may know of us: our name, our phone, where we are. Nothing about any person."""

from dataclasses import dataclass
from uuid import UUID

from daybridge.access.models import Program, Site


@dataclass(frozen=True, slots=True)
class Doorplate:
    """The program as a stranger sees it; `sites` are pairs of id and name."""

    program: str
    phone: str
    sites: tuple[tuple[UUID, str], ...]


def doorplate() -> Doorplate:
    """Name, phone and sites of the program."""
    program = Program.objects.first()
    places = list(Site.objects.all())
    phone = program.phone if program and program.phone else next((site.phone for site in places if site.phone), "")
    return Doorplate(program.name if program else "", phone, tuple((site.id, site.name) for site in places))
