"""The program and its sites: founded once, from the command line."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from daybridge.access.actions.invitations import write
from daybridge.access.gates import COMMAND_LINE
from daybridge.access.models import Actor, Invitation, Program, Site
from daybridge.access.rules import Role, check_zone
from daybridge.audit import ledger
from daybridge.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class NewAdmin:
    """The first administrator."""

    email: str
    name: str


@transaction.atomic
def found_program(*, name: str, timezone: str, admin: NewAdmin, at: datetime, phone: str = "") -> str:
    """Found the program with a first site of the same name; return the first administrator's one-time link.

    Who accepts it is administrator, and director of that site. Raises Refused when a program exists, BadInput for
    an unknown time zone.
    """
    program = new_program(Program(name=name, timezone=timezone, phone=phone))
    site = Site.objects.create(name=name, timezone=timezone, phone=phone)
    invitation = Invitation(email=admin.email, name=admin.name, site=site, role=Role.ADMINISTRATOR)
    invitation, link = write(invitation, at)
    ledger.record("program.found", program, by=COMMAND_LINE, at=at, site=site.id, invitation=invitation.id)
    return link


def new_program(program: Program) -> Program:
    """Store the one program; Refused when there is one, BadInput for an unknown time zone."""
    check_zone(program.timezone)
    if Program.objects.select_for_update().exists():
        raise Refused("This home already holds a program. Choose another DAYBRIDGE_HOME to start a new one.")
    program.save(force_insert=True)
    return program


@transaction.atomic
def open_site(*, name: str, timezone: str, by: Actor, at: datetime, address: str = "", phone: str = "") -> Site:
    """Open a further clinic building; only the command line does so. Raises Refused, BadInput."""
    if by is not COMMAND_LINE:
        raise Refused("Sites are opened from the command line.")
    check_zone(timezone)
    if Site.objects.filter(name=name).exists():
        raise Refused("There is already a site of this name.")
    site = Site.objects.create(name=name, timezone=timezone, address=address, phone=phone)
    ledger.record("site.open", site, by=by, at=at)
    return site
