"""The whole record: put together by a worker, complete, without what is others’ own, handed over by the gate."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from daybridge.access.gates import Guest
from daybridge.access.rules import Permission, Role
from daybridge.consent.models import Disclosure
from daybridge.consent.tests import factories as consents
from daybridge.jobs.actions import running
from daybridge.jobs.models import Job
from daybridge.kit.errors import IllegalMove, Refused
from daybridge.notes import actions as notes
from daybridge.notes.tests import factories as noting
from daybridge.people import documents
from daybridge.people.tests import factories as people
from daybridge.rights import actions, record
from daybridge.rights.actions import packets
from daybridge.rights.documents import record as handed
from daybridge.rights.models import RecordPacket, Request
from daybridge.rights.rules.requests import Answer, Kind, State
from daybridge.rights.tests import factories


@pytest.fixture
def officer(users):
    return users[Role.PRIVACY_OFFICER]


@pytest.fixture
def rosa(site):
    return people.client(site, preferred_name="Rosie", languages=["en"])


@pytest.fixture
def asked(rosa, officer, now):
    request = factories.request(rosa, by=officer, at=now)
    return actions.begin(request_id=request.pk, by=officer, at=now)


def made(request, by, at, leave_out=()):
    packet = actions.assemble(request_id=request.pk, leave_out=leave_out, by=by, at=at)
    running.run(str(packet.job_id))
    packet.refresh_from_db()
    return packet


def files(request, by, at):
    _leave, packet = actions.give_packet(request_id=request.pk, part="files", by=by, at=at)
    return zipfile.ZipFile(io.BytesIO(packet.content))


def granted(request, by, at, outcome=State.GRANTED):
    ground = {"ground": "told-in-confidence", "words": "Somebody else told us."} if outcome is State.PARTLY else {}
    return actions.answer(request_id=request.pk, answer=Answer(outcome=outcome, **ground), by=by, at=at)


def test_the_record_is_made_by_a_job_that_says_how_far_it_is(asked, officer, now):
    packet = made(asked, officer, now)
    job = Job.objects.get(pk=packet.job_id)
    assert (job.state, job.done, job.total) == ("done", len(record.SECTIONS) + 1, len(record.SECTIONS) + 2)
    assert packet.made_at is not None
    assert packet.counts["person"] >= 1
    assert b"Rosie" not in bytes(packet.pages) + bytes(packet.files)


def test_it_holds_what_every_room_keeps(site, officer, users, now):
    lead = people.staff(site, user=users[Role.COUNSELOR])
    session, stays = noting.held(lead)
    mine, other = stays
    consents.both(mine.client, by=users[Role.INTAKE], at=now)
    paper = ContentFile(b"A letter of hers.", name="letter.txt")
    documents.keep(client_id=mine.client_id, kind="other", title="Letter", upload=paper, by=officer, at=now)
    noting.session_note(session, stays, lead.user)
    notes.sign(session_id=session.pk, by=lead.user, at=session.ends_at)
    at = session.ends_at + timedelta(hours=1)
    request = factories.request(mine.client, by=officer, at=at)
    request = actions.begin(request_id=request.pk, by=officer, at=at)
    made(request, officer, at)
    granted(request, officer, at)
    archive = files(request, officer, at)
    data = json.loads(archive.read("record.json"))
    text = json.dumps(data)
    assert set(data["sections"]) == set(record.SECTIONS)
    assert mine.client.record_number in text
    assert "Practiced the call out loud." in text
    assert "Named two triggers at night." not in text, "another person's line stays out"
    assert other.client.family_name not in text
    assert "papers/001.txt" in archive.namelist()
    assert archive.read("papers/001.txt") == b"A letter of hers."
    assert b"Practiced the call" in archive.read("notes.csv")


def test_the_same_record_gives_the_same_pages(rosa, now):
    of = record.whose(rosa)
    parts = [record.section(of, part) for part in record.SECTIONS]
    day = now.date()
    both = [record.pages(of, parts, language="en", made_on=day) for _ in "ab"]
    assert both[0] == both[1]
    assert both[0].startswith(b"%PDF")


def test_a_formula_in_somebody_s_words_stays_words(rosa, officer, now):
    request = factories.request(rosa, Kind.COMPLAINT, by=officer, at=now, words='=HYPERLINK("http://x")')
    csv = zipfile.ZipFile(io.BytesIO(record.bundle(w := record.whose(rosa), [record.section(w, "requests")])))
    assert b"'=HYPERLINK" in csv.read("requests.csv")
    assert request.pk


def test_nothing_is_handed_over_before_the_answer(asked, officer, now):
    made(asked, officer, now)
    with pytest.raises(Request.DoesNotExist):
        actions.give_packet(request_id=asked.pk, part="pages", by=officer, at=now)


def test_handing_over_is_a_disclosure_to_the_person(asked, officer, now):
    made(asked, officer, now)
    granted(asked, officer, now)
    leave, packet = actions.give_packet(request_id=asked.pk, part="pages", by=officer, at=now)
    assert handed(clearance=leave, packet=packet).content.startswith(b"%PDF")
    row = Disclosure.objects.get(pk=leave.disclosure_id)
    assert (row.purpose, "counseling-notes" in row.allowed) == ("client", False)


def test_a_clearance_for_a_letter_does_not_let_a_record_out(asked, officer, now):
    made(asked, officer, now)
    granted(asked, officer, now)
    small, _letter = actions.give_letter(letter_id=asked.letters.first().pk, by=officer, at=now)
    _leave, packet = actions.give_packet(request_id=asked.pk, part="pages", by=officer, at=now)
    with pytest.raises(ValueError, match="does not cover"):
        handed(clearance=small, packet=packet)


def test_parts_left_out_make_it_a_yes_to_a_part(asked, officer, now):
    made(asked, officer, now, leave_out=("notes",))
    with pytest.raises(Refused, match="yes to a part"):
        granted(asked, officer, now)
    granted(asked, officer, now, State.PARTLY)
    assert "notes" not in json.loads(files(asked, officer, now).read("record.json"))["sections"]


def test_everything_cannot_be_left_out(asked, officer, now):
    with pytest.raises(Refused, match="stay in"):
        actions.assemble(request_id=asked.pk, leave_out=tuple(record.SECTIONS), by=officer, at=now)


def test_an_answered_record_is_not_made_anew(asked, officer, now):
    made(asked, officer, now)
    granted(asked, officer, now)
    with pytest.raises(IllegalMove):
        actions.assemble(request_id=asked.pk, by=officer, at=now)


def test_the_newest_order_wins_over_a_slow_worker(asked, officer, now):
    first = actions.assemble(request_id=asked.pk, by=officer, at=now)
    old = Job.objects.get(pk=first.job_id)
    second = actions.assemble(request_id=asked.pk, leave_out=("notes",), by=officer, at=now + timedelta(seconds=1))
    running.run(str(second.job_id))
    packets.work(old)
    assert RecordPacket.objects.get().left_out == ["notes"]
    assert "notes" not in RecordPacket.objects.get().counts


def test_the_person_takes_it_on_their_own_phone(asked, rosa, officer, now):
    made(asked, officer, now)
    granted(asked, officer, now)
    guest = Guest(
        actor=f"client:{rosa.pk}", client_id=rosa.pk,
        permissions=frozenset({Permission.REQUEST_TAKE, Permission.DISCLOSE}),
    )  # fmt: skip
    _leave, packet = actions.give_packet(request_id=asked.pk, part="pages", by=guest, at=now)
    assert packet.media_type == "application/pdf"
    stranger = people.client(rosa.site)
    other = Guest(actor=f"client:{stranger.pk}", client_id=stranger.pk, permissions=guest.permissions)
    with pytest.raises(Request.DoesNotExist):
        actions.give_packet(request_id=asked.pk, part="pages", by=other, at=now)


def test_only_a_request_for_the_record_has_one(rosa, officer, now):
    request = factories.request(rosa, Kind.AMENDMENT, by=officer, at=now)
    with pytest.raises(Refused):
        actions.assemble(request_id=request.pk, by=officer, at=now)
