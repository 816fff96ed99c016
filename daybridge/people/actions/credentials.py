"""The only writers of what staff hold."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people import rules
from daybridge.people.actions.posts import staff_to_run
from daybridge.people.models import Credential


@transaction.atomic
def hold_credential(*, staff_id: UUID, held: rules.Licence, by, at: datetime) -> Credential:
    """Enter a credential with its number and days, or the renewed one of the same kind in its place.

    The first one, and the one they sign with, also stand in their post. Raises Staff.DoesNotExist out of reach,
    NotAllowed, Refused for days that make no sense.
    """
    staff = staff_to_run(staff_id, by)
    rules.check_licence(held, rules.day_at(staff.site.timezone, at))
    facts = {
        "number": held.number, "state": held.state.upper(), "issued_on": held.issued_on, "expires_on": held.expires_on,
    }  # fmt: skip
    kind = rules.credential(held.kind)
    row, _made = Credential.objects.update_or_create(staff=staff, kind=kind, defaults=facts)
    if staff.credential in ("", kind):
        staff.credential, staff.credential_until = kind, held.expires_on
        staff.save(update_fields=["credential", "credential_until"])
    ledger.record("staff.credential", row, by=by, at=at, staff=staff.id, kind=kind, until=held.expires_on)
    return row


@transaction.atomic
def drop_credential(*, staff_id: UUID, credential_id: UUID, by, at: datetime) -> None:
    """Take out a credential they do not hold. Raises as `hold_credential`; Refused for the one they sign with."""
    staff = staff_to_run(staff_id, by)
    row = staff.credentials.get(pk=credential_id)
    if row.kind == staff.credential:
        raise Refused("They sign with this credential. Choose another one to sign with first.")
    ledger.record("staff.credential-drop", row, by=by, at=at, staff=staff.id, kind=row.kind)
    row.delete()
