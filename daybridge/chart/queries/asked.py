"""What the chart asks of the rooms below, prepared once; all but the first of a client found within reach."""

from django.db.models import Count, Min, Q

from daybridge.admissions.models import PacketItem, Referral, ReferralEvent
from daybridge.asking import Given, prepared
from daybridge.attendance.models import RollLine
from daybridge.consent.models import Consent, ConsentEvent
from daybridge.episodes.models import Episode, EpisodeEvent
from daybridge.level_of_care.models import Determination
from daybridge.notes.models import NoteLine
from daybridge.people.models import CareTeamMember, Client, Phone
from daybridge.people.reach import Shape
from daybridge.people.rules import PRIMARY
from daybridge.plans.models import Goal, TreatmentPlan
from daybridge.scheduling.models import Booking
from daybridge.scheduling.rules import SessionState

BROUGHT = ("allergy", "condition", "medication", "coverage")
HELD = (SessionState.HELD, SessionState.DOCUMENTED, SessionState.CLOSED)


@prepared
def clients(within: Shape):
    """The client with the site, when within reach."""
    return Client.objects.filter(within.of(), pk=Given("client")).select_related("site")


@prepared
def stays():
    """The newest stay."""
    found = Episode.objects.filter(client=Given("client")).order_by("-admitted_on")
    return found.values_list("id", "level", "status", "admitted_on", "ended_on")[:1]


@prepared
def referrals():
    """The newest referral."""
    return Referral.objects.filter(client=Given("client")).order_by("-first_call_at").values_list("id", "state")[:1]


@prepared
def plans():
    """The active plan, else the newest version that is not closed."""
    found = TreatmentPlan.objects.filter(episode=Given("episode")).exclude(status="closed")
    found = found.alias(is_active=Q(status="active")).order_by("-is_active", "-number")
    return found.values_list("id", "number", "signed_at", "review_on")[:1]


@prepared
def goals():
    """Goals with their steps, a row a step."""
    found = Goal.objects.filter(plan=Given("plan")).order_by("place", "objectives__place")
    return found.values_list("id", "words", "objectives__text", "objectives__status")


@prepared
def phones():
    """The numbers of a client."""
    return Phone.objects.filter(client=Given("client")).values_list("number")


@prepared
def counselors():
    """The primary counselor: name and credential."""
    team = CareTeamMember.objects.filter(client=Given("client"), role=PRIMARY, until=None).order_by("id")
    return team.values_list("staff__user__name", "staff__credential")[:1]


@prepared
def coming():
    """Booked sessions still to come, the next ones."""
    booked = Booking.objects.filter(episode=Given("episode"), status="booked", session__ends_at__gt=Given("at"))
    booked = booked.exclude(session__status="cancelled").order_by("session__starts_at")
    return booked.values_list(
        "session_id", "session__title", "session__starts_at", "session__room__name", "session__lead__user__name"
    )[:5]


@prepared
def brought():
    """What the referrals brought."""
    items = PacketItem.objects.filter(referral__client=Given("client"), kind__in=BROUGHT, end=None)
    return items.values_list("kind", "text", "category")


@prepared
def consents():
    """The kinds of consent in force."""
    return Consent.objects.in_force().filter(client=Given("client")).order_by().values_list("kind")


# The time line: each source reads only the columns it says.
@prepared
def referral_events(limit: int):
    """How the referrals moved, newest first."""
    events = ReferralEvent.objects.filter(referral__client=Given("client")).order_by("-at")
    return events.values_list("at", "now", "reason", "referral_id", "referral__referrer")[:limit]


@prepared
def determinations(limit: int):
    """Levels of care assessed and decided, newest first."""
    found = Determination.objects.filter(client=Given("client"))
    return found.values_list(
        "assessed_at", "recommended", "rulebook", "decided_at", "decided_level", "decided_by__name"
    )[:limit]


@prepared
def consent_events(limit: int):
    """How the consents went, newest first."""
    events = ConsentEvent.objects.filter(consent__client=Given("client")).order_by("-at")
    return events.values_list("at", "now", "reason", "consent__kind")[:limit]


@prepared
def episode_events(limit: int):
    """How the stays went, newest first."""
    events = EpisodeEvent.objects.filter(episode__client=Given("client")).order_by("-at")
    return events.values_list("at", "was", "now", "reason", "episode__level")[:limit]


@prepared
def signed_plans(limit: int):
    """Plans that were signed, newest first."""
    found = TreatmentPlan.objects.filter(episode__client=Given("client"), signed_at__isnull=False)
    return found.order_by("-signed_at").values_list(
        "signed_at", "number", "weekly_minutes", "signed_by__name", "episode_id"
    )[:limit]


@prepared
def bookings(limit: int):
    """Seats are booked together when a week is placed; what was released since is not told here."""
    booked = Booking.objects.filter(episode__client=Given("client"), status="booked").order_by("-booked_at")
    rows = booked.values_list("booked_at", "episode_id")
    return rows.annotate(seats=Count("id"), first=Min("session__starts_at"))[:limit]


@prepared
def sessions(limit: int):
    """Sessions held, with the line of the roll, newest first."""
    lines = RollLine.objects.filter(episode__client=Given("client"), session__status__in=HELD)
    return lines.order_by("-session__starts_at").values_list(
        "mark", "arrived_at", "left_at", "credited_minutes", "reason", "session_id", "session__title",
        "session__starts_at", "session__ends_at", "session__room__name",
    )[:limit]  # fmt: skip


@prepared
def notes(limit: int):
    """Signed notes with a line about the client, newest first."""
    lines = NoteLine.objects.filter(episode__client=Given("client"), note__status="signed", minutes__gt=0)
    return lines.order_by("-note__signed_at").values_list(
        "note__signed_at", "note__signed_as", "note__session_id", "note__session__title"
    )[:limit]
