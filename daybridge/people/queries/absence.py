"""Who is away, and who could step in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q

from daybridge.kit.periods import Period
from daybridge.people import rules
from daybridge.people.models import Leave, Staff

NOBODY: Mapping[UUID, list[Period]] = {}


@dataclass(frozen=True, slots=True)
class StandInRow:
    """Somebody who could step in; `is_named`: the director named them for it."""

    staff_id: UUID
    name: str
    credential: str
    is_named: bool


def away(*, staff_ids: Iterable[UUID], period: Period) -> dict[UUID, list[Period]]:
    """When each is away within a period, in order, joined and clipped to it; why is not told. One query.

    Everybody asked for is a key.
    """
    ids = list(staff_ids)
    found: dict[UUID, list[Period]] = {one: [] for one in ids}
    rows = Leave.objects.filter(
        staff__in=ids, taken_back_at=None, starts_at__lt=period.end, ends_at__gt=period.start
    )  # fmt: skip
    for staff_id, start, end in rows.values_list("staff_id", "starts_at", "ends_at"):
        found[staff_id].append(rules.clipped(Period(start, end), period))
    return {one: rules.joined(periods) for one, periods in found.items()}


def stand_ins(
    *, absent_id: UUID, wanted: rules.Wanted, taken: Mapping[UUID, list[Period]] = NOBODY
) -> tuple[StandInRow, ...]:
    """Who of the site could take a session of an absent colleague over: named ones first, then who carries least.

    Without credentials or a family in `wanted`, the family of the colleague's own is asked. `taken`: what people lead
    then. Source: rules.may_stand_in.
    """
    absent = Staff.objects.get(pk=absent_id)
    if not wanted.credentials and not wanted.family and absent.credential:
        wanted = replace(wanted, family=rules.family_of(absent.credential))
    named = set(absent.stand_ins.values_list("staff_id", flat=True))
    people = _colleagues(absent)
    gone = away(staff_ids=[one.id for one in people], period=wanted.period)
    able = [
        one for one in people if rules.may_stand_in(_candidate(one, (*gone[one.id], *taken.get(one.id, ()))), wanted)
    ]
    able.sort(key=lambda one: (one.id not in named, one.carried, one.name))
    return tuple(StandInRow(one.id, one.name, one.credential, one.id in named) for one in able)


def _colleagues(absent: Staff) -> list[Staff]:
    carried = Count("caseload", filter=Q(caseload__role=rules.PRIMARY, caseload__until=None), distinct=True)
    found = Staff.objects.filter(site=absent.site_id, user__is_active=True).exclude(pk=absent.pk)
    return list(found.select_related("user").prefetch_related("credentials", "hours").annotate(carried=carried))


def _candidate(one: Staff, busy: tuple[Period, ...]) -> rules.Candidate:
    hours = tuple((row.weekday, row.start_minute, row.end_minute) for row in one.hours.all())
    return rules.Candidate(held=one.held, languages=one.languages, gender=one.gender, hours=hours, busy=busy)
