"""What is known of a record when its keeping is judged: first and newest days, what is open, what is held."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Q
from django.utils.module_loading import import_string

from daybridge.admissions.models import Referral
from daybridge.consent.models import Consent
from daybridge.episodes.models import Episode
from daybridge.keeping import register
from daybridge.keeping.models import LegalHold, Period
from daybridge.keeping.rules import Facts, Standing, standing
from daybridge.keeping.rules.retention import CLINICAL, strictest
from daybridge.people.models import Client

PROMISES = "promises"
IN_CARE = "The person is in care."
REFERRED = "A referral is open."


def years_at(site_id: UUID) -> dict[str, int]:
    """The years of each class at a site: what states and contracts ask for there, else the usual."""
    chosen: dict[str, list[int]] = {}
    for kept, years in Period.objects.in_force().filter(site=site_id).values_list("kept", "years"):
        chosen.setdefault(kept, []).append(years)
    return {kept.id: strictest(chosen.get(kept.id, ()), kept.years) for kept in register.classes()}


def judged(clients: Iterable[Client], *, at: datetime) -> dict[UUID, Standing]:
    """How each of these records stands at `at`; whatever was joined into one counts with it. `site` must be loaded."""
    clients = list(clients)
    known = gather(clients, at=at)
    years = {site: years_at(site) for site in {client.site_id for client in clients}}
    return {client.pk: standing(known[client.pk], years[client.site_id], today(client, at)) for client in clients}


def today(client: Client, at: datetime) -> date:
    return at.astimezone(ZoneInfo(client.site.timezone)).date()


def gather(clients: list[Client], *, at: datetime) -> dict[UUID, Facts]:
    """The facts of many records in as many queries as for one."""
    owner = _owners([client.pk for client in clients])
    newest = _newest(owner, at)
    open_now, holds = _open(owner), _holds(owner, {client.site_id for client in clients})
    return {
        client.pk: Facts(
            born_on=client.birth_date,
            first=client.created_at.date(),
            last=newest[client.pk],
            open=tuple(open_now.get(client.pk, ())),
            holds=holds.get(client.pk, 0) + holds.get(client.site_id, 0),
        )
        for client in clients
    }


def _owners(roots: list[UUID]) -> dict[UUID, UUID]:
    """Each record and each record joined into it, with the one it now belongs to."""
    owner = {root: root for root in roots}
    layer = set(roots)
    while layer:
        joined = Client.objects.filter(merged_into__in=layer).values_list("pk", "merged_into")
        found = {pk: owner[into] for pk, into in joined if pk not in owner}
        owner |= found
        layer = set(found)
    return owner


def _newest(owner: Mapping[UUID, UUID], at: datetime) -> dict[UUID, dict[str, date]]:
    """The newest day in each class, none in the future; a consent in force ends with the last contact or its day."""
    newest: dict[UUID, dict[str, date]] = {root: {} for root in owner.values()}
    for table in register.tables():
        if not table.days:
            continue
        limits = {day: Max(day, filter=_not_after(table, day, at)) for day in table.days}
        rows = table.model._base_manager.filter(**{f"{table.path}__in": list(owner)}).order_by()
        for row in rows.values(table.path).annotate(**{f"newest_{day}": limit for day, limit in limits.items()}):
            found = [_day(row[f"newest_{day}"]) for day in table.days if row[f"newest_{day}"]]
            mine = newest[owner[row[table.path]]]
            if found:
                mine[table.kept] = max([*found, mine.get(table.kept, date.min)])
    in_force = Consent.objects.in_force().filter(client__in=list(owner)).values_list("client", "expires_on")
    for client_id, expires_on in in_force:
        mine = newest[owner[client_id]]
        ends = expires_on or mine.get(CLINICAL, date.min)
        mine[PROMISES] = max(ends, mine.get(PROMISES, date.min))
    return newest


def _not_after(table: register.Table, day: str, at: datetime) -> Q:
    has_time = table.model._meta.get_field(day).get_internal_type() == "DateTimeField"
    return Q(**{f"{day}__lte": at if has_time else at.date()})


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _open(owner: Mapping[UUID, UUID]) -> dict[UUID, list[str]]:
    """What is going on with each person; rooms above or beside say theirs through settings.KEEPING_OPEN."""
    found: dict[UUID, list[str]] = {}
    asked = {
        IN_CARE: Episode.objects.open().filter(client__in=list(owner)).values_list("client", flat=True),
        REFERRED: Referral.objects.open().filter(client__in=list(owner)).values_list("client", flat=True),
    }
    for path in settings.KEEPING_OPEN:
        for client_id, said in import_string(path)(client_ids=list(owner)).items():
            asked.setdefault(str(said), []).append(client_id)
    for said, clients in asked.items():
        for root in {owner[client] for client in clients}:
            found.setdefault(root, []).append(said)
    return found


def _holds(owner: Mapping[UUID, UUID], sites: set[UUID]) -> dict[UUID, int]:
    """Holds in force, counted under the person's id or the site's."""
    found: dict[UUID, int] = {}
    concerns = Q(client__in=list(owner)) | Q(client=None, site__in=sites)
    for client_id, site_id in LegalHold.objects.in_force().filter(concerns).values_list("client", "site"):
        key = owner[client_id] if client_id else site_id
        found[key] = found.get(key, 0) + 1
    return found
