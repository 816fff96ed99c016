"""`daybridge keys`: everything sealed is sealed anew while people read and write; again is harmless."""

import json

import pytest
from django.utils import timezone

from daybridge import vault
from daybridge.access.gates import COMMAND_LINE
from daybridge.access.rules import Role
from daybridge.admissions.actions import refer
from daybridge.admissions.models import Packet
from daybridge.admissions.tests import factories as admissions
from daybridge.audit.models import Entry
from daybridge.config import cli, doctor, ready, rotating
from daybridge.kit.errors import CannotRun, Refused
from daybridge.notes.models import NoteLine, SessionNote
from daybridge.notes.tests import factories as notes
from daybridge.people import documents
from daybridge.people.models import Document
from daybridge.people.tests import factories as people
from daybridge.ui import models as ui
from daybridge.ui.rules import Typed
from daybridge.vault import keyring, resealing
from daybridge.vault import rotating as files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path
    keyring.forget()
    ready._make_keys()
    keyring.named("django.key")
    yield
    keyring.forget()


@pytest.fixture
def sealed(site, users, now):
    """A document, a note with its lines, a packet and a draft."""
    lead = people.staff(site)
    session, stays = notes.held(lead)
    note = notes.session_note(session, stays, lead.user)
    document = people.document(people.client(site), b"A letter.")
    refer.receive_packet(site=site, name="p.json", data=admissions.packet(), by=COMMAND_LINE, at=now)
    draft = ui.Draft(owner=users[Role.COUNSELOR], key="k", saved_at=now)
    draft.typed = Typed({"a": ["typed"]})
    draft.save()
    return {"note": note.id, "document": document.id, "draft": draft.id}


def numbers():
    """The numbers of the keys that anything is sealed with."""
    return {
        int.from_bytes(bytes(blob)[:4], "big")
        for model, field in resealing.columns()
        for blob in model._base_manager.values_list(field.name, flat=True)
        if blob
    }


def check_all_opens(sealed, users, now):
    assert documents.opened(document_id=sealed["document"], by=users[Role.DIRECTOR], at=now).content == b"A letter."
    note = SessionNote.objects.get(pk=sealed["note"])
    assert vault.unseal(note.what_we_did, f"notes.what_we_did:{note.id}") == notes.DID
    for line in NoteLine.objects.all():
        assert vault.unseal(line.words, f"notes.line:{line.note_id}:{line.episode_id}")
    packet = Packet.objects.get()
    assert vault.unseal_bytes(packet.content, refer.packet_context(packet.sha256)) == admissions.packet()
    assert ui.Draft.objects.get(pk=sealed["draft"]).typed.fields == {"a": ["typed"]}


def test_everything_is_sealed_anew_and_opens(sealed, users, now):
    assert numbers() == {1}
    seen = []
    done = rotating.data_key(by=COMMAND_LINE, at=now, on_progress=lambda n, of: seen.append((n, of)))
    assert (done.key, done.went_on, numbers()) == (2, False, {2})
    assert done.resealed == seen[-1][0] == seen[-1][1] >= 7
    check_all_opens(sealed, users, now)
    told = Entry.objects.filter(verb__startswith="keys.").order_by("seq").values_list("verb", "data")
    assert list(told) == [("keys.rotate", {"key": 2}), ("keys.resealed", {"key": 2, "values": done.resealed})]


def test_an_interrupted_rotation_leaves_all_readable_and_goes_on(sealed, users, now, monkeypatch):
    one, count = resealing._one, []

    def until(*args):
        count.append(1)
        if len(count) == 4:
            raise OSError("the power went")
        return one(*args)

    monkeypatch.setattr(resealing, "_one", until)
    monkeypatch.setattr(resealing, "STEP", 1)
    with pytest.raises(OSError, match="power"):
        rotating.data_key(by=COMMAND_LINE, at=now)
    assert numbers() == {1, 2}
    check_all_opens(sealed, users, now)
    assert "keys rotate" in doctor.keys(timezone.now()).mend
    monkeypatch.setattr(resealing, "_one", one)
    done = rotating.data_key(by=COMMAND_LINE, at=now)
    assert (done.key, done.went_on, numbers()) == (2, True, {2})
    check_all_opens(sealed, users, now)


def test_what_somebody_writes_meanwhile_is_not_overwritten(sealed, now, monkeypatch):
    one = resealing._one

    def and_somebody_writes(model, field, row):
        if model is Document:
            new = vault.seal_bytes(b"Newer.", f"people.document:{row.pk}")
            Document.objects.filter(pk=row.pk).update(sealed=new)
        return one(model, field, row)

    monkeypatch.setattr(resealing, "_one", and_somebody_writes)
    rotating.data_key(by=COMMAND_LINE, at=now)
    row = Document.objects.get()
    assert vault.unseal_bytes(row.sealed, f"people.document:{row.pk}") == b"Newer."


def test_an_empty_program_rotates_as_well(site, now):
    assert rotating.data_key(by=COMMAND_LINE, at=now).resealed == 0
    assert rotating.data_key(by=COMMAND_LINE, at=now).key == 3


def test_what_keeps_coming_in_under_the_old_key_is_told(sealed, now, monkeypatch):
    monkeypatch.setattr(resealing, "waiting", lambda: 1)
    with pytest.raises(Refused, match="once more"):
        rotating.data_key(by=COMMAND_LINE, at=now)


def test_only_one_rotation_runs_at_a_time(site, now):
    with rotating._alone(), pytest.raises(CannotRun, match="already"):
        rotating.data_key(by=COMMAND_LINE, at=now)


def test_second_steps_are_sealed_anew(users, now):
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    adapter = get_adapter()
    data = {"secret": adapter.encrypt("JBSWY3DP"), "migrated_codes": [adapter.encrypt("12345")]}
    Authenticator.objects.create(user=users[Role.NURSE], type=Authenticator.Type.TOTP, data=data)
    Authenticator.objects.create(user=users[Role.NURSE], type=Authenticator.Type.WEBAUTHN, data={"credential": {}})
    assert rotating.data_key(by=COMMAND_LINE, at=now).resealed == 1
    found = Authenticator.objects.get(type=Authenticator.Type.TOTP).data
    assert adapter.decrypt(found["secret"]) == "JBSWY3DP"
    assert adapter.decrypt(found["migrated_codes"][0]) == "12345"
    assert found["secret"] != data["secret"]


def test_the_command_says_what_it_did(sealed, capsys):
    assert cli.main(["keys", "show", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["key"], told["keys"], told["waiting"]) == (1, [1], 0)
    assert cli.main(["keys", "rotate", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["key"] == 2
    assert "Make a backup" in err
    assert cli.main(["keys", "rotate", "--master"]) == 0
    assert cli.main(["keys", "show"]) == 0
    assert "Everything is sealed with it" in capsys.readouterr().out
    assert Entry.objects.filter(verb="keys.master").count() == 1
    files.new_data_key()
    assert cli.main(["keys", "rotate"]) == 0
    assert "had been interrupted" in capsys.readouterr().err


def test_no_command_shows_a_key(sealed, capsys):
    cli.main(["keys", "show"])
    cli.main(["keys", "rotate", "--json"])
    out, err = capsys.readouterr()
    secrets = [keyring.named(name).hex() for name in ("master.key", "ledger.key", "match.key", "checkpoint.key")]
    secrets += [key.hex() for key in keyring.ring().keys.values()]
    assert not any(secret in out + err for secret in secrets)
