"""Who is away, and who could step in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

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
    *, absent_id: UUID, period: Period, zone: ZoneInfo, credentials: Iterable[str] = (), language: str = "",
    gender: str = "", taken: Mapping[UUID, list[Period]] = NOBODY,
) -> tuple[StandInRow, ...]:  # fmt: skip
    """Who of the site could take a session of an absent colleague over: named ones first, then who carries least.

    `credentials` are those its topic asks for; without any, the family of the colleague's own. `taken`: what people
    lead then. Source: rules.may_stand_in.
    """
    absent = Staff.objects.prefetch_related("credentials").get(pk=absent_id)
    named = set(absent.stand_ins.values_list("staff_id", flat=True))
    wanted = rules.Wanted(
        period=period, zone=zone, credentials=tuple(credentials), family=rules.family_of(absent.credential),
        language=language, gender=gender,
    )  # fmt: skip
    people = _colleagues(absent)
    gone = away(staff_ids=[one.id for one in people], period=period)
    able = [
        one for one in people if rules.may_stand_in(_candidate(one, (*gone[one.id], *taken.get(one.id, ()))), wanted)
    ]  # fmt: skip
    able.sort(key=lambda one: (one.id not in named, one.carried, one.name))
    return tuple(StandInRow(one.id, one.name, one.credential, one.id in named) for one in able)


def _colleagues(absent: Staff) -> list[Staff]:
    carried = Count("caseload", filter=Q(caseload__role=rules.PRIMARY, caseload__until=None), distinct=True)
    found = Staff.objects.filter(site=absent.site_id, user__is_active=True).exclude(pk=absent.pk)
    return list(found.select_related("user").prefetch_related("credentials", "hours").annotate(carried=carried))


def _candidate(one: Staff, busy: tuple[Period, ...]) -> rules.Candidate:
    hours = tuple((row.weekday, row.start_minute, row.end_minute) for row in one.hours.all())
    return rules.Candidate(held=one.held, languages=one.languages, gender=one.gender, hours=hours, busy=busy)
