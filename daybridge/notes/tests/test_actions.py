"""The writers of notes: what is kept, what is signed, what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.attendance import actions as attendance
from daybridge.attendance.rules import Mark
from daybridge.attendance.tests import factories as attending
from daybridge.audit.models import Entry
from daybridge.kit.errors import CannotRun, IllegalMove, Refused, Stale
from daybridge.notes import actions, queries, sealed
from daybridge.notes.models import Addendum, NoteLine, SessionNote
from daybridge.notes.tests import factories
from daybridge.people.tests import factories as people
from daybridge.plans.models import Goal
from daybridge.scheduling.rules import SessionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(site, users):
    return people.staff(site, user=users[Role.COUNSELOR])


@pytest.fixture
def group(lead):
    return factories.held(lead, 2)


@pytest.fixture
def write(group, lead):
    """Save words on the group's note; what differs from a whole note is given."""
    session, stays = group

    def save(by=None, **fields):
        words = factories.words(stays, **fields)
        return actions.save(session_id=session.id, words=words, by=by or lead.user, at=session.ends_at)

    return save


@pytest.fixture
def sign(group, lead):
    session, _stays = group

    def put(by=None):
        return actions.sign(session_id=session.id, by=by or lead.user, at=session.ends_at + timedelta(minutes=5))

    return put


def test_a_credential_that_ended_signs_no_note_and_adds_to_none(write, sign, lead, group):
    note = write()
    lead.credential_until = group[0].ends_at.date() - timedelta(days=1)
    lead.save()
    with pytest.raises(Refused, match="Your LPC ended on"):
        sign()
    note.refresh_from_db()
    assert note.status == "draft"
    lead.credential_until = None
    lead.save()
    assert sign().status == "signed"


def test_words_are_sealed_at_rest(write, group):
    note = write(what_we_did="Spoke of the harbor fire.", practice="Phone Wilhelmina.")
    raw = SessionNote.objects.values_list("what_we_did", "practice").get(pk=note.id)
    raw += tuple(NoteLine.objects.values_list("words", flat=True))
    for blob in raw:
        for words in (b"harbor", b"Wilhelmina", b"Practiced", b"triggers"):
            assert words not in bytes(blob)
    assert sealed.unsealed(note, "what_we_did") == "Spoke of the harbor fire."


def test_one_persons_words_do_not_open_as_anothers(write):
    one, other = write().lines.all()
    other.words = one.words
    with pytest.raises(CannotRun):
        sealed.line_words(other)


def test_the_ledger_says_that_a_note_was_saved_and_none_of_its_words(write):
    write()
    entry = Entry.objects.get(verb="note.save")
    assert entry.data == {"version": 1, "lines": 2}


def test_each_save_raises_the_version_and_the_older_one_is_stale(write):
    assert write().version == 1
    assert write(version=1, what_we_did="Something else was done.").version == 2
    with pytest.raises(Stale):
        write(version=1, what_we_did="A third thing was done.")
    assert sealed.unsealed(SessionNote.objects.get(), "what_we_did") == "Something else was done."


def test_the_same_form_sent_twice_is_taken_once(write):
    assert write().version == write().version == 1
    assert Entry.objects.filter(verb="note.save").count() == 1


def test_two_people_who_both_begin_are_told(write, users):
    write()
    with pytest.raises(Stale):
        write(by=users[Role.DIRECTOR], what_we_did="What the director saw.")


@pytest.mark.parametrize("who", ["peer", "other_site"])
def test_out_of_reach_there_is_no_session(group, users, other_site, who):
    by = users[Role.PEER] if who == "peer" else access.user(Role.COUNSELOR, other_site)
    session, stays = group
    with pytest.raises(ObjectDoesNotExist):
        actions.save(session_id=session.id, words=factories.words(stays), by=by, at=session.ends_at)
    with pytest.raises(ObjectDoesNotExist):
        actions.sign(session_id=session.id, by=by, at=session.ends_at)
    assert not SessionNote.objects.exists()


def test_a_line_about_somebody_who_is_not_on_the_roll_is_refused_as_a_whole(group, lead, site):
    session, stays = group
    stranger = attending.stay(site, lead.user, 9)
    with pytest.raises(Refused):
        actions.save(session_id=session.id, words=factories.words([*stays, stranger]), by=lead.user, at=session.ends_at)
    assert not SessionNote.objects.exists()


def test_a_goal_of_somebody_elses_plan_is_refused(group, lead):
    session, stays = group
    goal = Goal.objects.get(plan__episode=stays[1])
    words = factories.words(stays)
    words = replace(words, lines=(replace(words.lines[0], goal_id=goal.id),))
    with pytest.raises(Refused):
        actions.save(session_id=session.id, words=words, by=lead.user, at=session.ends_at)


def test_signing_takes_the_minutes_from_the_roll_and_documents_the_session(write, sign, group, lead):
    write()
    note = sign()
    assert sorted(note.lines.values_list("minutes", flat=True)) == [90, 90]
    assert (note.status, note.signed_by, note.signed_as) == ("signed", lead.user, lead.signature)
    assert len(note.content_hash) == 64
    note.session.refresh_from_db()
    assert note.session.status == SessionState.DOCUMENTED
    entry = Entry.objects.get(verb="note.sign")
    assert entry.data == {"hash": note.content_hash, "lines": 2}


def test_there_must_be_a_note_to_sign(sign):
    with pytest.raises(Refused):
        sign()


def test_only_who_led_the_session_signs(write, sign, users):
    write()
    with pytest.raises(Refused):
        sign(by=users[Role.DIRECTOR])
    assert SessionNote.objects.get().status == "draft"


def test_a_note_is_signed_once_and_never_changed(write, sign):
    write()
    sign()
    with pytest.raises(IllegalMove):
        sign()
    with pytest.raises(Refused):
        write(version=1, what_we_did="Rewritten after the fact.")


def test_nothing_is_signed_while_the_group_sits(lead):
    session, stays = attending.group(lead, 1)
    attendance.open_roll(session_id=session.id, by=lead.user, at=session.starts_at)
    attendance.all_here(session_id=session.id, by=lead.user, at=session.starts_at)
    words = factories.words(stays)
    with pytest.raises(Refused):
        actions.save_and_sign(session_id=session.id, words=words, by=lead.user, at=session.starts_at)
    assert not SessionNote.objects.exists()


@pytest.mark.parametrize("lacks", ["what_we_did", "line", "everyone"])
def test_what_is_missing_keeps_a_note_from_being_signed(write, sign, group, lacks):
    _session, stays = group
    whole = factories.words(stays).lines
    changes = {
        "what_we_did": {"what_we_did": "Short."}, "line": {"lines": whole[:1]},
        "everyone": {"lines": tuple(replace(one, words="") for one in whole)},
    }  # fmt: skip
    write(**changes[lacks])
    with pytest.raises(Refused):
        sign()
    assert SessionNote.objects.get().status == "draft"


def test_words_about_somebody_who_was_not_there_keep_a_note_from_being_signed(write, sign, group, lead):
    session, stays = group
    write()
    line = session.roll.get(episode=stays[1])
    attendance.mark(line_id=line.id, to=Mark.NO_SHOW, by=lead.user, at=session.ends_at)
    with pytest.raises(Refused):
        sign()
    kept = factories.words(stays).lines
    write(version=1, lines=(kept[0], replace(kept[1], words="")))
    assert sign().status == "signed"
    page = queries.note_page(session_id=session.id, by=lead.user, at=session.ends_at)
    assert page.is_intact
    assert [line.name for line in page.lines] == ["Andre A."]


def test_saving_and_signing_is_one_act_or_none(group, lead):
    session, stays = group
    at = session.ends_at
    with pytest.raises(Refused):
        actions.save_and_sign(session_id=session.id, words=factories.words(stays[:1]), by=lead.user, at=at)
    assert not SessionNote.objects.exists()
    assert actions.save_and_sign(
        session_id=session.id, words=factories.words(stays), by=lead.user, at=at
    ).status == "signed"  # fmt: skip


@pytest.mark.parametrize("tamper", ["topic", "minutes", "participation", "signed_as"])
def test_a_signed_note_that_was_changed_behind_our_back_is_found_out(write, sign, group, lead, tamper):
    session, _stays = group
    write()
    sign()

    def intact():
        return queries.note_page(session_id=session.id, by=lead.user, at=session.ends_at).is_intact

    assert intact()
    if tamper in {"topic", "signed_as"}:
        SessionNote.objects.update(**{tamper: "Somebody else"})
    else:
        NoteLine.objects.update(**{tamper: 91 if tamper == "minutes" else "led"})
    assert not intact()


def test_an_addendum_leaves_the_signed_note_as_it_was(write, sign, lead, users):
    write()
    note = sign()
    at = note.signed_at + timedelta(days=1)
    added = actions.add(note_id=note.id, words="Called about the wolverine.", by=users[Role.NURSE], at=at)
    assert sealed.addendum_words(added) == "Called about the wolverine."
    assert b"wolverine" not in bytes(Addendum.objects.values_list("words", flat=True).get())
    again = SessionNote.objects.get()
    assert (again.content_hash, again.version) == (note.content_hash, note.version)


def test_an_addendum_needs_a_signed_note_words_and_reach(write, sign, lead, other_site):
    note = write()
    with pytest.raises(Refused):
        actions.add(note_id=note.id, words="More.", by=lead.user, at=note.saved_at)
    sign()
    with pytest.raises(Refused):
        actions.add(note_id=note.id, words="  ", by=lead.user, at=note.saved_at)
    with pytest.raises(ObjectDoesNotExist):
        actions.add(note_id=note.id, words="More.", by=access.user(Role.COUNSELOR, other_site), at=note.saved_at)
    assert not Addendum.objects.exists()
