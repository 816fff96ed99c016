"""The board and the hours page, through their addresses."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from daybridge.access.rules import Permission, Role, roles_with
from daybridge.attendance import actions
from daybridge.attendance.models import Figure, RollLine
from daybridge.attendance.rules import Detail, Mark
from daybridge.attendance.tests import factories
from daybridge.audit.models import Entry
from daybridge.jobs.models import Job
from daybridge.people.tests import factories as people
from daybridge.plans.models import TreatmentPlan

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lead(site, users):
    return people.staff(site, user=users[Role.COUNSELOR])


@pytest.fixture
def session(lead):
    made, _stays = factories.group(lead, 10)
    with time_machine.travel(made.starts_at, tick=False):
        yield made


@pytest.fixture
def opened(session, lead):
    actions.open_roll(session_id=session.id, by=lead.user, at=session.starts_at)
    return session


def board(session):
    return reverse("attendance:roll", args=[session.id])


def mark_url(line):
    return reverse("attendance:mark", args=[line.session_id, line.id])


@pytest.mark.parametrize("role", list(Role))
def test_who_may_see_the_board(sign_in, opened, role):
    allowed = role in roles_with(Permission.ROLL_SEE)
    assert sign_in(role).get(board(opened)).status_code == (200 if allowed else 404)


def test_another_site_finds_nothing(sign_in, opened):
    line = opened.roll.first()
    browser = sign_in("other_site")
    assert browser.get(board(opened)).status_code == 404
    assert browser.post(mark_url(line), {"to": "present"}).status_code == 404
    assert browser.post(reverse("attendance:all_here", args=[opened.id])).status_code == 404
    assert browser.post(reverse("attendance:close", args=[opened.id])).status_code == 404
    assert browser.get(reverse("attendance:clock", args=[opened.id])).status_code == 404
    line.refresh_from_db()
    assert line.mark == Mark.EXPECTED


def test_the_board_shows_first_names_and_initials_and_nothing_else_of_a_person(sign_in, opened):
    page = sign_in("counselor").get(board(opened)).content.decode()
    assert "Andre A." in page
    assert "Abbott" not in page
    for line in opened.roll.select_related("episode__client"):
        assert line.episode.client.record_number not in page
    assert "Keep my job" not in page


def test_the_check_in_starts_from_the_board(sign_in, session):
    browser = sign_in("front-desk")
    assert "10 people are booked" in browser.get(board(session)).content.decode()
    answer = browser.post(reverse("attendance:open", args=[session.id]))
    assert answer.status_code == 302
    assert session.roll.count() == 10


def test_too_early_is_said_in_place(sign_in, session):
    with time_machine.travel(session.starts_at - timedelta(hours=3), tick=False):
        answer = sign_in("counselor").post(reverse("attendance:open", args=[session.id]))
    assert answer.status_code == 409
    assert "too early" in answer.content.decode()


def test_a_tap_marks_and_gives_the_card_back_with_its_undo(sign_in, opened):
    line = opened.roll.first()
    browser = sign_in("counselor")
    answer = browser.post(mark_url(line), {"to": "present", "seen": "expected"}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith("<li>")
    assert "Here 9:00" in page
    assert "1 of 10 here" in page
    assert 'value="expected"' in page
    line.refresh_from_db()
    assert line.mark == Mark.PRESENT


def test_a_tap_without_script_comes_back_to_the_board_and_can_be_undone(sign_in, opened):
    line, browser = opened.roll.first(), sign_in("counselor")
    answer = browser.post(mark_url(line), {"to": "present", "seen": "expected"}, follow=True)
    assert answer.redirect_chain == [(board(opened), 302)]
    assert "Undo" in answer.content.decode()
    browser.post(mark_url(line), {"to": "expected", "seen": "present"})
    line.refresh_from_db()
    assert (line.mark, line.arrived_at) == (Mark.EXPECTED, None)


def test_a_tap_on_a_stale_card_changes_nothing_and_shows_how_it_stands(sign_in, opened, lead):
    line = opened.roll.first()
    detail = Detail(is_online=True)
    actions.mark(line_id=line.id, to=Mark.PRESENT, by=lead.user, at=opened.starts_at, detail=detail)
    answer = sign_in("counselor").post(mark_url(line), {"to": "present", "seen": "expected"}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this" in page
    assert "Online 9:00" in page


@pytest.mark.parametrize("sent", [{}, {"to": "nonsense"}, {"to": "present", "time": "yesterday-ish"}])
def test_a_mark_that_does_not_read_is_refused(sign_in, opened, sent):
    line, browser = opened.roll.first(), sign_in("counselor")
    assert browser.post(mark_url(line), sent, headers=HTMX).status_code == 409
    assert browser.post(mark_url(line), sent).status_code == 409
    line.refresh_from_db()
    assert line.mark == Mark.EXPECTED


def test_all_present_except_one_takes_three_taps(sign_in, opened):
    browser = sign_in("counselor")
    browser.post(reverse("attendance:all_here", args=[opened.id]))  # first tap; the second opens the card's menu
    line = opened.roll.first()
    browser.post(mark_url(line), {"to": "no-show", "seen": "present"}, headers=HTMX)
    assert opened.roll.filter(mark=Mark.PRESENT).count() == 9
    assert opened.roll.get(mark=Mark.NO_SHOW) == line


def test_everyone_here_can_be_undone_as_a_whole(sign_in, opened, lead):
    first = opened.roll.first()
    early = opened.starts_at - timedelta(minutes=4)
    actions.mark(line_id=first.id, to=Mark.PRESENT, by=lead.user, at=early)
    browser = sign_in("counselor")
    page = browser.post(reverse("attendance:all_here", args=[opened.id]), follow=True).content.decode()
    assert "9 people marked here" in page
    back = reverse("attendance:take_back", args=[opened.id])
    assert back in page
    browser.post(back, {"since": opened.starts_at.isoformat()})
    assert list(opened.roll.filter(mark=Mark.PRESENT)) == [first]
    assert browser.post(back, {"since": "?"}).status_code == 409


def test_an_excuse_keeps_its_reason_off_the_board(sign_in, opened):
    line = opened.roll.first()
    sent = {"to": "excused", "seen": "expected", "reason": "appointment"}
    page = sign_in("counselor").post(mark_url(line), sent, headers=HTMX).content.decode()
    line.refresh_from_db()
    assert line.reason == "appointment"
    assert "Excused" in page
    assert "appointment</" not in page


def test_ending_the_group_leads_to_its_note(sign_in, opened):
    answer = sign_in("counselor").post(reverse("attendance:close", args=[opened.id]))
    assert (answer.status_code, answer.url) == (302, reverse("notes:session", args=[opened.id]))
    assert opened.roll.filter(mark=Mark.NO_SHOW).count() == 10


def test_ending_by_the_front_desk_stays_on_the_board(sign_in, opened):
    browser = sign_in("front-desk")
    answer = browser.post(reverse("attendance:close", args=[opened.id]))
    assert answer.url == board(opened)
    assert browser.post(reverse("attendance:close", args=[opened.id])).status_code == 409
    assert browser.post(reverse("attendance:all_here", args=[opened.id])).status_code == 409


def test_an_individual_session_is_a_board_with_one_card(sign_in, lead):
    session, _stays = factories.group(lead, 1, kind="individual", title="Individual session")
    with time_machine.travel(session.starts_at, tick=False):
        actions.open_roll(session_id=session.id, by=lead.user, at=session.starts_at)
        page = sign_in("counselor").get(board(session)).content.decode()
    assert page.count('class="seat-card') == 1


def test_the_clock_counts(sign_in, opened, lead):
    actions.all_here(session_id=opened.id, by=lead.user, at=opened.starts_at)
    piece = sign_in("counselor").get(reverse("attendance:clock", args=[opened.id])).content.decode()
    assert "10 of 10 here" in piece
    assert "9:00" in piece


@pytest.mark.parametrize("size", [1, 20])
def test_the_board_asks_as_often_for_twenty_as_for_one(sign_in, lead, size, django_assert_max_num_queries):
    session, _stays = factories.group(lead, size)
    with time_machine.travel(session.starts_at, tick=False):
        actions.open_roll(session_id=session.id, by=lead.user, at=session.starts_at)
        browser = sign_in("counselor")
        browser.get(board(session))
        with django_assert_max_num_queries(22):
            browser.get(board(session))


@pytest.fixture
def week(opened, lead):
    """Ten people of whom one came, one has no plan."""
    first = opened.roll.select_related("episode").order_by("episode__client__given_name").first()
    actions.mark(line_id=first.id, to=Mark.PRESENT, by=lead.user, at=opened.starts_at)
    other = opened.roll.exclude(pk=first.pk).first()
    TreatmentPlan.objects.filter(episode=other.episode).update(status="revised")
    with time_machine.travel(opened.ends_at, tick=False):
        actions.close_roll(session_id=opened.id, by=lead.user, at=opened.ends_at)
        yield opened


@pytest.mark.parametrize("role", list(Role))
def test_who_may_see_the_hours(sign_in, week, role):
    allowed = role in roles_with(Permission.HOURS_SEE)
    assert sign_in(role).get(reverse("attendance:hours")).status_code == (200 if allowed else 404)


def test_the_hours_page_says_what_is_missing_in_words(sign_in, week):
    page = sign_in("director").get(reverse("attendance:hours")).content.decode()
    assert "9 h short, nothing booked" in page
    assert "7 h 30 min short; likely 1 h 30 min" in page
    assert "No signed plan yet" in page
    assert page.index("nothing booked") < page.index("likely 1 h 30 min") < page.index("No signed plan yet")
    read = Entry.objects.filter(verb="hours.see", kind="read").get()
    assert len(read.data["clients"]) == 10


def test_the_hours_of_another_site_stay_there(sign_in, week):
    page = sign_in("other_site").get(reverse("attendance:hours")).content.decode()
    assert "Abbott" not in page
    assert "Every week is booked as planned" in page


def test_only_those_who_fall_short_can_be_asked_for(sign_in, week):
    page = sign_in("director").get(reverse("attendance:hours"), {"show": "short"}).content.decode()
    assert "No signed plan yet" not in page
    assert "nothing booked" in page


@pytest.mark.parametrize(
    "query",
    [{"first": "no"}, {"page": "-1"}, {"page": "99"}, {"first": "2026-03-05", "show": "x"}, {"first": "0001-01-01"},
     {"first": "9999-12-31"}],
)  # fmt: skip
def test_an_address_that_does_not_read_shows_the_page_anyway(sign_in, week, query):
    assert sign_in("director").get(reverse("attendance:hours"), query).status_code == 200


def test_the_figure_is_drawn_by_a_job_and_the_table_stands_meanwhile(sign_in, week):
    browser = sign_in("director")
    later = {"first": "2026-03-09"}
    page = browser.get(reverse("attendance:hours"), later).content.decode()
    assert "being drawn" in page
    assert '<td class="num">1.5</td><td class="num">90.0</td>' in page
    job, figure = Job.objects.get(), Figure.objects.get()
    assert (job.task, job.arguments) == ("draw-figure", [figure.hash])
    assert "Abbott" not in json.dumps(figure.spec)
    from daybridge.attendance import figures

    figures.draw(job)
    page = browser.get(reverse("attendance:hours"), later).content.decode()
    assert "<svg" in page
    assert "<title>Hours delivered against prescribed, last 8 weeks</title>" in page
    assert "week of Mar 2: 1.5 of 90.0 hours" in page
    assert " style=" not in page
    assert Job.objects.count() == 1
    piece = browser.get(reverse("attendance:figure", args=[figure.hash])).content.decode()
    assert "hx-get" not in piece
    assert browser.get(reverse("attendance:figure", args=["f" * 64])).status_code == 404


@pytest.mark.parametrize("size", [1, 20])
def test_the_hours_page_asks_as_often_for_twenty_as_for_one(sign_in, lead, size, django_assert_max_num_queries):
    for number in range(size):
        factories.stay(lead.site, lead.user, number)
    browser = sign_in("director")
    browser.get(reverse("attendance:hours"))
    with django_assert_max_num_queries(34):
        assert len(browser.get(reverse("attendance:hours")).context["people"]) == size


def test_nothing_on_the_roll_is_written_by_reading_it(sign_in, session):
    sign_in("counselor").get(board(session))
    assert RollLine.objects.count() == 0
