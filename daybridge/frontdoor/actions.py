"""The one thing a stranger can do here: leave a referral."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access import rowlock
from daybridge.access.gates import FRONT_DOOR
from daybridge.access.models import Site
from daybridge.admissions.actions import refer
from daybridge.admissions.rules.arrival import NewReferral


@rowlock.as_system("somebody without an account leaves a referral, and reads nothing")
@transaction.atomic
def leave(*, site_id: UUID, form: NewReferral, at: datetime) -> None:
    """Hand a referral to admissions and answer nothing: the public learns neither who is known here nor who is not.

    Raises Site.DoesNotExist, or Refused for a person without a usable name or birth date.
    Source: 42 CFR 2.13 (a program may not confirm that somebody is a client).
    """
    site = Site.objects.get(pk=site_id)
    refer.receive_form(site=site, form=form, by=FRONT_DOOR, at=at)
