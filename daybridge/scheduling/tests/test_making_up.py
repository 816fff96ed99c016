"""Make-ups and stand-ins: ranked with reasons, one click, everybody told."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.scheduling import actions, queries
from daybridge.scheduling.making_up import Missed, Offer, ranked, reasons
from daybridge.scheduling.models import Booking, Notice, Session, StaffNotice
from daybridge.scheduling.standing_in import Able
from daybridge.scheduling.standing_in import ranked as best
from daybridge.scheduling.standing_in import reasons as why

MONDAY = date(2026, 3, 2)
BEFORE = datetime(2026, 2, 27, 15, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 14, tzinfo=UTC)


def offer(name: str, **fields) -> Offer:
    known = {
        "session": name, "topic": None, "category": "", "track": 1, "track_name": "Evening", "free": 2,
        "starts_at": TUESDAY, "minutes": 90, "same_day": False,
    }  # fmt: skip
    return Offer(**known | fields)


def test_the_missed_topic_comes_first_then_its_kind_then_what_fills_the_hours():
    missed = Missed(topic="anger", category="skills", track=1)
    found = ranked(
        [offer("soon"), offer("fills", minutes=180), offer("kind", category="skills"), offer("same", topic="anger")],
        missed, lacking=120,
    )  # fmt: skip
    assert [one.session for one in found] == ["same", "kind", "fills", "soon"]
    assert reasons(found[0], missed, 90) == ["the same topic", "brings the week to its hours", "2 seats free"]


def test_a_named_stand_in_goes_before_one_who_knows_the_people():
    one = Able(1, "Ana", "LPC", False, 2, True, 0)
    other = Able(2, "Ben", "LPC", True, 0, False, 3)
    assert [row.name for row in best([one, other])] == ["Ben", "Ana"]
    assert why(one) == "counsels 2 of the people, leads this topic, nothing else to lead that day"


@pytest.fixture
def missed(evening, time_machine):
    """A client whose group on Monday is over and was missed; it is Tuesday morning."""
    time_machine.move_to(BEFORE, tick=False)
    actions.lay_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=BEFORE)
    episode = evening.client()
    for session in Session.objects.order_by("starts_at")[:3]:  # both of Monday, one of Tuesday
        Booking.objects.create(session=session, episode=episode, booked_at=BEFORE)
    time_machine.move_to(TUESDAY, tick=False)
    evening.episode = episode
    return evening


@pytest.mark.django_db
def test_a_make_up_is_offered_and_booked_with_one_click_and_the_client_is_told(missed, sign_in):
    gone = Session.objects.order_by("starts_at").first()
    page = queries.make_ups(
        episode_id=missed.episode.id, first=MONDAY, missed=gone.id, by=missed.by, at=TUESDAY
    )  # fmt: skip
    assert page.missed.id == gone.id
    assert page.booked_minutes == 180
    assert page.rows
    assert not {one.id for one in page.rows} & set(Booking.objects.values_list("session", flat=True))
    url = reverse("scheduling:make_up", args=[missed.episode.id])
    asked = {"first": MONDAY, "instead": gone.id, "session": page.rows[0].id}
    assert sign_in("director").post(url, asked).status_code == 302
    assert Booking.objects.filter(episode=missed.episode, session=page.rows[0].id, status="booked").exists()
    assert Notice.objects.filter(episode=missed.episode, kind="added").exists()


@pytest.mark.django_db
def test_no_make_up_lies_in_a_time_the_client_cannot_come(missed, sign_in):
    for weekday in range(7):
        plans.commitment(missed.episode, weekday, 0, 1439)
    answer = sign_in("director").get(f"{reverse('scheduling:make_up', args=[missed.episode.id])}?first={MONDAY}")
    assert "No session this week would make up for it." in answer.content.decode()


@pytest.mark.django_db
def test_who_can_stand_in_is_ranked_and_assigned(missed, sign_in):
    able = people.staff(missed.site, credential="LPC")
    people.on_team(missed.episode.client, able, role="case manager")
    url = f"{reverse('scheduling:stand_ins')}?staff={missed.lead.id}&on=2026-03-03"
    browser = sign_in("director")
    assert able.name in browser.get(url).content.decode()
    session = Session.objects.filter(lead=missed.lead, starts_at__gt=TUESDAY).first()
    assign = reverse("scheduling:stand_in", args=[session.id, able.id])
    assert browser.post(assign, {"staff": missed.lead.id, "on": "2026-03-03"}).status_code == 302
    session.refresh_from_db()
    assert session.lead_id == able.id
    assert {one.kind for one in StaffNotice.objects.filter(staff__in=[able, missed.lead])} == {"stands-in", "freed"}


@pytest.mark.django_db
def test_nobody_without_the_credential_or_the_time_is_assigned(missed, sign_in):
    busy = people.staff(missed.site, credential="LPC")
    session = Session.objects.filter(lead=missed.lead, starts_at__gt=TUESDAY).first()
    busy.hours.all().delete()
    answer = sign_in("director").post(reverse("scheduling:stand_in", args=[session.id, busy.id]), {})
    assert answer.status_code == 409


@pytest.mark.django_db
def test_other_sites_see_nothing_of_it(missed, sign_in):
    browser = sign_in("other_site")
    assert browser.get(reverse("scheduling:make_up", args=[missed.episode.id])).status_code == 404
    assert browser.get(f"{reverse('scheduling:stand_ins')}?staff={missed.lead.id}").status_code == 404
    assert browser.get(f"{reverse('scheduling:stand_ins')}?site={missed.site.id}").status_code == 404


@pytest.mark.django_db
def test_a_door_and_a_lead_have_a_sheet_without_any_client(missed, sign_in):
    session, browser = Session.objects.first(), sign_in("director")
    for url in (reverse("scheduling:door", args=[session.room_id]), reverse("scheduling:lead", args=[session.lead_id])):
        answer = browser.get(f"{url}?first={MONDAY}")
        assert answer.content.startswith(b"%PDF")
    stranger = sign_in("other_site")
    assert stranger.get(reverse("scheduling:door", args=[session.room_id])).status_code == 404
    assert stranger.get(reverse("scheduling:lead", args=[session.lead_id])).status_code == 404
