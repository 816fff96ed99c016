"""Who this is and how the week stands: the head of the chart."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language_info, gettext

from daybridge.access.rules import Permission
from daybridge.attendance.queries import week_hours
from daybridge.attendance.rules import Hours
from daybridge.audit import ledger
from daybridge.chart.queries import asked
from daybridge.chart.queries.timeline import Moment, timeline
from daybridge.kit.periods import week_start
from daybridge.people import reach
from daybridge.people.models import Client
from daybridge.people.rules import age_on, shown_phone


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in the client's words with its steps as (text, status)."""

    words: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A booked session still to come."""

    id: UUID
    title: str
    starts_at: datetime
    room: str
    lead: str


class Stay(NamedTuple):
    """The newest stay."""

    id: UUID
    level: str
    status: str
    admitted_on: date
    ended_on: date | None


class Plan(NamedTuple):
    """The plan that stands, or waits to."""

    id: UUID
    number: int
    signed_at: datetime | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the chart page shows of one client."""

    id: UUID
    name: str
    legal_name: str
    pronouns: str
    age: int | None
    record_number: str
    languages: str
    phones: tuple[str, ...]
    episode_id: UUID | None
    referral_id: UUID | None
    referral_state: str
    level: str
    week_number: int | None
    status: str
    counselor: str
    hours: Hours
    plan_id: UUID | None
    plan_number: int | None
    plan_signed_at: datetime | None
    review_on: date | None
    goals: tuple[Goal, ...]
    coming: tuple[Coming, ...]
    allergies: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    medications: tuple[str, ...]
    coverage: tuple[str, ...]
    consents: tuple[tuple[str, bool], ...]
    moments: tuple[Moment, ...]

    @property
    def consents_missing(self) -> int:
        return sum(not signed for _, signed in self.consents)


def chart(*, client_id: UUID, by, at: datetime, limit: int = 40) -> Chart:
    """One client's record on one page, of a joined copy the kept one; writes a read line.

    Raises Client.DoesNotExist out of reach.
    """
    client = _client(client_id, by)
    if client.merged_into_id:
        client = _client(client.merged_into_id, by)
    ledger.read("chart.read", client, by=by, at=at)
    zone = ZoneInfo(client.site.timezone)
    today = at.astimezone(zone).date()
    stay = next((Stay(*row) for row in asked.stays(client=client.id)), None)
    referral = next(iter(asked.referrals(client=client.id)), None)
    plan = next((Plan(*row) for row in asked.plans(episode=stay.id)), None) if stay else None
    moments = timeline(client_id=client.id, by=by, zone=zone, today=today, limit=limit)
    return Chart(
        **_person(client, today), **_stay(client, stay, today), **_referral(referral), **_plan_facts(plan),
        **_packet(client), hours=_hours(client, stay, today, at), coming=_coming(stay, at),
        consents=_consents(client), moments=tuple(moments),
    )  # fmt: skip


def _client(client_id: UUID, by) -> Client:
    for client in asked.clients(reach.asking(by, Permission.CHART_READ), client=client_id):
        return client
    raise Client.DoesNotExist


def _person(client: Client, today: date) -> dict[str, object]:
    legal = f"{client.given_name} {client.family_name}".strip()
    return {
        "id": client.id, "name": client.name, "legal_name": legal if client.preferred_name else "",
        "pronouns": client.pronouns, "age": age_on(client.birth_date, today) if client.birth_date else None,
        "record_number": client.record_number, "languages": ", ".join(_language(tag) for tag in client.languages),
        "phones": tuple(shown_phone(number) for (number,) in asked.phones(client=client.id)),
    }  # fmt: skip


def _language(tag: str) -> str:
    """The name of a BCP 47 language in the reader's own; the tag itself where it is not known."""
    try:
        return str(gettext(get_language_info(tag.partition("-")[0])["name"]))
    except KeyError:
        return tag


def _stay(client: Client, stay: Stay | None, today: date) -> dict[str, object]:
    counselor = next(iter(asked.counselors(client=client.id)), ())
    return {
        "episode_id": stay.id if stay else None,
        "level": stay.level if stay else "",
        "week_number": (today - stay.admitted_on).days // 7 + 1 if stay and not stay.ended_on else None,
        "status": stay.status if stay else "",
        "counselor": ", ".join(part for part in counselor if part),
    }


def _referral(newest: tuple[UUID, str] | None) -> dict[str, object]:
    id_, state = newest or (None, "")
    return {"referral_id": id_, "referral_state": state}


def _plan_facts(plan: Plan | None) -> dict[str, object]:
    return {
        "plan_id": plan.id if plan else None,
        "plan_number": plan.number if plan else None,
        "plan_signed_at": plan.signed_at if plan else None,
        "review_on": plan.review_on if plan else None,
        "goals": _goals(plan) if plan else (),
    }


def _goals(plan: Plan) -> tuple[Goal, ...]:
    """The goals with their steps, in one query."""
    found: dict[UUID, Goal] = {}
    for goal, words, text, status in asked.goals(plan=plan.id):
        steps = found[goal].steps if goal in found else ()
        found[goal] = Goal(words, (*steps, (text, status)) if text else steps)
    return tuple(found.values())


def _hours(client: Client, stay: Stay | None, today: date, at: datetime) -> Hours:
    if stay is None:
        return Hours()
    first = week_start(today, client.site.first_weekday)
    zone = ZoneInfo(client.site.timezone)
    return week_hours(episode_ids=[stay.id], first=first, zone=zone, at=at)[stay.id]


def _coming(stay: Stay | None, at: datetime) -> tuple[Coming, ...]:
    return tuple(Coming(*row) for row in asked.coming(episode=stay.id, at=at)) if stay else ()


def _packet(client: Client) -> dict[str, object]:
    """What the referrals brought, once each."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in asked.BROUGHT}
    for kind, text, category in asked.brought(client=client.id):
        found[kind][text] = category
    ranked = sorted(found["condition"].items(), key=lambda pair: (pair[1] == "other", pair[0]))
    return {
        "allergies": tuple(found["allergy"]),
        "conditions": tuple(ranked),
        "medications": tuple(found["medication"]),
        "coverage": tuple(found["coverage"]),
    }


def _consents(client: Client) -> tuple[tuple[str, bool], ...]:
    signed = {kind for (kind,) in asked.consents(client=client.id)}
    return tuple((form, form in signed) for form in ("treatment", "part2-tpo"))
