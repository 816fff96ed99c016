"""The list of notes and one session's note, through their addresses."""

import pytest
import time_machine
from django.urls import reverse

from daybridge.access.rules import Permission, Role, roles_with
from daybridge.access.tests import factories as access
from daybridge.attendance import actions as attendance
from daybridge.attendance.rules import Mark
from daybridge.attendance.tests import factories as attending
from daybridge.audit.models import Entry
from daybridge.notes import actions
from daybridge.notes.models import SessionNote
from daybridge.notes.tests import factories
from daybridge.people.tests import factories as people
from daybridge.plans.models import Goal


@pytest.fixture
def lead(site, users):
    return people.staff(site, user=users[Role.COUNSELOR])


@pytest.fixture
def group(lead):
    session, stays = factories.held(lead, 3)
    with time_machine.travel(session.ends_at, tick=False):
        yield session, stays


def url(session, name="session"):
    return reverse(f"notes:{name}", args=[session.id])


def typed(stays, version=0, **fields):
    """The form as a browser sends it, each line filled in."""
    sent = {"topic": "High-risk days", "what_we_did": factories.DID, "practice": "Make one call.", "version": version}
    for number, stay in enumerate(stays):
        sent |= {
            f"line-{stay.id}-participation": "took-part", f"line-{stay.id}-response": "open",
            f"line-{stay.id}-words": factories.OWN[number % 10], f"line-{stay.id}-goal": "",
        }  # fmt: skip
    return sent | fields


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read_notes(sign_in, group, role):
    allowed = 200 if role in roles_with(Permission.NOTE_SEE) else 404
    browser = sign_in(role)
    assert browser.get(url(group[0])).status_code == allowed
    assert browser.get(reverse("notes:list")).status_code == allowed


def test_another_site_finds_nothing(sign_in, group):
    session, stays = group
    browser = sign_in("other_site")
    assert browser.get(url(session)).status_code == 404
    assert browser.post(url(session), typed(stays)).status_code == 404
    assert browser.post(url(session, "sign"), typed(stays)).status_code == 404
    assert browser.post(url(session, "meter"), typed(stays)).status_code == 404
    assert browser.post(url(session, "add"), {"words": "More."}).status_code == 404
    assert not SessionNote.objects.exists()


def test_the_page_has_one_line_for_each_who_was_there(sign_in, lead):
    session, stays = attending.group(lead, 3)
    attendance.open_roll(session_id=session.id, by=lead.user, at=session.starts_at)
    for line in session.roll.filter(episode__in=stays[:2]):
        attendance.mark(line_id=line.id, to=Mark.PRESENT, by=lead.user, at=session.starts_at)
    attendance.close_roll(session_id=session.id, by=lead.user, at=session.ends_at)
    page = sign_in("counselor").get(url(session)).content.decode()
    assert page.count('class="line"') == 2
    assert "<b>Jamal C.</b>" in page
    assert page.count("Keep my job") == 2
    assert "0 of 2 written" in page
    assert "Sign all 2" in page


def test_before_the_check_in_the_page_leads_there(sign_in, lead):
    session, _stays = attending.group(lead, 2)
    page = sign_in("counselor").get(url(session)).content.decode()
    assert "The check-in has not begun" in page
    assert reverse("attendance:roll", args=[session.id]) in page


def test_reading_a_note_is_on_the_ledger_for_each_client(sign_in, group):
    sign_in("counselor").get(url(group[0]))
    entry = Entry.objects.get(verb="note.read")
    assert set(entry.data["clients"]) == {str(stay.client_id) for stay in group[1]}


def test_a_draft_is_kept_with_every_part_of_it(sign_in, group):
    session, stays = group
    goal = Goal.objects.get(plan__episode=stays[0])
    browser = sign_in("counselor")
    answer = browser.post(url(session), typed(stays, **{f"line-{stays[0].id}-goal": str(goal.id)}))
    assert (answer.status_code, answer.url) == (302, url(session))
    page = browser.get(url(session)).content.decode()
    assert "High-risk days" in page
    assert factories.DID in page
    assert factories.OWN[0] in page
    assert "3 of 3 written" in page
    assert "Saved 10:30 AM" in page
    assert SessionNote.objects.get().lines.get(goal=goal).episode == stays[0]


def test_ten_people_are_signed_for_in_one_post(sign_in, lead):
    session, stays = factories.held(lead, 10)
    browser = sign_in("counselor")
    browser.get(url(session))
    answer = browser.post(url(session, "sign"), typed(stays), follow=True)
    page = answer.content.decode()
    assert "Signed for 10 people" in page
    assert SessionNote.objects.get().content_hash[:12] in page
    assert "unchanged since" in page
    assert "<textarea" not in page.split("Add to this note")[0]


def test_a_note_that_lacks_something_is_not_signed_and_loses_no_word(sign_in, group):
    session, stays = group
    sent = typed(stays, **{f"line-{stays[1].id}-words": ""})
    answer = sign_in("counselor").post(url(session, "sign"), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "1 person has no line yet" in page
    assert factories.OWN[0] in page
    assert factories.DID in page
    assert not SessionNote.objects.exists()


def test_words_that_are_too_long_are_refused_in_place(sign_in, group):
    session, stays = group
    sent = typed(stays, what_we_did="x" * 5001, **{f"line-{stays[0].id}-words": "y" * 10_000})
    answer = sign_in("counselor").post(url(session), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "at most 5000 characters" in page
    assert "at most 2000 characters" in page
    assert not SessionNote.objects.exists()


def test_two_people_at_once_keep_both_texts(sign_in, group, users):
    session, stays = group
    actions.save(session_id=session.id, words=factories.words(stays), by=users[Role.DIRECTOR], at=session.ends_at)
    mine = typed(stays, what_we_did="What I saw in the room today.")
    mine[f"line-{stays[0].id}-words"] = "Said it in my own way."
    browser = sign_in("counselor")
    answer = browser.post(url(session), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this note" in page
    for words in ("What I saw in the room today.", factories.DID, "Said it in my own way.", factories.OWN[0]):
        assert words in page
    assert SessionNote.objects.get().version == 1
    assert 'name="version" value="1"' in page
    assert browser.post(url(session), mine | {"version": 1}).status_code == 302
    assert SessionNote.objects.get().version == 2


def test_a_refused_form_keeps_the_version_it_was_opened_with(sign_in, group, users):
    session, stays = group
    actions.save(session_id=session.id, words=factories.words(stays), by=users[Role.DIRECTOR], at=session.ends_at)
    page = sign_in("counselor").post(url(session), typed(stays, what_we_did="x" * 5001)).content.decode()
    assert 'name="version" value="0"' in page


def test_only_the_lead_is_offered_to_sign(sign_in, group):
    session, stays = group
    browser = sign_in("director")
    assert "Sign all" not in browser.get(url(session)).content.decode()
    assert browser.post(url(session, "sign"), typed(stays)).status_code == 409


def test_lines_that_read_alike_are_pointed_out_while_typing(sign_in, group):
    session, stays = group
    alike = {f"line-{stay.id}-words": "Listened, shared one worry about Friday." for stay in stays[:2]}
    answer = sign_in("counselor").post(url(session, "meter"), typed(stays, **alike), headers={"HX-Request": "true"})
    piece = answer.content.decode()
    assert "3 of 3 written" in piece
    assert "2 of 3 distinct" in piece
    assert "Reads like Andre A." in piece
    assert not SessionNote.objects.exists()


def test_an_addendum_stands_under_the_signed_note(sign_in, group, lead):
    session, stays = group
    words = factories.words(stays)
    actions.save_and_sign(session_id=session.id, words=words, by=lead.user, at=session.ends_at)
    browser = sign_in("counselor")
    assert browser.post(url(session, "add"), {"words": "  "}).status_code == 422
    page = browser.post(url(session, "add"), {"words": "Bev called later."}, follow=True).content.decode()
    assert "Bev called later." in page
    assert factories.OWN[0] in page
    assert browser.post(url(session), typed(stays, version=1)).status_code == 409


def test_a_draft_takes_no_addendum(sign_in, group, lead):
    session, stays = group
    browser = sign_in("counselor")
    assert browser.post(url(session, "add"), {"words": "More."}).status_code == 404
    factories.session_note(session, stays, lead.user)
    assert browser.post(url(session, "add"), {"words": "More."}).status_code == 409


def test_an_individual_session_has_one_line(sign_in, lead):
    session, stays = factories.held(lead, 1, kind="individual", title="Individual session")
    browser = sign_in("counselor")
    page = browser.get(url(session)).content.decode()
    assert page.count('class="line"') == 1
    assert browser.post(url(session, "sign"), typed(stays)).status_code == 302
    assert "Individual session, Andre A." in browser.get(reverse("notes:list")).content.decode()


def test_nobody_came_and_one_sentence_is_enough(sign_in, lead):
    session, _stays = attending.group(lead, 2)
    attendance.open_roll(session_id=session.id, by=lead.user, at=session.starts_at)
    attendance.close_roll(session_id=session.id, by=lead.user, at=session.ends_at)
    browser = sign_in("counselor")
    assert "Nobody was here" in browser.get(url(session)).content.decode()
    sent = typed([], what_we_did="Waited half an hour and called both.")
    assert browser.post(url(session, "sign"), sent).status_code == 302


def test_words_about_somebody_marked_absent_later_can_be_taken_out(sign_in, group, lead):
    session, stays = group
    factories.session_note(session, stays, lead.user)
    line = session.roll.get(episode=stays[0])
    attendance.mark(line_id=line.id, to=Mark.NO_SHOW, by=lead.user, at=session.ends_at)
    browser = sign_in("counselor")
    assert factories.OWN[0] in browser.get(url(session)).content.decode()
    assert browser.post(url(session, "sign"), typed(stays, version=1)).status_code == 409
    without = typed(stays, version=1, **{f"line-{stays[0].id}-words": ""})
    assert browser.post(url(session, "sign"), without).status_code == 302


def test_the_list_has_notes_to_finish_first(sign_in, group, lead, site):
    session, stays = group
    actions.save_and_sign(session_id=session.id, words=factories.words(stays), by=lead.user, at=session.ends_at)
    from datetime import timedelta

    old, _ = factories.held(lead, 1, starts_at=session.starts_at - timedelta(days=3), title="Old one")
    new, _ = factories.held(lead, 1, starts_at=session.starts_at - timedelta(hours=3), title="New one")
    other = people.staff(site, user=access.user(Role.COUNSELOR, site, "Marcus Okoye"))
    factories.held(other, 1, starts_at=session.starts_at - timedelta(hours=6), title="Of another")
    browser = sign_in("counselor")
    rows = browser.get(reverse("notes:list")).context["page"].object_list
    assert [(row.title, row.status) for row in rows] == [
        ("Old one", "overdue"), ("New one", "not-started"), (session.title, "signed")
    ]  # fmt: skip
    assert [row.session_id for row in rows[:2]] == [old.id, new.id]
    everybody = browser.get(reverse("notes:list"), {"show": "all"})
    assert "Of another" in everybody.content.decode()
    assert browser.get(reverse("notes:list"), {"show": "??", "page": "0"}).status_code == 200


@pytest.mark.parametrize("size", [1, 20])
def test_the_note_asks_as_often_for_twenty_as_for_one(sign_in, lead, size, django_assert_max_num_queries):
    session, stays = factories.held(lead, size)
    factories.session_note(session, stays, lead.user)
    browser = sign_in("counselor")
    browser.get(url(session))
    with django_assert_max_num_queries(26):
        browser.get(url(session))


@pytest.mark.parametrize("size", [1, 20])
def test_the_list_asks_as_often_for_twenty_as_for_one(sign_in, lead, size, django_assert_max_num_queries):
    from datetime import timedelta

    from daybridge.scheduling.tests.factories import STARTS

    for number in range(size):
        factories.held(lead, 1, kind="individual", title="Individual", starts_at=STARTS + timedelta(hours=2 * number))
    browser = sign_in("counselor")
    browser.get(reverse("notes:list"))
    with django_assert_max_num_queries(24):
        assert len(browser.get(reverse("notes:list")).context["page"].object_list) == size
