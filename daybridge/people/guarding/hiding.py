"""Hide a record from all but a named team, change the team, show the record again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access import reach, rowlock
from daybridge.access.gates import require
from daybridge.access.models import User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import BadInput, Refused
from daybridge.people import rules
from daybridge.people.guarding.finding import Sought, one_record
from daybridge.people.models import Client, Hidden, Named


@dataclass(frozen=True, slots=True)
class Naming:
    """Why a record is hidden, and the few who still reach it."""

    why: str
    team: tuple[UUID, ...]


@rowlock.as_system("hidden and opened records are guarded")
@transaction.atomic
def hide(*, sought: Sought, naming: Naming, by, at: datetime) -> Hidden:
    """Hide a record from everybody but `naming.team`, from now on and everywhere.

    Raises Client.DoesNotExist when no record at a site within reach fits, NotAllowed, BadInput without a team or a
    known reason, Refused when it is hidden already.
    """
    require(by, Permission.REACH_MANAGE)
    found = one_record(sought)
    if found is None or found.site_id not in by.sites_with(Permission.REACH_MANAGE):
        raise Client.DoesNotExist
    client = Client.objects.select_for_update(no_key=True).get(pk=found.pk)
    if naming.why not in rules.HIDDEN_WHY:
        raise BadInput("Say why the record is hidden.")
    if not naming.team:
        raise BadInput("Name at least one person who still reaches the record.")
    if client.hidings.filter(ended_at=None).exists():
        raise Refused("This record is hidden already.")
    hidden = Hidden.objects.create(client=client, why=naming.why, since=at)
    users = User.objects.filter(pk__in=naming.team, is_active=True, memberships__site=client.site_id).distinct()
    Named.objects.bulk_create(Named(hidden=hidden, user=user) for user in users)
    ledger.record("record.hide", hidden, by=by, at=at, why=naming.why, team=[user.pk for user in users])
    reach.forget()
    return hidden


@rowlock.as_system("hidden and opened records are guarded")
@transaction.atomic
def name(*, hidden_id: UUID, user_id: UUID, by, at: datetime) -> Named:
    """Let one more person reach a hidden record. Raises DoesNotExist out of reach, NotAllowed."""
    hidden = _held(hidden_id, by)
    users = User.objects.filter(is_active=True, memberships__site=hidden.client.site_id).distinct()
    named, is_new = Named.objects.get_or_create(hidden=hidden, user=users.get(pk=user_id))
    if is_new:
        ledger.record("record.name", hidden, by=by, at=at, user=user_id)
    reach.forget()
    return named


@rowlock.as_system("hidden and opened records are guarded")
@transaction.atomic
def unname(*, hidden_id: UUID, user_id: UUID, by, at: datetime) -> None:
    """Take one person off the named team. Raises DoesNotExist, NotAllowed, Refused for the last one."""
    hidden = _held(hidden_id, by)
    named = hidden.team.get(user_id=user_id)
    if hidden.team.count() == 1:
        raise Refused("Somebody has to reach the record: name another person first, or show it again.")
    named.delete()
    ledger.record("record.unname", hidden, by=by, at=at, user=user_id)
    reach.forget()


@rowlock.as_system("hidden and opened records are guarded")
@transaction.atomic
def show(*, hidden_id: UUID, by, at: datetime) -> Hidden:
    """A hidden record is like any other again. Raises Hidden.DoesNotExist out of reach, NotAllowed."""
    hidden = _held(hidden_id, by)
    hidden.ended_at = at
    hidden.save(update_fields=["ended_at"])
    ledger.record("record.show", hidden, by=by, at=at)
    reach.forget()
    return hidden


def _held(hidden_id: UUID, by) -> Hidden:
    sites = by.sites_with(Permission.REACH_MANAGE)
    mine = Hidden.objects.filter(client__site__in=sites, ended_at=None).select_related("client")
    hidden = mine.select_for_update(of=("self",), no_key=True).get(pk=hidden_id)
    require(by, Permission.REACH_MANAGE)
    return hidden
