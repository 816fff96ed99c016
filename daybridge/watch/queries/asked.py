"""What Today asks, prepared once. Who is within reach is given with each question, or was found before."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from daybridge.admissions.models import Referral
from daybridge.asking import Given, prepared
from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import HERE, Mark
from daybridge.episodes.models import Episode
from daybridge.notes.models import SessionNote
from daybridge.people.models import CareTeamMember, Staff
from daybridge.people.reach import Shape
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import SessionState

COMING = (SessionState.PLANNED, SessionState.OPEN)


@prepared
def staff():
    """The staff record of a user."""
    return Staff.objects.filter(user=Given("user")).order_by("id").values_list("id")[:1]


@prepared
def people(within: Shape, whose: str):
    """Everybody in care, or gone not longer ago than a day; those one looks after, or all within reach."""
    lately = Q(ended_on=None) | Q(ended_on__gte=Given("since"))
    found = Episode.objects.filter(within.of("client", site="site"), lately)
    if whose == "own":
        mine = CareTeamMember.objects.filter(staff=Given("staff"), until=None).values("client")
        found = found.filter(client__in=mine)
    return found.values_list(
        "id", "status", "client_id", "client__preferred_name", "client__given_name", "client__family_name"
    )


def _waiting(within: Shape):
    return Referral.objects.filter(within.of("client", site="site"), state__in=Given("states"))


@prepared
def waiting(within: Shape, most: int):
    """Referrals in some states, longest waiting first."""
    return _waiting(within).order_by("first_call_at").values_list(
        "id", "state", "first_call_at", "client_id", "client__preferred_name", "client__given_name",
        "client__family_name",
    )[:most]  # fmt: skip


@prepared
def waiting_in_all(within: Shape):
    """How many of these there are, by state."""
    return _waiting(within).order_by().values("state").annotate(many=Count("id")).values_list("many")


@prepared
def missed():
    """Sessions missed since a moment by people who have not been seen after; source: rulebook ATT-5."""
    seen = RollLine.objects.filter(
        episode=OuterRef("episode"), mark__in=HERE, session__starts_at__gt=OuterRef("session__starts_at")
    )
    lines = RollLine.objects.filter(
        ~Exists(seen), episode__in=Given("episodes"), mark=Mark.NO_SHOW, session__starts_at__gte=Given("since")
    )
    return lines.order_by("session__starts_at").values_list("episode_id", "session__starts_at", "session__ends_at")


def _to_note(whose: str):
    """Sessions somebody came to whose note is not signed; those one leads, or all of some sites."""
    came = RollLine.objects.filter(session=OuterRef("pk"), mark__in=HERE)
    held = Session.objects.filter(Exists(came), site__in=Given("sites"), status=SessionState.HELD)
    return held.filter(lead=Given("lead")) if whose == "own" else held


@prepared
def to_note(whose: str, most: int):
    """The oldest of the sessions whose note waits, with when its draft was kept."""
    saved = SessionNote.objects.filter(session=OuterRef("pk")).values("saved_at")[:1]
    rows = _to_note(whose).annotate(saved=Subquery(saved)).order_by("ends_at")
    return rows.values_list("id", "title", "starts_at", "ends_at", "lead__user__name", "saved")[:most]


@prepared
def to_note_in_all(whose: str):
    """How many of these there are."""
    return _to_note(whose).order_by().values("status").annotate(many=Count("id")).values_list("many")


@prepared
def meetings(whose: str):
    """The sessions of a day at a site, or those one leads, with who is booked and who is here."""
    rows = Session.objects.filter(
        site=Given("site"), starts_at__gte=Given("start"), starts_at__lt=Given("end"), status__in=COMING
    )
    rows = rows.filter(lead=Given("lead")) if whose == "own" else rows
    rows = rows.annotate(
        booked=Count("bookings", filter=Q(bookings__status="booked"), distinct=True),
        here=Count("roll", filter=Q(roll__mark__in=HERE), distinct=True),
    ).order_by("starts_at")
    return rows.values_list(
        "id", "title", "room__name", "lead__user__name", "starts_at", "ends_at", "booked", "here", "status"
    )[:20]
