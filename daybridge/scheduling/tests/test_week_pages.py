"""The board's views, a draft, a repair and a move, through their pages."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.jobs.models import Job
from daybridge.scheduling import actions
from daybridge.scheduling.models import Booking, Session, StaffNotice, WeekDraft

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 2, 27, 15, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(AT, tick=True)


@pytest.fixture
def week(evening):
    evening.clients = [evening.client(given_name=name) for name in ("Ana", "Ben", "Cleo")]
    return evening


@pytest.fixture
def published(week):
    actions.solve_week(site_id=week.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    return week


def where(name="scheduling:week", *args, more=""):
    return f"{reverse(name, args=args)}?first={MONDAY}{more}"


def worked_out(draft):
    job = Job.objects.get(pk=draft.job)
    actions.solve_draft(SimpleNamespace(arguments=job.arguments, pk=job.pk))


def test_a_week_is_worked_out_watched_compared_put_in_force_and_taken_back(week, sign_in):
    browser = sign_in("director")
    answer = browser.post(reverse("scheduling:ask"), {"first": MONDAY, "site": week.site.id})
    draft = WeekDraft.objects.get()
    assert answer["Location"] == reverse("scheduling:draft", args=[draft.pk])
    assert "Take it as it is" in browser.get(answer["Location"]).content.decode()
    worked_out(draft)
    look = browser.get(reverse("scheduling:progress", args=[draft.pk]), headers={"HX-Request": "true"})
    assert look["HX-Refresh"] == "true"
    page = browser.get(answer["Location"]).content.decode()
    assert "3 of 3" in page
    assert "Ana" in page
    assert "Mon 5:30 pm" in page
    assert "Nothing changes" not in browser.get(answer["Location"] + "?against=last").content.decode()
    browser.post(reverse("scheduling:publish", args=[draft.pk]))
    assert Booking.objects.filter(status="booked", session__kind="group").count() == 18
    assert "In force" in browser.get(where()).content.decode()
    browser.post(reverse("scheduling:undo", args=[draft.pk]))
    assert not Booking.objects.filter(status="booked").exists()


def test_publishing_what_changed_meanwhile_says_so(week, sign_in):
    browser = sign_in("director")
    browser.post(reverse("scheduling:ask"), {"first": MONDAY, "site": week.site.id})
    draft = WeekDraft.objects.get()
    worked_out(draft)
    actions.cancel(session_id=Session.objects.first().pk, reason="storm", by=week.by, at=AT)
    answer = browser.post(reverse("scheduling:publish", args=[draft.pk]))
    assert answer.status_code == 409
    assert "has changed" in answer.content.decode()
    assert browser.post(reverse("scheduling:discard", args=[draft.pk])).status_code == 302


@pytest.mark.parametrize(("view", "words"), [("lead", "Office 1"), ("track", "Appointments"), ("room", "data-move")])
def test_the_board_has_rows_by_room_staff_and_track(published, sign_in, view, words):
    assert words in sign_in("director").get(where(more=f"&view={view}")).content.decode()


def test_everybody_is_shown_with_their_hours(published, sign_in):
    page = sign_in("director").get(where(more="&view=client")).content.decode()
    assert "0 below their hours" in page
    assert page.count('class="chip') >= 18


def test_the_boards_cost_the_same_for_one_client_and_for_many(
    week, sign_in, django_assert_max_num_queries, django_assert_num_queries
):
    actions.solve_week(site_id=week.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
    browser = sign_in("director")
    for view in ("room", "client"):
        browser.get(where(more=f"&view={view}"))
        with django_assert_max_num_queries(45) as few:
            browser.get(where(more=f"&view={view}"))
        for _ in range(3):
            week.client()
        actions.place_all(site_id=week.site.id, first=MONDAY, by=NIGHT_SHIFT, at=AT)
        with django_assert_num_queries(len(few.captured_queries)):
            browser.get(where(more=f"&view={view}"))


def test_sick_today_is_one_step_to_a_proposal_and_one_to_everybody_told(published, sign_in, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 13, tzinfo=UTC), tick=True)
    browser = sign_in("director")
    page = browser.get(reverse("scheduling:something")).content.decode()
    assert "2 sessions ahead" in page
    sent = {"about": published.lead.id, "on": MONDAY, "site": published.site.id}
    answer = browser.post(reverse("scheduling:sick"), sent)
    assert published.counselor.name in browser.get(answer["Location"]).content.decode()
    draft = WeekDraft.objects.get(kind="repair")
    browser.post(reverse("scheduling:publish", args=[draft.pk]))
    assert StaffNotice.objects.filter(staff=published.counselor, kind="stands-in").exists()


def test_what_came_up_needs_days_that_make_sense(published, sign_in):
    browser = sign_in("director")
    sent = {"about": published.lead.id, "on": "2026-03-03", "until": "2026-03-02"}
    assert browser.post(reverse("scheduling:sick"), sent).status_code == 422
    assert browser.post(reverse("scheduling:shut"), {"about": "nonsense", "on": "x"}).status_code == 422
    sent = {"about": published.lead.id, "on": "2026-02-02"}
    assert browser.post(reverse("scheduling:sick"), sent).status_code == 409


def test_a_session_moves_by_its_form_or_says_why_not(published, sign_in):
    browser, session = sign_in("director"), Session.objects.filter(kind="group").order_by("starts_at").first()
    url = reverse("scheduling:move", args=[session.pk])
    assert "5:30" in browser.get(url).content.decode()
    sent = {"day": "2026-03-04", "start": "17:15", "minutes": 90, "room": session.room_id, "lead": session.lead_id}
    assert browser.post(url, sent | {"minutes": 1500}).status_code == 409
    assert browser.post(url, sent | {"room": "nonsense"}).status_code == 422
    assert browser.post(url, sent).status_code == 302
    session.refresh_from_db()
    assert session.starts_at == datetime(2026, 3, 4, 22, 15, tzinfo=UTC)


def test_who_sees_the_week_only_gets_no_way_to_change_it(published, sign_in):
    browser = sign_in("auditor")
    assert "data-move" not in browser.get(where()).content.decode()
    assert browser.get(reverse("scheduling:something")).status_code == 404
    assert browser.post(reverse("scheduling:ask"), {"first": MONDAY}).status_code == 404
