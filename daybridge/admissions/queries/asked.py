"""What the board asks, prepared once. Who is within reach is given with the question, or was found before."""

from django.db.models import Count, Q

from daybridge.admissions.models import ContactAttempt, PossibleMatch, Referral
from daybridge.admissions.queries.said import COLUMNS
from daybridge.asking import Given, prepared
from daybridge.consent.models import Consent
from daybridge.episodes.models import Episode
from daybridge.level_of_care.models import Determination
from daybridge.people.models import Phone
from daybridge.people.reach import Shape
from daybridge.program.models import HOLDS_A_SEAT, Track


@prepared
def standing(within: Shape):
    """Referrals on a lane, and those that left the lanes since a moment: what it takes to place and count them."""
    lately = Q(state__in=Given("ways_out"), state_since__gte=Given("since"))
    found = Referral.objects.filter(within.of("client", site="site")).filter(Q(state__in=Given("lanes")) | lately)
    return found.order_by("first_call_at", "id").values_list(
        "id", "state", "first_call_at", "state_since", "client_id", "next_on", "danger_at", "owner__user_id"
    )


@prepared
def rows():
    """Referrals in the order of COLUMNS."""
    return Referral.objects.filter(id__in=Given("ids")).values_list(*COLUMNS)


@prepared
def calls():
    """Tries to reach the person, the oldest first."""
    return ContactAttempt.objects.filter(referral__in=Given("ids")).order_by("at").values_list("referral_id", "result")


@prepared
def open_matches():
    """Referrals that may be of somebody known, and who that is: for those who reach both."""
    found = PossibleMatch.objects.filter(referral__in=Given("ids"), state="open")
    return found.values_list("referral_id", "client_id")


@prepared
def phones():
    """Clients who have a number."""
    return Phone.objects.filter(client__in=Given("clients")).values_list("client_id")


@prepared
def levels():
    """What was recommended and decided, the oldest first."""
    found = Determination.objects.filter(client__in=Given("clients")).order_by("assessed_at")
    return found.values_list("client_id", "recommended", "decided_level")


@prepared
def consents():
    """The kinds in force on a day."""
    lasting = Q(expires_on=None) | Q(expires_on__gte=Given("day"))
    found = Consent.objects.in_force().filter(lasting, client__in=Given("clients"))
    return found.order_by().values_list("client_id", "kind")


@prepared
def first_days():
    """The days on which stays began."""
    return Episode.objects.filter(client__in=Given("clients")).values_list("client_id", "admitted_on")


@prepared
def tracks():
    """Running tracks of some sites, their seats, and how many of these are taken."""
    found = Track.objects.filter(site__in=Given("sites"), is_active=True).order_by("id")
    found = found.annotate(taken=Count("enrollments", filter=HOLDS_A_SEAT))
    return found.values_list("site_id", "part_of_day", "seats", "taken")
