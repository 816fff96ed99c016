"""Who this is and how the week stands: the head of the chart."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import get_language_info, gettext

from daybridge.admissions.models import PacketItem, Referral
from daybridge.attendance.queries import week_hours
from daybridge.attendance.rules import Hours
from daybridge.audit import ledger
from daybridge.chart.queries.timeline import Moment, timeline
from daybridge.consent.models import Consent
from daybridge.episodes.models import Episode
from daybridge.kit.periods import week_start
from daybridge.people.models import Client
from daybridge.people.rules import PRIMARY, age_on, shown_phone
from daybridge.plans.models import TreatmentPlan
from daybridge.scheduling.models import Booking


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
    client = Client.objects.charts_of(by).select_related("site", "merged_into").get(pk=client_id)
    client = client.merged_into or client
    ledger.read("chart.read", client, by=by, at=at)
    zone = ZoneInfo(client.site.timezone)
    today = at.astimezone(zone).date()
    episode = client.episodes.order_by("-admitted_on").first()
    referral = Referral.objects.filter(client=client).order_by("-first_call_at").first()
    plan = _plan(episode)
    moments = timeline(client_id=client.id, by=by, zone=zone, today=today, limit=limit)
    return Chart(
        **_person(client, today), **_stay(client, episode, referral, today), **_plan_facts(plan),
        **_packet(client), hours=_hours(client, episode, today, zone, at), coming=_coming(episode, at),
        consents=_consents(client), moments=tuple(moments),
    )  # fmt: skip


def _person(client: Client, today: date) -> dict[str, object]:
    legal = f"{client.given_name} {client.family_name}".strip()
    return {
        "id": client.id, "name": client.name, "legal_name": legal if client.preferred_name else "",
        "pronouns": client.pronouns, "age": age_on(client.birth_date, today) if client.birth_date else None,
        "record_number": client.record_number, "languages": ", ".join(_language(tag) for tag in client.languages),
        "phones": tuple(shown_phone(number) for number in client.phones.values_list("number", flat=True)),
    }  # fmt: skip


def _language(tag: str) -> str:
    """The name of a BCP 47 language in the reader's own; the tag itself where it is not known."""
    try:
        return str(gettext(get_language_info(tag.partition("-")[0])["name"]))
    except KeyError:
        return tag


def _stay(client: Client, episode: Episode | None, referral: Referral | None, today: date) -> dict[str, object]:
    names = client.care_team.filter(role=PRIMARY, until=None).values_list("staff__user__name", "staff__credential")
    return {
        "episode_id": episode.id if episode else None,
        "referral_id": referral.id if referral else None,
        "referral_state": referral.state if referral else "",
        "level": episode.level if episode else "",
        "week_number": (today - episode.admitted_on).days // 7 + 1 if episode and not episode.ended_on else None,
        "status": episode.status if episode else "",
        "counselor": ", ".join(part for part in (names.first() or ()) if part),
    }


def _plan(episode: Episode | None) -> TreatmentPlan | None:
    """The active plan, else the newest version that is not closed."""
    if episode is None:
        return None
    plans = episode.plans.exclude(status="closed").alias(is_active=Q(status="active"))
    return plans.order_by("-is_active", "-number").first()


def _plan_facts(plan: TreatmentPlan | None) -> dict[str, object]:
    return {
        "plan_id": plan.id if plan else None,
        "plan_number": plan.number if plan else None,
        "plan_signed_at": plan.signed_at if plan else None,
        "review_on": plan.review_on if plan else None,
        "goals": _goals(plan) if plan else (),
    }


def _goals(plan: TreatmentPlan) -> tuple[Goal, ...]:
    """The goals with their steps, in one query."""
    rows = plan.goals.order_by("place", "objectives__place").values_list(
        "id", "words", "objectives__text", "objectives__status"
    )
    found: dict[UUID, Goal] = {}
    for goal, words, text, status in rows:
        steps = found[goal].steps if goal in found else ()
        found[goal] = Goal(words, (*steps, (text, status)) if text else steps)
    return tuple(found.values())


def _hours(client: Client, episode: Episode | None, today: date, zone: ZoneInfo, at: datetime) -> Hours:
    if episode is None:
        return Hours()
    first = week_start(today, client.site.first_weekday)
    return week_hours(episode_ids=[episode.id], first=first, zone=zone, at=at)[episode.id]


def _coming(episode: Episode | None, at: datetime) -> tuple[Coming, ...]:
    if episode is None:
        return ()
    booked = Booking.objects.filter(episode=episode, status="booked", session__ends_at__gt=at)
    booked = booked.exclude(session__status="cancelled").order_by("session__starts_at")
    return tuple(
        Coming(*row)
        for row in booked.values_list(
            "session_id", "session__title", "session__starts_at", "session__room__name", "session__lead__user__name"
        )[:5]
    )


def _packet(client: Client) -> dict[str, object]:
    """What the referrals brought, once each."""
    found: dict[str, dict[str, str]] = {"allergy": {}, "condition": {}, "medication": {}, "coverage": {}}
    items = PacketItem.objects.filter(referral__client=client, kind__in=list(found), end=None)
    for kind, text, category in items.values_list("kind", "text", "category"):
        found[kind][text] = category
    ranked = sorted(found["condition"].items(), key=lambda pair: (pair[1] == "other", pair[0]))
    return {
        "allergies": tuple(found["allergy"]),
        "conditions": tuple(ranked),
        "medications": tuple(found["medication"]),
        "coverage": tuple(found["coverage"]),
    }


def _consents(client: Client) -> tuple[tuple[str, bool], ...]:
    signed = set(Consent.objects.in_force().filter(client=client).values_list("kind", flat=True))
    return tuple((form, form in signed) for form in ("treatment", "part2-tpo"))
