"""Old records, holds and purges, for tests."""

from datetime import UTC, date, datetime, timedelta

from django.apps import apps

from daybridge.access.models import Site, User
from daybridge.access.rules import Role
from daybridge.keeping import actions
from daybridge.keeping.models import Certificate, Export, ExportCode, LegalHold, Period, Purge, PurgeItem
from daybridge.people.models import Client
from daybridge.people.tests import factories as people

LONG_AGO = datetime(2014, 2, 3, 15, tzinfo=UTC)


def old_record(at: Site, **fields) -> Client:
    """Somebody who called once, twelve years ago, and never came."""
    return people.client(at, **{"created_at": LONG_AGO, "birth_date": date(1980, 5, 6)} | fields)


def hold(at: Site, client: Client | None = None, **fields) -> LegalHold:
    values = {
        "reason": "Litigation expected", "asked_by": "County court", "placed_by": "system:test", "placed_at": LONG_AGO,
    }  # fmt: skip
    return LegalHold.objects.create(site=at, client=client, **values | fields)


def period(at: Site, **fields) -> Period:
    values = {"kept": "clinical", "years": 10, "source": "State rule", "reason": "Asked for", "set_by": "system:test"}
    return Period.objects.create(site=at, **values | {"set_at": LONG_AGO} | fields)


def proposed(clients: list[Client], *, by: User, at: datetime) -> Purge:
    return actions.propose(site_id=clients[0].site_id, client_ids=[one.pk for one in clients], by=by, at=at)


def approved(clients: list[Client], users: dict, at: datetime) -> Purge:
    purge = proposed(clients, by=users[Role.PRIVACY_OFFICER], at=at)
    return actions.approve(purge_id=purge.pk, by=users[Role.DIRECTOR], at=at)


def run(purge: Purge, at: datetime) -> Certificate:
    """What the job does."""
    for item in PurgeItem.objects.filter(purge=purge, state="waiting"):
        actions.purge_one(item_id=item.pk, at=at)
    return actions.certify(purge_id=purge.pk, at=at)


def export(at: Site, by: User, now: datetime) -> Export:
    return Export.objects.create(site=at, by=by.actor, at=now, reason="Yearly report", people=1, sha256="0" * 64)


def code(of: Client, taken: Export) -> ExportCode:
    return ExportCode.objects.create(export=taken, client=of, code=f"P{ExportCode.objects.count():011}")


def years_on(at: datetime, years: int) -> datetime:
    return at + timedelta(days=366 * years)


def counts() -> dict[str, int]:
    """How many rows each table of the house holds."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("daybridge.")]
    return {model._meta.label: model._base_manager.count() for model in ours}
