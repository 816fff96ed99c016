"""Counseling notes: their author reads them, nobody else learns that there are any."""

import pytest
from django.urls import reverse

from daybridge.access.rules import Permission, Role
from daybridge.audit.models import Entry
from daybridge.kit.errors import NotAllowed, Refused
from daybridge.notes import counseling
from daybridge.notes.models import CounselingNote
from daybridge.people.models import Client
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
WORDS = "She spoke of her brother for the first time."


@pytest.fixture
def rosa(site):
    return people.client(site)


@pytest.fixture
def note(rosa, users, now):
    return counseling.write(client_id=rosa.id, words=f" {WORDS}\n", by=users[Role.COUNSELOR], at=now)


def test_the_author_reads_their_own_words_which_are_sealed(note, rosa, users, now):
    found = counseling.own(client_id=rosa.id, by=users[Role.COUNSELOR], at=now)
    assert [row.words for row in found.rows] == [WORDS]
    assert b"brother" not in bytes(note.words)


def test_the_director_sees_an_empty_page_of_their_own(note, rosa, users, now):
    assert counseling.own(client_id=rosa.id, by=users[Role.DIRECTOR], at=now).rows == ()
    assert list(CounselingNote.objects.visible_to(users[Role.DIRECTOR])) == []


def test_the_ledger_does_not_say_about_whom(note, rosa):
    line = Entry.objects.get(verb="counseling-note.write")
    assert line.client_id is None
    assert str(rosa.id) not in str(line.data)


def test_nothing_and_too_much_are_not_kept(rosa, users, now):
    for words in (" \n", "x" * 20_001):
        with pytest.raises(Refused):
            counseling.write(client_id=rosa.id, words=words, by=users[Role.COUNSELOR], at=now)


def test_out_of_reach_there_is_nobody_to_write_about(site, users, now):
    theirs = people.client(site)
    people.on_team(theirs, people.staff(site))
    for role in (Role.COUNSELOR, Role.NURSE):
        with pytest.raises((Client.DoesNotExist, NotAllowed)):
            counseling.write(client_id=theirs.id, words=WORDS, by=users[role], at=now)


def test_no_other_model_leads_to_them_and_no_opening_shows_them():
    from daybridge.access.rules import OPENS

    assert not [one for one in CounselingNote._meta.related_objects if not one.hidden]
    assert not hasattr(Client, "counseling_notes")
    assert Permission.COUNSELING_NOTE_WRITE not in OPENS


def test_the_page_keeps_a_note_for_its_author_alone(rosa, sign_in):
    page = reverse("notes:counseling", args=[rosa.id])
    browser = sign_in(Role.COUNSELOR)
    assert browser.post(page, {"words": ""}).status_code == 422
    assert browser.post(page, {"words": WORDS}).url == page
    assert WORDS in browser.get(page).content.decode()
    assert WORDS not in sign_in(Role.DIRECTOR).get(page).content.decode()
    assert sign_in(Role.NURSE).get(page).status_code == 404
    assert sign_in("other_site").get(page).status_code == 404
