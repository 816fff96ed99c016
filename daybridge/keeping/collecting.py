"""What the record says of many people, read for an export; the rules make it safe."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from daybridge.admissions.models import PacketItem, Referral
from daybridge.attendance.models import RollLine
from daybridge.episodes.models import Episode
from daybridge.keeping.rules.nameless import Hours, Person, Stay
from daybridge.level_of_care.models import Determination
from daybridge.people.models import Address, Client

CAME = ("present", "left")


def people(clients: Collection[Client]) -> dict[UUID, Person]:
    """Each client's facts, in as many queries as for one."""
    ids = [client.pk for client in clients]
    stays, hours, places, levels = _stays(ids), _hours(ids), _places(ids), _levels(ids)
    referrals, codes = _referrals(ids), _codes(ids)
    return {
        client.pk: Person(
            born_on=client.birth_date, sex=client.sex, state=places.get(client.pk, ("", ""))[0],
            postal_code=places.get(client.pk, ("", ""))[1], referrals=referrals[client.pk], levels=levels[client.pk],
            stays=stays[client.pk], hours=hours[client.pk], codes=codes[client.pk],
        )
        for client in clients
    }  # fmt: skip


def _grouped(rows: Iterable[tuple[UUID, object]]) -> dict[UUID, list]:
    found: dict[UUID, list] = defaultdict(list)
    for client_id, value in rows:
        found[client_id].append(value)
    return found


def _places(ids: list[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = Address.objects.filter(client__in=ids).order_by("pk").values_list("client", "state", "postal_code")
    return {client_id: (state, code) for client_id, state, code in rows}


def _referrals(ids: list[UUID]) -> dict[UUID, list]:
    rows = Referral.objects.filter(client__in=ids).values_list("client", "first_call_at", "source", "state")
    return _grouped((client, (_day(at), source, state)) for client, at, source, state in rows)


def _levels(ids: list[UUID]) -> dict[UUID, list]:
    found = Determination.objects.filter(client__in=ids).order_by("assessed_at")
    rows = found.values_list("client", "assessed_at", "recommended", "decided_level")
    return _grouped((client, (_day(at), asked, decided)) for client, at, asked, decided in rows)


def _stays(ids: list[UUID]) -> dict[UUID, list]:
    found = Episode.objects.filter(client__in=ids).order_by("admitted_on")
    rows = found.values_list("client", "level", "status", "admitted_on", "ended_on")
    return _grouped((client, Stay(*values)) for client, *values in rows)


def _hours(ids: list[UUID]) -> dict[UUID, list]:
    lines: QuerySet = RollLine.objects.filter(episode__client__in=ids, mark__in=CAME)
    summed = lines.values("episode__client", "session__kind", year=ExtractYear("session__starts_at")).order_by(
        "episode__client", "year", "session__kind"
    )
    rows = summed.annotate(sessions=Count("pk"), minutes=Sum("credited_minutes"))
    return _grouped(
        (row["episode__client"], Hours(row["year"], row["session__kind"], row["sessions"], row["minutes"]))
        for row in rows
    )


def _codes(ids: list[UUID]) -> dict[UUID, list]:
    found = PacketItem.objects.filter(referral__client__in=ids, kind="condition")
    return _grouped(found.values_list("referral__client", "code"))


def _day(at: datetime):
    return at.date()
