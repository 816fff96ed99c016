"""The demo's own doors. Each one asks first whether this is a demo program."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.actions.accounts import columns
from daybridge.access.actions.founding import new_program
from daybridge.access.gates import COMMAND_LINE
from daybridge.access.models import Membership, Program, Site, User
from daybridge.access.rules import NO_LIMITS, Limits, Role, check_limits
from daybridge.audit import ledger
from daybridge.kit.errors import Refused


@transaction.atomic
def found_demo_program(*, name: str, timezone: str, at: datetime, phone: str = "") -> Program:
    """Found a demo program, without sites. Raises as `found_program` does."""
    program = new_program(Program(name=name, timezone=timezone, phone=phone, is_demo=True))
    ledger.record("program.found", program, by=COMMAND_LINE, at=at, demo=True)
    return program


@transaction.atomic
def add_demo_account(
    *, name: str, email: str, site_id: UUID, role: Role, at: datetime, limits: Limits = NO_LIMITS
) -> User:
    """Add an account that can only be entered from the demo's welcome page; a known address gains the role.

    Raises Refused outside a demo, or for limits that make no sense.
    """
    _require_demo()
    check_limits(role, limits)
    site = Site.objects.get(pk=site_id)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, name=name)
        user.set_unusable_password()
        user.save(force_insert=True)
    Membership.objects.get_or_create(user=user, site=site, role=role, defaults=columns(limits))
    ledger.record("account.demo", user, by=COMMAND_LINE, at=at, site=site.id, role=role)
    return user


@transaction.atomic
def demo_sign_in(*, user_id: UUID, at: datetime) -> User:
    """The demo account to sign in as. Raises Refused outside a demo, User.DoesNotExist for a closed account."""
    _require_demo()
    user = User.objects.get(pk=user_id, is_active=True)
    ledger.record("account.demo_sign_in", user, by=user, at=at)
    return user


def _require_demo() -> None:
    if not Program.objects.filter(is_demo=True).exists():
        raise Refused("This is not a demo.")
