"""The week through its pages."""

import io
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.consent.models import Disclosure
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.scheduling import actions
from daybridge.scheduling.models import Booking, Session
from daybridge.scheduling.tests import factories

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 2, 27, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def laid(evening):
    actions.lay_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=AT)
    return evening


def week_url(name="scheduling:week", *args):
    return f"{reverse(name, args=args)}?first={MONDAY}"


@pytest.mark.django_db
def test_the_week_shows_groups_by_room_with_the_seats_left(laid, sign_in):
    page = sign_in("director").get(week_url()).content.decode()
    assert "Week 10" in page
    assert "from-1730 to-1900" in page
    assert "3 seats" in page
    assert "No sessions" in page  # Wednesday


@pytest.mark.django_db
def test_a_week_that_is_not_laid_offers_to_lay_it(evening, sign_in):
    browser = sign_in("director")
    assert "not laid yet" in browser.get(week_url()).content.decode()
    answer = browser.post(reverse("scheduling:lay"), {"first": MONDAY, "site": evening.site.id})
    assert answer.status_code == 302
    assert Session.objects.count() == 6


@pytest.mark.django_db
def test_an_expired_credential_is_told_on_the_week(evening, sign_in):
    evening.lead.credential_until = date(2026, 3, 2)
    evening.lead.save()
    actions.lay_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=AT)
    page = sign_in("director").get(week_url()).content.decode()
    assert "4 groups have no session" in page
    assert "credential has ended" in page


@pytest.mark.django_db
def test_two_sessions_of_one_lead_at_once_are_refused_by_the_database_or_shown_as_a_conflict(evening, sign_in):
    one = factories.session(evening.lead)
    half_past = one.starts_at + timedelta(minutes=30)
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.session(evening.lead, starts_at=half_past)
        return
    factories.session(evening.lead, starts_at=half_past)
    page = sign_in("director").get(week_url()).content.decode()
    assert page.count(" clash") == 2
    assert "twice" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "status"), [("director", 200), ("front-desk", 200), ("biller", 404)])
def test_who_may_see_the_week(laid, sign_in, who, status):
    assert sign_in(who).get(week_url()).status_code == status


@pytest.mark.django_db
def test_another_sites_week_and_clients_are_not_there(laid, sign_in):
    episode = laid.client()
    browser = sign_in("other_site")
    assert browser.get(f"{week_url()}&site={laid.site.id}").status_code == 404
    assert browser.get(week_url("scheduling:client_week", episode.id)).status_code == 404
    assert browser.get(week_url("scheduling:place", episode.id)).status_code == 404
    assert browser.get(reverse("scheduling:session", args=[Session.objects.first().id])).status_code == 404


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_week(evening, sign_in, django_assert_max_num_queries):
    browser = sign_in("director")
    counts = []
    for n in (1, 20):
        while Session.objects.count() < n:
            starts = factories.STARTS + timedelta(hours=2 * Session.objects.count())
            kind = "individual" if n > 1 else "group"
            session = factories.session(people.staff(evening.site), starts_at=starts, kind=kind, minutes=60)
            factories.booking(session, evening.client())
        with django_assert_max_num_queries(60) as captured:
            assert browser.get(week_url()).status_code == 200
        counts.append(len(captured))
    assert abs(counts[1] - counts[0]) <= 4  # the ledger line of names is written once there are names


@pytest.mark.django_db
def test_the_proposal_is_shown_before_it_is_booked(laid, sign_in):
    episode = laid.client()
    browser = sign_in(Role.INTAKE)
    page = browser.get(week_url("scheduling:place", episode.id)).content.decode()
    assert "Book these 7 sessions" in page
    assert not Booking.objects.exists()
    answer = browser.post(reverse("scheduling:place", args=[episode.id]), {"first": MONDAY})
    assert answer.url == reverse("chart:chart", args=[episode.client_id])
    assert Booking.objects.count() == 7
    assert "10 of 9" in browser.get(week_url("scheduling:client_week", episode.id)).content.decode()


@pytest.mark.django_db
def test_what_does_not_fit_is_said_in_words(laid, sign_in):
    episode = laid.client()
    plans.commitment(episode, 1, 1020, 1260)
    page = sign_in(Role.INTAKE).get(week_url("scheduling:place", episode.id)).content.decode()
    assert "Only 7 of 9 hours fit." in page
    assert "Job on Tue from 5 pm to 9 pm" in page


@pytest.mark.django_db
def test_without_a_plan_the_page_says_so(laid, sign_in):
    episode = laid.client(plan={"status": "draft"})
    answer = sign_in(Role.INTAKE).get(week_url("scheduling:place", episode.id))
    assert answer.status_code == 409
    assert "signed plan" in answer.content.decode()


@pytest.mark.django_db
def test_everybody_is_placed_from_the_week(laid, sign_in):
    laid.client()
    browser = sign_in("director")
    assert "Place 1 person" in browser.get(week_url()).content.decode()
    browser.post(reverse("scheduling:place_all"), {"first": MONDAY, "site": laid.site.id})
    assert Booking.objects.count() == 7
    assert "Place 1 person" not in browser.get(week_url()).content.decode()


@pytest.mark.django_db
def test_a_session_names_who_is_booked_and_the_ledger_knows_who_read(evening, sign_in):
    session, episode = factories.session(evening.lead), evening.client()
    factories.booking(session, episode)
    page = sign_in("director").get(reverse("scheduling:session", args=[session.id])).content.decode()
    assert episode.client.name in page
    assert Entry.objects.get(verb="session.read").data["clients"] == [str(episode.client_id)]


@pytest.mark.django_db
def test_calling_off_needs_a_reason_and_can_be_undone(evening, sign_in):
    session, browser = factories.session(evening.lead), sign_in("director")
    url = reverse("scheduling:cancel", args=[session.id])
    assert browser.post(url, {}).status_code == 422
    browser.post(url, {"reason": "The lead is ill."})
    session.refresh_from_db()
    assert session.status == "cancelled"
    browser.post(reverse("scheduling:restore", args=[session.id]))
    session.refresh_from_db()
    assert session.status == "planned"


@pytest.mark.django_db
def test_a_seat_is_released_from_the_session(evening, sign_in):
    booking = factories.booking(factories.session(evening.lead), evening.client())
    sign_in("director").post(reverse("scheduling:release", args=[booking.id]))
    booking.refresh_from_db()
    assert booking.status == "released"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "title"), [("en", "Your week"), ("es", "Su semana")])
def test_the_printed_week_is_tagged_in_the_clients_language_and_always_the_same(laid, sign_in, language, title):
    episode = laid.client(languages=[language])
    actions.place(episode_id=episode.id, first=MONDAY, by=laid.by, at=AT)
    browser = sign_in("director")
    first = browser.get(week_url("scheduling:print", episode.id))
    assert first["Content-Type"] == "application/pdf"
    assert first.content == browser.get(week_url("scheduling:print", episode.id)).content
    with pikepdf.open(io.BytesIO(first.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith(language)
        assert pdf.Root.StructTreeRoot
        assert str(pdf.docinfo.Title).startswith(title)
    assert Disclosure.objects.filter(client=episode.client, purpose="client").count() == 2


@pytest.mark.django_db
def test_a_week_without_sessions_prints_too(laid, sign_in):
    assert sign_in("director").get(week_url("scheduling:print", laid.client().id)).content.startswith(b"%PDF")


@pytest.mark.django_db
def test_who_may_not_disclose_may_not_print(laid, sign_in):
    assert sign_in("front-desk").get(week_url("scheduling:print", laid.client().id)).status_code == 404
