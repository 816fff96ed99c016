"""Whether somebody may sign today with the credential they sign with."""

from datetime import datetime

from daybridge.access.models import User
from daybridge.people import rules
from daybridge.people.models import Staff


def check(*, by: User, at: datetime) -> None:
    """Raise Refused when the credential `by` signs with has ended. Source: rules.check_may_sign."""
    row = Staff.objects.filter(user=by.pk).values_list("credential", "credential_until", "site__timezone").first()
    if row:
        credential, until, zone = row
        rules.check_may_sign(rules.Held(credential, until), rules.day_at(zone, at))
